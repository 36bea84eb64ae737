"""Rows as the lines of a CSV file that a spreadsheet cannot mistake for programs."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from casebook.schema import Table
from casebook.text.formula import FORMULA

RAW = {("evidence", "quote")}  # must read as text[start:end] in every program
_QUOTED = re.compile('[",\r\n]')
_MAY_BE_FORMULA = frozenset("=+-@\t\r'")


def header(names: Iterable[str]) -> str:
    return ",".join(map(_raw, names)) + "\n"


def lines(table: Table, rows: Iterable[Mapping]) -> str:
    """The lines of `rows`, dictionaries of `table`; unknown columns are our bug."""
    known = set(table.names)
    cells = []
    for row in rows:
        assert row.keys() <= known, f"table {table.name} has no column {sorted(row.keys() - known)}"
        cells.append([row.get(name) for name in table.names])
    return of_cells(cells, [form(c.dtype, (table.name, c.name) in RAW) for c in table.columns])


def of_cells(rows: Iterable[Sequence], forms: Sequence[Callable]) -> str:
    """One line for each row; a cell that is None is empty, any other is written by the form of its column."""
    out = []
    for row in rows:
        made = ["" if cell is None else write(cell) for write, cell in zip(forms, row, strict=True)]
        out.append(",".join(made) + "\n")
    return "".join(out)


def form(dtype: str, raw: bool = False) -> Callable:
    """What writes a value of `dtype`; a `raw` text is left without apostrophe even where it begins as a formula."""
    return _FORMS.get(dtype) or (_raw if raw or dtype != "string" else _text)


def _raw(value: object) -> str:
    value = str(value)
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def _text(value: str) -> str:
    if value[:1] in _MAY_BE_FORMULA and FORMULA.match(value):
        value = "'" + value
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


_FORMS: dict[str, Callable] = {
    "Int64": lambda value: str(int(value)),
    "Float64": lambda value: f"{value:.10g}",
    "boolean": lambda value: "true" if value else "false",
}
