"""All vocabulary words of a text in one pass."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from casebook.text.spelling import fold
from casebook.vocabulary import Term, Vocabulary

_STOPS = re.compile(r"[.;:,()\[\]?!]")


@dataclass(frozen=True, slots=True)
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


class Matcher:
    """Finds every surface of a vocabulary at word boundaries.

    Within one kind the longest surface wins ("PET/CT" is not also "CT"); kinds may overlap ("lung" in "lung cancer").
    A mention inside a false friend of its kind is dropped.
    """

    def __init__(self, vocabulary: Vocabulary):
        self._patterns = list(vocabulary.surfaces)
        self._entries = [vocabulary.surfaces[pattern] for pattern in self._patterns]
        self._spaced = [" " in pattern and "  " not in pattern and not any(_STOPS.search(exact) for _, exact in entry)
                        for pattern, entry in zip(self._patterns, self._entries, strict=True)]
        self._search = ahocorasick_rs.AhoCorasick([f" {pattern} " for pattern in self._patterns])

    def find(self, text: str) -> list[Mention]:
        """Mentions in reading order."""
        hits: dict[str, list[Mention]] = {}
        for index, start, stop in self._search.find_matches_as_indexes(f" {fold(text)} ", overlapping=True):
            end = stop - 2  # the padded haystack is one ahead, the pattern ends with a blank
            if self._spaced[index] and _STOPS.search(text, start, end):
                continue
            for term, exact in self._entries[index]:
                if not exact or text[start:end].replace("-", " ") == exact.replace("-", " "):
                    hits.setdefault(term.kind, []).append(Mention(start, end, term))
        false = hits.pop("false_friends", [])
        found = [mention for mentions in hits.values() for mention in _longest(mentions)]
        if false:
            found = [mention for mention in found if not _inside(mention, false)]
        return sorted(found, key=lambda mention: (mention.start, mention.end, mention.rule))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions of one kind, the first of equals."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _inside(mention: Mention, false: Iterable[Mention]) -> bool:
    return any(friend.start <= mention.start and mention.end <= friend.end
               and friend.term.fields["kind"] in ("*", mention.kind) for friend in false)


@lru_cache(maxsize=4)
def matcher(vocabulary: Vocabulary) -> Matcher:
    return Matcher(vocabulary)
