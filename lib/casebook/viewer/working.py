"""The queue as a widget: one cell after the other, each in its report."""

from collections.abc import Callable, Mapping

from casebook.curate.anchor import plain
from casebook.deciding import Deciding
from casebook.viewer import asset
from casebook.viewer.answers import Report, undo_last
from casebook.viewer.reader import READER
from casebook.viewer.widget import MORE, SHARED, STYLE, Listed, called

_SHOWN = ("what", "why", "table", "row_id", "column", "value", "source_id", "quote")
_TITLE = 60  # letters of a report that has none


class Work(Listed):
    """What to look at first, and why, beside the report that it stands in; see the keys with `?`.

    Each decision is kept at once and its cell leaves the list, so that the work can stop and go on anywhere.
    """

    _esm = SHARED + READER + asset("working.js") + "export default shown(Work);"
    _css = STYLE + asset("tasks.css")
    _printed = ("what", "why", "table", "column", "value", "source")

    def __init__(self, review: Deciding, editable: bool = True):
        self._report: Report | None = None
        self._called: dict[str, str] = {}
        self._table = ""
        super().__init__(review, editable=editable)

    def _list(self) -> dict:
        """What waits, of the table that is looked at, and how far the work is."""
        queue = self._review.queue()
        rows = queue[queue["table"].eq(self._table)] if self._table else queue
        items = [{name: plain(row[name]) for name in _SHOWN} for row in rows.head(self._most).to_dict("records")]
        for item in items:
            name = item["source_id"]
            if name not in self._called:
                self._called[name] = called(self._review, name, _TITLE)
            item["source"] = self._called[name]
        return {
            "items": items,
            "waiting": len(rows),
            "progress": queue.progress,
            "tables": [[name, done, of] for name, (done, of) in queue.by_table.items()],
            "table": self._table,
        }

    def _answer(self, asked: Mapping) -> dict:
        own: dict[str, Callable[[Mapping], dict]] = {
            "open": self._open, "only": self._only, "more": self._longer, "undo": self._undo,
        }  # fmt: skip
        if asked.get("kind") in own:
            return own[asked["kind"]](asked)
        if self._report is None:
            raise KeyError("no report is open")
        answer = self._report.answer(asked)
        return {**answer, "list": self._renewed()} if "said" in answer else answer

    def _open(self, asked: Mapping) -> dict:
        self._report = Report(self._review, str(asked["source"]))
        return {"report": self._report.content}

    def _undo(self, asked: Mapping) -> dict:
        answer = undo_last(self._review)
        there = self._report is not None and self._report.source_id == answer["undone"][0]
        changed = self._report.changed() if self._report and there else {"rows": [], "gone": []}
        return {**answer, **changed, "list": self._renewed()}

    def _only(self, asked: Mapping) -> dict:
        self._table, self._most = str(asked["table"]), MORE
        return {"list": self._renewed()}

    def _head(self) -> str:
        now = self.content["list"]
        tables = ", ".join(f"{name} {done:,} of {of:,}" for name, done, of in now["tables"])
        return f"{now['progress']} done ({tables}); {now['waiting']:,} to look at" if tables else "Nothing to look at."
