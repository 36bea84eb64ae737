"""The one thing that is compared: a value of a field in a source, with its place where that is known."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casebook import csvfile
from casebook.errors import InputError
from casebook.schema import TABLES
from casebook.text.spelling import fold

_FIELD = re.compile(r"(\w+)\.(\w+)(?:\[([^\]]*)\])?")


@dataclass(frozen=True)
class Item:
    """`case` is the number of the patient in its source, or empty; `spans` index the source's text.

    An annotated `value` may list what is accepted as "one|other"; an empty part says that no answer is right too.
    """

    source_id: str
    case: str
    value: str
    spans: tuple[tuple[int, int], ...] = ()
    row_id: str = ""

    @property
    def accepted(self) -> list[str]:
        return [part for part in self.value.split("|") if part]

    @property
    def optional(self) -> bool:
        return "" in self.value.split("|")


@dataclass(frozen=True)
class Field:
    """A column, of those rows only in which other columns hold given values: `sites.site[role=metastasis]`."""

    name: str
    table: str
    column: str
    where: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, name: str, place: str) -> "Field":
        """Raises InputError that names `place` for a field that no table has."""
        hit = _FIELD.fullmatch(name)
        if not hit or hit[1] not in TABLES or hit[2] not in TABLES[hit[1]].names:
            raise InputError(f"{place}: {name!r} is no field, expected table.column such as cases.age_years")
        where = tuple(tuple(part.strip().split("=", 1)) for part in (hit[3] or "").split(",") if part)
        if wrong := [part[0] for part in where if len(part) != 2 or part[0] not in TABLES[hit[1]].names]:
            raise InputError(f"{place}: {name!r} asks for {wrong[0]!r}, which is no column of {hit[1]}")
        return cls(name, hit[1], hit[2], where)

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        for column, value in self.where:
            frame = frame[frame[column].astype("string").eq(value).fillna(False)]
        return frame[frame[self.column].notna()]


def answers(tables: Path, field: Field) -> list[Item]:
    """What the tables hold for `field`, index patients and sources only; the same value of a patient counts once."""
    frame = field.rows(csvfile.read(tables / f"{field.table}.csv"))
    evidence = csvfile.read(tables / "evidence.csv")
    evidence = evidence[
        evidence["table"].eq(field.table) & evidence["column"].eq(field.column) & evidence["start"].notna()
    ]
    places = {
        row_id: tuple(zip(rows["start"].astype(int), rows["end"].astype(int), strict=True))
        for row_id, rows in evidence.groupby("row_id")
    }
    out: dict[tuple[str, str, str], Item] = {}
    for row in frame.to_dict("records"):
        case = row.get("case_id")
        source, _, number = case.rpartition("/") if isinstance(case, str) else (row["source_id"], "", "")
        if number.startswith("c"):
            continue
        value, spans = str(row[field.column]), places.get(row["row_id"], ())
        known = out.get((source, number, fold(value)))
        out[source, number, fold(value)] = Item(
            source, number, value, (known.spans if known else ()) + spans, row["row_id"]
        )
    return list(out.values())


def same(one: str, other: str) -> bool:
    """Numbers within 0.5 or 3 %, labels where the words of one hold those of the other."""
    try:
        return abs(float(one) - float(other)) <= max(0.5, 0.03 * abs(float(other)))
    except ValueError:
        a, b = set(_words(one)), set(_words(other))
        return bool(a and b) and (a <= b or b <= a)


def _words(label: str) -> list[str]:
    text = fold(label).replace("aem", "em").replace("tumour", "tumor").replace("oe", "e")
    return [
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
        for word in text.split()
    ]
