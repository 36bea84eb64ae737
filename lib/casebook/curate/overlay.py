"""Cells, rows and evidence while the answers of people are laid over them."""

from collections.abc import Collection

import pandas as pd

from casebook.curate.anchor import Machine
from casebook.curate.values import declared, problem, typed
from casebook.errors import TableError
from casebook.schema import TABLES

_STATUS = {"confirm": "confirmed", "change": "corrected", "reject": "rejected", "add": "added"}
_OF_CASE = tuple(name for name, table in TABLES.items() if "case_id" in table.names)


class Overlay:
    """What becomes of the machine's tables. `known` are the rows, as (table, row_id), that the machine has."""

    def __init__(self, machine: Machine, known: Collection[tuple[str, str]]):
        self.known = known
        self._machine = machine
        self._cells: dict[str, dict[tuple[str, str], object]] = {}
        self._status: dict[tuple[str, str, str], str] = {}
        self._gone: dict[str, set[str]] = {}
        self._rows: dict[str, list[dict]] = {}
        self._words: list[dict] = []
        cases = machine.frames["cases"]
        self._case_of = dict(zip(cases["row_id"], cases["case_id"], strict=True))
        self._patients = set(cases["case_id"])

    def decide(self, key: tuple[str, str], rows: list[dict], fitting: list[dict]) -> list[dict]:
        """Note the answers `fitting` on one row, of which `rows` are all; returns those that cannot be, with `why`."""
        if key not in self.known:
            return self._add(key, rows, fitting)
        table, row_id = key
        failed = []
        for decision in fitting:
            column, action = decision["column"], decision["action"]
            if not column:
                self._gone.setdefault(table, set()).add(row_id)
                if table == "cases":
                    self._patients.discard(self._case_of[row_id])
                self._status |= {(table, row_id, name): "rejected" for name in TABLES[table].names}
                continue
            if action != "confirm":
                value = decision["new"] if action == "change" else ""
                if why := problem(TABLES[table], column, value):
                    failed.append({**decision, "why": why})
                    continue
                self._cells.setdefault(table, {})[row_id, column] = _typed(table, column, value)
            self._status[table, row_id, column] = _STATUS[action]
            if action == "change":
                self._words.append(_words(decision, row_id, "corrected"))
        return failed

    def result(self) -> dict[str, pd.DataFrame]:
        """The tables that changed, checked, and the evidence; what a rejected cell rested on stays in it, marked."""
        self._without_patients()
        changed = self._cells.keys() | self._rows.keys() | self._gone.keys()
        return {name: self._table(name) for name in changed} | {"evidence": self._evidence()}

    def _add(self, key: tuple[str, str], rows: list[dict], fitting: list[dict]) -> list[dict]:
        """Put in the new row that the cells of `fitting` make up."""
        table, row_id = key
        cells = [cell for cell in fitting if cell["column"] and cell["action"] != "reject"]
        if not cells:
            return []
        why = next(filter(None, (self._fault(table, cell) for cell in cells)), "")
        row = {"row_id": row_id} | {
            cell["column"]: _typed(table, cell["column"], _given(cell)) for cell in cells if not why
        }
        names = TABLES[table].names
        row |= {name: cells[0][name] or None for name in ("case_id", "source_id") if name in names}
        if not why and table != "cases" and cells[0]["case_id"] and cells[0]["case_id"] not in self._patients:
            why = f"the patient {cells[0]['case_id']} is not in cases"
        if not why and table == "cases" and row["case_id"] in self._patients:
            why = f"the patient {row['case_id']} is in cases already"
        try:
            if not why:
                TABLES[table].check(TABLES[table].frame([row]))
        except TableError as error:
            why = str(error)
        if why:
            return [{**cell, "why": why} for cell in cells]
        if table == "cases":
            self._patients.add(str(row["case_id"]))
        self._rows.setdefault(table, []).append(row)
        stated = {cell["column"]: cell for cell in rows if cell["action"] == "add"}
        for cell in cells:
            words = cell if cell["quote"] else stated.get(cell["column"], cell)
            self._words.append(_words(words, row_id, _STATUS[cell["action"]]))
        return []

    def _fault(self, table: str, cell: dict) -> str:
        text, start, end = self._machine.texts.get(cell["source_id"]), cell["start"], cell["end"]
        if text is None:
            return f"the source {cell['source_id']} is no longer among the reports"
        if cell["quote"] and (not start or text[int(start) : int(end)] != cell["quote"]):
            return "the words that it rests on are no longer at their place"
        return problem(TABLES[table], cell["column"], _given(cell))

    def _without_patients(self) -> None:
        """With a rejected patient goes what was told of them."""
        lost = {self._case_of[row_id] for row_id in self._gone.get("cases", ())} - self._patients
        for table in _OF_CASE if lost else ():
            frame = self._machine.frames[table]
            for row_id in frame["row_id"][frame["case_id"].isin(lost)]:
                self._gone.setdefault(table, set()).add(row_id)
                self._status |= {(table, row_id, name): "rejected" for name in TABLES[table].names}

    def _table(self, name: str) -> pd.DataFrame:
        table, frame = TABLES[name], self._machine.frames[name]
        by_column: dict[str, dict[str, object]] = {}
        for (row_id, column), value in self._cells.get(name, {}).items():
            by_column.setdefault(column, {})[row_id] = value
        new = {}
        for column, values in by_column.items():
            cells = frame[column].to_list()
            for at, row_id in enumerate(frame["row_id"]):
                if row_id in values:
                    cells[at] = values[row_id]
            new[column] = pd.array(cells, dtype=declared(table, column).dtype)
        frame = frame.assign(**{column: pd.Series(cells, index=frame.index) for column, cells in new.items()})
        if name in self._rows:
            frame = pd.concat([frame, table.frame(self._rows[name])], ignore_index=True)
        frame = frame[~frame["row_id"].isin(self._gone.get(name, ()))]
        if table.order:
            frame = frame.sort_values(list(table.order), kind="stable")
        return table.check(frame.reset_index(drop=True))

    def _evidence(self) -> pd.DataFrame:
        evidence = self._machine.frames["evidence"]
        keys = list(zip(evidence["table"], evidence["row_id"], evidence["column"], strict=True))
        status = [self._status.get(key, was) for key, was in zip(keys, evidence["status"], strict=True)]
        evidence = evidence.assign(status=pd.array(status, dtype="string"))
        places = set(zip(keys, evidence["start"], evidence["end"], strict=True)) if self._words else set()
        known = set(keys) if self._words else set()
        words = []
        for row in self._words:
            key = (row["table"], row["row_id"], row["column"])
            if (key, row["start"], row["end"]) in places if "start" in row else key in known:
                continue  # the machine names the same words
            words.append(row)
        if words:
            evidence = pd.concat([evidence, TABLES["evidence"].frame(words)], ignore_index=True)
        return TABLES["evidence"].check(evidence)


def _given(cell: dict) -> str:
    return cell["old"] if cell["action"] == "confirm" else cell["new"]


def _typed(table: str, column: str, text: str) -> object:
    return typed(text, declared(TABLES[table], column).dtype)


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
