"""An interval that a report states, against the interval that its own dates give."""

import re
from collections.abc import Iterator

from casebook.extract import timeline
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.quantity import NUMBER, in_months, number
from casebook.extract.reading import Reading
from casebook.text.span import Span

_STATED = re.compile(
    rf"\b(?:in|within|after|over)\s(?P<how>less\sthan\s|more\sthan\s|over\s|under\s|about\s|approximately\s|only\s"
    rf"|just\s)?(?P<n>{NUMBER}|a|an|one)\s"
    r"(?P<u>years?|months?|weeks?|days?)\b",
    re.IGNORECASE,
)
_OPERATIONS = re.compile(
    r"\b(?P<n>two|three|four|[2-4])\s(?:\w+\s){0,2}(?:operations|surgeries|resections|craniotomies)\b"
    r"|\b(?P<one>operations?|surger(?:y|ies)|resections?|resected|operated)\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(r"\bdiagnos(?:ed|is)\b", re.IGNORECASE)
_KINDS = ("sites", "modalities", "diagnoses", "heads")
_LEAST_SHARED = 2  # mentions by which a sentence of the case section is known to tell of the same event
_TOLERANCE = 0.75  # months
_SHARE = 0.15


def find(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    owned = list(reading.owned(case))
    if not any(reading.sentences[index].zone == "case" for index in owned):
        return
    previous = None
    for index in owned:
        sentence = reading.sentences[index]
        if sentence.zone in ("abstract", "introduction", "discussion"):
            for hit in _STATED.finditer(reading.text, sentence.start, sentence.end):
                if finding := _check(reading, draft, case, owned, index, previous, hit):
                    yield finding
        previous = index


def _check(
    reading: Reading, draft: Draft, case: str, owned: list[int], index: int, previous: int | None, hit: re.Match[str]
) -> Finding | None:
    """The contradiction between the interval `hit` and the dates of the two events that it parts."""
    sentence = reading.sentences[index]
    low = (
        reading.sentences[previous].start
        if previous is not None and reading.sentences[previous].zone == sentence.zone
        else sentence.start
    )
    start = _start(reading, draft, case, Span(low, max(low + 1, hit.start())))
    later = {mention.label for kind in _KINDS for mention in reading.of(kind, index) if mention.start >= hit.end()}
    end = _dated(reading, case, owned, later)
    value = 1.0 if hit["n"].lower() in ("a", "an") else number(hit["n"])
    if start is None or end is None or value is None:
        return None
    stated, given = in_months(value, hit["u"]), float(end.value) - float(start.value)
    if given <= 0 or not _breaks((hit["how"] or "").strip().lower(), stated, given):
        return None
    words = " to ".join(filter(None, (_words(reading, start), _words(reading, end))))
    said = Span(hit.start(), sentence.end - (reading.text[sentence.end - 1] == "."))
    why = f"the dates give {given:.0f} months" + (f" ({words})" if words else "")
    return Finding(
        "conflicts",
        case,
        hit.start(),
        {
            "statement": Cell(reading.text[said.start : said.end], (said,), "conflicts.interval"),
            "why": Cell(
                why, (*start.spans, *end.spans), "conflicts.interval", derived_from="the months between the two dates"
            ),
        },
    )


def _breaks(how: str, stated: float, given: float) -> bool:
    if how in ("less than", "under", "only", "just"):
        return given > stated + _TOLERANCE
    if how in ("more than", "over"):
        return given < stated - _TOLERANCE
    return abs(given - stated) > max(2 * _TOLERANCE, _SHARE * stated)


def _start(reading: Reading, draft: Draft, case: str, told: Span) -> Cell | None:
    """When the event before the interval happened: the last operation counted so far, else the diagnosis."""
    hits = list(_OPERATIONS.finditer(reading.text, told.start, told.end))
    if hits:
        counted = [number(hit["n"]) for hit in hits if hit["n"]]
        dated = [
            row.cells["months_from_diagnosis"]
            for row in draft.of("treatments", case)
            if row.value("kind") == "surgery"
            and row.value("status") == "given"
            and "months_from_diagnosis" in row.cells
        ]
        wanted = int(counted[-1] or 1) if counted else 1
        return dated[wanted - 1] if len(dated) >= wanted and (counted or len(dated) == 1) else None
    if hit := _DIAGNOSIS.search(reading.text, told.start, told.end):
        return Cell(0.0, (Span(hit.start(), hit.end()),), "conflicts.interval")
    return None


def _dated(reading: Reading, case: str, owned: list[int], labels: set[str]) -> Cell | None:
    """When the case section dates the event that these mentions name: its first sentence that shares most of them."""
    best, shared = None, _LEAST_SHARED - 1
    for index in owned:
        if reading.sentences[index].zone != "case":
            continue
        same = [mention for kind in _KINDS for mention in reading.of(kind, index) if mention.label in labels]
        if len({mention.label for mention in same}) > shared:
            best, shared = min(mention.start for mention in same), len({mention.label for mention in same})
    return timeline.of(reading).months_at(case, best) if best is not None else None


def _words(reading: Reading, cell: Cell) -> str:
    span = cell.spans[-1] if cell.spans else None
    return reading.text[span.start : span.end] if span else ""
