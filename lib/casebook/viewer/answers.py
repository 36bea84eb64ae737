"""What a person does about one report in the browser becomes a line of decisions.csv, checked here."""

from collections.abc import Callable, Mapping

from casebook.curate.standing import holding
from casebook.curate.together import together
from casebook.deciding import Deciding
from casebook.errors import InputError
from casebook.viewer.content import content, rows
from casebook.viewer.widget import UNKNOWN, tried, typed


class Report:
    """One report in a browser that has been sent `content`; decisions go through `review`, whose tables hold them at
    once. Raises InputError for an unknown source.
    """

    def __init__(self, review: Deciding, source_id: str):
        self._review, self.source_id = review, source_id
        self.content = content(review, source_id)
        self._shown = {row["id"]: row for row in self.content["rows"]}

    def answer(self, asked: Mapping) -> dict:
        """The answer to a message, and the rows that changed where something was decided. Raises InputError."""
        answers: dict[str, Callable[[Mapping], dict]] = {
            "try": self._try, "confirm": self._confirm, "change": self._change, "reject": self._reject,
            "add": self._add, "undo": self._undo,
        }  # fmt: skip
        answer = answers.get(str(asked.get("kind")), self._unknown)(asked)
        return answer | self.changed() if "said" in answer else answer

    def _try(self, asked: Mapping) -> dict:
        return tried(self._review, asked)

    def _confirm(self, asked: Mapping) -> dict:
        row, columns = self._own(asked), [str(column) for column in asked["columns"]]
        if not columns:
            raise InputError("every cell of this row is decided already")
        for column in columns:
            self._review.confirm(row, column)
        return {"said": f"confirmed: {', '.join(columns)}"}

    def _change(self, asked: Mapping) -> dict:
        row, column, value, note = self._own(asked), str(asked["column"]), typed(asked["value"]), typed(asked["note"])
        if why := self._review.problem(self._shown[row]["table"], column, value, note):
            return {"problem": why, "column": column}
        self._review.change(row, column, value, note, quote=_words(asked))
        return {"said": f"corrected: {column} is {value or 'empty'}"}

    def _reject(self, asked: Mapping) -> dict:
        column = str(asked["column"])
        self._review.reject(self._own(asked), column or None)
        return {"said": f"rejected: {column or 'the whole row'}"}

    def _add(self, asked: Mapping) -> dict:
        table, note = str(asked["table"]), typed(asked["note"])
        values = {str(name): typed(value) for name, value in dict(asked["values"]).items()}
        for column, value in values.items():
            if why := self._review.problem(table, column, value, note):
                return {"problem": why, "column": column}
        words = _words(asked)
        quote = (self.source_id, *words) if words else None
        of_source = table in ("claims", "conflicts")
        line = self._review.add(table, self.source_id if of_source else typed(asked["case"]), values, quote, note)
        return {"said": f"added to {table}", "row": self._named(line.row_id)}

    def _named(self, row_id: str) -> str:
        """The name that a row has which somebody else may have added before."""
        lines = holding(self._review.decisions)
        of = dict(zip(lines["row_id"], together(lines)["row_id"], strict=True))
        return of.get(row_id, row_id)

    def _undo(self, asked: Mapping) -> dict:
        return undo_last(self._review, self.source_id)

    def _unknown(self, asked: Mapping) -> dict:
        raise InputError(UNKNOWN)

    def _own(self, asked: Mapping) -> str:
        row = str(asked["row"])
        if row not in self._shown:
            raise InputError("this row is no longer among those of the report; run the cell again")
        return row

    def changed(self) -> dict:
        """The rows that are others than the browser has, and those that are gone."""
        now = {row["id"]: row for row in rows(self._review, self.source_id)}
        new = [row for name, row in now.items() if self._shown.get(name) != row]
        gone = [name for name in self._shown if name not in now]
        self._shown = now
        self.content["rows"] = list(now.values())  # in place: for a page that loads again, not sent as a whole
        return {"rows": new, "gone": gone}


def undo_last(review: Deciding, source_id: str = "") -> dict:
    """Take back what the person decided last, in that report or in any. Raises InputError where there is nothing."""
    held = holding(review.decisions)
    own = held[held["who"].eq(review.who) & held["table"].ne("sources")]
    if source_id:
        own = own[own["source_id"].eq(source_id)]
    if own.empty:
        raise InputError(f"there is nothing of yours to undo{' in this report' if source_id else ''}")
    last = own.iloc[-1]
    review.undo(last["decision"])
    said = f"undone: {last['action']} {last['column'] or 'the whole row'}"
    return {"said": said, "column": last["column"], "undone": [last["source_id"], last["row_id"], last["column"]]}


def _words(asked: Mapping) -> tuple[int, int] | None:
    words = asked["words"]
    return (int(words["start"]), int(words["end"])) if words else None
