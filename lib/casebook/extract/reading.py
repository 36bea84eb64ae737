"""One document while it is read: its sentences, the vocabulary's words in it, what the context does to them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from casebook.extract.acronyms import expand
from casebook.extract.ages import Age, ages
from casebook.extract.chronology import Timeline
from casebook.extract.context import Modifier, modifiers
from casebook.extract.matcher import Mention, matcher
from casebook.extract.misspelling import misspelt
from casebook.extract.people import Person, persons
from casebook.extract.stems import Stems, sentences_with
from casebook.extract.when import When, may_hold_date, times
from casebook.text.document import Document
from casebook.text.sentences import Sentence, split
from casebook.text.span import Span
from casebook.text.spelling import lowered, replaced
from casebook.vocabulary import Vocabulary

_PUNCTUATION = str.maketrans(dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—‘’“”…\xa0\u2009\u202f", " "))
STATUS_OF = {"negation": "absent", "uncertainty": "uncertain"}


@dataclass(slots=True, unsafe_hash=True)
class Status:
    """present, absent or uncertain, with the cue that moved it."""

    value: str
    modifier: Modifier | None = None

    @property
    def cue(self) -> Span | None:
        return self.modifier.cue if self.modifier else None


class Reading:
    """Offsets are the view's throughout. `owner[i]` is the case of sentence i, None where it speaks of no patient.

    `owner`, `shared` (sentence -> further cases of which it speaks: "both patients") and `people` (case -> the phrase
    that introduces the patient) are set by the topic `patients`, before any other topic runs; `timeline` by its own.
    """

    def __init__(self, document: Document, vocabulary: Vocabulary):
        self.document = document
        self.vocabulary = vocabulary
        self.text = document.view.text
        self.lower = lowered(self.text)
        """The text in lower case, the same length."""
        self.spaced = replaced(self.lower, _PUNCTUATION)
        """The text in lower case with blanks for punctuation, the same length."""
        self.sentences: tuple[Sentence, ...] = split(self.text, document.zones)
        self._starts = [sentence.start for sentence in self.sentences]
        self.owner: list[str | None] = [None] * len(self.sentences)
        self.shared: dict[int, tuple[str, ...]] = {}
        self.people: dict[str, Person] = {}
        self.timeline: Timeline | None = None
        self.kept: dict[str, Any] = {}
        """What topics have worked out of this document and may ask for again."""
        self._by_kind: dict[str, list[list[Mention]]] | None = None
        self._status: dict[Mention, Status] = {}
        self._when: dict[int, list[When]] = {}
        self._tokens: dict[int, frozenset[str]] = {}
        self._holding: dict[Stems, set[int]] = {}
        self._ages: dict[int, list[Age]] = {}
        self._persons: dict[int, list[Person]] = {}

    def tokens(self, index: int) -> frozenset[str]:
        """The words of sentence `index` in lower case, to ask cheaply whether a pattern can be there."""
        known = self._tokens.get(index)
        if known is None:
            sentence = self.sentences[index]
            known = self._tokens[index] = frozenset(self.spaced[sentence.start:sentence.end].split())
        return known

    def holds(self, index: int, stems: Stems) -> bool:
        """Whether sentence `index` holds one of these lower-case parts of words; asked before a pattern is tried."""
        known = self._holding.get(stems)
        if known is None:
            self._holding = sentences_with(stems, self.lower, self.sentences)
            known = self._holding[stems]
        return index in known

    def ages(self, index: int) -> list[Age]:
        """The ages of persons in sentence `index`, those at events among them."""
        known = self._ages.get(index)
        if known is None:
            sentence = self.sentences[index]
            known = self._ages[index] = ages(self.text, self.lower, sentence.start, sentence.end, self.tokens(index))
        return known

    def persons(self, index: int) -> list[Person]:
        """The persons whom sentence `index` names by age, relatives of the patient left out."""
        known = self._persons.get(index)
        if known is None:
            sentence = self.sentences[index]
            found = persons(self.text, sentence.start, self.ages(index))
            known = self._persons[index] = [person for person in found if not person.relative]
        return known

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention that lies within one sentence, in reading order; acronyms that the text defines among them."""
        return tuple(mention for _, mention in self._placed)

    @cached_property
    def _placed(self) -> list[tuple[int, Mention]]:
        """The mentions, each with the index of its sentence."""
        found = matcher(self.vocabulary).find(self.text)
        out: list[tuple[int, Mention]] = []
        bounds = enumerate((sentence.start, sentence.end) for sentence in self.sentences)
        index, (start, end) = next(bounds, (0, (0, 0)))
        for mention in expand(self.text, misspelt(self.lower, found, self.vocabulary)):
            while mention.start >= end:
                index, (start, end) = next(bounds, (index, (len(self.text), len(self.text) + 1)))
            if start <= mention.start and mention.end <= end:
                out.append((index, mention))
        return out

    def find_mentions(self) -> dict[str, list[list[Mention]]]:
        """kind -> for each sentence its mentions of that kind; from now on no sentence can be divided."""
        if self._by_kind is not None:
            return self._by_kind
        out: dict[str, list[list[Mention]]] = {}
        for index, mention in self._placed:
            kind = mention.term.kind
            rows = out.get(kind)
            if rows is None:
                rows = out[kind] = [[] for _ in self.sentences]
            rows[index].append(mention)
        self._by_kind = out
        return out

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that holds view `offset`; None between sentences."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self.sentences[index].end else None

    def sentence_of(self, mention: Mention | Span) -> int:
        index = self.sentence_at(mention.start)
        assert index is not None, "a mention lies in a sentence"
        return index

    def words(self, index: int) -> str:
        """The text of sentence `index`."""
        sentence = self.sentences[index]
        return self.text[sentence.start:sentence.end]

    def said(self, index: int) -> str:
        """The text of sentence `index` in lower case."""
        sentence = self.sentences[index]
        return self.lower[sentence.start:sentence.end]

    def of(self, kind: str, index: int | None = None) -> Sequence[Mention]:
        """Mentions of `kind` in sentence `index`, or in the whole text."""
        rows = (self._by_kind or self.find_mentions()).get(kind)
        if rows is None:
            return ()
        return rows[index] if index is not None else [mention for row in rows for mention in row]

    def owned(self, case: str, kind: str | None = None) -> Iterator[int]:
        """Indices of the sentences that speak of `case` (and hold a mention of `kind`)."""
        for index, owner in enumerate(self.owner):
            if (owner == case or case in self.shared.get(index, ())) and (not kind or self.of(kind, index)):
                yield index

    def divide(self, offsets: Sequence[int]) -> None:
        """Begin a new sentence at each of `offsets`: one sentence that speaks of two patients in turn becomes two.

        Only before any mention is asked for.
        """
        assert "_placed" not in self.__dict__, "mentions know the sentences"
        offsets = sorted(offsets)
        parts: list[Sentence] = []
        for sentence in self.sentences:
            inside = offsets[bisect_right(offsets, sentence.start):bisect_left(offsets, sentence.end)]
            cuts = [sentence.start, *inside, sentence.end]
            parts += (replace(sentence, start=low, end=high) for low, high in pairwise(cuts))
        self.sentences = tuple(parts)
        self._starts = [sentence.start for sentence in self.sentences]
        self.owner = [None] * len(self.sentences)
        for known in (self._when, self._tokens, self._ages, self._persons, self._holding, self.shared):
            known.clear()

    @cached_property
    def _dated(self) -> bool:
        return may_hold_date(self.lower)

    def when(self, index: int) -> list[When]:
        """The expressions of time in sentence `index`."""
        known = self._when.get(index)
        if known is None:
            sentence = self.sentences[index]
            known = self._when[index] = times(self.text, sentence.start, sentence.end, self._dated, self.lower)
        return known

    def modifiers(self, mention: Mention) -> dict[str, Modifier]:
        """Everything the context does to `mention`, by category of cue."""
        return modifiers(mention, self.of("cues", self.sentence_of(mention)), self.text)

    def status(self, mention: Mention) -> Status:
        """present, absent (a negation reaches it) or uncertain."""
        known = self._status.get(mention)
        if known is None:
            around = self.modifiers(mention)
            category = next((category for category in STATUS_OF if category in around), None)
            known = Status(STATUS_OF[category], around[category]) if category else Status("present")
            self._status[mention] = known
        return known
