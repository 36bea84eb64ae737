"""What a source says of the disease rather than of a patient."""

from collections.abc import Iterator

from casebook.extract import claim_figures, claim_lists
from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading
from casebook.extract.statement import Subjects


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `claims`: shares, incidences, counts, mechanisms, primaries, differential diagnoses."""
    subjects = Subjects(reading)
    yield from claim_figures.find(reading, subjects)
    yield from claim_lists.find(reading, subjects)
