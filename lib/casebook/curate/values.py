"""What a person typed, as the value of a column."""

import re

import pandas as pd

from casebook.schema.column import Column, Table

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,15})?(?:[eE][+-]?[0-9]{1,2})?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_WANTED = {"Int64": "a whole number", "Float64": "a number", "boolean": "true or false", "string": "printable text"}


def typed(text: str, dtype: str) -> object:
    """`text` as a value of type `dtype`, missing where empty. Raises ValueError for words where a number belongs."""
    text = text.strip()
    if not text:
        return pd.NA
    if dtype == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() == "true"
    if dtype in ("Int64", "Float64"):
        if not (_WHOLE if dtype == "Int64" else _NUMBER).fullmatch(text):
            raise ValueError(f"{text!r} is no number")
        return int(text) if dtype == "Int64" else float(text)
    if _CONTROL.search(text):
        raise ValueError(f"{text!r} cannot be printed")
    return text


def declared(table: Table, column: str) -> Column:
    return next(one for one in table.columns if one.name == column)


def problem(table: Table, column: str, text: str) -> str:
    """Why `text` cannot stand in that column, in one sentence; empty where it can."""
    wanted = declared(table, column)
    try:
        value = typed(text, wanted.dtype)
    except ValueError:
        return f"{column}: {text!r}, expected {_WANTED[wanted.dtype]}"
    if pd.isna(value):
        return "" if wanted.nullable else f"{column}: empty, which it may not be"
    if wanted.allowed and value not in wanted.allowed:
        return f"{column}: {text!r}, expected one of {', '.join(wanted.allowed)}"
    return ""
