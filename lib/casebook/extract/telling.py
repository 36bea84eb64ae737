"""The words with which authors tell what a study showed, why it was done, and that they now speak of something else."""

import re
from dataclasses import dataclass

from casebook.asked import derived
from casebook.text.alternation import any_word
from casebook.vocabulary import Vocabulary


@dataclass(frozen=True)
class Telling:
    """A pattern per category of telling.csv.

    `finds` are verbs of seeing, `shows` further words after which a finding is stated, `interprets` words after which
    it is explained, `reason` words that say why or when a study was done, `leaves` words of treatment and complaint,
    `repeats` words that make a study a new one.
    """

    shows: re.Pattern[str]
    finds: re.Pattern[str]
    interprets: re.Pattern[str]
    reason: re.Pattern[str]
    leaves: re.Pattern[str]
    repeats: re.Pattern[str]
    marks: dict[str, frozenset[str]]
    """Category -> words of which each of its surfaces holds one."""

    def may(self, category: str, tokens: frozenset[str]) -> bool:
        """Whether a sentence of these words can hold one of the `category`; asked before the pattern is tried."""
        return not tokens.isdisjoint(self.marks[category])


_WORD = re.compile(r"\w+")
_ABLE = r"(?!to(?:(?<=failed to)|(?<=able to)|(?<=allowed to)|(?<=us to)|(?<=helped to)|(?<=possible to)))"
"""Before "to identify": words with which it says what a study could show, not why it was done."""


@derived
def telling(vocabulary: Vocabulary) -> Telling:
    return Telling(
        _any_of(vocabulary, "finds", "shows", "interprets", more="[:;]"),
        _any_of(vocabulary, "finds"),
        _any_of(vocabulary, "interprets"),
        _any_of(vocabulary, "reason", unless=_ABLE),
        _any_of(vocabulary, "leaves"),
        _any_of(vocabulary, "repeats"),
        {category: _marks(vocabulary, category) for category in ("interprets", "reason", "leaves", "repeats")},
    )


def _any_of(vocabulary: Vocabulary, *categories: str, more: str = "", unless: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b{unless}{any_word(_surfaces(vocabulary, *categories))}\b" + (f"|{more}" if more else ""))


def _marks(vocabulary: Vocabulary, category: str) -> frozenset[str]:
    return frozenset(max(_WORD.findall(surface), key=len) for surface in _surfaces(vocabulary, category))


def _surfaces(vocabulary: Vocabulary, *categories: str) -> set[str]:
    return {
        surface.lower()
        for term in vocabulary.terms.values()
        if term.kind == "telling" and set(categories) & set(term.fields["category"].split("|"))
        for surface in term.fields["surfaces"].split("|")
    }
