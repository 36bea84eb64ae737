"""Tables: their captions and rows, and the cells and labels that a PDF leaves among its prose."""

import re
from collections.abc import Collection, Sequence

from casebook.readers.lines import Line, column
from casebook.readers.zones import heading


def tables(found: Sequence[Line], out: Collection[int]) -> set[int]:
    """Lines of tables: cells between bars, or between tabs or wide gaps in two lines or more, and a caption above."""
    body = [(at, line) for at, line in enumerate(found) if at not in out]
    parted = {at for at, line in body if _parted(line.words)}
    rows = {at for at in parted if at - 1 in parted or at + 1 in parted}
    rows.update(at for at, line in body if line.words[0] == "|" and line.words.count("|") > 1)
    for at, line in body:
        if line.after_blank and _CAPTION.match(line.words):
            rows.add(at)
            rows.update(_patients_below(found, at, out))
    return rows


def _parted(words: str) -> bool:
    """Whether tabs, bars or wide gaps part a line into cells."""
    if "\t" in words or words.count(" | ") > 1:
        return True
    return "  " in words and len(_GAP.findall(words)) > 1


def _patients_below(found: Sequence[Line], caption: int, out: Collection[int]) -> range:
    """The lines right below a caption, up to prose, where two of them or more give a patient's age and sex."""
    told = 0
    stop = caption + 1
    while stop < len(found) and stop not in out and not _CAPTION.match(found[stop].words):
        line = found[stop]
        aged = bool(_AGE_SEX.search(line.words))
        told += aged
        if not aged and (_ends_cells(found, stop) if told else stop > caption + _COLUMNS):
            break
        stop += 1
    return range(caption + 1, stop) if told > 1 else range(0)


def _ends_cells(found: Sequence[Line], at: int) -> bool:
    """Whether a line below cells is prose or opens another section; "Surgery" may be a cell of its own."""
    line, mark = found[at], heading(found, at)
    if mark and mark.kind != "case":
        return True
    return line.words.endswith(".") and (line.after_blank or is_prose(line, 0)) and not line.words.endswith("al.")


def printed_tables(found: Sequence[Line], out: Collection[int]) -> list[tuple[int, ...]]:
    """The lines of each table in the text of a PDF, which has no cells: from a caption to where prose goes on."""
    width = column(found)
    rows: list[tuple[int, ...]] = []
    stop = 0
    for at, line in enumerate(found):
        if at < stop or at in out or not _CAPTION.match(line.words):
            continue
        if not line.after_blank and _REFERS.search(found[at - 1].words[-8:]):
            continue
        stop = _table_end(found, at, out, width)
        rows.append(tuple(range(at, stop)))
    return rows


def _table_end(found: Sequence[Line], first: int, out: Collection[int], width: float) -> int:
    """One past the last line of the table of which the caption begins at line `first`."""
    at = first + 1
    while at < len(found) and not found[at - 1].finished and not found[at].after_blank and is_prose(found[at], width):
        at += 1
    while at < len(found):
        line = found[at]
        if at in out or ((mark := heading(found, at)) and (mark.inline or _goes_on(found, at + 1, width))):
            return at
        if is_prose(line, width) and (line.finished or line.words[0].islower() or at + 1 == len(found)
                                      or is_prose(found[at + 1], width)):
            return at
        at += 1
    return at


def _goes_on(found: Sequence[Line], at: int, width: float) -> bool:
    return at == len(found) or is_prose(found[at], width)


def scraps(found: Sequence[Line], out: Collection[int]) -> set[int]:
    """Lines without prose that stand beside a legend or at the head or foot of a page: labels of a figure, cells."""
    width = column(found)
    lone: set[int] = set()
    run: list[int] = []
    for at in range(len(found) + 1):
        if at < len(found) and at not in out and _is_scrap(found[at], width) and not heading(found, at):
            run.append(at)
            continue
        if run and (run[0] - 1 in out or run[-1] + 1 in out):
            lone.update(run)
        run = []
    return lone


def is_prose(line: Line, width: float) -> bool:
    """Whether the line is as long as one of the column and has the small words of a sentence and few figures."""
    words = line.words.split()
    small = sum(word.strip("(),;") in _SMALL for word in words)
    figures = sum(word[0].isdigit() for word in words)
    return len(line.words) > _SHARE * width and _EVERY * small >= len(words) and figures <= _FIGURES * len(words)


def _is_scrap(line: Line, width: float) -> bool:
    """Whether the line is too short for one of the column and no end of a paragraph, item or part of a sentence."""
    if _PANELS.fullmatch(line.words):
        return True
    if all(word.strip("-−").replace(".", "").isdigit() for word in line.words.split()):
        return not line.finished
    return len(line.words) <= _SHARE * width and not (line.item or line.hyphenated or line.goes_on or line.finished)


_GAP = re.compile(r"(?<=\S)(?<![.!?])[ \xa0]{2,}(?=\S)")
_AGE_SEX = re.compile(
    r"(?<![\w.])(?:\d{1,2}(?:\.\d)?\s?(?:y|yrs?|years?|m|mo|months?)?\s?[/,]?\s?(?:[MF]|[Ff]emale|[Mm]ale)"
    r"|(?:[MF]|[Ff]emale|[Mm]ale)\s?[/,]?\s?\d{1,2})(?![\w-])")
_COLUMNS = 14
_SHARE = 0.6
_EVERY = 9
_FIGURES = 0.3
_PANELS = re.compile(r"\(?[A-La-l]\d?\)?(?:\s{1,3}\(?[A-La-l]\d?\)?){0,11}")
_SMALL = frozenset(
    "a an and are as at be been but by can for from had has have he her his if in is it its may no not of on or our she"
    " that the their there these they this to was we were when which while who with within without".split())
_CAPTION = re.compile(r"[*#\s]{0,6}(?:Table|TABLE)\s?(?:\d{1,2}|[IVX]{1,4})\s?(?:[.:|]|$)")
_REFERS = re.compile(r"(?:[,;(]|\b(?:in|see|on|by|to|and|with|from|of))$")
