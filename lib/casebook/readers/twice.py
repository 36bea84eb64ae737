"""Which of the files that were read are one paper."""

import re
from array import array
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from zlib import crc32

from casebook.readers.bibliography import words

_WORD = re.compile(r"[a-z]{8,24}")
_BEGIN = 8  # letters of a word with which a group of words that is compared begins
_LONG = 4  # such words in a group
_ALIKE, _NOT_ELSE = 0.5, 0.15  # share of the groups that two papers have in common: of the same title, of the same DOI
_FEW = 12  # groups of a text that are too few to compare
_TITLE = 20  # characters of a title that two papers do not have by chance
_OPENING = 3_000  # characters of a text in which its own title stands
_SAMPLE = 8  # one of so many groups finds the papers to compare


def groups(text: str) -> "array[int]":
    """Checksums of the long words that follow one another, wherever a line, a page or a table cuts the text; in order,
    each once.
    """
    long = _WORD.findall(text.lower())
    return array("I", sorted({crc32(" ".join(long[at : at + _LONG]).encode()) for at in range(len(long) - _LONG + 1)}))


class Paper:
    """A row of `sources` that was read, its `groups`, and its text, which is asked for where it must be read again."""

    def __init__(self, row: dict, own: "array[int]", text: Callable[[], str]):
        self.row, self.groups, self._text = row, own, text
        self.doi, self.pmid = str(row.get("doi") or "").lower(), str(row.get("pmid") or "")
        self.title, self.year = words(str(row.get("title") or "")), str(row.get("year") or "")
        self.stem = PurePath(row["path"]).stem.casefold()

    @property
    def opening(self) -> str:
        return words(self._text()[:_OPENING])

    @property
    def sample(self) -> list[int]:
        """Some of the groups, by which papers to compare are found."""
        return [group for group in self.groups if group and group % _SAMPLE == 0] if len(self.groups) >= _FEW else []

    def keys(self, shared: Container[int]) -> list[tuple[str, object]]:
        """What another file of the same paper may have in common with it, the surest first; of the sample, those that
        are `shared`.
        """
        named = [("doi", self.doi), ("pmid", self.pmid), ("stem", self.stem)]
        return [*(key for key in named if key[1]), *(("text", group) for group in self.sample if group in shared)]

    def shares(self, other: "Paper") -> float | None:
        """The part of the shorter text that stands in the other; None where one is too short to say."""
        least = min(len(self.groups), len(other.groups))
        return len(set(self.groups).intersection(other.groups)) / least if least >= _FEW else None


def same(papers: Sequence[Paper], order: Callable[[dict], tuple]) -> Iterator[tuple[dict, dict]]:
    """(the row of a file, that of the file which is read in its place): the first by `order`."""
    by: dict[tuple[str, object], list[Paper]] = {}
    shared = _shared(papers)
    for paper in sorted(papers, key=lambda paper: order(paper.row)):
        keys = paper.keys(shared)
        kept = next((one for key in keys for one in by.get(key, ()) if _one(key[0], one, paper)), None)
        if kept is not None:
            yield paper.row, kept.row
        else:
            for key in keys:
                by.setdefault(key, []).append(paper)


def _shared(papers: Sequence[Paper]) -> set[int]:
    """The groups of which more than one paper has a sample: few, where all that are in one would fill the memory."""
    every = array("I")
    for paper in papers:
        every.extend(paper.sample)
    return {one for one, other in pairwise(sorted(every)) if one == other}


def alike(papers: Sequence[Paper]) -> Iterator[tuple[Paper, Paper, float]]:
    """Two papers of which much of the text is the same, and how much of the shorter one (0 to 1)."""
    by: dict[int, list[int]] = {}
    for at, paper in enumerate(papers):
        keys = paper.sample
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
