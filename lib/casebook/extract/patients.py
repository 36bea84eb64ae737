"""Whom each sentence speaks of: the report's own patients, patients it cites, or nobody."""

from collections.abc import Iterator

from casebook.extract import cited, cited_rows
from casebook.extract.case_tables import case_tables
from casebook.extract.casting import cast
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.reading import Reading


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """A row of `cases` per patient; sets `reading.owner`, `reading.shared` and `reading.people`."""
    tables = list(case_tables(reading.document))
    if tables:
        reading.divide(cited_rows.cuts(tables))
    own = cast(reading)
    names = {number: str(order) for order, number in enumerate(own.people, start=1)}
    for index, numbers in own.owner.items():
        if numbers:
            reading.owner[index] = names[numbers[0]]
        if len(numbers) > 1:
            reading.shared[index] = tuple(names[number] for number in numbers[1:])
    for number, person in own.people.items():
        case = names[number]
        if person:
            reading.people[case] = person
            yield Finding("cases", case, person.span.start, {"role": Cell("index", (person.span,), "patients.index")})
        else:
            at = next((reading.sentences[index].start for index in reading.owned(case)), 0)
            yield Finding("cases", case, at, {"role": Cell("index", (), "patients.index", derived_from="the report's"
                " own patient")})
    prose = list(cited.find(reading))
    yield from prose
    yield from cited_rows.find(reading, tables, len(prose))
