"""A few reports as they travel to another machine, and the tables that come back."""

import hashlib
import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock

import pyarrow
import pyarrow.parquet

from casebook import parquet
from casebook.batch import One, each_of, ready
from casebook.errors import InputError
from casebook.fingerprint import fingerprint
from casebook.places import VOCABULARY
from casebook.readers.folder import Entry
from casebook.schema import TABLES
from casebook.vocabulary import Vocabulary

TEXTS = "texts"  # beside the tables: source_id, text, and the places of its pages as JSON
_ONE_AT_A_TIME = Lock()  # a worker may run several threads; they would share one core anyway


@dataclass(frozen=True)
class Sent:
    """A report with its bytes, so that a worker needs none of our folders."""

    entry: Entry
    data: bytes


def sent(entry: Entry) -> Sent:
    if entry.fault:
        return Sent(entry, b"")
    try:
        return Sent(entry, (entry.folder / entry.name).read_bytes())
    except OSError as error:
        return Sent(replace(entry, fault=f"the file cannot be read: {error.strerror}"), b"")


def checksum(reports: Sequence[Sent]) -> str:
    """The same for the same bytes under the same names with the same lines of sources.csv."""
    made_of = hashlib.sha256()
    for one in reports:
        said = one.entry.citation.cells if one.entry.citation else None
        key = [one.entry.name, one.entry.source_id, said, one.entry.fault, hashlib.sha256(one.data).hexdigest()]
        made_of.update(json.dumps(key, sort_keys=True).encode())
    return made_of.hexdigest()[:32]


def read(reports: Sequence[Sent], vocabulary: Path | None, made_by: str) -> dict[str, bytes]:
    """Runs on a worker: Parquet of every table and of the texts. Raises InputError where the worker's code or
    vocabulary differ from those whose fingerprint is `made_by`.
    """
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        if _fingerprint(vocabulary) != made_by:
            raise InputError("a worker has another version of casebook or of the vocabulary; install the same on all")
        terms = _terms(vocabulary)
        entries = []
        for number, one in enumerate(reports):
            place = Path(folder, str(number))
            place.mkdir()
            if not one.entry.fault:
                (place / one.entry.name).write_bytes(one.data)
            entries.append(replace(one.entry, folder=place))
        read = [one for one, _ in each_of(entries, terms)]
    return packed(read)


def packed(read: Sequence[One]) -> dict[str, bytes]:
    tables = {"sources": parquet.arrow("sources", [one.source for one in read])}
    for name in TABLES:
        if name != "sources":
            rows = [row for one in read if one.rows for row in one.rows.tables.get(name, ())]
            tables[name] = parquet.arrow(name, rows)
    included = [one for one in read if one.rows]
    tables[TEXTS] = pyarrow.table(
        {
            "source_id": pyarrow.array([one.source["source_id"] for one in included], pyarrow.string()),
            "text": pyarrow.array([one.text for one in included], pyarrow.large_string()),
            "pages": pyarrow.array([json.dumps(one.rows.pages) for one in included if one.rows], pyarrow.string()),
        }
    )
    return {name: _bytes(table) for name, table in tables.items()}


def _bytes(table: pyarrow.Table) -> bytes:
    into = io.BytesIO()
    pyarrow.parquet.write_table(table, into, compression="zstd")
    return into.getvalue()


@cache
def _fingerprint(vocabulary: Path | None) -> str:
    return fingerprint(vocabulary or VOCABULARY)


@cache
def _terms(vocabulary: Path | None) -> Vocabulary:
    return ready(vocabulary or VOCABULARY)
