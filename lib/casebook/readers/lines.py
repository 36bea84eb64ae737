"""The lines of a report and what their ends and beginnings say about the prose that runs over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"
"""What a line may begin or end with and hold no word: every Unicode blank, and the mark of the byte order."""


@dataclass(frozen=True, slots=True)
class Line:
    """Raw [start, end) of a line that is not blank, without the blanks around it."""

    start: int
    end: int
    words: str
    after_blank: bool
    indented: bool
    new_page: bool

    @property
    def finished(self) -> bool:
        """Ends as a sentence does."""
        return bool(_FINISHED.search(self.words[-12:]))

    @property
    def goes_on(self) -> bool:
        """Ends in a word or mark that asks for another after it."""
        return bool(_GOES_ON.search(self.words[-8:]))

    @property
    def hyphenated(self) -> bool:
        return bool(_HYPHENATED.search(self.words[-4:]))

    @property
    def item(self) -> bool:
        """Begins as a list item does."""
        return bool(_ITEM.match(self.words))


def lines(text: str) -> list[Line]:
    """The lines of `text` that hold words."""
    found: list[Line] = []
    blank = True
    before = 0
    for hit in _LINE.finditer(text):
        gap = text[before:hit.start()]
        page = "\f" in gap
        blank = blank or page or max(gap.count("\n"), gap.count("\r")) > 1
        before = hit.end()
        raw = hit[0]
        words = raw.strip(BLANKS)
        if not words:
            blank = True
            continue
        start = hit.start() + len(raw) - len(raw.lstrip(BLANKS))
        found.append(Line(start, start + len(words), words, blank, page or raw[0] in BLANKS, page))
        blank = False
    return found


def wrapped(found: Sequence[Line]) -> bool:
    """Whether the prose is broken into lines of a column's width, as in the text of a PDF."""
    pairs = broken = 0
    for line, after in zip(found, found[1:], strict=False):
        if after.after_blank or len(line.words) > _COLUMN or after.item or "|" in line.words or "\t" in line.words:
            continue
        pairs += 1
        broken += line.hyphenated or (not line.finished and len(line.words) > _SHORT)
    return broken >= 2 and broken > _SHARE * pairs


def column(found: Sequence[Line]) -> float:
    """The width of the column into which most of the lines are broken, cells and labels left out."""
    lengths = [len(line.words) for line in found]
    return median([length for length in lengths if length > _SHORT] or lengths or [0])


def stops_short(line: Line, after: Line, width: float) -> bool:
    """Whether a line of a column of that width ends though the word that follows had room in it."""
    return len(line.words) + 1 + len(after.words.split(maxsplit=1)[0]) < _FILLED * width


_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]]{0,3}(?:\s?\[[\d,\s–-]{1,10}\])?$")
_GOES_ON = re.compile(
    r"(?:[,(-]|\b(?:in|of|the|and|as|see|for|to|with|by|an?|our|that|from|or|is|are|was|were|this|than|first|second))$")
_HYPHENATED = re.compile(r"[^\W\d_]-$|\xad$|\w[‐‑]$|\d-$")
_ITEM = re.compile(r"[•·▪◦‣*–-]\s|\(?(?:\d{1,2}|[a-z])[).]\s")
_COLUMN = 170
_SHORT = 25
_SHARE = 0.4
_FILLED = 0.9
