"""What a person typed, as the value of a column."""

import pandas as pd

from casebook.schema.column import Table


def typed(text: str, dtype: str) -> object:
    """`text` as a value of type `dtype`, missing where empty. Raises ValueError for words where a number belongs."""
    if not text:
        return pd.NA
    if dtype == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() == "true"
    if dtype == "Int64":
        return int(text)
    return float(text) if dtype == "Float64" else text


def problem(table: Table, column: str, text: str) -> str:
    """Why `text` cannot stand in that column, in one sentence; empty where it can."""
    declared = next(one for one in table.columns if one.name == column)
    try:
        value = typed(text.strip(), declared.dtype)
    except ValueError:
        wanted = {"Int64": "a whole number", "Float64": "a number", "boolean": "true or false"}[declared.dtype]
        return f"{column}: {text!r}, expected {wanted}"
    told = list(declared.problems(pd.Series([value], index=["new"])))
    return told[0].replace(" in row 'new'", "") if told else ""
