"""What a report calls the patient's trouble where it names no disease: "the tumour", "of hiccups"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase, expand, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

_CUES = ("final", "diagnosed", "reported", "consistent")
_FOUND = (*_CUES, "pathology", "seen")
_COMPLAINT = re.compile(
    r"pain|ache|fever|vomit|nausea|cough|swelling|mass|lump|irritab|fatigue|bleeding|dyspnoea|dyspnea"
)
_TOO_WIDE = frozenset(
    "disease disorder syndrome anomaly malformation reaction infection phenomenon translocation ectopia "
    "communication deficiency hypersensitivity dissection rejection".split()
)
_ARTICLE = re.compile(
    r"[\s:]{1,2}(?:(?:an?|the|his|her|having|to have|severe|acute|chronic|recurrent|advanced|intractable|isolated|"
    r"bilateral|primary|refractory|large|be)\s){0,3}"
)
_ADJECTIVES = re.compile(r"(?:[a-z-]{4,} ){0,2}")


def scant(reading: Reading, index: int) -> Iterator[Phrase]:
    """Wide words that a cue or a place makes a diagnosis, and symptoms right behind a cue."""
    spared = modifiers_of(reading.vocabulary, "accompanying") | _TOO_WIDE
    for phrase in phrases(reading, index):
        if phrase.bare and phrase.head.label not in spared and (phrase.sites or _said(reading, index, phrase)):
            yield phrase
    for cue in reading.of("opinions", index):
        if cue.term.fields["direction"] != "forward" or cue.term.fields["category"] not in _CUES:
            continue
        if (article := _ARTICLE.match(reading.text, cue.end)) is None:
            continue
        at = article.end()
        symptom = next((m for m in reading.of("symptoms", index) if m.start >= at), None)
        if symptom and not _ADJECTIVES.fullmatch(reading.text, at, symptom.start):
            symptom = None
        if symptom and not _COMPLAINT.search(reading.lower, symptom.start, symptom.end):
            yield _phrase(reading, index, symptom)


def masses(reading: Reading, index: int) -> Iterator[Phrase]:
    """Lumps that are named with their place, and with nothing of their kind: "a retrosternal mediastinal mass"."""
    if "metasta" in reading.lower:  # the lump may be one
        return
    for head in reading.of("heads", index):
        if head.label not in _LUMPS:
            continue
        phrase = expand(reading, index, head)
        if any(phrase.start <= site.start < head.start for site in phrase.sites):
            yield phrase
        for site in phrase.sites:  # "a mass in the anterior mediastinum"
            noun = reading.lower[site.start : site.end] not in site.term.fields["adjectives"].lower().split("|")
            if noun and _WITHIN.fullmatch(reading.lower, head.end, site.start):
                yield replace(phrase, end=site.end)


_LUMPS = frozenset("mass lesion nodule tumefaction tumoration growth lump".split()) | {"space-occupying lesion"}
_WITHIN = re.compile(r"\s(?:of|in|on|at|arising from)\s(?:(?:the|his|her|left|right|anterior|posterior)\s){0,3}")


def _said(reading: Reading, index: int, phrase: Phrase) -> bool:
    """Whether the word means a tumour, or a cue before it says that this was found."""
    if phrase.head.term.fields["category"] == "tumour":
        return True
    cues = reading.of("opinions", index)
    return any(cue.term.fields["category"] in _FOUND and cue.end <= phrase.start for cue in cues)


def _phrase(reading: Reading, index: int, symptom: Mention) -> Phrase:
    start, end = symptom.start, symptom.end
    head = Mention(start, end, Term(symptom.rule, "unlisted", reading.text[start:end], {"category": "disease"}))
    return Phrase(start, end, head, index, (), False)
