"""Adjudication as a widget: what two persons answered differently, side by side, for a third to settle."""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.curate.agreement import MACHINE, NONE
from casebook.curate.anchor import whole
from casebook.curate.standing import ANSWERS, answers, holding
from casebook.curate.together import together
from casebook.deciding import Deciding
from casebook.errors import InputError
from casebook.schema import TABLES
from casebook.viewer import asset
from casebook.viewer.content import declared
from casebook.viewer.printed import listed_html, listed_text
from casebook.viewer.widget import SHARED, STYLE, Widget, called, tried, typed

_PRINTED = ("table", "column", "source", "first", "second", "settled")
_KEEP = {"keep": "keep the row", "reject": "no such row"}
_TITLE = 60  # letters of a report that has none
_CUT = " … "  # between the pieces of a sentence


class Adjudicate(Widget):
    """Each disagreement of `one` and `other` with its sentence, the words marked; choose an answer or give another.

    What is settled is a line of decisions.csv and holds at once. A third person settles; see the keys with `?`.
    """

    _esm = SHARED + asset("settling.js") + "export default shown(Adjudicate);"
    _css = STYLE + asset("tasks.css")

    def __init__(self, review: Deciding, one: str = "", other: str = "", editable: bool = True):
        self._review = review
        self._both = _persons(review, one, other)
        self._items = {item["key"]: item for item in self._found()}
        content = {"one": self._both[0], "other": self._both[1], "items": list(self._items.values())}
        super().__init__(review, content, editable)

    def _found(self) -> Iterator[dict]:
        """The disagreements, a whole row that one of the two rejects as one, and sources last."""
        one, other = self._both
        lines = together(holding(self._review.decisions))
        settled = {
            (row["row_id"], row["column"]): row for row in lines[lines["action"].eq("settle")].to_dict("records")
        }
        given = answers(self._review.decisions)
        given = given[given["column"].eq("") & given["action"].eq("reject")]
        rejecting = {(row_id, who) for row_id, who in zip(given["row_id"], given["who"], strict=True)}
        seen = set()
        found = self._review.disagreements(one, other)
        for row in sorted(found.to_dict("records"), key=_order):
            none = [(row["row_id"], who) in rejecting for who in (one, other)]
            column = "" if any(none) else row["column"]
            key = (row["row_id"], column)
            if key in seen:
                continue
            seen.add(key)
            sides = [row["first"], row["second"]]
            choices = [["" if side == NONE else side, "nothing" if side == NONE else side] for side in sides]
            if not column:
                told = found[found["row_id"].eq(row["row_id"])]
                cells = zip(told["column"], told["second" if none[0] else "first"], strict=True)
                kept = "; ".join(f"{name}: {value}" for name, value in cells)
                choices = [["reject", _KEEP["reject"]] if rejected else ["keep", kept] for rejected in none]
            yield self._item(row, column, choices, settled.get(key))
        for source_id, said in _screened_differently(lines, one, other).items():
            place = self._review._source(source_id)
            row = {"table": "sources", "row_id": place.row_id, "source_id": source_id, "case_id": "", "start": ""}
            choices = [[line["new"], ": ".join(filter(None, (line["new"], line["note"])))] for line in said]
            yield self._item(row, "status", choices, settled.get((place.row_id, "status")))

    def _item(self, row: Mapping, column: str, choices: list[list[str]], settled: Mapping | None) -> dict:
        table, source_id = row["table"], row["source_id"]
        free = bool(column) and table != "sources"
        own = self._review._machine.row(table, row["row_id"])
        return {
            "key": f"{row['row_id']} {column}",
            "table": table,
            "column": column,
            "row_id": row["row_id"],
            "case": row["case_id"],
            "source": called(self._review, source_id, _TITLE),
            "row": whole(own) if own and table != "sources" else "",
            **self._sentence(row),
            "choices": choices,
            "first": choices[0][1],
            "second": choices[1][1],
            "field": next(one for one in declared(table)["columns"] if one["name"] == column) if free else None,
            "settled": _KEEP.get(settled["new"], settled["new"] or "nothing") if settled else "",
            "value": settled["new"] if settled else None,
            "by": f"{settled['who']}, {settled['at'][:10]}" if settled else "",
        }

    def _sentence(self, row: Mapping) -> dict:
        """The sentence, and where in it the words of the cell stand, or those of its row where it has none."""
        named = self._review._machine.words.get((row["table"], row["row_id"]), [])
        start, end = (int(row["start"]), int(row["end"])) if row["start"] else named[0][1:3] if named else (0, 0)
        if not end or row["source_id"] not in self._review.texts:
            return {"sentence": "", "marks": []}
        text, sentence, marks = self._review.texts[row["source_id"]], "", []
        for low, high in self._review.sentence(row["source_id"], start, end):  # type: ignore[attr-defined]
            at = len(sentence) + (len(_CUT) if sentence else 0)
            sentence += (_CUT if sentence else "") + text[low:high]
            if (first := max(low, start)) < (last := min(high, end)):
                marks.append([at + first - low, at + last - low, "cb-words"])
        return {"sentence": sentence, "marks": marks}

    def _answer(self, asked: Mapping) -> dict:
        kind = str(asked.get("kind"))
        if kind == "try":
            return tried(self._review, asked)
        said = {"settle": self._settle, "undo": self._undo}[kind](asked)
        now = {item["key"]: item for item in self._found()}
        changed = [item for key, item in now.items() if self._items.get(key) != item]
        self._items = now
        self.content["items"] = list(now.values())  # in place: for a page that loads again
        return {**said, "items": changed}

    def _settle(self, asked: Mapping) -> dict:
        item, value, note = self._items[str(asked["key"])], typed(asked["value"]), typed(asked["note"])
        if item["field"] and (why := self._review.problem(item["table"], item["column"], value, note)):
            return {"problem": why, "column": item["column"]}
        if item["table"] == "sources":
            note = note or item["choices"][[choice[0] for choice in item["choices"]].index(value)][1].partition(": ")[2]
        self._review.settle(item["row_id"], item["column"] or None, value, note)
        return {"said": f"settled: {item['column'] or 'the whole row'} is {_KEEP.get(value, value or 'empty')}"}

    def _undo(self, asked: Mapping) -> dict:
        held = holding(self._review.decisions)
        own = held[held["who"].eq(self._review.who) & held["action"].eq("settle")]
        if own.empty:
            raise InputError("there is nothing of yours to undo here")
        last = own.iloc[-1]
        self._review.undo(last["decision"])
        key = f"{last['row_id']} {last['column']}"
        return {"said": f"undone: settle {last['column'] or 'the whole row'}", "key": key}

    def _as_text(self) -> str:
        return listed_text(self._head(), list(self._items.values()), _PRINTED)

    def _as_html(self) -> str:
        return listed_html(self._head(), list(self._items.values()), _PRINTED)

    def _head(self) -> str:
        done = sum(bool(item["by"]) for item in self._items.values())
        return f"{self._both[0]} and {self._both[1]} differ on {len(self._items):,}; {done:,} settled"


def _order(row: Mapping) -> tuple:
    """By source, and there as the text goes; of one row as the schema has its columns."""
    names = [*TABLES[row["table"]].names, "row"]
    place = int(row["start"] or 0)
    return row["source_id"], list(TABLES).index(row["table"]), place, row["row_id"], names.index(row["column"])


def _persons(review: Deciding, one: str, other: str) -> tuple[str, str]:
    """The two who differ, by name or because nobody else has answered."""
    lines = review.decisions
    screens = (*ANSWERS, "include", "exclude")
    answered = sorted(set(lines["who"][lines["action"].isin(screens) & lines["action"].ne("settle")]))
    if not (one or other) and len(answered) == 2:
        return answered[0], answered[1]
    for who in (one, other):
        if who == MACHINE or who not in answered:
            named = ", ".join(answered) or "nobody"
            raise InputError(f"who: {who!r}, expected two of those who answered: {named}")
    return one, other


def _screened_differently(lines: pd.DataFrame, one: str, other: str) -> dict[str, list[dict]]:
    """What the two last said of each source, where they differ: of `one`, of `other`."""
    said: dict[str, dict[str, dict]] = {}
    for row in lines[lines["action"].isin(("include", "exclude"))].to_dict("records"):
        said.setdefault(row["source_id"], {})[row["who"]] = row
    both = {name: [by[one], by[other]] for name, by in said.items() if one in by and other in by}
    return {name: rows for name, rows in both.items() if rows[0]["new"] != rows[1]["new"]}
