"""Tables as CSV files that a spreadsheet cannot mistake for programs, and back, unchanged."""

from pathlib import Path

import pandas as pd

from casebook import parquet
from casebook.errors import InputError
from casebook.lines import RAW, form, header, of_cells
from casebook.schema import TABLES
from casebook.text.formula import BEGINS, FORMULA, GUARDED

_ROWS = 20_000  # that are written at a time


def write(frame: pd.DataFrame, path: Path) -> None:
    """UTF-8 with a header, empty for missing. A text cell that a spreadsheet would run (=, +, -, @, tab) gets an
    apostrophe.
    """
    forms = [form(_kind(dtype), (path.stem, name) in RAW) for name, dtype in frame.dtypes.items()]
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(header(frame.columns))
        for at in range(0, len(frame), _ROWS):
            some = frame.iloc[at : at + _ROWS]
            columns = [some[name].astype(object).where(some[name].notna(), None) for name in some]
            file.write(of_cells(zip(*columns, strict=True), forms))


def _kind(dtype: object) -> str:
    types = pd.api.types
    if types.is_bool_dtype(dtype):
        return "boolean"
    if types.is_float_dtype(dtype):
        return "Float64"
    return "string" if isinstance(dtype, pd.StringDtype) else "Int64" if types.is_integer_dtype(dtype) else str(dtype)


def guarded(frame: pd.DataFrame, table: str = "") -> pd.DataFrame:
    """A copy of `frame` in which no text begins as a formula does; the quotes of `table` evidence stay as they are."""
    safe = frame.copy(deep=False)
    for name in _text_columns(safe, table):
        safe[name] = safe[name].str.replace(FORMULA, "'", regex=True)
    return safe


def read(path: Path) -> pd.DataFrame:
    """The table that `write` put there, typed by its schema; the file's stem names it. Parquet is read where it holds
    the same.
    """
    if (same := parquet.read(path)) is not None:
        return same
    table = TABLES[path.stem]
    try:
        frame = pd.read_csv(
            path,
            dtype={c.name: "string" if c.dtype == "boolean" else c.dtype for c in table.columns},
            keep_default_na=False,
            na_values=[""],
            lineterminator="\n",
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path.name}: this table cannot be read: {error}; write it anew with `casebook tables`"
        ) from error
    for column in table.columns:
        if column.dtype == "boolean" and column.name in frame:
            frame[column.name] = frame[column.name].map({"true": True, "false": False}).astype("boolean")
    for name in _text_columns(frame, table.name):
        frame[name] = frame[name].str.replace(GUARDED, "", regex=True)
    if missing := [name for name in table.names if name not in frame]:
        raise InputError(f"{path.name}: column {', '.join(missing)} is missing; write it anew with `casebook tables`")
    return frame[table.names]


def _text_columns(frame: pd.DataFrame, table: str) -> list[str]:
    return [
        name
        for name in frame.columns
        if isinstance(frame[name].dtype, pd.StringDtype)
        and (table, name) not in RAW
        and frame[name].str.contains(BEGINS, na=False).any()
    ]
