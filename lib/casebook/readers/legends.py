"""Figure legends: where one begins, and where the text that it cut goes on."""

import re
from collections.abc import Sequence
from statistics import median

from casebook.readers.lines import Line
from casebook.readers.zones import heading


def legends(found: Sequence[Line]) -> list[tuple[int, int]]:
    """The legends among the lines of a report, as ranges of line numbers [first, last)."""
    width = median(len(line.words) for line in found) if found else 0
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(found):
        if _begins(found, at, width):
            end = _end(found, at, width)
            ranges.append((at, end))
            at = end
        else:
            at += 1
    return ranges


def _begins(found: Sequence[Line], at: int, width: float) -> bool:
    line = found[at]
    if not _LEGEND.match(line.words):
        return False
    if at == 0 or line.after_blank or line.indented or len(line.words) > _WIDER * width:
        return True
    return not _REFERS.search(found[at - 1].words[-12:])


def _end(found: Sequence[Line], first: int, width: float) -> int:
    """One past the last line of the legend that begins at line `first`."""
    wide = len(found[first].words) > _WIDER * width or any(
        len(line.words) > _WIDER * width for line in found[first + 1:first + 3] if not line.after_blank)
    for at in range(first + 1, len(found)):
        line, before = found[at], found[at - 1]
        if _LEGEND.match(line.words) or heading(found, at):
            return at
        if line.after_blank:
            if not _PANEL.match(line.words):
                return at
        elif before.finished and not _PANEL.match(line.words) and (
                line.words[0].islower() or line.indented or (wide and _column(found, at, width))):
            return at
    return len(found)


def _column(found: Sequence[Line], at: int, width: float) -> bool:
    """Whether two lines of the body's own width stand at `at`."""
    pair = found[at:at + 2]
    narrow = all(_NARROW * width < len(line.words) <= _WIDER * width for line in pair)
    return narrow and len(pair) == 2 and not pair[1].after_blank


_REFERS = re.compile(r"(?:[,;(]|\b(?:in|see|on|by|to|and|with|from|as|at|also|per|or|both|cf\.?))$", re.IGNORECASE)
_WIDER = 1.35
_NARROW = 0.6
_LEGEND = re.compile(
    r"\W{0,3}(?:Fig(?:ure)?s?|FIG(?:URE)?S?|Scheme|Image|Video|Plate|Chart)\.?\s?S?\d{1,2}[A-Za-z]?"
    r"(?:\s?[-–,&]\s?\d{0,2}[A-Za-z]?)?"
    r"(?:\s?[.:|](?=\s|\*|$)|\s[-–—]\s|\s(?=\(?[A-Z]\)?[a-z]*\s(?!shows?\b|demonstrates?\b|reveals?\b|depicts?\b))|\s?$)")
_PANEL = re.compile(
    r"\(?[A-Za-l]\d?(?:\s?(?:[-–,&]|and)\s?[A-Za-l]\d?){0,8}(?:\)|[.:])\s"
    r"|(?:Left|Right|Top|Bottom|Arrows?|Scale bar)\b")
