"""The reader as a widget: one report, its text beside its rows."""

from collections.abc import Mapping

from casebook.deciding import Deciding
from casebook.viewer import asset
from casebook.viewer.answers import Report
from casebook.viewer.printed import as_html, as_text
from casebook.viewer.widget import SHARED, STYLE, Widget

READER = asset("correcting.js") + asset("reader.js")


class Reader(Widget):
    """A report's text with every extracted span marked, beside its rows; see the keys with `?`.

    Decisions go through `review`, so its tables hold them at once. The text goes to the browser once, later only the
    rows that changed.
    """

    _esm = SHARED + READER + "export default shown(Reader);"
    _css = STYLE

    def __init__(self, review: Deciding, source_id: str, editable: bool = True):
        self._report = Report(review, source_id)
        super().__init__(review, self._report.content, editable)

    def _as_text(self) -> str:
        return as_text(self.content)

    def _as_html(self) -> str:
        return as_html(self.content)

    def _answer(self, asked: Mapping) -> dict:
        answer = self._report.answer(asked)
        self.content["rows"] = self._report.content["rows"]  # in place: for a page that loads again
        return answer
