"""Tables: their captions and rows, and the cells and labels that a PDF leaves among its prose."""

import re
from collections.abc import Collection, Sequence

from casebook.readers.lines import Line, column
from casebook.readers.zones import heading


def tables(found: Sequence[Line], out: Collection[int]) -> set[int]:
    """Lines of tables: cells between bars, or between tabs in two lines or more, and a caption right above them."""
    body = [(at, line) for at, line in enumerate(found) if at not in out]
    tabbed = {at for at, line in body if "\t" in line.words}
    rows = {at for at in tabbed if at - 1 in tabbed or at + 1 in tabbed}
    rows.update(at for at, line in body if line.words[0] == "|" and line.words.count("|") > 1)
    rows.update(at for at, line in body if line.after_blank and _CAPTION.match(line.words))
    return rows


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


_SHARE = 0.6
_EVERY = 9
_FIGURES = 0.3
_PANELS = re.compile(r"\(?[A-La-l]\d?\)?(?:\s{1,3}\(?[A-La-l]\d?\)?){0,11}")
_SMALL = frozenset(
    "a an and are as at be been but by can for from had has have he her his if in is it its may no not of on or our she"
    " that the their there these they this to was we were when which while who with within without".split())
_CAPTION = re.compile(r"[*#\s]{0,6}(?:Table|TABLE)\s?(?:\d{1,2}|[IVX]{1,4})\s?(?:[.:|]|$)")
_REFERS = re.compile(r"(?:[,;(]|\b(?:in|see|on|by|to|and|with|from|of))$")
