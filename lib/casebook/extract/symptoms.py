"""Symptoms that a patient had or denied, each once per case."""

import re
from collections.abc import Iterator

from casebook.extract.complaints import is_complaint
from casebook.extract.duration import Duration, durations, lasted
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading, Status
from casebook.extract.symptom_course import Course
from casebook.extract.symptom_masses import masses
from casebook.text.span import Span
from casebook.text.spelling import fold
from casebook.vocabulary import Term, Vocabulary

_ZONES = frozenset(("front", "title", "abstract", "case", "introduction"))
_OPEN = frozenset(
    (
        "pain",
        "swelling",
        "mass",
        "bleeding",
        "weakness",
        "numbness",
        "deformity",
        "tenderness",
        "stiffness",
        "discharge",
        "oedema",
        "itching",
        "paralysis",
        "tingling",
        "spasm",
        "lump",
        "rash",
        "ulcer",
        "lesion",
        "discomfort",
        "paraesthesia",
        "distension",
    )
)
"""Symptoms that are named fully only with their place."""

_PLACE = re.compile(
    r"\s(?:of|in|at|on|over|around|to|involving|affecting|under|behind)\s(?:(?:the|his|her|both|a|an|right|left"
    r"|bilateral|upper|lower|anterior|posterior|lateral|medial|distal|proximal|whole|inner|outer|dorsal|ventral"
    r"|(?:side|aspect|surface|part|half|third|region|area)\sof)\s){0,5}",
    re.IGNORECASE,
)
_AND_PLACE = re.compile(r"\s(?:and|or|&|as well as)\s(?:(?:the|his|her|left|right|both)\s){0,3}")
"""From the first place of a complaint to the second: "pain in the right shoulder and the chest"."""
_PREPOSITIONS = ("in ", "of ", "at ", "on ", "over ")
_AND = frozenset((",", "and", ", and", "or", "/", "&", "with", ", with", "and/or", "as well as"))
"""What stands between two complaints of one place ("facial pain and swelling")."""

_HALF = re.compile(r"\b(?P<half>[a-z]+)\s?(?:and|or|and/or|/|&)\s?$")
"""Before a complaint that shares its noun: "back and abdominal pain"."""

_OWN_VERB = re.compile(
    r",[^,;]*\b(?:presented|complained|admitted|referred|hospitali[sz]ed|reported|developed|experienced|consulted|suffered"
    r"|victim|noticed)\b"
    r"|\b(?:history|antecedents?|comorbidit\w+|conditions?|diseases?|illness\w*|problems?|trauma|events?)\s(?:who\s)?"
    r"(?:was\s|were\s|had\s)?(?:presented|presents|complained|admitted|referred|reported|developed|experienced|consulted"
    r"|noticed|hospitali[sz]ed)\b"
)
_TELLING = frozenset(("family", "other_patient", "hypothetical", "general", "cited"))


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `symptoms`, in the order in which the report tells of them."""
    for case in [finding.case for finding in draft.of("cases")]:
        rows: dict[str, Finding] = {}
        course = Course(reading, case)
        for index in reading.owned(case, "symptoms"):
            if reading.sentences[index].zone not in _ZONES:
                continue
            found = durations(reading, index)
            for mention in reading.of("symptoms", index):
                if course.holds(mention, index):
                    continue
                for finding in _findings(reading, case, mention, index, found):
                    _keep(rows, finding)
        for finding in _masses(reading, case, course):
            _keep(rows, finding)
        named = list(rows)
        for label, finding in rows.items():
            if label not in _OPEN or not any(other != label and other.endswith(f" {label}") for other in named):
                yield finding


def _keep(rows: dict[str, Finding], finding: Finding) -> None:
    """One row per symptom: present outweighs absent, the first duration stays."""
    label = str(finding.value("symptom"))
    known = rows.get(label)
    if known is None or (known.value("status") != "present" and finding.value("status") == "present"):
        rows[label] = finding
    elif (
        "duration_months" in finding.cells
        and "duration_months" not in known.cells
        and known.value("status") == finding.value("status")
    ):
        rows[label] = known.with_cells(duration_months=finding.cells["duration_months"])


def _findings(reading: Reading, case: str, mention: Mention, index: int, found: list[Duration]) -> Iterator[Finding]:
    if _part_of_a_disease(reading, mention, index):
        return
    if not _is_told(reading, mention, index, found):
        return
    status = _status(reading, mention)
    for label, spans, rule in (_named(reading, mention, index), *_coordinated(reading, mention, index)):
        yield _row(case, mention, Cell(label, spans, rule), status, found, reading.text)


def _masses(reading: Reading, case: str, course: Course) -> Iterator[Finding]:
    for index in reading.owned(case, "sites"):
        if reading.sentences[index].zone not in _ZONES:
            continue
        for mention, site in masses(reading, index):
            found = durations(reading, index)
            if not course.holds(mention, index) and _is_told(reading, mention, index, found):
                named = (mention.label, *(f"{place} {mention.label.split()[-1]}" for place in _adjectives(site)))
                known = next(filter(None, (_of_vocabulary(reading.vocabulary, name) for name in named)), None)
                spans = (Span(mention.start, mention.end), Span(site.start, site.end))
                symptom = Cell(known.label if known else mention.label, spans, mention.rule)
                yield _row(case, mention, symptom, _status(reading, mention), found, reading.text)


def _adjectives(site: Mention) -> list[str]:
    return [word for word in site.term.fields["adjectives"].split("|") if word]


def _is_told(reading: Reading, mention: Mention, index: int, found: list[Duration]) -> bool:
    context = reading.modifiers(mention)
    return _TELLING.isdisjoint(context) and is_complaint(reading, mention, index, context, found)


def _part_of_a_disease(reading: Reading, mention: Mention, index: int) -> bool:
    """Whether the word only ends a disease's name ("dengue fever", "thrombotic thrombocytopenic purpura")."""
    words = reading.text[mention.start : mention.end]
    if " " in words:
        return False
    if words.isupper() and any(disease.start == mention.start for disease in reading.of("diagnoses", index)):
        return True
    return any(
        disease.start < mention.start and mention.end <= disease.end
        for disease in reading.of("diagnoses", index)
        if disease.term.fields["group"] != "neurological"
    )


def _status(reading: Reading, mention: Mention) -> Status:
    """The status, where a denial does not reach across the verb of presentation: "no history, presented with pain"."""
    status = reading.status(mention)
    if status.value == "absent" and status.cue and _OWN_VERB.search(reading.lower, status.cue.end, mention.start):
        return Status("present")
    return status


def _row(
    case: str, mention: Mention, symptom: Cell, status: Status, found: list[Duration], text: str
) -> Finding:
    cells = {
        "symptom": symptom,
        "status": Cell(status.value, (Span(mention.start, mention.end),), mention.rule, cue=status.cue),
    }
    if status.value == "present" and (duration := lasted(found, mention.start, mention.end, text)):
        cells["duration_months"] = Cell(duration.months, (duration.span,), "symptoms.duration")
    return Finding("symptoms", case, mention.start, cells)


def _named(reading: Reading, mention: Mention, index: int) -> tuple[str, tuple[Span, ...], str]:
    """Label, words and rule, with the place where the word alone leaves it open ("swelling of the left cheek")."""
    own = Span(mention.start, mention.end)
    if mention.label not in _OPEN:
        return mention.label, (own,), mention.rule
    site, rule = _site(reading, mention, index), mention.rule
    if site is None:
        site, rule = _shared_site(reading, mention, index), "symptoms.shared_place"
    if site is None:
        return mention.label, (own,), mention.rule
    named = (site.label, reading.lower[site.start : site.end], *site.term.fields["adjectives"].split("|"))
    for name in (f"{place} {mention.label}" for place in named):
        if term := _of_vocabulary(reading.vocabulary, name):
            return term.label, (own, Span(site.start, site.end)), rule
    said = reading.lower[site.start : site.end] if site.end <= mention.start else site.label
    return f"{said} {mention.label}", (own, Span(site.start, site.end)), rule


def _of_vocabulary(vocabulary: Vocabulary, name: str) -> Term | None:
    """The symptom of which `name` is the label or one of the words."""
    known = vocabulary.named(fold(name))
    named = next((term for term, exact in known if term.kind == "symptoms" and not exact), None)
    return vocabulary.term("symptoms", name) or named


def _coordinated(reading: Reading, mention: Mention, index: int) -> Iterator[tuple[str, tuple[Span, ...], str]]:
    """The other half of "chest and epigastric pain", "back/neck pain"."""
    word = reading.lower[mention.start : mention.end].split()[-1]
    for site in reading.of("sites", index):
        if site.end <= mention.start and reading.text[site.end : mention.start].strip().lower() in (
            "/",
            "and",
            "or",
            "&",
            "and left",
            "and right",
            "and/or",
        ):
            term = reading.vocabulary.term("symptoms", f"{site.label} {word}") or reading.vocabulary.term(
                "symptoms", f"{reading.lower[site.start : site.end]} {word}"
            )
            if term is not None and term.label != mention.label:
                words = (Span(site.start, site.end), Span(mention.end - len(word), mention.end))
                yield term.label, words, mention.rule
    noun, _, place = reading.lower[mention.start : mention.end].partition(" ")
    further = _AND_PLACE.match(reading.lower, mention.end) if place.startswith(_PREPOSITIONS) else None
    for site in reading.of("sites", index) if further else ():
        term = _of_vocabulary(reading.vocabulary, f"{site.label} {noun}")
        if further and site.start <= further.end() < site.end and term and term.label != mention.label:
            words = (Span(mention.start, mention.start + len(noun)), Span(site.start, site.end))
            yield term.label, words, mention.rule
    half = _HALF.search(reading.lower, max(0, mention.start - 25), mention.start)
    term = _of_vocabulary(reading.vocabulary, f"{half['half']} {word}") if half else None
    if half and term and term.label != mention.label:
        yield term.label, (Span(*half.span("half")), Span(mention.end - len(word), mention.end)), mention.rule


def _site(reading: Reading, mention: Mention, index: int) -> Mention | None:
    sites = reading.of("sites", index)
    if place := _PLACE.match(reading.text, mention.end):
        for site in sites:
            if mention.end < site.start <= place.end() < site.end:
                return site
    return next(
        (
            site
            for site in reversed(sites)
            if site.end <= mention.start and not reading.text[site.end : mention.start].strip(" -")
        ),
        None,
    )


def _shared_site(reading: Reading, mention: Mention, index: int) -> Mention | None:
    """The place that an earlier complaint of the list gives to both: "abdominal pain, distension"."""
    start = mention.start
    for other in reversed(reading.of("symptoms", index)):
        if other.end > start:
            continue
        if reading.lower[other.end : start].strip() not in _AND:
            return None
        for site in reading.of("sites", index):
            if site.start <= other.start < site.end < other.end or (
                site.end < other.start and not reading.text[site.end : other.start].strip()
            ):
                return site
        if other.label not in _OPEN:
            return None
        start = other.start
    return None
