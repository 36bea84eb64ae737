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
from casebook.schema import TABLES, Table

if TYPE_CHECKING:
    import pyarrow

_OF_CSV = b"casebook.csv"


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


def write(made: pd.DataFrame, csv: Path) -> None:
    """`made` beside the CSV file that holds it."""
    import pyarrow
    import pyarrow.parquet

    table = TABLES[csv.stem]
    columns = {}
    for column in table.columns:
        values = made[column.name]
        if column.dtype == "Float64":  # the digits that the CSV has
            values = values.map(lambda value: float(f"{value:.10g}"), na_action="ignore").astype("Float64")
        elif column.dtype == "string":
            values = values.mask(values.eq(""))
        columns[column.name] = values
    schema = _schema(table).with_metadata({_OF_CSV: _checksum(csv)})
    whole = pyarrow.Table.from_pandas(pd.DataFrame(columns), schema=schema.remove_metadata(), preserve_index=False)
    whole = whole.replace_schema_metadata(schema.metadata)
    pyarrow.parquet.write_table(whole, csv.with_suffix(".parquet"), compression="zstd")


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


def _checksum(file: Path) -> bytes:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest().encode()
