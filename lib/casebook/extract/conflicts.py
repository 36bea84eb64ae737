"""What a source says twice and differently; shown, never resolved."""

from collections.abc import Iterator

from casebook.extract import conflict_legends, conflict_person, conflict_times
from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `conflicts` for the report's own patients."""
    for case in [finding.case for finding in draft.of("cases") if finding.value("role") == "index"]:
        yield from conflict_times.find(reading, draft, case)
        yield from conflict_legends.find(reading, case)
        yield from conflict_person.find(reading, draft, case)
