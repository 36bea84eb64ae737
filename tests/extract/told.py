"""What the extraction makes of an invented text."""

from functools import lru_cache

from casebook.assemble import VOCABULARY
from casebook.extract import extract
from casebook.extract.finding import Finding
from casebook.extract.reading import Reading
from casebook.readers import read_bytes
from casebook.vocabulary import load


@lru_cache(maxsize=256)
def read(text: str) -> tuple[Reading, tuple[Finding, ...]]:
    reading, findings = extract(read_bytes(text.encode(), "example", "example.txt"), load(VOCABULARY))
    return reading, tuple(findings)


def rows(text: str, table: str, case: str | None = None, **wanted: object) -> list[Finding]:
    """Rows of `table` whose cells hold `wanted`."""
    return [row for row in read(text)[1] if row.table == table and case in (None, row.case)
            and all(row.value(column) == value for column, value in wanted.items())]


def column(text: str, table: str, name: str) -> list[object]:
    return [row.value(name) for row in rows(text, table)]


def owners(text: str) -> list[str | None]:
    """The case of each sentence; shared sentences as "1+2"."""
    reading, _ = read(text)
    return ["+".join((owner, *reading.shared.get(index, ()))) if owner else None
            for index, owner in enumerate(reading.owner)]
