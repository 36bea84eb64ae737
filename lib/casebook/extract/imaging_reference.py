"""Typical signs that a reference article without a patient lists for its subject."""

from collections.abc import Iterator

from casebook.extract.finding import Finding
from casebook.extract.reading import Reading


def typical(reading: Reading) -> Iterator[Finding]:
    return iter(())
