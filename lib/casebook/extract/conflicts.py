from collections.abc import Iterator

from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    return iter(())
