"""What to look at first."""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.curate.anchor import plain
from casebook.curate.apply import Curated
from casebook.curate.standing import ANSWERS, holding
from casebook.curate.together import together
from casebook.schema import TABLES

COLUMNS = (
    "what", "why", "table", "row_id", "column", "value", "source_id", "start", "end", "quote",
)  # fmt: skip
OPEN, DIFFER, CONFLICT, UNCERTAIN, OUTLIER, HEADLINE = (
    "open decision", "disagreement", "contradiction", "uncertain", "outlier", "headline figure",
)  # fmt: skip
_FAR = 3.5  # robust z beyond which a number is an outlier (Iglewicz and Hoaglin 1993)
_FEWEST = 5  # numbers below which nothing is far from the others
_NUMBERS = (
    ("cases", "age_years", ()),
    ("symptoms", "duration_months", ()),
    ("sites", "months_from_diagnosis", ("role",)),
    ("modalities", "months_from_diagnosis", ()),
    ("treatments", "dose", ("kind", "dose_unit")),
    ("treatments", "months_from_diagnosis", ("kind",)),
    ("outcomes", "months", ("endpoint", "origin")),
)  # each with the columns whose rows it is compared within
FEEDING = (  # cells on which the figures rest that a review of case reports is cited for
    ("cases", "age_years", {"role": ("index",)}),
    ("cases", "sex", {"role": ("index",)}),
    ("sites", "site", {"role": ("metastasis",), "status": ("present",)}),
    ("sites", "months_from_diagnosis", {"role": ("metastasis",), "status": ("present",)}),
    ("outcomes", "value", {"endpoint": ("vital_status", "metastasis")}),
    ("outcomes", "months", {"endpoint": ("vital_status", "metastasis")}),
    ("treatments", "months_from_diagnosis", {"status": ("given",)}),
)
_CELL = ("table", "row_id", "column")
_OPENING = {"sites": "site", "modalities": "finding", "symptoms": "symptom", "cases": "diagnosis"}


class Queue(pd.DataFrame):
    """A row per cell that waits to be looked at, the most urgent first; `progress` tells how far the work is, and
    `by_table` how many cells of each table are done, and of how many.
    """

    _metadata = ["progress", "by_table"]
    progress: str = ""
    by_table: Mapping[str, tuple[int, int]] = {}

    @property
    def _constructor(self):
        return pd.DataFrame


def to_ask(machine: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What there is to look at in the tables as the machine filled them, whatever was decided: rows for `queue`."""
    return _with_words(pd.DataFrame(_found(machine), columns=list(COLUMNS)), machine["evidence"])


def queue(asked: pd.DataFrame, curated: Curated, decisions: pd.DataFrame) -> Queue:
    """Columns what, why, table, row_id, column, value, source_id, start, end, quote. A cell stands once, for the most
    urgent reason, and leaves when somebody answers for it.

    First decisions that need another look and persons who differ, then contradictions of a source, what it calls
    uncertain, numbers far from those of the other patients, and last the cells that feed a headline figure: `asked`,
    which answers do not change.
    """
    waiting = pd.DataFrame(_waiting(curated.open), columns=list(COLUMNS))
    found = pd.concat([_with_words(waiting, curated.frames["evidence"]), asked], ignore_index=True)
    found = found[~found["source_id"].isin(curated.excluded)].drop_duplicates(["table", "row_id", "column"])
    answered = _answered(curated.frames["evidence"], decisions)
    cells = zip(found["table"], found["row_id"], found["column"], strict=True)
    done = pd.Series([cell in answered or (*cell[:2], "") in answered for cell in cells], index=found.index, dtype=bool)
    left = found[found["what"].isin((OPEN, DIFFER)) | ~done]
    made = Queue(left.reset_index(drop=True))
    made.progress = f"{len(found) - len(left)} of {len(found)}"
    counted, still = found["table"].value_counts(), left["table"].value_counts()
    made.by_table = {
        name: (int(counted[name] - still.get(name, 0)), int(counted[name])) for name in TABLES if name in counted
    }
    return made


def _answered(evidence: pd.DataFrame, decisions: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Cells, and rows with no column, that somebody answered for."""
    held = together(holding(decisions))
    held = held[held["action"].isin(ANSWERS)]
    stated = evidence[evidence["status"].ne("machine")]
    return {cell for frame in (held, stated) for cell in zip(*(frame[name] for name in _CELL), strict=True)}


def _waiting(open_decisions: pd.DataFrame) -> Iterator[dict]:
    for row in open_decisions.to_dict("records"):
        differ = row["why"].startswith("two persons differ")
        cells = {name: row[name] or None for name in ("table", "row_id", "column", "source_id", "quote")}
        cells |= {name: int(row[name]) if row[name] else None for name in ("start", "end")}
        why = row["why"] if differ else f"{row['why']} ({row['who']}, decision {row['decision']})"
        yield {"what": DIFFER if differ else OPEN, "why": why, "value": row["new"] or row["old"], **cells}


def _found(frames: Mapping[str, pd.DataFrame]) -> Iterator[dict]:
    for row in frames["conflicts"].to_dict("records"):
        yield _cell("conflicts", row, "statement", CONFLICT, row["why"])
    for table, column in _OPENING.items():
        frame = frames[table]
        if "status" in frame:
            for row in frame[frame["status"].eq("uncertain")].to_dict("records"):
                named = column if plain(row[column]) else "status"
                yield _cell(table, row, named, UNCERTAIN, "the source calls it uncertain")
    yield from _outliers(frames)
    for table, column, where in FEEDING:
        frame = frames[table]
        for name, values in where.items():
            frame = frame[frame[name].isin(values)]
        for row in frame[frame[column].notna()].to_dict("records"):
            yield _cell(table, row, column, HEADLINE, "a headline figure rests on it")


def _outliers(frames: Mapping[str, pd.DataFrame]) -> Iterator[dict]:
    """Numbers whose robust z (0.6745 times the distance from the median, in median absolute deviations) is large."""
    for table, column, within in _NUMBERS:
        frame = frames[table]
        own = frame[frame[column].notna()]
        for _, rows in own.groupby(list(within), dropna=True) if within else [((), own)]:
            numbers = rows[column].astype(float)
            middle = numbers.median()
            spread = (numbers - middle).abs().median()
            if len(numbers) < _FEWEST or not spread:
                continue
            far = 0.6745 * (numbers - middle).abs() / spread
            for row in rows[far > _FAR].to_dict("records"):
                yield _cell(table, row, column, OUTLIER, f"the median of {len(numbers):,} is {middle:.3g}")


def _cell(table: str, row: dict, column: str, what: str, why: str) -> dict:
    source = plain(row.get("source_id")) or plain(row.get("case_id")).rpartition("/")[0]
    return {
        "what": what, "why": why, "table": table, "row_id": row["row_id"], "column": column,
        "value": plain(row[column]), "source_id": source,
    }  # fmt: skip


def _with_words(found: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """`found` with the first words that each cell rests on, where it names none itself."""
    wanted = set(found["row_id"])
    stated = evidence[evidence["start"].notna() & evidence["row_id"].isin(wanted)]
    words: dict[tuple, tuple] = {}
    for *key, start, end, quote in stated[[*_CELL, "start", "end", "quote"]].itertuples(index=False):
        words.setdefault(tuple(key), (int(start), int(end), quote))
    rows = []
    for row in found.to_dict("records"):
        if pd.isna(row["start"]) and (own := words.get((row["table"], row["row_id"], row["column"]))):
            row |= dict(zip(("start", "end", "quote"), own, strict=True))
        rows.append(row)
    kinds = dict.fromkeys(COLUMNS, "string") | {"start": "Int64", "end": "Int64"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds)
