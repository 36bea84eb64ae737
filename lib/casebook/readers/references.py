"""References wherever they stand: under no heading, or in a column that a PDF puts before the end of the prose."""

import re
from collections.abc import Collection, Sequence

from casebook.readers.lines import Line


def references(found: Sequence[Line], out: Collection[int]) -> set[int]:
    """The lines of numbered references of which two or more follow one another."""
    entries: list[range] = []
    at = 0
    while at < len(found):
        end = _entry_end(found, at, out) if at not in out and _NUMBER.match(found[at].words) else at
        if end > at and _is_citation(" ".join(line.words for line in found[at:end])):
            entries.append(range(at, end))
        at = max(end, at + 1)
    listed: set[int] = set()
    for one, after in zip(entries, entries[1:], strict=False):
        between = range(one.stop, after.start)
        if all(at in out for at in between):
            listed.update((*one, *after))
    return listed


def _entry_end(found: Sequence[Line], first: int, out: Collection[int]) -> int:
    """One past the last line of what may be a reference that begins at line `first`."""
    at = first + 1
    while at < min(len(found), first + _LINES) and at not in out and not found[at].after_blank:
        if _NUMBER.match(found[at].words):
            break
        at += 1
    return at


def _is_citation(words: str) -> bool:
    return bool(_YEAR.search(words) and _PLACE.search(words))


_LINES = 8
_NUMBER = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}[.)])\s+[A-Z]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLACE = re.compile(r"\d\s?(?:\(\d{1,4}\))?\s?:\s?[A-Za-z]?\d|\bvol\. |\bpp?\.\s?[A-Za-z]?\d|\bdoi\b|\bIn: ")
