"""Who the report's own patients are, and which sentence speaks of whom."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casebook.extract import announced, references, speech
from casebook.extract.announced import OWN_ZONES
from casebook.extract.nouns import sex_of
from casebook.extract.people import Person, group_persons
from casebook.extract.reading import Reading
from casebook.extract.references import Reference
from casebook.text.sentences import Sentence

_MOST = 40  # patients whom one report describes
_UNLABELLED = 2  # patients whom the labels of a series pass over
_PAIR = 2
_NEAR_LABEL = 45  # characters from an age to the label of the same patient
_SUBJECT = 12  # characters that "In the " or "Finally, the " may take before an ordinal

TALKING_ZONES = frozenset(("introduction", "discussion"))
"""Zones that return to them now and then."""


@dataclass
class Cast:
    """`people`: patient number -> the phrase that introduces them, where one does; `owner`: sentence -> numbers."""

    people: dict[int, Person | None] = field(default_factory=dict)
    owner: dict[int, tuple[int, ...]] = field(default_factory=dict)


def cast(reading: Reading) -> Cast:
    """The report's own patients. May divide sentences of `reading` that speak of two patients in turn."""
    named = _pointers(reading, references.labels) if _may_label(reading) else []
    if _counts(named):
        people: dict[int, Person | None] = dict.fromkeys(_numbers(named))
        named = _with_ordinals(reading, named)
    else:
        several = announced.announced(reading)
        ordered = several or references.may_order(reading.spaced)
        named = _pointers(reading, references.ordinals) if ordered else []
        series = several or _counts(_subjects(reading, named))
        found = _introduced(reading, series)
        named = named if series else []
        count = announced.count(reading, found) if several and len(found) < _PAIR else 0
        if len(found) > 1:
            people = dict(enumerate(found, start=1))
        elif series and _counts(named):
            people = dict.fromkeys(range(1, max(ref.number for ref in named) + 1))
        elif count:
            people = dict(zip(range(1, count + 1), [*found, *[None] * count], strict=False))
            named = [ref for ref in _pointers(reading, references.labels) if ref.number <= count]
        elif found or _tells_of_one(reading, series):
            people = {1: found[0] if found else None}
        else:
            return Cast()
    result = Cast(people)
    if len(people) > 1:
        _divide(reading, named)
    _assign(reading, result, named)
    return result


def _numbers(named: list[Reference]) -> list[int]:
    """The patients whom labels number; one or two left out in a row ("case 1, case 2 and case 4") count."""
    told = {ref.number for ref in named}
    return list(range(1, max(told) + 1)) if max(told) - len(told) <= _UNLABELLED else sorted(told)


def _with_ordinals(reading: Reading, named: list[Reference]) -> list[Reference]:
    """The labels ("case one") with "the second case" where no label has its number, or all before any label."""
    if not references.may_order(reading.spaced):
        return named
    told = _subjects(reading, _pointers(reading, references.ordinals))
    known = {ref.number for ref in named}
    if _counts(told) and told[0].start <= named[0].start:
        told = [ref for ref in told if ref.number in known]
    else:
        told = [ref for ref in told if ref.number not in known and ref.number < max(known)]
    return sorted([*named, *told], key=lambda ref: ref.start)


def _may_label(reading: Reading) -> bool:
    headings = any("ase" in zone.heading or "ient" in zone.heading for zone in reading.document.zones)
    return headings or references.may_label(reading.spaced)


def _counts(named: list[Reference]) -> bool:
    """Whether the references tell a first patient from a second."""
    numbers = {ref.number for ref in named}
    return 1 in numbers and len(numbers) > 1


def _subjects(reading: Reading, named: list[Reference]) -> list[Reference]:
    """References that begin their sentence, or stand in one that gives the ages of two: "The second patient was …"."""
    found = []
    for ref in named:
        index = reading.sentence_at(ref.start)
        if index is None:
            continue
        if ref.start - reading.sentences[index].start < _SUBJECT or len(reading.persons(index)) > 1:
            found.append(ref)
    return found


def _pointers(reading: Reading, find: Callable[[str, int, int], Iterator[Reference]]) -> list[Reference]:
    """References in the zones of the report's own patients, and in the headings above them."""
    found: list[Reference] = []
    text = reading.text if find is references.labels else reading.lower
    for zone in reading.document.zones:
        if zone.kind in OWN_ZONES and zone.heading:
            heading = zone.heading if find is references.labels else zone.heading.lower()
            found += (Reference(zone.start, zone.start, ref.number) for ref in find(heading, 0, len(heading)))
    for sentence in reading.sentences:
        if sentence.zone in OWN_ZONES:
            found += find(text, sentence.start, sentence.end)
    return sorted(found, key=lambda ref: ref.start)


def _introduced(reading: Reading, series: bool) -> list[Person]:
    """The distinct persons whom the report's own zones introduce by age.

    Without an announced `series` a further person counts only as the subject of a sentence, or joined by "and" to the
    first: others are met in passing.
    """
    found: list[Person] = []
    for index, sentence in enumerate(reading.sentences):
        said = reading.said(index), reading.tokens(index)
        if sentence.zone not in OWN_ZONES or speech.is_literature(*said) or speech.is_relative(*said):
            continue
        group = group_persons(reading.text, reading.lower, sentence.start, sentence.end) if series else []
        for person in group or reading.persons(index):
            known = any(same_person(person, other, exact=series) for other in found if other not in group)
            if known or len(found) == _MOST:
                continue
            first = reading.sentences[reading.sentence_of(found[0].span)] if found else sentence
            subjects = bool(found) and _opens(reading, sentence, person) and _opens(reading, first, found[0])
            joined = bool(found) and references.joined(reading.text, found[-1].span.end, person.span.start)
            if not found or series or subjects or joined:
                found.append(person)
    return found


def _opens(reading: Reading, sentence: Sentence, person: Person) -> bool:
    """Whether the sentence begins with the person: "A 60-year-old man was …"."""
    lead = reading.lower[sentence.start:person.span.start].strip()
    return references.opens_person(lead)


def same_person(one: Person, other: Person, exact: bool = False) -> bool:
    """Whether two phrases may introduce one patient: the ages agree and the sexes do not differ."""
    if one.sex and other.sex and one.sex.value != other.sex.value:
        return False
    near = 0.0 if exact else 1.0 if min(one.age.years, other.age.years) >= 5 else 0.3
    return abs(one.age.years - other.age.years) <= near


def _tells_of_one(reading: Reading, series: bool) -> bool:
    """Whether the report's own zones tell of one patient rather than of a disease or a group.

    Where a `series` is announced only if a sentence introduces one by "A man …".
    """
    own = _said(reading, frozenset(("abstract", "case")))
    if not own:
        return not series and any(speech.names_own(*said) for said in _said(reading, TALKING_ZONES))
    one = any(speech.introduces_one(words) for words, _ in own)
    if one or series:
        return one
    groups = sum(speech.is_group(words) for words, _ in own)
    if (named := sum(speech.names_patient(*said) for said in own)):
        return named > groups
    clinical = sum(speech.is_clinical(*said) and not speech.is_general(*said) for said in own)
    return not groups and 2 * clinical >= len(own)


def _said(reading: Reading, zones: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """Words and tokens of the sentences in `zones`."""
    return [(reading.said(index), reading.tokens(index))
            for index, sentence in enumerate(reading.sentences) if sentence.zone in zones]


def _divide(reading: Reading, named: list[Reference]) -> None:
    """Cut sentences between clauses about different patients: "Patient 1 recovered, while patient 2 died"."""
    cuts = []
    for sentence in reading.sentences:
        inside = _within(named, sentence)
        for before, after in zip(inside, inside[1:], strict=False):
            cut = references.clause_between(reading.text, before.end, after.start)
            if cut and before.number != after.number:
                cuts.append(cut)
    if cuts:
        reading.divide(cuts)


def _within(named: list[Reference], sentence: Sentence) -> list[Reference]:
    """The references that begin in `sentence`; `named` is in reading order."""
    low = bisect_left(named, sentence.start, key=lambda ref: ref.start)
    high = bisect_left(named, sentence.end, lo=low, key=lambda ref: ref.start)
    return named[low:high]


def _assign(reading: Reading, result: Cast, named: list[Reference]) -> None:
    """Give every sentence its patients, carrying the last one named along."""
    everybody = tuple(result.people)
    current, together_before = everybody, False
    zones, zone_of = reading.document.zones, -1
    headings: dict[int, list[int]] = {}
    for ref in named:
        if ref.start == ref.end:
            headings.setdefault(ref.start, []).append(ref.number)
    for index, sentence in enumerate(reading.sentences):
        while zone_of + 1 < len(zones) and zones[zone_of + 1].start <= sentence.start:
            zone_of += 1
            current = tuple(headings.get(zones[zone_of].start, ())) or everybody
        words, tokens = reading.said(index), reading.tokens(index)
        if sentence.zone in OWN_ZONES:
            if len(everybody) == 1:
                if not _passes_by(reading, index, alone=True):
                    result.owner[index] = everybody
                continue
            together = references.opens_shared(words) and not reading.persons(index)
            pointed = () if together else _pointed(reading, result, index, named, current)
            current = pointed or current
            counted = references.group_size(words, tokens) is not None and speech.announces(words)
            shared = not pointed and (references.is_shared(words) or counted)
            carried = together_before and not pointed and not speech.names_patient(words, tokens)
            if shared or carried and not _passes_by(reading, index):
                result.owner[index] = everybody
            elif pointed or not _passes_by(reading, index):
                result.owner[index] = current
            together_before = carried or shared and references.names_all(words)
        elif sentence.zone not in TALKING_ZONES or speech.is_literature(words, tokens):
            continue
        elif speech.names_own(words, tokens):
            pointed = _pointed(reading, result, index, named, ()) if len(everybody) > 1 else ()
            result.owner[index] = pointed or everybody


def _passes_by(reading: Reading, index: int, alone: bool = False) -> bool:
    """Whether a sentence of the report's own zones speaks of the disease, of other patients or of a relative.

    `alone` where the report has one patient: "the patients" are others.
    """
    words, tokens = reading.said(index), reading.tokens(index)
    if speech.is_general(words, tokens) or speech.is_relative(words, tokens):
        return True
    if alone and speech.is_plural(words, tokens):
        return True
    if not speech.is_other_group(words, tokens) or reading.persons(index):
        return False
    return not (alone and speech.names_own(words, tokens))


def _pointed(reading: Reading, result: Cast, index: int, named: list[Reference],
             current: tuple[int, ...]) -> tuple[int, ...]:
    """The patients whom the sentence names by label, ordinal, age or sex."""
    sentence, people = reading.sentences[index], result.people
    refs = [ref for ref in _within(named, sentence) if ref.start < ref.end <= sentence.end]
    if not refs and sentence.zone in TALKING_ZONES:
        refs = list(references.labels(reading.text, sentence.start, sentence.end))
    here = [number for number in dict.fromkeys(ref.number for ref in refs) if number in people]
    group = group_persons(reading.text, reading.lower, sentence.start, sentence.end)
    described = group or reading.persons(index)
    slots = here or (list(current) if len(current) == 1 else [])
    if len(described) == len(people) > len(here):
        slots = list(people)
    for person, number in _labelled(reading, described, refs):
        people[number] = people.get(number) or person
    if described and len(slots) == len(described):
        for number, person in zip(slots, described, strict=True):
            people[number] = people[number] or person
    for person in described if not here else ():
        here += (n for n, known in people.items() if known and n not in here and same_person(known, person))
    if not here and (noun := references.sexed_noun(reading.said(index))):
        here += (n for n, known in people.items() if known and known.sex and known.sex.value == sex_of(noun))
    return tuple(here)


def _labelled(reading: Reading, described: list[Person], refs: list[Reference]) -> Iterator[tuple[Person, int]]:
    """Persons with a label in brackets behind them: "the 71-year-old uncle (patient 2)"."""
    for person in described if len(refs) > 1 else ():
        for ref in refs:
            gap = reading.text[person.span.end:ref.start]
            if 0 < len(gap) < _NEAR_LABEL and gap.endswith("(") and not any(mark in gap[:-1] for mark in "(,;"):
                yield person, ref.number
