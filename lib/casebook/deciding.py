"""What a person decides about a review: each decision one appended line, and the tables at once as it says."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from casebook.curate import Decision, append_all, read
from casebook.curate.anchor import plain, whole
from casebook.curate.decisions import next_time
from casebook.curate.drafts import Draft, Words, criterion_of, first_words, new_row_id, one_line, span_of
from casebook.curate.screening import UNREAD
from casebook.curate.standing import holding
from casebook.curate.together import together
from casebook.curate.values import problem
from casebook.errors import InputError
from casebook.protocol import Protocol
from casebook.reviewing import FIXED, Reviewing
from casebook.schema import TABLES

Quote = tuple[int, int] | tuple[str, int, int]
_DECIDABLE = tuple(name for name in TABLES if name not in ("sources", "evidence"))


class Deciding(Reviewing):
    """The methods of a review that add a decision.

    Each checks the value against the schema and the vocabulary, appends one line to the file of decisions (a new row:
    one for each of its cells), lays it over the tables, and returns it. Nothing is ever written again; `undo` is a line
    too.
    """

    protocol: Protocol

    def confirm(self, row_id: str, column: str, note: str = "") -> Decision:
        """Answer for the cell as the table shows it."""
        draft = self._draft(row_id, column)
        if draft.shown == draft.old:
            return self._write(draft.line("confirm", new=draft.old, note=note))
        return self._write(draft.line("change" if draft.shown else "reject", new=draft.shown, note=note))

    def change(self, row_id: str, column: str, new: object, note: str = "", quote: Quote | None = None) -> Decision:
        """Put `new` into the cell. `quote` is (start, end) of the words in the source's text, where they are others."""
        draft = self._draft(row_id, column, quote)
        value = one_line(new)
        if why := self.problem(draft.table, column, value, note):
            raise InputError(why)
        return self._write(draft.line("change" if value else "reject", new=value, note=note))

    def reject(self, row_id: str, column: str | None = None, note: str = "") -> Decision:
        """Empty the cell, or take the whole row out of its table where no column is named; its evidence stays."""
        draft = self._draft(row_id, column or "")
        if column and (why := problem(TABLES[draft.table], column, "")):
            raise InputError(f"{why}; reject the row instead")
        return self._write(draft.line("reject", note=note))

    def add(
        self, table: str, case_id: str, values: Mapping[str, object], quote: Quote | None = None, note: str = ""
    ) -> Decision:
        """A new row of `table` for a patient (of claims and conflicts: for a source) with these cells, which rest on
        the words (source_id, start, end).

        Returns the line of its first cell; to undo that is to undo the row.
        """
        cells = {name: one_line(value) for name, value in values.items()}
        cells = {name: value for name, value in cells.items() if value}
        if table not in _DECIDABLE:
            raise InputError(f"table: {table!r}, expected one of {', '.join(_DECIDABLE)}")
        own = "case_id" in TABLES[table].names
        source = str(quote[0]) if quote and len(quote) == 3 else case_id.rpartition("/")[0] if own else case_id
        faults = [self.problem(table, name, value, note) for name, value in cells.items()]
        if own and case_id and table != "cases" and not self._frames["cases"]["case_id"].eq(case_id).any():
            faults.append(f"case_id: {case_id!r} is not in cases")
        if own and case_id and case_id.rpartition("/")[0] != source:
            faults.append(f"case_id: {case_id!r} is no patient of the source {source!r}")
        words = span_of(quote, source, self.texts)
        row = {**cells, "row_id": new_row_id(table, case_id, source, words, cells)}
        row |= {"case_id": case_id, "source_id": source}
        faults += [problem(TABLES[table], name, row.get(name, "")) for name in TABLES[table].names if name not in cells]
        if self._frames[table]["row_id"].eq(row["row_id"]).any():
            faults.append("this row is there already")
        if faults := [fault for fault in faults if fault]:
            raise InputError("; ".join(faults))
        draft = Draft(table, row["row_id"], "", "", "", case_id if own else "", source, words)
        return self._write(*(draft.line("add", column=name, new=value, note=note) for name, value in cells.items()))

    def settle(self, row_id: str, column: str | None, new: object, note: str = "") -> Decision:
        """End a disagreement of two other persons: `new` is the value that holds, empty for none; for a whole row, with
        no column, "reject" or "keep"; for a source's row of `sources`, "included" or "excluded".
        """
        value = one_line(new)
        sources = self._frames["sources"]
        screening = sources["source_id"][sources["row_id"].eq(row_id)]
        if len(screening):
            draft, allowed = self._source(screening.iloc[0]), ("included", "excluded")
            if value == "included":
                self._readable(screening.iloc[0])
        else:
            draft, allowed = self._draft(row_id, column or ""), ("reject", "keep")
        if len(screening) or not column:
            why = "" if value in allowed else f"new: {value!r}, expected {' or '.join(allowed)}"
        else:
            why = self.problem(draft.table, column, value, note)
        if why:
            raise InputError(why)
        about = self.open[self.open["row_id"].eq(row_id)]
        if self.who in set(about["who"]):
            raise InputError(f"{self.who} is one of those who differ: a third person settles it")
        return self._write(draft.line("settle", new=value, note=note))

    def undo(self, decision: "Decision | str", note: str = "") -> Decision:
        """Take back a decision, by its name or as it was returned; an undo too. Of an added row all cells go."""
        name = decision.decision if isinstance(decision, Decision) else str(decision)
        held = holding(self._lines)
        undoing = self._lines[self._lines["action"].eq("undo")]
        found = pd.concat([held, undoing])
        found = found[found["decision"].eq(name)]
        if found.empty or name in set(undoing["new"]) - set(held["decision"]) - set(undoing["decision"]):
            raise InputError(f"decision {name!r}: no such decision holds; review.decisions lists all")
        row = found.to_dict("records")[0]
        with_it = held[held["action"].eq("add") & held["row_id"].eq(row["row_id"]) & held["who"].eq(row["who"])]
        names = list(with_it["decision"]) if row["action"] == "add" else [name]
        where = {key: row[key] for key in ("table", "row_id", "column", "case_id", "source_id")}
        return self._write(*({"action": "undo", **where, "new": one, "note": note} for one in names))

    def include(self, source_id: str, criterion: str = "") -> Decision:
        """Keep the source in the review, by a criterion of the protocol, even where sources.csv leaves it out: its
        report is then read.
        """
        return self._screen("include", source_id, criterion)

    def exclude(self, source_id: str, criterion: str) -> Decision:
        """Leave the source out of every table, by a criterion of the protocol."""
        return self._screen("exclude", source_id, criterion)

    def _draft(self, row_id: str, column: str, quote: Quote | None = None) -> Draft:
        """What is known of a cell, or of a whole row. Raises InputError where there is none."""
        table = row_id.split("-")[0]
        if table not in TABLES:
            raise InputError(f"row_id: {row_id!r} names no row of {', '.join(_DECIDABLE)}")
        if column and (column not in TABLES[table].names or column in FIXED):
            own = [name for name in TABLES[table].names if name not in FIXED]
            raise InputError(f"column: {column!r}, expected one of {', '.join(own)}")
        frame, before = self._frames[table], self._machine.row(table, row_id)
        rows = frame[frame["row_id"].eq(row_id)].to_dict("records")
        row = rows[0] if rows else before
        if row is None and (lines := self._added(row_id)):
            return replace(lines.get(column) or next(iter(lines.values())), column=column)
        if row is None:
            raise InputError(f"row_id: there is no row {row_id!r} in {table}")
        case_id = plain(row.get("case_id"))
        source = plain(row.get("source_id")) or case_id.rpartition("/")[0]
        shown = plain(row[column]) if column else whole(row)
        old = shown if before is None else plain(before[column]) if column else whole(before)
        if quote:
            words = span_of(quote, source, self.texts)
        else:
            words = first_words(self._machine.words.get((table, row_id), ()), column)
        return Draft(table, row_id, column, old, shown, case_id, source, words)

    def _added(self, row_id: str) -> dict[str, Draft]:
        """The cells of a row that somebody added and that is not in the tables, for persons differ on it."""
        held = together(holding(self._lines))
        held = held[held["action"].eq("add") & held["row_id"].eq(row_id)]
        return {
            row["column"]: Draft(
                row["table"], row_id, row["column"], row["new"], "", row["case_id"], row["source_id"],
                Words(int(row["start"]), int(row["end"]), row["quote"]) if row["quote"] else None,
            )
            for row in held.to_dict("records")
        }  # fmt: skip

    def _source(self, source_id: str) -> Draft:
        sources = self._frames["sources"]
        rows = sources[sources["source_id"].eq(source_id)].to_dict("records")
        if not rows:
            raise InputError(f"source_id: there is no source {source_id!r}; review.sources lists them")
        if rows[0]["status"] == "quarantined":
            raise InputError(f"source_id: {source_id} cannot be read: {plain(rows[0]['reason'])}")
        return Draft("sources", rows[0]["row_id"], "status", rows[0]["status"], rows[0]["status"], "", source_id)

    def _screen(self, action: str, source_id: str, criterion: str) -> Decision:
        told = criterion_of(criterion, self.protocol.include, self.protocol.exclude, needed=action == "exclude")
        draft = self._source(source_id)
        if action == "include":
            self._readable(source_id)
        return self._write(draft.line(action, new=f"{action}d", note=told))

    def _readable(self, source_id: str) -> None:
        """Raise InputError where the text of a source that sources.csv leaves out is not to be had."""
        if self._machine.screened[source_id] == "excluded" and source_id not in self._machine.overruled:
            self._read_too({source_id})
            if source_id not in self._machine.overruled:
                raise InputError(f"source_id: {source_id}: {UNREAD}; load the review from the folder of the reports")

    def _write(self, *lines: Mapping[str, str]) -> Decision:
        """Append the lines, lay them over the tables, and return the first."""
        if self._lines_file is None:
            raise InputError("this review keeps no decisions: load it with casebook.load, without decisions=''")
        at, who = next_time(self._lines), self.who
        kept = append_all(self._lines_file, [Decision(at=at, who=who, **line) for line in lines])
        self._lay(read(self._lines_file))
        return kept[0]
