"""Which of the files that were read are one paper."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePath

from casebook.readers.bibliography import words

_WORD = re.compile(r"[a-z]{8,24}")
_BEGIN = 8  # letters of a word with which a group of words that is compared begins
_LONG = 4  # such words in a group
_ALIKE, _NOT_ELSE = 0.5, 0.15  # share of the groups that two papers have in common: of the same title, of the same DOI
_FEW = 12  # groups of a text that are too few to compare
_TITLE = 20  # characters of a title that two papers do not have by chance
_OPENING = 3_000  # characters of a text in which its own title stands
_SAMPLE = 8  # one of so many groups finds the papers to compare


class Paper:
    """A row of `sources` that was read, and its text."""

    def __init__(self, row: dict, text: str):
        self.row = row
        self._text = text
        self.doi, self.pmid = str(row.get("doi") or "").lower(), str(row.get("pmid") or "")
        self.title, self.year = words(str(row.get("title") or "")), str(row.get("year") or "")
        self.stem = PurePath(row["path"]).stem.casefold()

    @cached_property
    def groups(self) -> frozenset[int]:
        """Checksums of the long words that follow one another, wherever a line, a page or a table cuts the text."""
        long = _WORD.findall(self._text.lower())
        return frozenset(zlib.crc32(" ".join(long[at : at + _LONG]).encode()) for at in range(len(long) - _LONG + 1))

    @cached_property
    def opening(self) -> str:
        return words(self._text[:_OPENING])

    @property
    def keys(self) -> list[tuple[str, object]]:
        """What another file of the same paper may have in common with it, the surest first."""
        keys: list[tuple[str, object]] = [("doi", self.doi), ("pmid", self.pmid), ("stem", self.stem)]
        if len(self.groups) >= _FEW:
            keys += [("text", group) for group in sorted(self.groups) if group % _SAMPLE == 0]
        return [key for key in keys if key[1]]

    def shares(self, other: "Paper") -> float | None:
        """The part of the shorter text that stands in the other; None where one is too short to say."""
        least = min(len(self.groups), len(other.groups))
        return len(self.groups & other.groups) / least if least >= _FEW else None


def same(papers: Sequence[Paper], order: Callable[[dict], tuple]) -> Iterator[tuple[dict, dict]]:
    """(the row of a file, that of the file which is read in its place): the first by `order`."""
    by: dict[tuple[str, object], list[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: order(paper.row)):
        kept = next((one for key in paper.keys for one in by.get(key, ()) if _one(key[0], one, paper)), None)
        if kept is not None:
            yield paper.row, kept.row
        else:
            for key in paper.keys:
                by.setdefault(key, []).append(paper)


def alike(papers: Sequence[Paper]) -> Iterator[tuple[Paper, Paper, float]]:
    """Two papers of which much of the text is the same, and how much of the shorter one (0 to 1)."""
    by: dict[tuple[str, object], list[int]] = {}
    for at, paper in enumerate(papers):
        keys = [key for key in paper.keys if key[0] == "text"]
        for other in sorted({other for key in keys for other in by.get(key, ())}):
            share = papers[other].shares(paper)
            if share is not None and share >= _ALIKE:
                yield papers[other], paper, share
        for key in keys:
            by.setdefault(key, []).append(at)


def _one(by: str, kept: Paper, other: Paper) -> bool:
    for one, two in ((kept.doi, other.doi), (kept.pmid, other.pmid)):
        if one and two and one != two:
            return False
    share = kept.shares(other)
    if by in ("doi", "pmid"):
        return share is None or share >= _NOT_ELSE
    if share is None or share < _ALIKE or (kept.year and other.year and kept.year != other.year):
        return False
    return by == "stem" or _titled(kept, other) or _titled(other, kept)


def _titled(one: Paper, other: Paper) -> bool:
    return len(one.title) >= _TITLE and f" {one.title} " in f" {other.title} {other.opening} "
