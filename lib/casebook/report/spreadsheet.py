"""All tables as one XLSX file, a sheet each."""

import io
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from casebook import csvfile

_EPOCH = datetime(1980, 1, 1)  # written as the file's date on every day
_WIDEST = 60  # characters of a column
_LOOKED_AT = 200  # rows from which a column's width is taken
_MOST = 1_048_575  # rows that a sheet holds below its head
_MANY = 50_000  # rows of all tables from which they are written one by one: in memory each cell takes 300 bytes
_PART = 10_000  # rows that are taken out of a frame at a time
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def xlsx(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The workbook's bytes. Text that a spreadsheet would run gets an apostrophe, as in the CSV files; a table too long
    for a sheet is cut there, and its last line says so.
    """
    import xlsxwriter

    made = io.BytesIO()
    where = "in_memory" if sum(map(len, tables.values())) < _MANY else "constant_memory"
    with xlsxwriter.Workbook(made, {**_OPTIONS, where: True}) as book:
        book.set_properties({"created": _EPOCH, "title": "Tables of the review"})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        for name, frame in tables.items():
            _fill(book.add_worksheet(name), csvfile.guarded(frame), head)
    return made.getvalue()


def _fill(sheet, frame: pd.DataFrame, head) -> None:
    rows = frame.head(_MOST if len(frame) <= _MOST else _MOST - 1)
    for at, name in enumerate(frame.columns):
        longest = max([len(name), *(len(str(value)) for value in rows[name].head(_LOOKED_AT) if pd.notna(value))])
        sheet.set_column(at, at, min(longest, _WIDEST) + 2)
    sheet.write_row(0, 0, frame.columns, head)
    for first in range(0, len(rows), _PART):
        part = rows.iloc[first : first + _PART]
        plain = part.astype(object).where(part.notna(), None)
        for at, values in enumerate(plain.itertuples(index=False, name=None), first + 1):
            sheet.write_row(at, 0, values)
    if len(rows) < len(frame):
        sheet.write(_MOST, 0, f"{len(frame) - len(rows):,} more rows are in the CSV file")
    sheet.freeze_panes(1, 0)
    if len(rows) and len(frame.columns):
        sheet.autofilter(0, 0, len(rows), len(frame.columns) - 1)
