"""Parts of words that rules ask sentences for before they try a pattern: all of them are found in one pass."""

from bisect import bisect_right
from collections.abc import Sequence

import ahocorasick_rs

from casebook.text.sentences import Sentence

Stems = frozenset[str]


class _Search:
    """Finds all sets of stems that were asked for so far."""

    def __init__(self, known: Sequence[Stems]):
        self.known = known
        every = sorted(set().union(*known))
        self._of = [[number for number, stems in enumerate(known) if stem in stems] for stem in every]
        self._search = ahocorasick_rs.AhoCorasick(every)

    def find(self, lower: str, sentences: Sequence[Sentence]) -> dict[Stems, set[int]]:
        starts = [sentence.start for sentence in sentences]
        found: list[set[int]] = [set() for _ in self.known]
        for stem, start, end in self._search.find_matches_as_indexes(lower, overlapping=True):
            index = bisect_right(starts, start) - 1
            if index >= 0 and end <= sentences[index].end:
                for number in self._of[stem]:
                    found[number].add(index)
        return dict(zip(self.known, found, strict=True))


_search = _Search([])


def sentences_with(stems: Stems, lower: str, sentences: Sequence[Sentence]) -> dict[Stems, set[int]]:
    """The indices of `sentences` that hold one of `stems`, and those for every other set asked for so far."""
    global _search
    if stems not in _search.known:
        _search = _Search([*_search.known, stems])
    return _search.find(lower, sentences)
