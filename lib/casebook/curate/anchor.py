"""Where a decision belongs in the tables of this run."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Place:
    """The row that a decision is about, or `why` none is."""

    row_id: str = ""
    why: str = ""


def find(decision: dict, frame: pd.DataFrame, evidence: pd.DataFrame, texts: Mapping[str, str]) -> Place:
    """The row of that name if its cell and words are still those that the person saw, else the one row of the same
    patient and value whose words are the same.
    """
    own = frame[frame["row_id"].eq(decision["row_id"])]
    if len(own) == 1:
        return _same(decision, own.iloc[0], evidence, texts)
    if decision["source_id"] and decision["source_id"] not in texts:
        return Place(why=f"the source {decision['source_id']} is no longer among the reports")
    if not decision["quote"]:
        return Place(why="the row is gone, and the decision has no words to find it by")
    return _moved(decision, frame, evidence)


def _same(decision: dict, row: pd.Series, evidence: pd.DataFrame, texts: Mapping[str, str]) -> Place:
    column = decision["column"]
    if column and plain(row[column]) != decision["old"]:
        had, has = decision["old"] or "nothing", plain(row[column]) or "nothing"
        return Place(why=f"the machine's answer was {had} and is {has} now")
    if decision["quote"]:
        text = texts.get(decision["source_id"], "")
        if text[int(decision["start"]) : int(decision["end"])] != decision["quote"]:
            return Place(why="the source was edited: its words are no longer at their place")
    return Place(row_id=decision["row_id"])


def _moved(decision: dict, frame: pd.DataFrame, evidence: pd.DataFrame) -> Place:
    stated = evidence[
        evidence["table"].eq(decision["table"])
        & evidence["source_id"].eq(decision["source_id"])
        & evidence["quote"].eq(decision["quote"])
    ]
    if decision["column"]:
        stated = stated[stated["column"].eq(decision["column"])]
    rows = frame[frame["row_id"].isin(stated["row_id"])]
    if "case_id" in frame and decision["case_id"]:
        rows = rows[rows["case_id"].eq(decision["case_id"])]
    if decision["column"]:
        rows = rows[rows[decision["column"]].map(plain).eq(decision["old"])]
    if len(rows) == 1:
        return Place(row_id=str(rows["row_id"].iloc[0]))
    return Place(why="the row is gone" if rows.empty else f"{len(rows)} rows rest on the same words")


def plain(value: object) -> str:
    """A cell as decisions.csv writes it."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
