"""Decisions laid over the machine's tables: what still fits is applied, the rest is shown, nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from casebook.curate.anchor import Place, find
from casebook.curate.decisions import COLUMNS
from casebook.curate.standing import standing
from casebook.curate.values import problem, typed
from casebook.errors import TableError
from casebook.schema import TABLES

_STATUS = {"confirm": "confirmed", "change": "corrected", "reject": "rejected", "add": "added"}


@dataclass(frozen=True)
class Curated:
    """`frames` with the decisions in them, evidence included, and `open`: decisions that need another look, with `why`
    they do.
    """

    frames: dict[str, pd.DataFrame]
    open: pd.DataFrame


def apply(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str], decisions: pd.DataFrame) -> Curated:
    """The tables as people left them: of each person the latest answer for a cell; where two differ, none until it is
    settled.

    An answer applies where the machine still gives the answer `old` for the words `quote` in the same place, or where
    exactly one row of the same patient rests on the same words elsewhere. Otherwise it is in `open`.
    """
    found = {name: frame.copy() for name, frame in frames.items()}
    answers, differing = standing(decisions)
    open_rows = differing.to_dict("records")
    for name, rows in answers.groupby("table", sort=False):
        table = str(name)
        values = _Values(table, found[table], found["evidence"])
        for decision in rows[rows["action"].ne("add")].to_dict("records"):
            place = find(decision, values.frame, values.evidence, texts)
            if why := place.why or values.decide(decision, place):
                open_rows.append({**decision, "why": why})
        added = rows[rows["action"].eq("add")]
        for row_id, cells in added.groupby("row_id", sort=False):
            why = values.add(str(row_id), cells.to_dict("records"), texts)
            open_rows += [{**cell, "why": why} for cell in cells.to_dict("records") if why]
        found[table], found["evidence"] = values.result()
    return Curated(found, pd.DataFrame(open_rows, columns=[*COLUMNS, "why"], dtype="string"))


class _Values:
    """One table and its evidence while decisions change them."""

    def __init__(self, name: str, frame: pd.DataFrame, evidence: pd.DataFrame):
        self.table = TABLES[name]
        self.frame = frame
        self.evidence = evidence
        self._cells: dict[tuple[str, str], object] = {}
        self._status: dict[tuple[str, str], str] = {}
        self._gone: set[str] = set()
        self._rows: list[dict] = []
        self._words: list[dict] = []

    def decide(self, decision: dict, place: Place) -> str:
        """Note what becomes of one cell or row; a word why not, where it cannot be."""
        row_id, column, action = place.row_id, decision["column"], decision["action"]
        if not column:
            self._gone.add(row_id)
            self._status |= {(row_id, name): "rejected" for name in self.table.names}
            return ""
        if action != "confirm":
            value = decision["new"] if action == "change" else ""
            if why := problem(self.table, column, value):
                return why
            self._cells[row_id, column] = self._typed(column, value)
        self._status[row_id, column] = _STATUS[action]
        if action == "change" and decision["quote"]:
            self._words.append(_words(decision, row_id, "corrected"))
        return ""

    def add(self, row_id: str, cells: list[dict], texts: Mapping[str, str]) -> str:
        """Put in the row that `cells` make up; a word why not, where it cannot be."""
        for cell in cells:
            text = texts.get(cell["source_id"], "")
            start, end = cell["start"], cell["end"]
            if cell["quote"] and (not start or text[int(start) : int(end)] != cell["quote"]):
                return "the words that it rests on are no longer at their place"
            if why := problem(self.table, cell["column"], cell["new"]):
                return why
        row = {"row_id": row_id} | {cell["column"]: self._typed(cell["column"], cell["new"]) for cell in cells}
        if "case_id" in self.table.names:
            row["case_id"] = cells[0]["case_id"]
        if "source_id" in self.table.names:
            row["source_id"] = cells[0]["source_id"]
        try:
            self.table.check(self.table.frame([row]))
        except TableError as error:
            return str(error)
        self._rows.append(row)
        self._words += [_words(cell, row_id, "added") for cell in cells]
        return ""

    def result(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The checked table and the evidence. A rejected cell's evidence stays, marked."""
        frame, evidence = self.frame, self.evidence
        for (row_id, column), value in self._cells.items():
            frame.loc[frame["row_id"].eq(row_id), column] = value
        own = evidence["table"].eq(self.table.name)
        keys = pd.Series(list(zip(evidence["row_id"], evidence["column"], strict=True)), index=evidence.index)
        status = keys.where(own).map(self._status)
        evidence["status"] = status.astype("string").fillna(evidence["status"])
        if self._rows:
            frame = pd.concat([frame, self.table.frame(self._rows)], ignore_index=True)
        frame = frame[~frame["row_id"].isin(self._gone)]
        if self._words:
            evidence = pd.concat([evidence, TABLES["evidence"].frame(self._words)], ignore_index=True)
        if self.table.order:
            frame = frame.sort_values(list(self.table.order), kind="stable")
        return self.table.check(frame.reset_index(drop=True)), TABLES["evidence"].check(evidence)

    def _typed(self, column: str, text: str) -> object:
        kind = next(c.dtype for c in self.table.columns if c.name == column)
        return typed(text, kind)


def _words(decision: dict, row_id: str, status: str) -> dict:
    row = {
        "table": decision["table"],
        "row_id": row_id,
        "column": decision["column"],
        "source_id": decision["source_id"],
        "rule": f"decision.{decision['decision']}",
        "status": status,
    }
    if decision["quote"]:
        return {**row, "start": int(decision["start"]), "end": int(decision["end"]), "quote": decision["quote"]}
    return {**row, "derived_from": f"{decision['who']}: {decision['note'] or 'no note'}"}
