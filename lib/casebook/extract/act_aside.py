"""Drugs that a report tells of beside those that treat its disease: regular medication, and anaesthetics."""

import re

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_REGULAR = re.compile(
    r"\b(?:(?:home|regular|current|usual|daily|outpatient|chronic|long-term|baseline|other)\s"
    r"|(?:his|her|the\spatient['’]?s)\s(?:\w+\s)?|^)medications?\s(?:list\s)?"
    r"(?:(?:at|on|prior\sto|before|upon)\s(?:\w+\s){1,4})?(?:included?|includes|were|was|consisted\sof|comprised)\b",
    re.IGNORECASE,
)
_LIST = 3  # drugs of a list of regular medication; of fewer, one may treat the disease
_ASLEEP = re.compile(r"ana?esthe|intubat|(?:muscle|neuromuscular)\s(?:paralysis|relax|block)|laryngeal\smask|\binduc")
_MEDICATION = frozenset(("medication",))
_OTHER = "other drug"


def aside(reading: Reading, index: int, mention: Mention) -> bool:
    """Whether `mention` is one of these drugs."""
    if mention.kind != "agents" or mention.term.fields["kind"] != _OTHER:
        return False
    return _anaesthetic(reading, index, mention) or _regular(reading, index, mention)


def _regular(reading: Reading, index: int, mention: Mention) -> bool:
    if not reading.holds(index, _MEDICATION):
        return False
    sentence = reading.sentences[index]
    head = _REGULAR.search(reading.words(index))
    if head is None or sentence.start + head.end() > mention.start:
        return False
    return sum(drug.start >= sentence.start + head.end() for drug in reading.of("agents", index)) >= _LIST


def _anaesthetic(reading: Reading, index: int, mention: Mention) -> bool:
    sentence = reading.sentences[index]
    return bool(_ASLEEP.search(reading.lower, sentence.start, sentence.end)) and any(
        term.kind == "acts" and term.fields["category"] == "anaesthetic"
        for term, _ in reading.vocabulary.named(mention.label)
    )
