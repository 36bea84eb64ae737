"""The data dictionary, printed from the schemas."""

from collections.abc import Iterator

from casebook.schema import TABLES
from casebook.schema.column import Column


def dictionary() -> str:
    """Markdown: a section per table with what a row is, then its columns."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    for table in TABLES.values():
        yield from (
            "",
            f"## {table.name}",
            f"A row is {table.row}.",
            "",
            "| column | type | may be empty | meaning |",
            "|---|---|---|---|",
        )
        for column in table.columns:
            empty = "yes" if column.nullable else "no"
            yield f"| {column.name} | {column.dtype.lower()} | {empty} | {_meaning(column)} |"


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.unit:
        parts.append(f"unit: {column.unit}")
    if column.allowed:
        parts.append("one of: " + ", ".join(column.allowed))
    return "; ".join(parts)
