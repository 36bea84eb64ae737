"""Where a decision belongs in the tables of this run."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from casebook.written import Written

_IDENTITY = ("row_id", "case_id", "source_id")


@dataclass(frozen=True)
class Place:
    """The row that a decision is about, or `why` none is."""

    row_id: str = ""
    why: str = ""


class Machine:
    """The tables as they were read, before anybody decided, made quick to search."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]):
        self.frames = frames
        self.texts = texts
        self._tables: dict[str, dict[str, int]] = {}

    def row(self, table: str, row_id: str) -> dict | None:
        """The cells of a row, None where there is none of that name."""
        at = self._rows(table).get(row_id)
        return None if at is None else self._records(table)[at]

    def find(self, decision: dict) -> Place:
        """The row of that name if its cell and words are still those that the person saw, else the one row of the same
        patient and value whose words are the same.
        """
        row = self.row(decision["table"], decision["row_id"])
        if row is not None:
            return self._same(decision, row)
        if decision["source_id"] and decision["source_id"] not in self.texts:
            return Place(why=f"the source {decision['source_id']} is no longer among the reports")
        if not decision["quote"]:
            return Place(why="the row is gone, and the decision has no words to find it by")
        return self._moved(decision)

    @cached_property
    def quotes(self) -> dict[tuple[str, str, str], dict[str, set[str]]]:
        """(table, source_id, quote) to the rows that rest on those words, each with its columns that do."""
        found: dict[tuple[str, str, str], dict[str, set[str]]] = {}
        stated = self.frames["evidence"]
        stated = stated[stated["start"].notna()]
        for table, source_id, quote, row_id, column in zip(
            stated["table"], stated["source_id"], stated["quote"], stated["row_id"], stated["column"], strict=True
        ):
            found.setdefault((table, source_id, quote), {}).setdefault(row_id, set()).add(column)
        return found

    @cached_property
    def words(self) -> dict[tuple[str, str], list[tuple[str, int, int, str]]]:
        """(table, row_id) to the words that the row rests on: column, start, end, quote."""
        found: dict[tuple[str, str], list[tuple[str, int, int, str]]] = {}
        stated = self.frames["evidence"]
        stated = stated[stated["start"].notna()]
        for table, row_id, column, start, end, quote in zip(
            *(stated[name] for name in ("table", "row_id", "column", "start", "end", "quote")), strict=True
        ):
            found.setdefault((table, row_id), []).append((column, int(start), int(end), quote))
        return found

    @cached_property
    def decided(self) -> bool:
        """Whether these are not the machine's tables, for decisions are in them."""
        return bool(self.frames["evidence"]["status"].ne("machine").any())

    @cached_property
    def screened(self) -> dict[str, str]:
        """What became of each source."""
        sources = self.frames["sources"]
        return dict(zip(sources["source_id"], sources["status"], strict=True))

    @cached_property
    def overruled(self) -> frozenset[str]:
        """Sources that sources.csv leaves out and that were read all the same: a person included them."""
        if isinstance(self.frames, Written) and not self.frames.rescreened:
            return frozenset()
        return frozenset(name for name, status in self.screened.items() if status == "excluded" and name in self.texts)

    def _same(self, decision: dict, row: dict) -> Place:
        column, had = decision["column"], decision["old"]
        has = plain(row[column]) if column else whole(row)
        if had != has and (column or had):
            return Place(why=f"the machine's answer was {had or 'nothing'} and is {has or 'nothing'} now")
        if decision["quote"]:
            text = self.texts.get(decision["source_id"], "")
            if text[int(decision["start"]) : int(decision["end"])] != decision["quote"]:
                return Place(why="the source was edited: its words are no longer at their place")
        return Place(row_id=decision["row_id"])

    def _moved(self, decision: dict) -> Place:
        table, column, had = decision["table"], decision["column"], decision["old"]
        resting = self.quotes.get((table, decision["source_id"], decision["quote"]), {})
        answers: dict[str, str] = {}
        for row_id, columns in resting.items():
            row = self.row(table, row_id)
            if row is None or (column and column not in columns):
                continue
            if not decision["case_id"] or decision["case_id"] == (plain(row.get("case_id")) or decision["case_id"]):
                answers[row_id] = plain(row[column]) if column else whole(row)
        same = [row_id for row_id, answer in answers.items() if answer == had or not (column or had)]
        if len(same) == 1:
            return Place(row_id=same[0])
        if same:
            return Place(why=f"{len(same)} rows rest on the same words")
        if len(answers) == 1:
            return Place(why=f"the machine's answer was {had or 'nothing'} and is {next(iter(answers.values()))} now")
        return Place(why="the row is gone")

    def _rows(self, table: str) -> dict[str, int]:
        if table not in self._tables:
            self._tables[table] = {str(row_id): at for at, row_id in enumerate(self.frames[table]["row_id"])}
        return self._tables[table]

    def _records(self, table: str) -> list[dict]:
        if table not in self._cells:
            self._cells[table] = self.frames[table].to_dict("records")
        return self._cells[table]

    @cached_property
    def _cells(self) -> dict[str, list[dict]]:
        return {}


def plain(value: object) -> str:
    """A cell as decisions.csv writes it."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def whole(row: Mapping) -> str:
    """A row as decisions.csv writes it: what it says, without names and what is empty."""
    return "; ".join(f"{name} {plain(cell)}" for name, cell in row.items() if name not in _IDENTITY and plain(cell))
