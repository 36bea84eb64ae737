"""Which of the diseases that a report names is the patient's principal one, in its final opinion."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.extract.disease_name import Name, alike, covers, kin, name_of
from casebook.extract.opinion import Opinion, opinion
from casebook.extract.phrase import Phrase, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.extract.unlisted import unlisted
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary

_BASE = {"diagnoses": 2.0, "unlisted": 0.5, "disease": 1.5, "tumour": 0.0}
_NEOPLASM = 1.0
_ZONE = {
    "title": 4.0,
    "abstract": 0.5,
    "introduction": -3.0,
    "discussion": -2.0,
    "keywords": 1.0,
    "references": -9.0,
    "table": -2.0,
}
_CONTEXT = {"uncertainty": -2.0, "history": -2.0, "hypothetical": -4.0, "planned": -2.0, "general": -3.0}
_LEAVES_OUT = ("negation", "family")
_LATER = 2.5  # what the last sentence gains on the first where a cue of finality stands
_CUED = 2.0  # from this weight on the cues make it an opinion
_EACH_MORE = 0.7
_MOST_COUNTED = 4
_SPREADS = 1.5
_GRADED = 2.0
_GRADE = re.compile(r"\s?[,(]?\s?(?:WHO|World Health Organization)\b")
_AGAIN = re.compile(
    r"\b(?:progress(?:ed|ion)|recurr\w{1,6}|relaps\w{1,4}|(?:second|third|repeat|re-?)\s?(?:operation|surgery|resection|craniotomy|biopsy)|"
    r"transform\w{1,7}|dedifferentiat\w{1,6}|re-?biops\w{1,4})\b"
)
_OVERTURNS = 3.0
_STANDS = 6.5
_LEAST = -1.0
_SPECIFIC = 0.7  # for each word of a narrower name
_NARROWER_MAY_LACK = 4.0


@dataclass(frozen=True, slots=True)
class Candidate:
    phrase: Phrase
    name: Name
    score: float
    opinion: Opinion
    again: bool
    """Whether it is said where the disease has come back or turned into something else."""

    @property
    def vague(self) -> bool:
        """Whether the name says no more than "a tumour of this place"."""
        return self.name.core <= _VAGUE

    @property
    def span(self) -> Span:
        return Span(self.phrase.start, self.phrase.end)


def candidates(reading: Reading, sentences: Sequence[int]) -> Iterator[Candidate]:
    """Every named disease in `sentences` that the context does not deny, with its own score."""
    last = max(sentences, default=0) or 1
    for index in sentences:
        listed = phrases(reading, index)
        named = [*(phrase for phrase in listed if not phrase.bare), *unlisted(reading, index, listed)]
        for phrase in named:
            around = reading.modifiers(phrase.head)
            if any(category in around for category in _LEAVES_OUT):
                continue
            view = opinion(reading, phrase, named)
            name = name_of(reading, phrase)
            score = (
                _prior(reading.vocabulary, phrase, name) + _ZONE.get(reading.sentences[index].zone, 0.0) + view.weight
            )
            score += _GRADED if _GRADE.match(reading.text, phrase.end) else 0.0
            score += sum(_CONTEXT.get(category, 0.0) for category in around)
            score += _LATER * index / last if view.weight > _CUED else 0.0
            yield Candidate(phrase, name, score, view, _again(reading, index))


def _prior(vocabulary: Vocabulary, phrase: Phrase, name: Name) -> float:
    """What the name alone says: a histology is rather the diagnosis than "a tumour", an anaemia, or a carcinomatosis."""
    prior = _BASE.get(phrase.head.kind, 0.0) or _BASE[phrase.head.term.fields["category"]]
    if phrase.head.term.fields.get("group") == "neoplasm":
        prior += _NEOPLASM
    if name.core <= _VAGUE:
        prior -= 1.5
    elif phrase.metastatic:
        prior += _SPREADS
    if any(word in name.label for word in ("carcinomatosis", "metasta")):
        prior -= 9.0
    if phrase.head.label.lower() in modifiers_of(vocabulary, "accompanying"):
        prior -= 1.5
    return prior


_VAGUE = frozenset(
    "tumour malignancy disease disorder deformity neoplasia mass lesion infection neoplastic malignant benign solid cystic skeletal systemic"
    " medical active underlying memory".split()
)


def _again(reading: Reading, index: int) -> bool:
    before = max(0, index - 1)
    if reading.sentences[before].paragraph != reading.sentences[index].paragraph:
        before = index
    return bool(_AGAIN.search(reading.lower, reading.sentences[before].start, reading.sentences[index].end))


def principal(vocabulary: Vocabulary, found: Sequence[Candidate]) -> Candidate | None:
    """The best supported disease as it first was, under its most specific name that is well supported."""
    if all(c.opinion.weight < _OVERTURNS for c in found):  # a first guess that no later opinion overturns stands
        found = [replace(c, score=c.score + _STANDS) if c.opinion.category == "first" else c for c in found]
    first_said: dict[frozenset[str], bool] = {}
    for c in sorted(found, key=lambda c: c.phrase.start):
        first_said.setdefault(c.name.core, c.again)
    found = [replace(c, again=first_said[c.name.core]) for c in found if c.score > _LEAST]
    if not found:
        return None
    named = [c for c in found if not c.vague and c.score > 0] or found
    best = max(named, key=lambda c: (support(vocabulary, c, found), c.score, -c.phrase.start))
    if best.again:
        wide = [c.name for c in found if not c.vague]
        first = [
            c
            for c in found
            if not c.again
            and c.opinion.weight >= _CUED
            and c.phrase.start < best.phrase.start
            and kin(vocabulary, c.name, best.name, wide)
        ]
        best = max(first, key=lambda c: c.score, default=best)
    narrower = [
        c
        for c in found
        if (best.name.core <= c.name.core or covers(vocabulary, best.name, c.name))
        and alike(vocabulary, best.name, c.name)
        and c.score >= best.score - _NARROWER_MAY_LACK
    ]
    if not best.again:
        narrower = [c for c in narrower if not c.again or c.name.core == best.name.core]
    narrower = [
        c
        for c in narrower
        if not any(
            covers(vocabulary, c.name, other.name) and not covers(vocabulary, other.name, c.name) for other in narrower
        )
    ]
    pick = max(narrower, key=lambda c: (c.score + _SPECIFIC * len(c.name.core), -c.phrase.start), default=best)
    earlier = [
        c
        for c in found
        if c.name.core == pick.name.core
        and not c.phrase.metastatic
        and c.phrase.start < pick.phrase.start
        and c.opinion.weight >= _CUED
    ]
    return min(earlier, key=lambda c: c.phrase.start) if pick.phrase.metastatic and earlier else pick


def in_other_words(chosen: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """A mention that calls the same disease by the vocabulary's own label, where `chosen` uses a synonym of it."""
    if not chosen.name.concept or chosen.name.label == chosen.name.concept:
        return None
    return next((c for c in found if c.name.concept == chosen.name.concept and c.name.label == c.name.concept), None)


def support(vocabulary: Vocabulary, candidate: Candidate, found: Sequence[Candidate]) -> float:
    """The candidate's score and what other mentions of the same disease add to it."""
    more = sum(c is not candidate and c.score > 0 and alike(vocabulary, c.name, candidate.name) for c in found)
    return candidate.score + _EACH_MORE * min(more, _MOST_COUNTED)
