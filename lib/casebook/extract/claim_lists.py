"""What a source lists about a disease: mechanisms, primary tumours, differential diagnoses."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Finding
from casebook.extract.reading import Reading
from casebook.extract.statement import SILENT_ZONES, Subjects, citation, clause, quoted, telling, uncited
from casebook.text.span import Span

_BULLET = "• "
_LEADS = (
    (
        "mechanism",
        re.compile(
            r"\bmechanisms?\b|\bpathways?\b|\broutes? of (?:spread|dissemination)\b|\bspread by\b", re.IGNORECASE
        ),
    ),
    (
        "primary",
        re.compile(
            r"\bprimary (?:malignanc|tumou?r|cancer|neoplasm|carcinoma|site|lesion)\w*|\bprimaries\b", re.IGNORECASE
        ),
    ),
    ("differential", re.compile(r"\bdifferentials?\b", re.IGNORECASE)),
)
_RULES = {
    "mechanism": "claims.mechanism_list",
    "primary": "claims.primary_list",
    "differential": "claims.differential_list",
}
_MAY_ARISE = re.compile(
    r"\b(?:(?:may|might|can|could)\s(?:also\s)?(?:be\sdue\sto|be\scaused\sby|arise\sfrom|result\sfrom|originate\sfrom"
    r"|occur\s(?:via|through|by))"
    r"|(?:is|are)\s(?:\w+\s){0,2}(?:explained\s(?:as|by)|thought\sto\s(?:arise\sfrom|be\sdue\sto|result\sfrom"
    r"|occur\s(?:via|through|by))|attributed\sto)"
    r"|mechanisms?\s(?:\w+\s){0,6}(?:is|are|may\sbe|might\sbe)"
    r"(?=\s(?:the|an?|by|via|through|that|direct|ha?ematogenous|lymphatic|local|vascular)\b))\s(?P<what>\S)",
    re.IGNORECASE,
)
_THE_MECHANISM = re.compile(
    r"\s(?:may|might|could)\sbe\s(?:the|a|another|one)\s(?:\w+\s){0,2}mechanisms?\b", re.IGNORECASE
)
_ABOUT_SPREAD = re.compile(
    r"metasta|spread|seeding|dissemin|mechanism|pathogenesis|tumou?r|neoplasm|cancer|disease|lesion", re.IGNORECASE
)
_INCLUDES = re.compile(
    r"\bdifferential\s(?:diagnos[ei]s|considerations?|diagnostics?)\b[^.;]{0,80}?\b(?:includes?|included|are|is"
    r"|comprises?|consists?\sof)\b",
    re.IGNORECASE,
)


def find(reading: Reading, subjects: Subjects) -> Iterator[Finding]:
    yield from _lists(reading, subjects)
    yield from _mechanisms(reading, subjects)
    yield from _differentials(reading, subjects)


def _lists(reading: Reading, subjects: Subjects) -> Iterator[Finding]:
    """Bulleted lists by their lead-in, a sentence that ends with a colon, else by their heading."""
    kind, rank, lead = "", 0, None
    for index, sentence in enumerate(reading.sentences):
        if sentence.zone in SILENT_ZONES:
            kind = ""
        elif not reading.text.startswith(_BULLET, max(0, sentence.start - len(_BULLET))):
            if not _continues(reading, index):
                kind, rank, lead = _lead(reading, index), 0, index
        elif kind and lead is not None:
            rank += 1
            yield from _item(reading, index, kind, rank, lead, subjects)


def _continues(reading: Reading, index: int) -> bool:
    """Whether the sentence stands on the line of the one before, as the rest of a list's item."""
    return index > 0 and "\n" not in reading.text[reading.sentences[index - 1].end : reading.sentences[index].start]


def _lead(reading: Reading, index: int) -> str:
    sentence = reading.sentences[index]
    words = reading.words(index)
    if not words.endswith(":"):
        return ""
    heading = next((zone.heading for zone in reading.document.zones if zone.start <= sentence.start < zone.end), "")
    for part in (words, heading.rpartition(" > ")[2]):
        for kind, pattern in _LEADS:
            if pattern.search(part):
                return kind
    return ""


def _item(reading: Reading, index: int, kind: str, rank: int, lead: int, subjects: Subjects) -> Iterator[Finding]:
    sentence = reading.sentences[index]
    colon = reading.text.find(":", sentence.start, sentence.end)
    end = colon if colon > sentence.start else sentence.end
    said = uncited(reading.text[sentence.start : end]).rstrip(".")
    if not said:
        return
    rule = _RULES[kind]
    led = reading.sentences[lead]
    cells = {
        "kind": Cell(kind, (Span(led.start, led.end),), rule),
        "statement": Cell(said, quoted(reading.text, Span(sentence.start, end)), rule),
        "rank": Cell(rank, (), rule, derived_from="the place in the list"),
    }
    if cited := citation(reading.text, sentence.start, sentence.end) or citation(reading.text, led.start, led.end):
        cells["citation"] = cited
    if subject := subjects.main:
        cells["subject"] = subject
    yield Finding("claims", "", sentence.start, cells)


def _mechanisms(reading: Reading, subjects: Subjects) -> Iterator[Finding]:
    for index, sentence in enumerate(reading.sentences):
        if sentence.zone not in ("abstract", "introduction", "discussion"):
            continue
        words = reading.words(index)
        if words.endswith(":") or not _ABOUT_SPREAD.search(words):
            continue
        for hit in _MAY_ARISE.finditer(reading.text, sentence.start, sentence.end):
            said = clause(reading.text, sentence.start, sentence.end, hit.start("what"))
            yield _mechanism(
                reading,
                index,
                Span(hit.start("what"), max(said.end, hit.end())),
                Span(hit.start(), hit.start("what") - 1),
                subjects,
            )
        if way := _THE_MECHANISM.search(reading.text, sentence.start, sentence.end):
            said = clause(reading.text, sentence.start, way.end(), way.start() - 1)
            yield _mechanism(reading, index, Span(said.start, way.start()), Span(way.start() + 1, way.end()), subjects)


def _mechanism(reading: Reading, index: int, said: Span, cue: Span, subjects: Subjects) -> Finding:
    cells = {
        "kind": Cell("mechanism", (cue,), "claims.mechanism"),
        "statement": Cell(
            uncited(reading.text[said.start : said.end]), quoted(reading.text, said), "claims.mechanism"
        ),
    }
    if subject := subjects.of(index, cue.start):
        cells["subject"] = subject
    if cited := citation(reading.text, said.start, reading.sentences[index].end):
        cells["citation"] = cited
    return Finding("claims", "", said.start, cells)


def _differentials(reading: Reading, subjects: Subjects) -> Iterator[Finding]:
    for index in telling(reading):
        sentence = reading.sentences[index]
        if "ifferential" not in reading.words(index) or sentence.zone not in ("discussion", "introduction", "abstract"):
            continue
        hit = _INCLUDES.search(reading.text, sentence.start, sentence.end)
        if hit is None:
            continue
        named = [mention for mention in reading.of("diagnoses", index) if mention.start >= hit.end()]
        for rank, mention in enumerate(named, start=1):
            span = Span(mention.start, mention.end)
            cells = {
                "kind": Cell("differential", (Span(hit.start(), hit.end()),), "claims.differential"),
                "statement": Cell(mention.label, (span,), mention.rule),
                "rank": Cell(rank, (), "claims.differential", derived_from="the place in the enumeration"),
            }
            if subject := subjects.main:
                cells["subject"] = subject
            if cited := citation(reading.text, mention.end, sentence.end):
                cells["citation"] = cited
            yield Finding("claims", "", mention.start, cells)
