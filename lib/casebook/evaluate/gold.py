"""Annotations made by hand: a CSV of cells."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError
from casebook.evaluate.items import Field, Item

CELLS = ("source_id", "case", "field", "value")


@dataclass(frozen=True)
class Gold:
    """Annotated items by field; `sources` are all reports that were annotated, those with nothing to find too."""

    items: dict[Field, list[Item]]
    sources: frozenset[str]


def read(path: Path) -> Gold:
    """The annotations. Raises InputError that names file and row."""
    out: dict[Field, list[Item]] = defaultdict(list)
    sources = set()
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := [name for name in CELLS if name not in (reader.fieldnames or ())]:
            raise InputError(f"{path.name} row 1: column {', '.join(missing)} is missing, expected {', '.join(CELLS)}")
        for number, row in enumerate(reader, start=2):
            field = Field.parse(row["field"] or "", f"{path.name} row {number}, column field")
            sources.add(row["source_id"])
            items = out[field]  # a row without value says: nothing to find here
            if row["value"]:
                items.append(Item(row["source_id"], row["case"], row["value"]))
    return Gold(dict(out), frozenset(sources))
