"""Whether a report announces several patients before it describes one, and how many."""

import re

from casebook.extract import references, speech
from casebook.extract.people import Person
from casebook.extract.reading import Reading

OWN_ZONES = frozenset(("title", "abstract", "case", "legend"))
"""Zones that tell of the report's own patients."""

_FEW = 10  # patients of a series that no words tell apart
_EACH = 3  # patients of whom "both" and "all" tell as of each

_OPENS_ONE = re.compile(
    r"(?:an?|the|our|this)\s(?!(?:first|second|third|index|one)\s)(?:[\w-]+,?\s){0,6}?(?P<noun>patient|man|woman|boy|girl"
    r"|infant|neonate|newborn|child|baby|male|female),?\s(?:was|had|is|has|who|with|aged|born|from|presented|underwent"
    r"|admitted|complained|delivered|developed)\b", re.IGNORECASE)


def opens_one(words: str) -> bool:
    """Whether a sentence begins with one patient: "A term male neonate born to …", "The patient was …"."""
    return bool(_OPENS_ONE.match(words))


def announced(reading: Reading) -> bool:
    """Whether the report announces several patients before it describes one."""
    for index, sentence in enumerate(reading.sentences):
        if sentence.zone not in OWN_ZONES:
            continue
        words, tokens = reading.said(index), reading.tokens(index)
        if speech.is_literature(words, tokens):
            continue
        if opens_one(words):
            return False
        if references.group_size(words, tokens) not in (None, 1):
            return True
        if reading.persons(index) or speech.announces_one(words):
            return False
    return False


def count(reading: Reading, found: list[Person]) -> int:
    """How many patients the report says that it describes where it tells at most one from the others; else 0."""
    said = [(reading.said(index), reading.tokens(index), sentence.start)
            for index, sentence in enumerate(reading.sentences) if sentence.zone in OWN_ZONES]
    own = [one for one in said if not speech.is_literature(*one[:2])]
    telling = [one for order, one in enumerate(own)
               if not order and references.opens_counted(one[0]) or speech.announces(one[0])]
    most = _EACH if found else _FEW
    until = found[0].span.start if found else len(reading.text)
    counts = (references.group_size(words[:max(0, until - start)], tokens) or 0 for words, tokens, start in telling)
    number = next((number for number in counts if 1 < number <= most), 0)
    grouped = speech.is_statistical if number <= _EACH else speech.is_group
    return 0 if any(grouped(words) for words, _, _ in own) else number
