"""sources.csv beside the reports: citation, licence, checksum and screening decision of each."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError
from casebook.readers.encoding import decode
from casebook.schema.sources import KINDS
from casebook.text.formula import unguarded

FILE = "sources.csv"
CITATION = ("title", "authors", "year", "journal", "doi", "pmid", "licence", "kind")
COLUMNS = ("file", *CITATION, "sha256", "decision", "reason", "decided_by")


@dataclass(frozen=True)
class Citation:
    """A row of sources.csv; an empty cell is an empty string. `line` is where the row begins, for messages."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def included(self) -> bool:
        return self["decision"] != "exclude"


def read_sources_csv(folder: Path) -> dict[str, Citation]:
    """The rows of the folder's sources.csv by file name; empty where the folder has none.

    Raises InputError naming file, line and column of the first cell that is wrong.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        text = decode(path.read_bytes()).lstrip("\ufeff")
    except InputError as error:
        raise InputError(f"{FILE}: {error}") from None
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[str, Citation] = {}
    try:
        header = _header(next(table, []))
        line = table.line_num + 1
        for cells in table:
            if any(cell.strip() for cell in cells):
                row = _row(header, cells, line)
                if row["file"] in rows:
                    first = rows[row["file"]].line
                    raise InputError(f"{FILE} line {line}, column file: {row['file']!r} stands in line {first} already")
                rows[row["file"]] = row
            line = table.line_num + 1
    except csv.Error as error:
        raise InputError(f"{FILE} line {table.line_num}: not a CSV table ({error})") from None
    return rows


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    if "file" not in header:
        raise InputError(f"{FILE} line 1: no column file, expected {', '.join(COLUMNS)}")
    for column in header:
        if column not in COLUMNS:
            raise InputError(f"{FILE} line 1: unknown column {column!r}, expected {', '.join(COLUMNS)}")
        if header.count(column) > 1:
            raise InputError(f"{FILE} line 1: column {column} stands twice")
    return header


def _row(header: list[str], cells: list[str], line: int) -> Citation:
    if len(cells) != len(header):
        raise InputError(f"{FILE} line {line}: {len(cells)} cells, expected {len(header)} as in the first line")
    row = {column: unguarded(cell.strip()) for column, cell in zip(header, cells, strict=True)}
    row["doi"] = _RESOLVER.sub("", row.get("doi", ""))
    row["sha256"] = row.get("sha256", "").lower()
    for column, (pattern, expected) in _EXPECTED.items():
        if (value := row.get(column, "")) and not pattern.fullmatch(value):
            raise InputError(f"{FILE} line {line}, column {column}: {value!r}, expected {expected}")
    for column in ("file", "decision"):
        if column == "decision" and "decided_by" in header and not row["decided_by"]:
            continue  # nobody has decided yet
        if column in header and not row[column]:
            raise InputError(f"{FILE} line {line}, column {column}: empty, expected {_EXPECTED[column][1]}")
    if row.get("decision") == "exclude" and not row.get("reason"):
        raise InputError(f"{FILE} line {line}, column reason: empty, an excluded report needs its reason")
    return Citation(line, row)


def fits(column: str, value: str) -> bool:
    """Whether the value can stand in that column."""
    return column not in _EXPECTED or _EXPECTED[column][0].fullmatch(value) is not None


_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_EXPECTED = {
    "file": (re.compile(r"[^/\\\x00-\x1f]+"), "the name of a file in the same folder"),
    "year": (re.compile(r"(?:1[5-9]|20)\d\d"), "a year such as 2011"),
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "a DOI such as 10.1000/182"),
    "pmid": (re.compile(r"\d{1,8}"), "a PubMed number"),
    "kind": (re.compile("|".join(KINDS)), f"one of {', '.join(KINDS)}"),
    "sha256": (re.compile(r"[0-9a-f]{64}"), "64 hexadecimal digits"),
    "decision": (re.compile(r"include|exclude"), "include or exclude"),
}
