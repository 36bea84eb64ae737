"""The reader as a widget: what a person does in the browser becomes a line of decisions.csv, checked here."""

from collections.abc import Callable, Mapping
from typing import Any

import traitlets
from anywidget import AnyWidget

from casebook.curate.standing import holding
from casebook.deciding import Deciding
from casebook.errors import CasebookError, InputError
from casebook.viewer import asset
from casebook.viewer.content import SHOWN, content, rows
from casebook.viewer.printed import as_html, as_text

_WIDGET = "application/vnd.jupyter.widget-view+json"
_LONGEST = 2_000  # letters of anything that a person types


class Reader(AnyWidget):
    """A report's text with every extracted span marked, beside its rows; see the keys with `?`.

    Decisions go through `review`, so its tables hold them at once. The text goes to the browser once, later only the
    rows that changed.
    """

    _esm = asset("viewer.js") + asset("reader.js")
    _css = asset("viewer.css") + asset("reader.css")
    content = traitlets.Dict().tag(sync=True)

    def __init__(self, review: Deciding, source_id: str, editable: bool = True):
        self._review, self._source = review, source_id
        super().__init__(content={**content(review, source_id), "editable": editable})
        self._shown = {row["id"]: row for row in self.content["rows"]}
        if editable:
            self.on_msg(self._hear)

    def __repr__(self) -> str:
        return as_text(self.content)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {"text/plain": repr(self), "text/html": as_html(self.content), _WIDGET: view}, {}

    def _hear(self, _: object, message: object, buffers: object) -> None:
        """Answer a message of the browser under its number; what is wrong with it is told, never raised."""
        asked = message if isinstance(message, dict) else {}
        answers: dict[str, Callable[[Mapping], dict]] = {
            "try": self._try, "confirm": self._confirm, "change": self._change, "reject": self._reject,
            "add": self._add, "undo": self._undo,
        }  # fmt: skip
        try:
            answer = answers.get(str(asked.get("kind")), self._unknown)(asked)
        except CasebookError as error:
            answer = {"problem": str(error)}
        except (KeyError, TypeError, ValueError, AttributeError):
            answer = {"problem": "the browser asked for something that this reader does not know"}
        if "said" in answer:
            answer |= self._changed()
        self.send({"id": asked.get("id"), **answer})

    def _try(self, asked: Mapping) -> dict:
        table, column, value = asked["table"], asked["column"], _typed(asked["value"])
        problem = self._review.problem(table, column, value) if value else ""
        near = self._review.suggest(table, column, value) if value and table in SHOWN else []
        return {"problem": problem, "near": [label for label in near if label != value]}

    def _confirm(self, asked: Mapping) -> dict:
        row, columns = self._own(asked), [str(column) for column in asked["columns"]]
        if not columns:
            raise InputError("every cell of this row is decided already")
        for column in columns:
            self._review.confirm(row, column)
        return {"said": f"confirmed: {', '.join(columns)}"}

    def _change(self, asked: Mapping) -> dict:
        row, column, value, note = self._own(asked), str(asked["column"]), _typed(asked["value"]), _typed(asked["note"])
        if why := self._review.problem(self._shown[row]["table"], column, value, note):
            return {"problem": why, "column": column}
        self._review.change(row, column, value, note, quote=_words(asked))
        return {"said": f"corrected: {column} is {value or 'empty'}"}

    def _reject(self, asked: Mapping) -> dict:
        column = str(asked["column"])
        self._review.reject(self._own(asked), column or None)
        return {"said": f"rejected: {column or 'the whole row'}"}

    def _add(self, asked: Mapping) -> dict:
        table, note = str(asked["table"]), _typed(asked["note"])
        values = {str(name): _typed(value) for name, value in dict(asked["values"]).items()}
        for column, value in values.items():
            if why := self._review.problem(table, column, value, note):
                return {"problem": why, "column": column}
        words = _words(asked)
        quote = (self._source, *words) if words else None
        of_source = table in ("claims", "conflicts")
        line = self._review.add(table, self._source if of_source else _typed(asked["case"]), values, quote, note)
        return {"said": f"added to {table}", "row": line.row_id}

    def _undo(self, asked: Mapping) -> dict:
        held = holding(self._review.decisions)
        own = held[held["who"].eq(self._review.who) & held["source_id"].eq(self._source) & held["table"].ne("sources")]
        if own.empty:
            raise InputError("there is nothing of yours to undo in this report")
        last = own.iloc[-1]
        self._review.undo(last["decision"])
        return {"said": f"undone: {last['action']} {last['column'] or 'the whole row'}", "column": last["column"]}

    def _unknown(self, asked: Mapping) -> dict:
        raise InputError("the browser asked for something that this reader does not know")

    def _own(self, asked: Mapping) -> str:
        row = str(asked["row"])
        if row not in self._shown:
            raise InputError("this row is no longer among those of the report; run the cell again")
        return row

    def _changed(self) -> dict:
        """The rows that are others than the browser has, and those that are gone."""
        now = {row["id"]: row for row in rows(self._review, self._source)}
        new = [row for name, row in now.items() if self._shown.get(name) != row]
        gone = [name for name in self._shown if name not in now]
        self._shown = now
        self.content["rows"] = list(now.values())  # in place: for a page that loads again, not sent as a whole
        return {"rows": new, "gone": gone}


def _typed(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InputError(f"expected a text of at most {_LONGEST:,} letters")
    return text.strip()


def _words(asked: Mapping) -> tuple[int, int] | None:
    words = asked["words"]
    return (int(words["start"]), int(words["end"])) if words else None
