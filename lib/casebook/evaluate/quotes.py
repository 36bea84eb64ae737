"""The quotes of the tables: where each cell says that it stands in its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casebook import csvfile

Row = Mapping[str, object]
Range = tuple[int, int]
Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Quote:
    """A range that a cell quotes. `denied`: its row is absent; `cued`: a cue outside the range makes it so."""

    source_id: str
    value: str
    span: Range
    denied: bool
    cued: bool
    row: Row


def frames(tables: Path) -> Frames:
    """The tables that hold a patient's cells, and their evidence. Raises InputError."""
    names = ("cases", "symptoms", "sites", "modalities", "treatments", "evidence")
    return {name: csvfile.read(tables / f"{name}.csv") for name in names}


def quotes(tables: Frames, cells: Iterable[str]) -> list[Quote]:
    """Quotes of `cells` (table.column) in the rows of a source's own patients; each range once."""
    found: dict[tuple[str, Range, bool, bool], Quote] = {}
    for cell in cells:
        table, column = cell.split(".")
        evidence = tables["evidence"]
        for quote in _of(tables[table], evidence[evidence["table"].eq(table)], column):
            found.setdefault((quote.source_id, quote.span, quote.denied, quote.cued), quote)
    return list(found.values())


def _of(frame: pd.DataFrame, evidence: pd.DataFrame, column: str) -> Iterator[Quote]:
    stated = evidence[evidence["column"].eq(column) & evidence["start"].notna()]
    told = evidence[evidence["column"].eq("status") & evidence["cue_start"].notna()]
    cues = {
        row_id: (int(start), int(end)) for row_id, start, end in told[["row_id", "cue_start", "cue_end"]].to_numpy()
    }
    rows_by_id = {str(row["row_id"]): row for row in frame.to_dict("records")}
    for quote in stated.itertuples():
        row = rows_by_id.get(quote.row_id)
        number = str(row["case_id"]).rpartition("/")[2] if row else "c"
        if row and not number.startswith("c"):
            span, cue = (int(quote.start), int(quote.end)), cues.get(quote.row_id)
            denied = row.get("status") == "absent"
            cued = denied and cue is not None and (cue[1] <= span[0] or span[1] <= cue[0])
            yield Quote(quote.source_id, str(row[column]), span, denied, cued, row)
