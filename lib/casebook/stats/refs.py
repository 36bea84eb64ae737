"""Which public cells a derived cell was made of."""

from collections.abc import Iterable

import pandas as pd

BREAK = "\n"  # between the references of one cell; row ids hold file names, which hold blanks


def refs(frame: pd.DataFrame, column: str) -> pd.Series:
    """ROW_ID.COLUMN for each row that has a value in `column`, empty elsewhere."""
    return (frame["row_id"] + "." + column).where(frame[column].notna(), "").astype("object")


def joined(several: Iterable[str], most: int = 12) -> str:
    """Several references as one, each once; what counts thousands of rows keeps the first `most`."""
    return BREAK.join(list(dict.fromkeys(ref for ref in several if ref))[:most])


def passage(rule: str, source_id: str, start: int, end: int) -> str:
    """A range of a source's text as a reference, where no cell of a table stands for it: TEXT[start:end]rule@source."""
    return f"TEXT[{start}:{end}]{rule}@{source_id}"


def all_refs(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """For each row, its references of all `columns` as one."""
    return [joined(cells) for cells in zip(*(refs(frame, column) for column in columns), strict=True)]
