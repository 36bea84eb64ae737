"""Tables of which each row is one patient: their columns and the words of every cell."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from casebook.text.document import Document, Zone
from casebook.text.span import Span

_NAMES = (
    ("count", r"(?:no|number|n|#)\.?\s?(?:of\s(?:cases|patients|pts))|cases?\s\(n\)"),
    ("age sex", r"(?:age|sex|gender)[\s,/(&-]{1,4}(?:and\s)?(?:years?|yrs?|y)?[\s,/)&-]{0,4}(?:sex|gender|age)\b.*"),
    ("reference", r"(?:references?|authors?|stud(?:y|ies)|source|first\sauthor|1st\sauthor|publication|ref|series"
                  r"|reports?)\b.*"),
    ("age", r"(?:patient['’]?s?\s)?age\b.*"),
    ("sex", r"(?:sex|gender)\b.*"),
    ("follow-up", r"(?:follow[-\s]?up|f/?u|survival|os|time\sto\sdeath|duration\sof\sfollow[-\s]?up)\b.*"),
    ("outcome", r"(?:(?:final\s|clinical\s)?(?:outcome|result|evolution|prognosis)s?"
                r"|(?:(?:vital|last|final|patient|clinical|current|survival|disease)\s)?status)\b.*"),
    ("treatment", r"(?:initial\s|primary\s|surgical\s|medical\s|adjuvant\s)?(?:treatments?|therap(?:y|ies)|management"
                  r"|surgery|operations?|procedures?|interventions?|adjuvant)\b.*"),
    ("diagnosis", r"(?:(?:histolog|patholog|tumou?r\s|cell\s)?\w{0,12}\s?(?:type|subtype|diagnosis|histology|pathology"
                  r"|tumou?r|entity|primary\stumou?r)|disease|grade)\b(?!\s(?:location|site|size)).*"),
    ("spread", r"(?:(?:sites?|locations?|areas?|organs?)\s(?:of\s)?|extra\w{5,10}\s|distant\s)?"
               r"(?:metasta\w+|dissemination|spread)(?:\s(?:sites?|locations?|to))?\b.*"),
    ("site", r"(?:tumou?r\s|primary\s|lesion\s)?(?:sites?|locations?|localization|localisation|organ)\b.*"),
)
_COLUMNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _NAMES)
_BAR = re.compile(r"\s*\|\s*")
_TAB = re.compile(r"[ \xa0]*\t[ \xa0]*")
_GAP = re.compile(r"[ \xa0]{2,}")
_RULE_LINE = re.compile(r"[\s|:+=_–—-]+")
_SEX = r"(?:[MFmf]|[Ff]emale|[Mm]ale|FEMALE|MALE|[Ww]oman|[Mm]an|[Gg]irl|[Bb]oy|♂|♀)"
_UNIT = r"(?:years?|yrs?|y\.?o\.?|y|months?|mos?|mths?|m|weeks?|wks?|w|days?|d)"
_NUMBER = r"(?<![\w.,-])\d{1,3}(?:\.\d{1,2})?"
AGE_SEX = re.compile(
    rf"(?P<n>{_NUMBER})(?:[\s-]?(?P<u>{_UNIT})(?![a-z])(?:[\s-]?olds?)?)?\s?[/,;(]?\s?(?P<s>{_SEX})(?![\w-])"
    rf"|(?<!\w)(?P<s2>{_SEX})\s?[/,;(]?\s?(?P<n2>\d{{1,3}}(?:\.\d)?)(?![\w-])(?:\s?(?P<u2>{_UNIT})(?![a-z]))?")


@dataclass
class Row:
    """One patient's row at `span`; `cells`: column -> its words, in pieces where a cell is broken over lines."""

    span: Span
    cells: dict[str, list[Span]] = field(default_factory=dict)
    loose: bool = False
    """Whether nothing but blanks parts the cells: what follows the age is one piece under "rest"."""


@dataclass(frozen=True)
class CaseTable:
    """`caption` and `header` are empty where the table has none; `unit` of the ages and of the follow-up."""

    caption: str
    header: str
    rows: tuple[Row, ...]
    units: dict[str, str]


def case_tables(document: Document) -> Iterator[CaseTable]:
    """The tables of `document` of which two rows or more give a patient's age."""
    text, left = document.view.text, MOST_ROWS
    for zone in document.zones:
        if zone.kind == "table":
            for part in _parts(text, zone):
                for table in _table(document, part):
                    yield replace(table, rows=table.rows[:left])
                    left -= len(table.rows)
                    if left <= 0:
                        return


def _parts(text: str, zone: Zone) -> Iterator[list[Span]]:
    """The lines of each table of a zone: a caption begins another."""
    lines: list[Span] = []
    at = zone.start
    for line in text[zone.start:zone.end].split("\n"):
        stripped = line.strip()
        if stripped and not _RULE_LINE.fullmatch(stripped):
            if lines and _CAPTION.match(stripped):
                yield lines
                lines = []
            start = at + line.index(stripped)
            lines.append(Span(start, start + len(stripped)))
        at += len(line) + 1
    if lines:
        yield lines


_CAPTION = re.compile(r"\W{0,4}(?:Table|TABLE)\s?(?:\d{1,2}|[IVX]{1,4})\b")


def _table(document: Document, lines: Sequence[Span]) -> Iterator[CaseTable]:
    text = document.view.text
    first = next((i for i, line in enumerate(lines[:_TOP]) if _is_header(text, line)), None)
    if first is None and (stacked := _stacked(text, lines)):
        yield stacked
        return
    top = 0 if first is None else first
    caption = " ".join(text[line.start:line.end] for line in lines[:top])
    header = "" if first is None else text[lines[first].start:lines[first].end]
    if first is None and lines and _CAPTION.match(text, lines[0].start):
        caption, top = text[lines[0].start:lines[0].end], 1
    columns = _columns(document, lines[first]) if first is not None else []
    rows: list[Row] = []
    for line in lines[top + (first is not None):]:
        cells = _cells(text, line)
        if len(cells) > 1 and len(columns) > 1:
            placed = _placed(document, cells, columns)
            if _opens_row(text, placed):
                rows.append(Row(line, {name: [span] for name, span in placed.items()}))
            elif rows and not rows[-1].loose and len(cells) < len(columns) and not _apart(document, rows[-1], line):
                _go_on(rows[-1], placed, line)
        elif (hit := AGE_SEX.search(text, line.start, line.end)):
            rows.append(_loose(line, hit))
        elif rows and rows[-1].loose and not _apart(document, rows[-1], line) and not _NOTE.match(text, line.start):
            rows[-1].cells["rest"].append(line)
            rows[-1].span = Span(rows[-1].span.start, line.end)
    if len(rows) > 1:
        yield CaseTable(caption, header, tuple(rows), _units(header, columns))


_MOST_CELLS = 30
MOST_ROWS = 40
"""Of one report."""

_TOP = 6  # lines of a caption before the head of its table
_NOTE = re.compile(r"\W{0,3}(?:[A-Z][A-Za-z/]{0,7}\s?[:=,]|Abbreviations?|Notes?\b|\*|NA\b|NR\b)")


def _is_header(text: str, line: Span) -> bool:
    """Whether a line names the columns: an age among two or more."""
    words = text[line.start:line.end]
    if "ge" not in words and "GE" not in words or AGE_SEX.search(words) or words.endswith("."):
        return False
    cells = _cells(text, line)
    if len(cells) > 1:
        kinds = {_kind(text[span.start:span.end]) for span in cells}
        return bool(kinds & {"age", "age sex"}) and len(kinds - {""}) > 1
    return 2 < len(words.split()) <= _WIDE_HEADER and bool(_LOOSE_HEADER.search(words))


_LOOSE_HEADER = re.compile(r"\bage\b.*\b(?:sex|gender|treatment|outcome|diagnosis|follow[-\s]up|survival)\b",
                           re.IGNORECASE)
_WIDE_HEADER = 30


def _kind(words: str) -> str:
    plain = words.strip(" *_.:").lstrip("(")
    return next((name for name, pattern in _COLUMNS if pattern.match(plain)), "")


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, empty ones between bars or tabs left in as spans of nothing but a blank's width."""
    words = text[line.start:line.end]
    bars = words.count("|") > 1
    gap = _BAR if bars else _TAB if "\t" in words else _GAP
    low = line.start + (1 if bars and words[0] == "|" else 0)
    high = line.end - (1 if bars and words[-1] == "|" else 0)
    spans, start = [], low
    for hit in gap.finditer(text, low, high):
        spans.append((start, hit.start()))
        start = hit.end()
        if len(spans) == _MOST_CELLS:
            return [line]
    spans.append((start, high))
    trimmed = []
    for low, high in spans:
        while low < high and text[low] in " *\xa0":
            low += 1
        while high > low and text[high - 1] in " *\xa0":
            high -= 1
        trimmed.append(Span(low, high) if low < high else Span(low, low + 1))
    return trimmed


@dataclass(frozen=True)
class _Column:
    kind: str
    words: str
    at: int
    """Where it begins in its line as received."""


def _columns(document: Document, line: Span) -> list[_Column]:
    text = document.view.text
    cells = _cells(text, line)
    return [_Column(_kind(text[c.start:c.end]), text[c.start:c.end], _indent(document, c.start)) for c in cells]


def _indent(document: Document, at: int) -> int:
    """The place of view offset `at` in its line of the text as received."""
    raw = document.view.raw_offset(at)
    return raw - 1 - document.text.rfind("\n", 0, raw)


def _placed(document: Document, cells: Sequence[Span], columns: Sequence[_Column]) -> dict[str, Span]:
    """kind of column -> the cell under it: by order where the counts agree, else by where the cells stand."""
    text = document.view.text
    placed: dict[str, Span] = {}
    starts = [column.at for column in columns]
    for order, cell in enumerate(cells):
        if not text[cell.start:cell.end].strip(" |\t\n"):
            continue
        if len(cells) == len(columns):
            column = columns[order]
        else:
            column = columns[max(0, bisect_right(starts, _indent(document, cell.start) + _SHIFT) - 1)]
        if column.kind:
            placed.setdefault(column.kind, cell)
    return placed


_SHIFT = 2  # characters by which a cell may stand before its head


def _opens_row(text: str, placed: dict[str, Span]) -> bool:
    age = placed.get("age sex") or placed.get("age")
    return age is not None and text[age.start:age.end].strip(" (")[:1] not in ("", "-", "–", "—")


def _go_on(row: Row, placed: dict[str, Span], line: Span) -> None:
    for name, span in placed.items():
        row.cells.setdefault(name, []).append(span)
    row.span = Span(row.span.start, line.end)


def _apart(document: Document, row: Row, line: Span) -> bool:
    """Whether a blank line stands between a row and a line that may go on with it."""
    low, high = document.view.raw_offset(row.span.end - 1), document.view.raw_offset(line.start)
    return document.text.count("\n", low, high) > 1


def _loose(line: Span, hit: re.Match[str]) -> Row:
    cells = {"age sex": [Span(hit.start(), hit.end())], "rest": []}
    if hit.start() > line.start:
        cells["reference"] = [Span(line.start, hit.start())]
    if hit.end() < line.end:
        cells["rest"] = [Span(hit.end(), line.end)]
    return Row(line, cells, loose=True)


def _stacked(text: str, lines: Sequence[Span]) -> CaseTable | None:
    """A table of which every cell has a line of its own: the heads of the columns first, then row after row."""
    ages = [i for i, line in enumerate(lines) if AGE_SEX.fullmatch(text, line.start, line.end)]
    if len(ages) < 2 or (width := ages[1] - ages[0]) < 3 or any((at - ages[0]) % width for at in ages):
        return None
    kinds = [_kind(text[line.start:line.end]) for line in lines]
    age = next((i for i, kind in enumerate(kinds) if kind == "age sex"), None)
    if age is None or (ages[0] - age) % width:
        return None
    offset = next((age - i for i in range(age, -1, -1) if kinds[i] == "reference"), None)
    if offset is None or offset >= width:
        return None
    head = kinds[age - offset:age - offset + width]
    rows = []
    for at in ages:
        cells = lines[at - offset:at - offset + width]
        placed = {kind: [cell] for kind, cell in zip(head, cells, strict=False) if kind}
        rows.append(Row(Span(cells[0].start, cells[-1].end), placed))
    words = [text[line.start:line.end] for line in lines[:age - offset + width]]
    columns = [_Column(kind, word, 0) for kind, word in zip(head, words[age - offset:], strict=False)]
    header = " ".join(words[age - offset:])
    return CaseTable(" ".join(words[:age - offset]), header, tuple(rows), _units(header, columns))


def _units(header: str, columns: Sequence[_Column]) -> dict[str, str]:
    """The unit that the head of a column gives: "Follow-up (months)" -> m."""
    if len(columns) < 2:
        return {"follow-up": hit[1][0].lower()} if (hit := _FOLLOW_UNIT.search(header)) else {}
    hits = ((column.kind, _HEAD_UNIT.search(column.words)) for column in columns if column.kind)
    return {kind: hit[0].strip("(")[0].lower() for kind, hit in hits if hit}


_HEAD_UNIT = re.compile(r"\b(?:[Yy]ears?|[Yy]rs?|[Mm]onths?|[Mm]os?|[Mm]ths?|[Ww]eeks?|[Ww]ks?|[Dd]ays?)\b"
                        r"|\((?:y|m)\)")
_FOLLOW_UNIT = re.compile(r"(?:follow[-\s]?up|survival)[\s,]{0,2}\(?\s?(?:in\s)?(years?|yrs?|months?|mos?|weeks?"
                          r"|days?)\b", re.IGNORECASE)
