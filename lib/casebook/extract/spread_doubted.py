"""Metastases of which a report only thinks, because the disease turned out to be no malignant tumour."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casebook.extract.finding import Cell
from casebook.extract.phrase import phrases
from casebook.extract.reading import Reading
from casebook.extract.spread import Spread, status_of
from casebook.text.span import Span

_HEDGED = re.compile(
    r"\b(?P<cue>suggest\w*|consistent with|compatible with|suspicious\w*|suspect\w*|evocative of|indicat\w+|concern\w*|"
    r"in favou?r of|mimic\w+|resembl\w+|typical of|in keeping with|impression of|thought|presum\w+|interpreted|"
    r"considered|like|raised|possib\w+)\b[^.;]{0,60}$"
)


def doubted(reading: Reading, sentences: Sequence[int], found: Iterable[Spread], organ: str) -> Iterator[Spread]:
    """`found` in a patient whose disease, that of `organ`, is no malignant tumour: what is only hedged is uncertain.

    Elsewhere nothing is doubted where another sentence tells of a cancer as a fact ("a history of breast cancer").
    """
    told: bool | None = None
    for spread in found:
        start = reading.sentences[spread.sentence].start
        if spread.role == "metastasis" and spread.status == "present":
            hedge = _HEDGED.search(reading.lower, max(start, spread.trigger.start - 90), spread.trigger.start)
            if hedge:
                told = _cancer_told(reading, sentences) if told is None else told
                here = organ and any(reading.vocabulary.within(place.mention.label, organ) for place in spread.places)
                if here or not told:
                    spread = replace(spread, status="uncertain", cue=Span(*hedge.span("cue")))
        yield spread


def _cancer_told(reading: Reading, sentences: Sequence[int]) -> bool:
    for index in sentences:
        low = reading.sentences[index].start
        for phrase in phrases(reading, index):
            if phrase.head.term.fields.get("behaviour") != "malignant" or phrase.metastatic:
                continue
            if status_of(reading, index, Span(phrase.start, phrase.end))[0] == "present" and not _HEDGED.search(
                reading.lower, max(low, phrase.start - 90), phrase.start
            ):
                return True
    return False


def benign(reading: Reading, diagnosis: Cell | None) -> bool:
    """Whether the disease is known and no malignant tumour."""
    term = reading.vocabulary.by_rule(diagnosis.rule) if diagnosis else None
    if term is None:
        return False
    if term.kind == "heads":
        return term.fields["category"] != "tumour" or term.label in ("adenoma", "hamartoma")
    return term.fields.get("group") != "neoplasm" or term.fields["behaviour"] == "benign"
