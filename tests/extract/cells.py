"""Reads an invented report with the vocabulary that ships."""

from functools import lru_cache

from casebook.assemble import VOCABULARY
from casebook.extract import extract
from casebook.extract.finding import Finding
from casebook.readers import read_bytes
from casebook.vocabulary import load


@lru_cache(maxsize=64)
def findings(text: str) -> tuple[Finding, ...]:
    return tuple(extract(read_bytes(text.encode(), "example", "example.txt"), load(VOCABULARY))[1])


def case(text: str, number: str = "1") -> dict[str, object]:
    """The patient's row of `cases`, as plain values."""
    row = next(f for f in findings(text) if f.table == "cases" and f.case == number)
    return {column: cell.value for column, cell in row.cells.items()}


def places(text: str, role: str) -> set[tuple[object, object, object]]:
    """(site, side, status) of the rows of `sites` with this role."""
    return {(f.value("site"), f.value("laterality"), f.value("status"))
            for f in findings(text) if f.table == "sites" and f.value("role") == role}
