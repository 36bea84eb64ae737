"""What one report gave, as it is kept: its rows are lines of CSV, ready to be put together."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.asked import Asked
from casebook.errors import EvidenceError, TableError
from casebook.lines import lines
from casebook.readers.twice import groups
from casebook.rows import Rows
from casebook.schema import TABLES, Table
from casebook.text.spelling import fold


@dataclass(frozen=True)
class Kept:
    """Plain bytes, so that reading them back can run nothing. All but `source` are empty for a report that is not
    included.

    `source` is its row of sources as JSON; `groups` tell whether another file is the same paper; `body` and
    `sentences` are opened by `body_of` and `plain`; `asked` is what its rows depend on in the vocabulary.
    """

    source: bytes
    groups: bytes = b""
    body: bytes = b""
    sentences: bytes = b""
    asked: bytes = b""


@dataclass(frozen=True)
class Body:
    """The text as received, and by table the lines of CSV and the row ids, in the order of the table."""

    text: str
    lines: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    pages: list[list] = field(default_factory=list)
    quotes: int = 0


def kept(source: Mapping, text: str, rows: Rows | None, asked: Asked) -> Kept:
    """Raises TableError or EvidenceError where the rows break the promise of their tables."""
    own = json.dumps(source, ensure_ascii=False, separators=(",", ":")).encode()
    if rows is None:
        return Kept(own)
    body: dict = {"text": text, "lines": {}, "ids": {}, "pages": rows.pages, "quotes": len(rows.tables["evidence"])}
    for name, some in rows.tables.items():
        if some:
            table = TABLES[name]
            _check(table, some, text)
            some = sorted(some, key=_order(table)) if table.order else some
            body["lines"][name] = lines(table, some)
            if table.names[0] == "row_id":
                body["ids"][name] = [row["row_id"] for row in some]
    more = sorted(asked.words.difference(fold(text).split()))
    said = [more, sorted(map(list, asked.questions), key=str)]
    return Kept(own, groups(text).tobytes(), _small(body), _small(rows.sentences), _small(said))


def body_of(packed: bytes) -> Body:
    return Body(**plain(packed)) if packed else Body("")


def plain(packed: bytes) -> Any:
    """What `kept` made small."""
    return json.loads(zlib.decompress(packed)) if packed else []


def _small(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _order(table: Table) -> Callable[[dict], list]:
    return lambda row: [(row.get(name) is None, row.get(name)) for name in table.order]


def _check(table: Table, rows: Iterable[Mapping], text: str) -> None:
    """What `Table.check` and `check_quotes` say of whole tables."""
    for row in rows:
        for column in table.columns:
            value = row.get(column.name)
            if not column.nullable if value is None else column.allowed and value not in column.allowed:
                expected = ", ".join(column.allowed) or "a value"
                place = f"{column.name} is {value!r} in row {row.get('row_id')!r}"
                raise TableError(f"table {table.name}: {place}, expected {expected}")
        if table.name == "evidence" and row.get("start") is not None:
            found = text[row["start"] : row["end"]]
            if found != row["quote"]:
                raise EvidenceError(f"{row['source_id']}: evidence quotes {row['quote']!r}, the text reads {found!r}")
