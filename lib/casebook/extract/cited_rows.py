"""Earlier patients whom a report lists in a table, one row each."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.case_tables import AGE_SEX, CaseTable, Row
from casebook.extract.finding import Cell, Finding
from casebook.extract.matcher import Mention
from casebook.extract.quantity import MONTHS_PER_UNIT
from casebook.extract.reading import Reading
from casebook.text.span import Span

_LITERATURE = re.compile(r"\b(?:literature|review|reported|published|previous(?:ly)?|described|earlier|to date|so far"
                         r"|cases of)\b", re.IGNORECASE)
_OWN_TABLE = re.compile(r"\b(?:our|present)\s(?:series|patients|cases)\b", re.IGNORECASE)
_CITES = re.compile(r"\bet al|\[\d{1,3}[\],–-]|\b(?:18|19|20)\d\d\b|\(\d{1,3}\)|[A-Z][\w'’-]+\s(?:and|&)\s[A-Z]")
_OWN_ROW = re.compile(r"\b(?:present|our|current|this|index)\s(?:case|patient|report|study|series|article|paper"
                      r"|work)s?\b|\bpresent\b\s*$", re.IGNORECASE)
_GROUP = re.compile(r"\d\s?(?:-|–|—|to)\s?\d|\b(?:mean|median|range|average)\b|±", re.IGNORECASE)
_UNIT = r"(?:years?|yrs?|y|months?|mos?|mths?|m|weeks?|wks?|w|days?|d)"
_AGE = re.compile(rf"(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?)(?:[\s-]?(?P<u>{_UNIT})(?![A-Za-z]))?", re.IGNORECASE)
_SEX = re.compile(r"(?<!\w)(?:(?P<male>m|male|man|boy|♂)|(?P<female>f|female|woman|girl|♀))(?!\w)", re.IGNORECASE)
_MONTHS = re.compile(rf"(?<![\w.,/-])(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?)(?:\s?(?P<u>{_UNIT})(?![A-Za-z]))?(?![\d/%])",
                     re.IGNORECASE)
_OLDEST = 110
_READ = ("diagnosis", "treatment", "rest")
"""Columns that the other topics read as they read prose."""


def cuts(tables: Sequence[CaseTable]) -> list[int]:
    """Where each cell that other topics read begins and ends: it becomes a sentence of its own."""
    spans = [span for table in tables for row in table.rows for name in _READ for span in row.cells.get(name, ())]
    return sorted({at for span in spans for at in (span.start, span.end)})


def find(reading: Reading, tables: Sequence[CaseTable], known: int) -> Iterator[Finding]:
    """A row of `cases` per earlier patient, numbered on from `known`, with age, sex and vital status.

    Rows of the report's own patients and of groups are left out. Sets the owner of the other cells' sentences.
    """
    number = known
    for table in tables:
        about = f"{table.caption} {table.header}"
        literary = bool(_LITERATURE.search(about)) and not _OWN_TABLE.search(table.caption)
        for row in table.rows:
            cells = _person(reading, table, row) if _is_cited(reading, row, literary) else {}
            if not cells:
                continue
            number += 1
            case = f"c{number}"
            _own(reading, row, case)
            first = row.cells.get("reference") or row.cells.get("age sex") or row.cells["age"]
            role = Cell("cited", (first[0],), "patients.cited_row")
            yield Finding("cases", case, row.span.start, {"role": role, **cells, **_primary(reading, row)})
            yield from _spread(reading, row, case)
            yield from _fate(reading, table, row, case)


def _words(reading: Reading, row: Row, name: str) -> str:
    return " ".join(reading.text[span.start:span.end] for span in row.cells.get(name, ()))


def _is_cited(reading: Reading, row: Row, literary: bool) -> bool:
    """Whether a row is that of one patient of another report."""
    reference, count = _words(reading, row, "reference"), _words(reading, row, "count")
    if _OWN_ROW.search(reference) or row.loose and _OWN_ROW.search(reading.text, row.span.start, row.span.end):
        return False
    if count.strip().isdigit() and int(count) != 1:
        return False
    if _GROUP.search(_words(reading, row, "age sex") + " " + _words(reading, row, "age")):
        return False
    return literary or bool(_CITES.search(reference))


def _person(reading: Reading, table: CaseTable, row: Row) -> dict[str, Cell]:
    """Age and sex; nothing where the cells hold neither."""
    cells: dict[str, Cell] = {}
    both = row.cells.get("age sex", [])
    ages, sexes = row.cells.get("age") or both, row.cells.get("sex") or both
    unit = table.units.get("age") or table.units.get("age sex") or "y"
    for span in ages[:1]:
        hit = _AGE.search(reading.text, span.start, span.end)
        if hit:
            years = _years(float(hit["n"]), hit["u"] or unit)
            if years is not None:
                cells["age_years"] = Cell(years, (Span(hit.start(), hit.end()),), "demographics.table_age")
    for span in sexes[:1]:
        joined = AGE_SEX.search(reading.text, span.start, span.end)
        start, end = joined.span("s" if joined["s"] else "s2") if joined else (span.start, span.end)
        if sex := _SEX.search(reading.text, start, end):
            cells["sex"] = Cell(str(sex.lastgroup), (Span(sex.start(), sex.end()),), "demographics.table_sex")
    return cells


def _years(value: float, unit: str) -> float | int | None:
    years = round(value if unit[0].lower() == "y" else value * MONTHS_PER_UNIT[unit[0].lower()] / 12, 2)
    if years > _OLDEST:
        return None
    return int(years) if years == int(years) else years


def _own(reading: Reading, row: Row, case: str) -> None:
    """Make `case` the owner of the sentences in the cells that other topics read."""
    for name in _READ:
        for span in row.cells.get(name, ()):
            index = reading.sentence_at(span.start)
            while index is not None and index < len(reading.sentences) and reading.sentences[index].end <= span.end:
                reading.owner[index] = case
                index += 1


def _named(reading: Reading, row: Row, name: str, kind: str) -> Iterator[Mention]:
    """The words of one kind of vocabulary in the cells of a column, denied ones left out."""
    for span in row.cells.get(name, ()):
        index = reading.sentence_at(span.start)
        while index is not None and index < len(reading.sentences) and reading.sentences[index].start < span.end:
            for mention in reading.of(kind, index):
                inside = span.start <= mention.start and mention.end <= span.end
                if inside and reading.status(mention).value == "present":
                    yield mention
            index += 1


def _primary(reading: Reading, row: Row) -> dict[str, Cell]:
    """The site and side that a column of places gives."""
    site = next(_named(reading, row, "site", "sites"), None)
    if site is None:
        return {}
    cells = {"primary_site": Cell(site.label, (Span(site.start, site.end),), site.rule)}
    for span in row.cells["site"]:
        if side := _SIDE.search(reading.text, span.start, span.end):
            cells["laterality"] = Cell(side[0].lower(), (Span(*side.span()),), "sites.side")
            break
    return cells


_SIDE = re.compile(r"\b(?:left|right|bilateral)\b", re.IGNORECASE)


def _spread(reading: Reading, row: Row, case: str) -> Iterator[Finding]:
    """A row of `sites` per place under the head "Metastases"."""
    for site in _named(reading, row, "spread", "sites"):
        yield Finding("sites", case, site.start, {
            "role": Cell("metastasis", (Span(site.start, site.end),), "sites.table_spread"),
            "site": Cell(site.label, (Span(site.start, site.end),), site.rule),
            "status": Cell("present", (Span(site.start, site.end),), "sites.table_spread")})


def _fate(reading: Reading, table: CaseTable, row: Row, case: str) -> Iterator[Finding]:
    """The row of `outcomes` for the vital status that the outcome's cell, or the follow-up's, states."""
    columns = ("outcome", "follow-up", "rest")
    pieces = [(name, span) for name in columns for span in row.cells.get(name, ())]
    signs = [sign for name in columns for sign in _named(reading, row, name, "fates")
             if sign.term.fields["weight"] != "follow"]
    sign = next((s for value in _VALUES for s in signs if s.term.fields["value"] == value), None)
    if sign is None:
        return
    value = sign.term.fields["value"]
    cells = {"endpoint": Cell("vital_status", (), sign.rule, derived_from="the words for dead, alive or lost"),
             "value": Cell(value, (Span(sign.start, sign.end),), sign.rule)}
    if months := _months(reading, table, pieces):
        cells["months"] = months
    cells["observed"] = Cell(value == "dead", (), sign.rule, derived_from="value: a death is observed, anything else is"
                             " censored")
    yield Finding("outcomes", case, sign.start, cells)


_VALUES = ("dead", "lost to follow-up", "alive")


def _months(reading: Reading, table: CaseTable, pieces: Sequence[tuple[str, Span]]) -> Cell | None:
    """The length of follow-up: the last number with a unit, which the head of its column may give."""
    found = []
    for name, span in pieces:
        default = table.units.get("follow-up" if name == "rest" else name)
        for hit in _MONTHS.finditer(reading.text, span.start, span.end):
            unit = hit["u"] or (default if name != "rest" else default if hit.end() == span.end else None)
            if unit:
                months = round(float(hit["n"]) * MONTHS_PER_UNIT[unit[0].lower()], 1)
                found.append((name == "follow-up", hit.start(), Cell(months, (Span(hit.start(), hit.end()),),
                                                                   "outcome.table_months")))
    return max(found, key=lambda item: item[:2])[2] if found else None
