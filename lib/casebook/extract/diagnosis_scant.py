"""What a report calls the patient's trouble where it names no disease: "the tumour", "a case of MPX", "of hiccups"."""

import re
from collections.abc import Iterator

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.extract.unlisted import AFTER_NAME, NO_ACRONYMS
from casebook.vocabulary import Term

RULE = "diagnosis.scant"
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
_ACRONYM = re.compile(r"(?:[a-z]{0,2}[A-Z]{2,7}|[A-Z][a-z][A-Z]{1,3})" + AFTER_NAME)


def scant(reading: Reading, index: int) -> Iterator[Phrase]:
    """Wide words that a cue or a place makes a diagnosis, and acronyms and symptoms right behind a cue."""
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
            yield _phrase(reading, index, symptom.start, symptom.end, symptom.rule)
        elif (
            not symptom
            and (word := _ACRONYM.match(reading.text, at))
            and word[0].lower() not in NO_ACRONYMS
            and _free(reading, index, word.span())
        ):
            yield _phrase(reading, index, *word.span(), RULE)


def _said(reading: Reading, index: int, phrase: Phrase) -> bool:
    """Whether the word means a tumour, or a cue before it says that this was found."""
    if phrase.head.term.fields["category"] == "tumour":
        return True
    cues = reading.of("opinions", index)
    return any(cue.term.fields["category"] in _FOUND and cue.end <= phrase.start for cue in cues)


def _free(reading: Reading, index: int, words: tuple[int, int]) -> bool:
    start, end = words
    others = (
        m for kind in ("modalities", "agents", "treatments", "sites", "sequences") for m in reading.of(kind, index)
    )
    return not any(m.start < end and start < m.end for m in others)


def _phrase(reading: Reading, index: int, start: int, end: int, rule: str) -> Phrase:
    head = Mention(start, end, Term(rule, "unlisted", reading.text[start:end], {"category": "disease"}))
    return Phrase(start, end, head, index, (), False)
