"""Which complaints came only in the course of the illness, after the patient had been studied or operated on."""

import re

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_OWN_WORDS = re.compile(
    r"\b(?:complain\w*|report(?:ed|ing|s)|present(?:ed|ing|s|ation)|describ(?:ed|es)|history|symptoms?|den(?:ied|ies|ying)|ago"
    r"|(?:before|prior\sto|since|at|on)\s(?:the\s|his\s|her\s)?(?:admission|presentation|referral)|had\sbeen|initially"
    r"|revealed\sby|for\s(?:the\s)?(?:past|last))\b"
)
"""Words that tell of the complaint with which the patient came, wherever they stand."""

_BEFORE = re.compile(r"\b(?:before|prior\sto)\s(?:the\s|his\s|her\s)?(?:admission|presentation|referral)\b")
_LATER = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?)\s(?:later\b|(?:after|following)\s(?:the\s|his\s|her\s)?"
    r"(?:operation|surgery|discharge|procedure|treatment|\w+(?:ectomy|otomy|plasty)|(?:chemo|radio)?therapy))"
)
"""Words that tell of a complaint of its own after the first study, whoever complained."""


class Course:
    """Where each part of a report on one patient leaves the presentation: its first study or operation."""

    def __init__(self, reading: Reading, case: str):
        self._reading = reading
        self._begins: dict[str, int] = {}
        for index in reading.owned(case):
            zone = reading.sentences[index].zone
            if zone not in self._begins and (reading.of("modalities", index) or self._operated(index)):
                self._begins[zone] = index

    def _operated(self, index: int) -> bool:
        return any(
            mention.term.fields["kind"] == "surgery" and "history" not in self._reading.modifiers(mention)
            for mention in self._reading.of("treatments", index)
        )

    def holds(self, mention: Mention, index: int) -> bool:
        """Whether `mention` of sentence `index` is told of the course, not of the presentation."""
        sentence = self._reading.sentences[index]
        begins = self._begins.get(sentence.zone)
        if begins is None or index <= begins:
            return False
        lower = self._reading.lower
        if _BEFORE.search(lower, mention.end, sentence.end):
            return False
        own = _OWN_WORDS.search(lower, sentence.start, mention.start)
        return not own or bool(_LATER.search(lower, sentence.start, mention.start))
