"""Which findings of a sentence only take up one already spoken of, or explain one."""

import re
from collections.abc import Sequence

from casebook.extract.imaging_named import CYSTIC, NOT_ADJECTIVES, TOKEN
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.telling import telling

_GENERAL = ("lesion", "mass", "tumour mass", "nodule", "malignancy", *CYSTIC)
_NOT_BETWEEN = (
    "of|in|with|and|or|an?|no|any|on|at|to|for|by|from|was|were|is|are|had|has|did|not|multiple|several|two|three"
    "|another|new"
    "|presence|existence|appearance|development|showed|shows|revealed|reveals|demonstrated|disclosed|detected|found"
    "|identified"
    "|confirmed|suggested"
)
_DEFINITE = re.compile(
    rf"(?:t(?<=\bt)(?:he|his|hese|hose|heir)|i(?<=\bi)ts|s(?<=\bs)(?:ame|uch))\s"
    rf"(?:(?!(?:{_NOT_BETWEEN})\b)[\w-]+\s){{0,3}}$"
)
"""Of a text in lower case; `re` skips to the first letters of its words."""
_SHOWN_THERE = re.compile(r"\b(?:showed|shows|revealed|demonstrated|identified|detected|visuali[sz]ed)\sthe\s$")
"""Before the one lesion of a statement: "MRI showed the lesion in the frontal lobe"."""
_LESION_NOUN = re.compile(r"\s(?:mass|lesion|nodule|area|focus|tumou?r|image|collection)(?:e?s)?$")
_OF_KNOWN = re.compile(r"^\s(?:of|in)\s(?:(?!without\b|with\b|but\b|no\b|and\sa\b)[\w-]+,?\s){0,8}$")
_HAS_GONE = re.compile(r"^(?:,?\s(?!with\b|which\b|that\b|showed\b|revealed\b)[\w-]+,?){0,7}\s?$")
_CLOSED = re.compile(
    r"\b(?:sealing|exclusion|obliteration|closure|coiling|embolization|embolisation|repair|evacuation|disappearance"
    r"|drainage|removal|excision) of (?:(?:the|his|her|this|both|all)\s)?(?:\w+\s){0,3}$",
)
_THESE = re.compile(
    r"\W*(?:All |Both )?(?:These|This|The (?:above|imaging|radiological|overall)) (?:\w+ )?(?:findings?|features"
    r"|results|aspects?|appearances?|images|signs)\b"
)
"""Begins a sentence that says what the findings told before it mean."""
_OPINION = re.compile(
    r"\W*(?:This|It|These|The (?:mass|lesion|tumou?r|nodule|cyst|finding))\s(?:was|were|had been)\s(?:\w+ly\s|first\s"
    r"|then\s)?(?:considered|thought|believed|suspected|interpreted|presumed|assumed|judged)\b"
    r"|\W*(?:Its|Their|The (?:above )?(?:constellation|combination|pattern|picture))\s(?:[\w-]+\s){0,5}"
    r"(?:was|were|raised)\s(?:an?\s|the\s|our\s)?(?:\w+\s){0,2}(?:suspicio\w+|possibility|suggestive|in favou?r)\b"
    r"|\W*(?:This|It|These)\s(?:was|were|is|are)\s(?:\w+ly\s|all\s)?(?:consistent|compatible|in keeping|suggestive"
    r"|indicative|attributed|attributable|ascribed)\b"
    r"|\W*This (?:finding |image |aspect |appearance )?raised\b"
)
"""Opens a sentence that says what was thought of a finding told before."""
_BUT = re.compile(r"[;,]|\bbut\b")
_CAUSE = re.compile(r"\bcauses? (?:of|for) (?:(?:the|his|her|this|these|an?)\s)?(?:[\w-]+\s){0,2}$")
_BESIDE = 60  # characters to a finding that may say the same
_EXPLAINED = ("lesion", "diagnosis", "vessel", "structure", "normal", "fluid")
_ONLY_SEEN = ("signal", "enhancement", "echogenicity", "density", "uptake")
"""Kinds of findings told beside a change of size ("enlargement of the sinus and enhancement"), not as what changed."""
_NEXT_FINDING = re.compile(r"[;,]\s(?:and|with|as well)|\band (?:an?|no)\b|;")


def only_taken_up(reading: Reading, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether `mention` takes up a lesion spoken of, or names in general what a finding beside it names
    more closely.
    """
    if _is_change(mention):
        return False
    text, start, end, label = reading.text, mention.start, mention.end, mention.label
    found = [o for o in found if start - _BESIDE <= o.end and o.start <= end + _BESIDE]
    for o in found:
        changed = o.end <= start and _is_change(o) and _OF_KNOWN.match(gap := reading.lower[o.end : start])
        if changed and (" and " not in gap or mention.term.fields["category"] not in _ONLY_SEEN):
            return True
    if label in ("abnormality", "asymmetry") and mention.term.fields["polarity"] == "":
        return any(_names_closer(text, mention, other, before=True) for other in found)
    for o in found:
        if o.start >= end and o.label == "resolution" and _HAS_GONE.match(text[end : o.start]):
            return True
    if text.find(" of ", max(0, start - 60), start) >= 0 and _CLOSED.search(reading.lower, max(0, start - 60), start):
        return True
    if label not in _GENERAL and not _LESION_NOUN.search(reading.lower, start, end):
        return False
    if _DEFINITE.search(reading.lower, max(0, start - 40), start):
        return len(found) > 1 or not _SHOWN_THERE.search(text, max(0, start - 40), start)
    return label == "lesion" and any(_names_closer(text, mention, other) for other in found)


def _is_change(mention: Mention) -> bool:
    return mention.term.fields["category"] == "change" or mention.label == "enlargement"


def _names_closer(text: str, mention: Mention, other: Mention, before: bool = False) -> bool:
    """Whether `other` stands before `mention` in one phrase ("cystic lesion"), or `before` it ("abnormal mass")."""
    if before:
        mention, other = other, mention
    if other.end <= mention.start and mention.start - other.end < 22:
        gap = text[other.end : mention.start]
        tokens = set(TOKEN.findall(gap.lower()))
        return not tokens & (NOT_ADJECTIVES | {"and", "or", "with"}) and not any(char in gap for char in ",;:.()")
    behind = not before and other.start >= mention.end and other.start - mention.end < 45
    return behind and text.startswith(" of ", mention.end)


def explains(reading: Reading, found: Sequence[Mention], position: int) -> bool:
    """Whether a mention only says what a finding before it suggests ("nodules consistent with emboli"), or what
    a cause was looked for ("a cause of the stroke").
    """
    mention = found[position]
    if "cause" in (before := reading.lower[max(0, mention.start - 45) : mention.start]) and _CAUSE.search(before):
        return True
    if mention.term.fields["category"] not in _EXPLAINED and mention.label != "malignancy":
        return False
    sentence = reading.sentences[reading.sentence_of(mention)]
    thought = _OPINION.match(reading.text, sentence.start, sentence.end)
    if thought and thought.end() <= mention.end and not _BUT.search(reading.text, thought.end(), mention.start):
        return True
    these = _THESE.match(reading.text[sentence.start : sentence.start + 60])
    if not position and not these:
        return False
    start = max(sentence.start + these.end() if these else found[0].end, mention.start - 120)
    words = telling(reading.vocabulary)
    if not words.may("interprets", reading.tokens(reading.sentence_of(mention))):
        return False
    hits = list(words.interprets.finditer(reading.text, start, mention.start))
    if not hits or mention.start - hits[-1].end() >= 80:
        return False
    return not _NEXT_FINDING.search(reading.text, hits[-1].end(), mention.start)
