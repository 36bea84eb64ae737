"""Tables as Parquet: the same values as in the CSV files, typed, read without parsing.

Beside NAME.csv stands NAME.parquet, which names the checksum of that CSV file: when somebody edited the CSV, it counts
as absent. A folder that a cluster wrote has NAME/NUMBER-CHECKSUM.parquet instead, one file for each chunk of reports.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from casebook.errors import InputError
from casebook.lines import RAW, header
from casebook.schema import TABLES, Table
from casebook.text.formula import unguarded

if TYPE_CHECKING:
    import pyarrow

_OF_CSV = b"casebook.csv"
_BLOCK, _WHOLE = 1 << 20, 1 << 27  # bytes of a CSV file that are read at a time; where a row is longer


def arrow(name: str, rows: Sequence[dict]) -> "pyarrow.Table":
    """Rows of table `name`, a tenth of the size that the dictionaries take; unknown columns are our bug."""
    import pyarrow

    table = TABLES[name]
    known = set(table.names)
    for row in rows:
        assert row.keys() <= known, f"table {name} has no column {sorted(row.keys() - known)}"
    schema = _schema(table)
    return pyarrow.Table.from_arrays(
        [pyarrow.array([row.get(field.name) for row in rows], type=field.type) for field in schema], schema=schema
    )


def frame(name: str, parts: Sequence["pyarrow.Table"]) -> pd.DataFrame:
    """The typed frame of all `parts` of table `name`, in the order of its schema."""
    import pyarrow

    table = TABLES[name]
    whole = pyarrow.concat_tables([_schema(table).empty_table(), *parts])
    made = _typed(name, whole)
    if table.order:
        made = made.sort_values(list(table.order), kind="stable", ignore_index=True)
    return made


def write(csv: Path) -> None:
    """What the CSV file holds, beside it; a part at a time."""
    import pyarrow

    try:
        _write(csv, _BLOCK)
    except pyarrow.ArrowInvalid:  # a row that is longer than a block
        _write(csv, _WHOLE)


def _write(csv: Path, size: int) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    table = TABLES[csv.stem]
    schema = _schema(table).with_metadata({_OF_CSV: _checksum(csv)})
    with (
        pyarrow.csv.open_csv(csv, **_options(table, size)) as blocks,
        pyarrow.parquet.ParquetWriter(csv.with_suffix(".parquet"), schema, compression="zstd") as into,
    ):
        for block in blocks:
            into.write_table(_plain(table, pyarrow.Table.from_batches([block])).cast(schema))


def of_lines(name: str, lines: Sequence[str]) -> pd.DataFrame:
    """The typed frame of table `name` whose lines these are, in the order of its schema."""
    import pyarrow
    import pyarrow.csv

    table = TABLES[name]
    whole = pyarrow.py_buffer("".join([header(table.names), *lines]).encode())
    return frame(name, [_plain(table, pyarrow.csv.read_csv(pyarrow.BufferReader(whole), **_options(table, _WHOLE)))])


def read(csv: Path) -> pd.DataFrame | None:
    """The table of which `csv` is or would be the CSV file; None where there is no Parquet of it that is up to date."""
    if not exists(csv):
        return None
    import pyarrow
    import pyarrow.parquet

    beside, folder = csv.with_suffix(".parquet"), csv.with_suffix("")
    files = [beside] if csv.is_file() else sorted(folder.glob("*.parquet"))
    try:
        parts = [pyarrow.parquet.read_table(file, partitioning=None) for file in files]
        if csv.is_file() and (parts[0].schema.metadata or {}).get(_OF_CSV) != _checksum(csv):
            return None
        if len(files) == 1 and csv.is_file():
            return _typed(csv.stem, parts[0])
        return frame(csv.stem, [part.cast(_schema(TABLES[csv.stem])) for part in parts])
    except (OSError, ValueError, KeyError) as error:
        if csv.is_file():
            return None
        raise InputError(f"{folder}: this table cannot be read: {error}; write it anew") from None


def version() -> str:
    """Of the library that decides the bytes of the files."""
    from importlib.metadata import version as of

    return of("pyarrow")


def exists(csv: Path) -> bool:
    """Whether Parquet stands beside `csv`, or in its place."""
    if csv.is_file():
        return csv.with_suffix(".parquet").is_file()
    return csv.with_suffix("").is_dir()


def _typed(name: str, whole: "pyarrow.Table") -> pd.DataFrame:
    return pd.DataFrame(
        {c.name: pd.Series(_column(whole.column(c.name), c.dtype), dtype=c.dtype) for c in TABLES[name].columns}
    )


def _column(values: "pyarrow.ChunkedArray", dtype: str) -> object:
    return pd.api.types.pandas_dtype(dtype).__from_arrow__(values)


def _schema(table: Table) -> "pyarrow.Schema":
    import pyarrow

    types = {
        "string": pyarrow.large_string(),
        "Int64": pyarrow.int64(),
        "Float64": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    return pyarrow.schema([(column.name, types[column.dtype]) for column in table.columns])


def _options(table: Table, size: int) -> dict:
    """How our own CSV files are read, `size` bytes at a time."""
    from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions

    return {
        "read_options": ReadOptions(block_size=size),
        "parse_options": ParseOptions(newlines_in_values=True),
        "convert_options": ConvertOptions(
            column_types=_schema(table),
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    }


def _plain(table: Table, block: "pyarrow.Table") -> "pyarrow.Table":
    """`block` without the apostrophes that guard its texts in a CSV file."""
    import pyarrow
    import pyarrow.compute

    for at, column in enumerate(table.columns):
        if column.dtype == "string" and (table.name, column.name) not in RAW:
            values = block.column(at)
            if pyarrow.compute.any(pyarrow.compute.starts_with(values, "'")).as_py():
                plain = pyarrow.array([text and unguarded(text) for text in values.to_pylist()], values.type)
                block = block.set_column(at, column.name, plain)
    return block


def _checksum(file: Path) -> bytes:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest().encode()
