"""Two ages, sexes or sides for one patient in two parts of a report."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.people import Person
from casebook.extract.reading import Reading
from casebook.text.span import Span

_PARTS = ("title", "abstract", "introduction", "case", "discussion", "legend")
_SIDE = re.compile(r"\b(left|right)(?:-sided)?\s(?:\w+\s)?$", re.IGNORECASE)
_NOUN = re.compile(
    r"[\s,-]{0,2}(?:[\w-]+\s){0,3}(?:man|woman|boy|girl|males?|females?|patient|child|infant|lady|gentleman|baby)\b"
)
_YEAR = 1.0
_NAMES = {
    "title": "the title",
    "abstract": "the abstract",
    "introduction": "the introduction",
    "case": "the case report",
    "discussion": "the discussion",
    "legend": "a figure legend",
    "front": "the opening",
}


def find(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    yield from _persons(reading, case)
    yield from _sides(reading, draft, case)


def _persons(reading: Reading, case: str) -> Iterator[Finding]:
    """The first description of the patient in each part, against the first of the report."""
    first: dict[str, Person] = {}
    years: dict[str, set[float]] = {}
    for index in reading.owned(case):
        zone = reading.sentences[index].zone
        if zone not in _PARTS or index in reading.shared:
            continue
        for person in reading.persons(index):
            years.setdefault(zone, set()).add(person.age.years)
            if _NOUN.match(reading.text, person.age.span.end) and not person.age.event:
                first.setdefault(zone, person)
    if len(first) < 2:
        return
    told_in = "case" if "case" in first else next(iter(first))
    told = first[told_in]
    for zone, person in first.items():
        if person is told:
            continue
        apart = abs(person.age.years - told.age.years) >= _YEAR
        if apart and person.age.years not in years[told_in] and told.age.years not in years[zone]:
            yield _row(reading, case, told.age.span, person.age.span, zone, "conflicts.age")
        if person.sex and told.sex and person.sex.value != told.sex.value:
            yield _row(reading, case, told.sex.span, person.sex.span, zone, "conflicts.sex")


def _sides(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """The primary site on one side only in one part, and on the other side only in another."""
    row = draft.case(case)
    primary = row.value("primary_site") if row else None
    if not primary:
        return
    told: dict[str, dict[str, Span]] = {}
    for index in reading.owned(case, "sites"):
        sentence = reading.sentences[index]
        if sentence.zone not in _PARTS or index in reading.shared:
            continue
        for site in reading.of("sites", index):
            if site.label == primary and (
                hit := _SIDE.search(reading.text[max(sentence.start, site.start - 30) : site.start])
            ):
                start = max(sentence.start, site.start - 30) + hit.start()
                told.setdefault(sentence.zone, {}).setdefault(hit[1].lower(), Span(start, site.end))
    parts = [(zone, *sides.popitem()) for zone, sides in told.items() if len(sides) == 1]
    main = next((part for part in parts if part[0] == "case"), None)
    if main is None:
        return
    for zone, side, span in parts:
        if side != main[1]:
            yield _row(reading, case, main[2], span, zone, "conflicts.side")


def _row(reading: Reading, case: str, mine: Span, theirs: Span, zone: str, rule: str) -> Finding:
    return Finding(
        "conflicts",
        case,
        mine.start,
        {
            "statement": Cell(reading.text[mine.start : mine.end], (mine,), rule),
            "why": Cell(f"{_NAMES[zone]} says {reading.text[theirs.start : theirs.end]}", (theirs,), rule),
        },
    )
