"""Every disease that a report names, with how much speaks for its being the patient's principal one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.disease_name import Name, name_of
from casebook.extract.opinion import Opinion, opinion
from casebook.extract.phrase import Phrase, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.extract.unlisted import unlisted
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary

_BASE = {"diagnoses": 2.0, "unlisted": 0.5, "disease": 1.5, "tumour": 0.0}
_NEOPLASM = 1.0
_ZONE = {
    "title": 7.0,
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
CUED = 2.0  # from this weight on the cues make it an opinion
_SPREADS = 1.5
_GRADED = 2.0
_BACKGROUND = -2.0  # "a lung cancer ⟨patient⟩ with …"
_ITS_PATIENT = re.compile(r"\s(?:patients?|survivors?)\b")
_GRADE = re.compile(r"\s?[,(]?\s?(?:WHO|World Health Organization)\b")
_AGAIN = re.compile(
    r"\b(?:progress(?:ed|ion)|recurr\w{1,6}|relaps\w{1,4}|(?:second|third|repeat|re-?)\s?(?:operation|surgery|"
    r"resection|craniotomy|biopsy)|"
    r"transform\w{1,7}|dedifferentiat\w{1,6}|re-?biops\w{1,4})\b"
)


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
    def final(self) -> bool:
        """Whether a cue of finality names the disease and its place: "the final diagnosis was a testicular tumour"."""
        return self.opinion.category == "final" and self.opinion.weight > CUED and bool(self.phrase.sites)

    @property
    def span(self) -> Span:
        return Span(self.phrase.start, self.phrase.end)


def candidates(reading: Reading, sentences: Sequence[int]) -> Iterator[Candidate]:
    """Every named disease in `sentences` that the context does not deny, with its own score."""
    last = max(sentences, default=0) or 1
    for index in sentences:
        if not (reading.of("diagnoses", index) or reading.of("heads", index) or reading.of("opinions", index)):
            continue
        listed = phrases(reading, index)
        named = [*(phrase for phrase in listed if not phrase.bare), *unlisted(reading, index, listed)]
        again = bool(named) and _again(reading, index)
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
            score += _BACKGROUND if _ITS_PATIENT.match(reading.lower, phrase.end) else 0.0
            score += sum(_CONTEXT.get(category, 0.0) for category in around)
            score += _LATER * index / last if view.weight > CUED else 0.0
            yield Candidate(phrase, name, score, view, again)


def _prior(vocabulary: Vocabulary, phrase: Phrase, name: Name) -> float:
    """What the name alone says: a histology is rather the diagnosis than "a tumour" or an anaemia."""
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
    "tumour malignancy disease disorder deformity neoplasia mass lesion infection neoplastic malignant benign "
    "solid cystic skeletal systemic"
    " medical active underlying memory".split()
)


def _again(reading: Reading, index: int) -> bool:
    before = max(0, index - 1)
    if reading.sentences[before].paragraph != reading.sentences[index].paragraph:
        before = index
    return bool(_AGAIN.search(reading.lower, reading.sentences[before].start, reading.sentences[index].end))
