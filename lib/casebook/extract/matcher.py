"""All vocabulary words of a text in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter, itemgetter

import ahocorasick_rs

from casebook.asked import note_words
from casebook.text.spelling import fold
from casebook.vocabulary import Term, Vocabulary

_STOPS = re.compile(r"[.;:,()\[\]?!]")


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """A surface of `term` at view [start, end)."""

    start: int
    end: int
    term: Term

    @property
    def kind(self) -> str:
        return self.term.kind

    @property
    def label(self) -> str:
        return self.term.label

    @property
    def rule(self) -> str:
        return self.term.rule


PLACE = attrgetter("start", "end", "term.rule")


class Matcher:
    """Finds every surface of a vocabulary at word boundaries.

    Within one kind the longest surface wins ("PET/CT" is not also "CT"); kinds may overlap ("lung" in "lung cancer").
    A mention inside a false friend of its kind is dropped.
    """

    def __init__(self, vocabulary: Vocabulary):
        patterns = list(vocabulary.surfaces)
        self._entries = _Entries(patterns, vocabulary)
        self._search = ahocorasick_rs.AhoCorasick([f" {pattern} " for pattern in patterns])

    def find(self, text: str) -> list[Mention]:
        """Mentions in reading order."""
        folded = f" {fold(text)} "
        note_words(folded)
        hits: defaultdict[str, list[_Hit]] = defaultdict(list)
        entries = self._entries
        for index, start, stop in self._search.find_matches_as_indexes(folded, overlapping=True):
            end = stop - 2  # the padded haystack is one ahead, the pattern ends with a blank
            spaced, terms = entries[index]
            if spaced and _STOPS.search(text, start, end):
                continue
            for kind, term, exact in terms:
                if not exact or text[start:end].replace("-", " ") == exact:
                    hits[kind].append((start, -end, term))
        false = _Friends(hits.pop("false_friends", ()))
        found = [
            (start, -end, term.rule, term)
            for kind, some in hits.items()
            for start, end, term in false.without(kind, _longest(some))
        ]
        found.sort()  # a rule is met once at a place, so that terms are never compared
        return [Mention(start, end, term) for start, end, _, term in found]


_Hit = tuple[int, int, Term]
"""Start, end with a minus (the longer of two that start alike comes first), term."""

_WIDEST = itemgetter(0, 1)


class _Entries(dict[int, tuple[bool, tuple[tuple[str, Term, str], ...]]]):
    """By the number of a pattern: whether a stop within its words rules a hit out, and (kind, term, exact spelling if
    asked for) of each term. Made when the pattern is first met; most never are.
    """

    def __init__(self, patterns: list[str], vocabulary: Vocabulary):
        self._patterns, self._surfaces = patterns, vocabulary.surfaces

    def __missing__(self, number: int) -> tuple[bool, tuple[tuple[str, Term, str], ...]]:
        pattern = self._patterns[number]
        made = self[number] = _entry(pattern, self._surfaces[pattern])
        return made


def _entry(pattern: str, terms: Iterable[tuple[Term, str]]) -> tuple[bool, tuple[tuple[str, Term, str], ...]]:
    spaced = " " in pattern and "  " not in pattern and not any(_STOPS.search(exact) for _, exact in terms)
    return spaced, tuple((term.kind, term, exact.replace("-", " ")) for term, exact in terms)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """The longest of overlapping hits of one kind, the first of equals."""
    if len(hits) == 1:
        return hits
    hits.sort(key=_WIDEST)
    kept: list[_Hit] = []
    last, reach = 0, 0  # of the hit kept last
    for hit in hits:
        start, end = hit[0], -hit[1]
        if start < reach:
            if end - start <= reach - last:
                continue
            kept[-1] = hit
        else:
            kept.append(hit)
        last, reach = start, end
    return kept


class _Friends:
    """The false friends of a text, by the kind of mention that they rule out."""

    def __init__(self, hits: Iterable[_Hit]):
        self._of: dict[str, list[_Hit]] = {}
        for hit in hits:
            self._of.setdefault(hit[2].fields["kind"], []).append(hit)

    def without(self, kind: str, hits: list[_Hit]) -> list[_Hit]:
        """`hits` of `kind`, in reading order, but those inside a friend of theirs."""
        friends = sorted((*self._of.get(kind, ()), *self._of.get("*", ())), key=_WIDEST)
        if not friends:
            return hits
        kept: list[_Hit] = []
        at, reach = 0, 0  # the next friend, and how far those go that begin before
        for hit in hits:
            while at < len(friends) and friends[at][0] <= hit[0]:
                reach = max(reach, -friends[at][1])
                at += 1
            if reach < -hit[1]:
                kept.append(hit)
        return kept


def matcher(vocabulary: Vocabulary) -> Matcher:
    """That of `vocabulary`; a report is asked for by the texts that it searches."""
    return vocabulary.answer(("matcher",), Matcher)
