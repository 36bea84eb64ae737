"""How tables differ from those on disk, told so that a reviewer can read it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from casebook import csvfile
from casebook.schema import TABLES

_IDS = {"row_id", "derived_from", "rule", "cue_start", "cue_end"}
MOST = 40


def differences(committed: Path, frames: dict[str, pd.DataFrame]) -> Iterator[str]:
    """A line for each row that only one side has, at most `MOST` for a table; no line where all agree."""
    for name in TABLES:
        path = committed / f"{name}.csv"
        if not path.exists():
            yield f"{name}: {path.name} is missing in {committed.name}/"
            continue
        before, now = csvfile.read(path), frames[name]
        old, new = _rows(before), _rows(now)
        lines = [*(f"- {row}" for row in (old - new).elements()), *(f"+ {row}" for row in (new - old).elements())]
        if (
            not lines
            and before.astype("string").fillna("").values.tolist() != now.astype("string").fillna("").values.tolist()
        ):
            lines = ["rows agree in what they say but not in order, rule or identity"]
        if lines:
            yield f"{name}: {len(before)} rows committed, {len(now)} now"
            yield from (f"  {line}" for line in lines[:MOST])
            if len(lines) > MOST:
                yield f"  and {len(lines) - MOST} lines more"


def _rows(frame: pd.DataFrame) -> Counter[str]:
    shown = [column for column in frame.columns if column not in _IDS]
    return Counter(
        ", ".join(f"{column} {value}" for column, value in zip(shown, row, strict=True) if pd.notna(value))
        for row in frame[shown].itertuples(index=False, name=None)
    )
