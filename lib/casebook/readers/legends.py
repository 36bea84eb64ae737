"""Figure legends: where one begins, and where the text that it cut goes on."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from casebook.readers.lines import Line, column
from casebook.readers.zones import heading


def legends(found: Sequence[Line], lifted: Collection[int] = ()) -> list[tuple[int, ...]]:
    """The line numbers of each legend among the lines of a report, the `lifted` lines of the page left out."""
    order = [at for at in range(len(found)) if at not in lifted]
    page = _Page([found[at] for at in order])
    taken: list[tuple[int, ...]] = []
    end = 0
    for first in sorted(page.starts):
        if first >= end:
            end = page.end(first)
            taken.append(tuple(order[first:end]))
    return taken


def opens_legend(words: str) -> bool:
    """Whether a line of these words may be the first of a legend."""
    return bool(_LEGEND.match(words))


class _Start(NamedTuple):
    """The label that a line opens with ("fig1"), and whether it can be nothing but that of a legend."""

    label: str
    sure: bool
    alone: bool


class _Page:
    """The lines of a report without those of the page itself."""

    def __init__(self, found: Sequence[Line]):
        self._found = found
        self._width = column(found)
        marks = {at: mark for at in range(len(found)) if (mark := self._start(at))}
        sure = {mark.label for mark in marks.values() if mark.sure}
        self.starts = {at: mark for at, mark in marks.items() if mark.sure or (sure and mark.label not in sure)}
        alone = [at for at, mark in self.starts.items() if mark.alone]
        self._bare = 2 * sum(self._next_is_no_caption(at) for at in alone) >= len(alone)

    def _start(self, at: int) -> _Start | None:
        line = self._found[at]
        hit = _LEGEND.match(line.words)
        if not hit:
            return None
        label = hit["kind"][:3].lower() + hit["number"]
        alone = hit.end() == len(line.words)
        if at == 0 or line.after_blank or line.indented or len(line.words) > _WIDER * self._width:
            return _Start(label, True, alone)
        before = self._found[at - 1]
        mark = hit["mark"] or hit["dash"]
        if mark == ":":
            return _Start(label, True, alone)
        if not mark and not alone:
            return _Start(label, True, alone) if before.finished else None
        refers = _REFERS.search(before.words[-8:])
        return None if refers and refers[0].lower() in ("see", "in") else _Start(label, not refers, alone)

    def _next_is_no_caption(self, at: int) -> bool:
        if at + 1 == len(self._found) or at + 1 in self.starts:
            return True
        words = self._found[at + 1].words
        return not (words[0].isupper() or _PANEL.match(words))

    def end(self, first: int) -> int:
        """One past the last line of the legend that begins at line `first`."""
        if self.starts[first].alone and (self._bare or self._found[first + 1].after_blank):
            return first + 1
        wide = any(len(line.words) > _WIDER * self._width for line in self._block(first)[:3])
        cut = first > 0 and self._is_cut(first - 1)
        likely = 0
        longest = self._width if len(self._found[first].words) <= _WIDER * self._width else 0.0
        for at in range(first + 1, len(self._found)):
            line, before = self._found[at], self._found[at - 1]
            longest = max(longest, len(before.words)) if at > first + 1 else longest
            if at in self.starts or (line.after_blank and not _PANEL.match(line.words)) or heading(self._found, at):
                return likely or at
            if not before.finished or _GOES_ON.search(before.words[-6:]) or _PANEL.match(line.words):
                continue
            if line.words[0].islower() or line.indented or (wide and self._column(at)):
                return at
            if not likely and len(before.words) < _SHORT * longest:
                likely = at if at > first + 1 or len(self._block(at)) > _REST or _TOLD.match(line.words) else 0
            if likely and (not cut or at > likely + _FAR):
                return likely
        return likely or len(self._found)

    def _is_cut(self, at: int) -> bool:
        """Whether the prose before a legend stops in mid-sentence at line `at`."""
        line = self._found[at]
        return not line.finished and len(line.words) > _NARROW * self._width and not heading(self._found, at)

    def _block(self, first: int) -> Sequence[Line]:
        """The lines from `first` to the next blank line, as far as one looks ahead."""
        rest = self._found[first:first + _FAR]
        blank = next((at for at, line in enumerate(rest) if at and line.after_blank), len(rest))
        return rest[:blank]

    def _column(self, at: int) -> bool:
        """Whether two lines of the body's own width stand at `at`."""
        pair = self._found[at:at + 2]
        narrow = all(_NARROW * self._width < len(line.words) <= _WIDER * self._width for line in pair)
        return narrow and len(pair) == 2 and not pair[1].after_blank


_REFERS = re.compile(r"\b(?:in|see|on|by|to|and|with|from|as|at|also|per|or|both|cf\.?)$", re.IGNORECASE)
_WIDER = 1.35
_NARROW = 0.6
_SHORT = 0.85  # of the legend's own width: the last line of its paragraph
_REST = 5  # lines after a short first line that may still be of the legend
_FAR = 12
_TOLD = re.compile(r"(?:The patient|She|He|Her|His|We|Our|Subsequently|Afterwards?)\b")
_GOES_ON = re.compile(r"\b(?:al|figs?|e\.g|i\.e|vs|dr|cf|no|approx)\.$|[:;]$", re.IGNORECASE)
_LEGEND = re.compile(
    r"\W{0,3}(?P<kind>Fig(?:ure)?s?|FIG(?:URE)?S?|Scheme|Image|Video|Plate|Chart)\.?\s?(?P<number>S?\d{1,2})\s?"
    r"(?:[A-Za-z](?![A-Za-z]))?(?:\s?(?:[-–,&]|and\s)\s?\d{0,2}\s?[A-Za-z]?(?![A-Za-z])){0,3}"
    r"(?:\s?(?P<mark>[.:|])(?=\s|\*|$)|\s(?P<dash>[-–—])\s|\s?$"
    r"|\s(?=(?:\([A-Za-z]\)(?:[-–]\([A-Za-z]\))?\s)?[A-Z][\w/-]{0,30},?\s(?!shows?\b|demonstrates?\b|reveals?\b|depicts?\b))"
    r"|\s(?=\(?[A-Z]\)?\s(?!shows?\b|demonstrates?\b|reveals?\b|depicts?\b|and\b)))")
_PANEL = re.compile(
    r"\(?[A-Za-l]\d?\)?(?:\s?(?:[-–,&]|and)\s?\(?[A-Za-l]\d?\)?){0,8}(?:(?<=\))|[.:])\s"
    r"|(?:Left|Right|Top|Bottom|Arrows?|Scale bar|Abbreviations?|Original magnification)\b")
