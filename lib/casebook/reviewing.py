"""A review as people left it: their decisions over what the machine said, what waits, and how far they agree."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from casebook.curate import Curated, Machine, lay, read
from casebook.curate.agreement import agreement, disagreements
from casebook.curate.decisions import COLUMNS, torn
from casebook.curate.drafts import one_line, who_am_i
from casebook.curate.labels import LABELS, suggestions, unknown
from casebook.curate.queue import Queue, queue, to_ask
from casebook.curate.screening import wanted
from casebook.curate.standing import holding
from casebook.curate.together import together
from casebook.curate.values import problem
from casebook.errors import InputError
from casebook.schema import TABLES
from casebook.written import Without, keep_machine

FIXED = ("row_id", "case_id", "source_id")  # columns that name a row
_OF_TABLES = ("patients", "screening", "written")  # what a review keeps that follows from its tables


class Reviewing:
    """The tables with the decisions of people laid over what the machine said, and how these compare."""

    vocabulary: Path
    texts: Mapping[str, str]
    _frames: Mapping[str, pd.DataFrame]
    _machine: Machine
    _curated: Curated
    _lines: pd.DataFrame
    _lines_file: Path | None = None
    _asked: tuple[Machine, pd.DataFrame] | None = None  # what there is to look at, of which machine
    _reviewer = ""
    _blind = False

    def _begin(self, machine: Machine, file: Path | None, reviewer: str | None) -> None:
        """Lay the decisions of `file` over what the machine read; those of `reviewer` alone, if one is named."""
        self._machine, self._lines_file = machine, file
        self._reviewer, self._blind = reviewer or "", bool(reviewer)
        self._lay(read(file) if file else _none())

    def _lay(self, lines: pd.DataFrame) -> None:
        self._lines = lines[lines["who"].eq(self._reviewer)].reset_index(drop=True) if self._blind else lines
        if len(self._lines) and self._machine.decided:
            raise InputError(
                "these tables hold decisions already, but not what the machine said before them: write them with "
                "`casebook tables`, or load them with decisions=''"
            )
        if names := wanted(self._machine, self._lines):
            self._read_too(names)
        self._curated = lay(self._machine, self._lines)
        self._frames = self._curated.frames
        excluded, texts = self._curated.excluded, self._machine.texts
        self.texts = Without(texts, excluded) if excluded else texts
        for name in _OF_TABLES:
            self.__dict__.pop(name, None)

    def _read_too(self, names: Collection[str]) -> None:
        """Read reports that sources.csv leaves out, where they can be found."""

    @property
    def machine(self) -> Mapping[str, pd.DataFrame]:
        """The tables as the machine filled them, before any decision."""
        return self._machine.frames

    def keep_machine(self, folder: Path) -> None:
        """Write beside the tables in `folder` what the machine said where people decided otherwise."""
        excluded = {name: self._machine.texts[name] for name in self._curated.excluded}
        keep_machine(folder, self._frames, self.machine, excluded)

    @property
    def decisions(self) -> pd.DataFrame:
        """Every line of decisions.csv that this review sees, by time; `action` undo names in `new` what it undoes."""
        return self._lines

    @property
    def open(self) -> pd.DataFrame:
        """Decisions that need another look and are not applied, with `why`: the source or the machine's answer is
        another now, or two persons differ. Decide anew, `settle`, or `undo`.
        """
        return self._curated.open

    @property
    def told(self) -> list[str]:
        """The decisions in one line, for whoever prints the review; none where there are none."""
        if self._lines.empty:
            return []
        waiting = self.open["decision"].nunique()
        look = f"; {waiting:,} need another look, see review.open" if waiting else ""
        return [f"{len(self._lines):,} decisions by {', '.join(sorted(set(self._lines['who'])))}{look}"]

    @property
    def torn(self) -> list[int]:
        """Lines of the file that a killed run left unfinished; their decisions were never confirmed to anyone."""
        return torn(self._lines_file) if self._lines_file else []

    @property
    def who(self) -> str:
        """Who decides: the `reviewer` that the review was loaded for, else CASEBOOK_REVIEWER, else git's user.name.

        Raises InputError where nobody is named; `review.who = "Ada"` names one.
        """
        return who_am_i(self._reviewer)

    @who.setter
    def who(self, name: str) -> None:
        if self._blind and name != self._reviewer:
            raise InputError(f"this review shows the decisions of {self._reviewer} only; load it anew for {name}")
        self._reviewer = who_am_i(name)

    def problem(self, table: str, column: str, value: object, note: str = "") -> str:
        """Why the value cannot stand there, with suggestions; empty where it can. A new label needs a note."""
        if table not in TABLES or column not in TABLES[table].names:
            return f"{table} has no column {column!r}; see `casebook dictionary`"
        if column in FIXED:
            return f"{column}: names the row and cannot be changed; reject the row and add another"
        text = one_line(value)
        if why := problem(TABLES[table], column, text):
            return why
        return "" if note.strip() else unknown(self.vocabulary, table, column, text, self._used(table, column))

    def suggest(self, table: str, column: str, text: str) -> list[str]:
        """What somebody who typed `text` into that column may mean, the likeliest first."""
        wanted = next((one for one in TABLES[table].columns if one.name == column), None)
        if wanted is not None and wanted.allowed:
            return [value for value in wanted.allowed if text.casefold() in value.casefold()] or list(wanted.allowed)
        return suggestions(self.vocabulary, table, column, text, self._used(table, column))

    def agreement(self, one: str, other: str = "machine") -> pd.DataFrame:
        """How far two persons agree on the cells that both answered, per field: n, same, percent, kappa and alpha with
        95 % intervals. "machine" may be one of the two.
        """
        return agreement(self._seen_by_all(), one, other)

    def disagreements(self, one: str, other: str = "machine") -> pd.DataFrame:
        """The cells on which the two differ, side by side, with the `sentence` and what was `settled`."""
        found = disagreements(self._seen_by_all(), one, other)
        lines = together(holding(self._lines))
        lines = lines[lines["action"].eq("settle")]
        settled = dict(zip(zip(lines["row_id"], lines["column"], strict=True), lines["new"], strict=True))
        keys = zip(found["row_id"], found["column"].replace("row", ""), strict=True)
        sentences = [self._sentence(row) for row in found.to_dict("records")]
        return found.assign(sentence=pd.array(sentences, dtype="string"),
                            settled=pd.array([settled.get(key) for key in keys], dtype="string"))  # fmt: skip

    def queue(self) -> Queue:
        """What to look at first, a row per cell; `.progress` tells how many of them are done, as "12 of 80"."""
        if self._asked is None or self._asked[0] is not self._machine:
            self._asked = (self._machine, to_ask(self.machine))
        return queue(self._asked[1], self._curated, self._lines)

    def _used(self, table: str, column: str) -> set[str]:
        return set(self._frames[table][column].dropna()) if (table, column) in LABELS else set()

    def _seen_by_all(self) -> pd.DataFrame:
        if self._blind:
            raise InputError(f"this review shows the decisions of {self._reviewer} only; load it without reviewer")
        return self._lines

    def _sentence(self, row: Mapping[str, Any]) -> str | None:
        if not row["start"] or row["source_id"] not in self.texts:
            return None
        pieces = self.sentence(row["source_id"], int(row["start"]), int(row["end"]))  # type: ignore[attr-defined]
        return " … ".join(self.texts[row["source_id"]][low:high] for low, high in pieces)


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS), dtype="string")
