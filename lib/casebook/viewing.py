"""A review in the browser: in JupyterLab each of these is a widget, elsewhere it prints."""

from typing import TYPE_CHECKING

from casebook.repeated import Repeated

if TYPE_CHECKING:  # widgets are loaded only where one is asked for
    from casebook.viewer.reader import Reader
    from casebook.viewer.screening import Screen
    from casebook.viewer.settling import Adjudicate
    from casebook.viewer.working import Work


class Viewing(Repeated):
    """The part of a review that is looked at and decided on with keys and clicks."""

    def read(self, source_id: str) -> "Reader":
        """The report's text with every extracted span marked, beside its rows, to be confirmed and corrected.

        In JupyterLab a widget, elsewhere text. Raises InputError for an unknown source.
        """
        from casebook.viewer.reader import Reader

        return Reader(self, source_id, editable=self._lines_file is not None)

    def work(self) -> "Work":
        """What to look at first, one cell after the other, each in its report: `queue` as a widget."""
        from casebook.viewer.working import Work

        return Work(self, editable=self._lines_file is not None)

    def screen(self) -> "Screen":
        """Each source with its first words, to include or exclude by a criterion of the protocol: a widget."""
        from casebook.viewer.screening import Screen

        return Screen(self, editable=self._lines_file is not None)

    def adjudicate(self, one: str = "", other: str = "") -> "Adjudicate":
        """What two persons answered differently, side by side, for a third to settle: a widget. The two may be left
        out where only two have answered. Raises InputError.
        """
        from casebook.viewer.settling import Adjudicate

        return Adjudicate(self, one, other, editable=self._lines_file is not None)
