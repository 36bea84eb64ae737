"""How much an operation took away, and from where."""

import re

from casebook.extract.acts import Act
from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.text.span import Span

_FEW = r"(?:(?!(?:and|but|was|he|she|it)\b)\w+\s){0,5}"
_TAKEN = r"(?:resect|remov|excis|extirpat|ablat|enucleat|exeres|tak)\w*"
_TOTAL = re.compile(
    rf"\b(?!total\smesorectal)(?:complete(?:ly)?|entire(?:ly)?|total(?:ly)?|fully|radical(?:ly)?|en[\s-]?bloc"
    rf"|in\stoto|gross[\s-]total|r0)\s(?:\w+\s){{0,3}}{_TAKEN}"
    rf"|\b{_TAKEN}\s{_FEW}(?:completely|entirely|totally|fully|in\stoto|en[\s-]?bloc|as\sa\swhole|in\sone\spiece)\b"
)
_SUBTOTAL = re.compile(
    rf"\b(?:sub[\s-]?total(?:ly)?|near[\s-]total(?:ly)?|incomplete(?:ly)?|not\s(?:completely|totally|entirely"
    rf"|fully))\s(?:\w+\s){{0,3}}{_TAKEN}"
    rf"|\b{_TAKEN}\s{_FEW}(?:subtotally|incompletely)\b",
)
_PARTIAL = re.compile(
    rf"\b(?:partial(?:ly)?)\s(?:\w+\s){{0,3}}{_TAKEN}|\b{_TAKEN}\s{_FEW}partially\b|\bdebulk\w+"
)
_PATTERNS = (("subtotal", _SUBTOTAL), ("partial", _PARTIAL), ("gross total", _TOTAL))
_STEMS = ("resect", "remov", "excis", "extirp", "ablat", "enucl", "exer", "debulk", "taken")
_TUMOUR = re.compile(
    r"\b(?:tumou?r|mass|lesion|recurrence|relapse|neoplasm|nodule|growth|cyst|\w+oma)s?\b"
)
_WAY = re.compile(r"\b(?:extra|trans|peri|sub|supra|infra|retro|para|inter)[-\s]$")
_PREFIX = 6  # characters; longer than the longest of these prefixes
_REACH = 70  # characters between an operation and the place it names
_BEFORE = 45
_WIDE = 400  # characters around an operation's words that may tell its extent and its object


def of(reading: Reading, act: Act) -> Cell | None:
    """partial, subtotal or gross total, by the operation's own words or those of its sentence."""
    own = act.mention.term.fields.get("extent", "")
    if own and own != "biopsy":
        return Cell(own, (act.span,), act.mention.rule)
    low, high = _around(reading, act)
    words = reading.lower[low:high]
    if not any(stem in words for stem in _STEMS):
        return None
    for value, pattern in _PATTERNS:
        if hit := pattern.search(reading.lower, low, high):
            return Cell(value, (Span(hit.start(), hit.end()),), "treatment.extent")
    return None


def site(reading: Reading, act: Act, stop: int) -> Cell | None:
    """The site named right after the operation's words, else right before them."""
    sentence = reading.sentences[act.index]
    studied = {study.start for study in reading.of("modalities", act.index)}
    sites = [
        mention
        for mention in reading.of("sites", act.index)
        if mention.end + 1 not in studied and not _WAY.search(reading.lower, mention.start - _PREFIX, mention.start)
    ]
    for mention in sites:
        if act.mention.end <= mention.start < min(stop, act.mention.end + _REACH) and not _breaks(
            reading.text[act.mention.end : mention.start]
        ):
            return Cell(mention.label, (Span(mention.start, mention.end),), mention.rule)
    for mention in reversed(sites):
        approach = act.specific and reading.lower[mention.start : mention.end] in (
            "abdominal",
            "thoracic",
        )  # the way in, not the organ
        if (
            not approach
            and max(sentence.start, act.at - _BEFORE) <= mention.start
            and mention.end <= act.at
            and not _breaks(reading.text[mention.end : act.at])
        ):
            return Cell(mention.label, (Span(mention.start, mention.end),), mention.rule)
    return None


def _breaks(gap: str) -> bool:
    """Whether the words between an operation and a site part them."""
    return any(
        mark in gap for mark in (". ", "; ", ", ", " and ", " because ", " with ", " showed ", " revealed ", " which ")
    )


def on_the_tumour(reading: Reading, act: Act) -> bool:
    low, high = _around(reading, act)
    return bool(_TUMOUR.search(reading.lower, low, high))


def _around(reading: Reading, act: Act) -> tuple[int, int]:
    sentence = reading.sentences[act.index]
    return max(sentence.start, act.at - _WIDE), min(sentence.end, act.mention.end + _WIDE)
