"""Chunks of a review that were read: kept one by one, and put together to a partitioned Parquet dataset."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow
import pyarrow.compute
import pyarrow.parquet

from casebook import parquet
from casebook.chunk import TEXTS
from casebook.folder import beside, swap
from casebook.publish import only_tables
from casebook.readers.settle import settle
from casebook.schema import TABLES
from casebook.written import write_pages

_FILES = (*TABLES, TEXTS)


@dataclass(frozen=True)
class Counts:
    """What was published, and why some of it was set aside: (path, reason)."""

    reports: int
    patients: int
    quotes: int
    quarantined: list[tuple[str, str]]


class Parts:
    """Folders named by the content of their chunk: one that is written twice is the same one."""

    def __init__(self, folder: Path):
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def has(self, name: str) -> bool:
        try:
            for table in _FILES:
                pyarrow.parquet.read_metadata(self.file(name, table))
        except (OSError, pyarrow.ArrowException):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            return False
        return True

    def put(self, name: str, tables: Mapping[str, bytes]) -> None:
        new = Path(tempfile.mkdtemp(dir=self._folder))
        for table, data in tables.items():
            (new / f"{table}.parquet").write_bytes(data)
        try:
            os.rename(new, self._folder / name)
        except OSError:  # another run has put the same there
            shutil.rmtree(new)

    def file(self, name: str, table: str) -> Path:
        return self._folder / name / f"{table}.parquet"

    def table(self, name: str, table: str) -> pyarrow.Table:
        return pyarrow.parquet.read_table(self.file(name, table), partitioning=None)


def publish(parts: Parts, names: Sequence[str], reports: Path, out: Path) -> Counts:
    """OUT/TABLE/NUMBER-CHUNK.parquet and OUT/texts of all chunks `names` of the folder `reports`, each paper once.

    Raises InputError, or TableError if a report stood in it twice.
    """
    only_tables(out)
    sources = [
        {key: value for key, value in row.items() if value is not None}
        for name in names
        for row in parts.table(name, "sources").to_pylist()
    ]
    settle(reports, sources, {row["source_id"]: row["text"] for row in _texts(parts, names)})
    included = {row["source_id"] for row in sources if row["status"] == "included"}
    TABLES["sources"].check(parquet.frame("sources", [settled := parquet.arrow("sources", sources)]))
    rows = dict.fromkeys(TABLES, 0)
    with beside(out) as work:
        new = work / "tables"
        for table in TABLES:
            (new / table).mkdir(parents=True)
        (new / TEXTS).mkdir()
        content = sha256(repr(sources).encode()).hexdigest()[:32]
        pyarrow.parquet.write_table(settled, new / "sources" / f"0-{content}.parquet", compression="zstd")
        for number, name in enumerate(names):
            whole = set(parts.table(name, TEXTS)["source_id"].to_pylist()) <= included
            for table in TABLES:
                if table != "sources":
                    place = new / table / f"{number:07}-{name}.parquet"
                    rows[table] += _copy(parts, name, place, None if whole else included)
        for row in _texts(parts, names):
            if row["source_id"] in included:
                (new / TEXTS / f"{row['source_id']}.txt").write_bytes(row["text"].encode("utf-8"))
                if pages := json.loads(row["pages"]):
                    write_pages(new / TEXTS, {row["source_id"]: pages})
        swap(new, out)
    quarantined = [(row["path"], row["reason"]) for row in sources if row["status"] == "quarantined"]
    return Counts(len(included), rows["cases"], rows["evidence"], quarantined)


def _texts(parts: Parts, names: Sequence[str]) -> Iterable[dict]:
    for name in names:
        yield from parts.table(name, TEXTS).to_pylist()


def _copy(parts: Parts, name: str, place: Path, included: Set[str] | None) -> int:
    """The rows of a chunk to `place`, those of sources `included` only where some were left out; how many."""
    table = place.parent.name
    if included is None:
        shutil.copyfile(parts.file(name, table), place)
        return pyarrow.parquet.read_metadata(place).num_rows
    rows = parts.table(name, table)
    if "source_id" in rows.column_names:
        of = rows["source_id"]
    else:
        of = pyarrow.compute.replace_substring_regex(rows["case_id"], "/[^/]*$", "")
    rows = rows.filter(pyarrow.compute.is_in(of, pyarrow.array(sorted(included), of.type)))
    pyarrow.parquet.write_table(rows, place, compression="zstd")
    return rows.num_rows
