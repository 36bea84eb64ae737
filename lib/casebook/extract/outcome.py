"""How it went: recurrence, progression, spread, response, adverse events, and survival last."""

from collections.abc import Iterator

from casebook.extract import events, vital
from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `outcomes`; of each patient the vital status stands last."""
    for finding in list(draft.of("cases")):
        rows = [*events.find(reading, draft, finding.case), *vital.find(reading, draft, finding.case)]
        last = max((row.at for row in rows), default=0)
        for row in rows:
            final = row.value("endpoint") == "vital_status"
            yield Finding(row.table, row.case, last + 1 if final and row.at < last else row.at, row.cells)
