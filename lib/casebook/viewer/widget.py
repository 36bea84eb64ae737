"""What a browser asks is answered from a review: the part that all viewers of a notebook share."""

from collections.abc import Mapping
from typing import Any

import traitlets
from anywidget import AnyWidget

from casebook.deciding import Deciding
from casebook.errors import CasebookError, InputError
from casebook.viewer import asset
from casebook.viewer.printed import listed_html, listed_text

_VIEW = "application/vnd.jupyter.widget-view+json"
_LONGEST = 2_000  # letters of anything that a person types
SHARED = asset("viewer.js") + asset("desk.js")
STYLE = asset("viewer.css") + asset("reader.css")
MORE = 200  # lines of a list that go to the browser at a time


class Widget(AnyWidget):
    """A viewer of `review`; what goes over is in `content` at first, and then in answers."""

    content = traitlets.Dict().tag(sync=True)

    def __init__(self, review: Deciding, content: dict, editable: bool = True):
        self._review = review
        super().__init__(content={**content, "editable": editable})
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return self._as_text()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {"text/plain": self._as_text(), "text/html": self._as_html(), _VIEW: view}, {}

    def _as_text(self) -> str:
        raise NotImplementedError

    def _as_html(self) -> str:
        raise NotImplementedError

    def _answer(self, asked: Mapping) -> dict:
        """What there is to say to a message. Raises InputError with the problem."""
        raise NotImplementedError

    def _hear(self, _: object, message: object, buffers: object) -> None:
        """Answer a message of the browser under its number; what is wrong with it is told, never raised."""
        asked = message if isinstance(message, dict) else {}
        try:
            answer = self._answer(asked)
        except CasebookError as error:
            answer = {"problem": str(error)}
        except (KeyError, TypeError, ValueError, AttributeError):
            answer = {"problem": UNKNOWN}
        self.send({"id": asked.get("id"), **answer})


class Listed(Widget):
    """A viewer of a list of which `MORE` lines at a time go over; `_printed` are what a line is printed of."""

    _printed: tuple[str, ...]

    def __init__(self, review: Deciding, content: dict | None = None, editable: bool = True):
        self._review, self._most = review, MORE
        super().__init__(review, {"list": self._list(), **(content or {})}, editable)

    def _list(self) -> dict:
        """What is looked at now, with its first `_most` lines in `items`."""
        raise NotImplementedError

    def _head(self) -> str:
        """The line above the list where no script runs."""
        raise NotImplementedError

    def _longer(self, asked: Mapping) -> dict:
        self._most += MORE
        return {"list": self._renewed()}

    def _renewed(self) -> dict:
        self.content["list"] = self._list()  # in place: for a page that loads again
        return self.content["list"]

    def _as_text(self) -> str:
        return listed_text(self._head(), self.content["list"]["items"], self._printed)

    def _as_html(self) -> str:
        return listed_html(self._head(), self.content["list"]["items"], self._printed)


UNKNOWN = "the browser asked for something that this viewer does not know"


def typed(text: object) -> str:
    """What a person typed. Raises InputError where it is too long or no text."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InputError(f"expected a text of at most {_LONGEST:,} letters")
    return text.strip()


def tried(review: Deciding, asked: Mapping) -> dict:
    """What is wrong with a value that somebody types, and what the vocabulary has that is like it."""
    table, column, value = asked["table"], asked["column"], typed(asked["value"])
    problem = review.problem(table, column, value) if value else ""
    near = review.suggest(table, column, value) if value else []
    return {"problem": problem, "near": [label for label in near if label != value]}


def called(review: Deciding, source_id: str, most: int = 120) -> str:
    """A source's title, or else its first words, or else its name."""
    sources = review._frames["sources"]
    titles = sources["title"][sources["source_id"].eq(source_id)].dropna()
    return next(iter(titles), "") or first_words(review, source_id, most) or source_id


def first_words(review: Deciding, source_id: str, most: int) -> str:
    """How the text begins, also of a source that was left out after it had been read; empty where it was not read."""
    text = review._machine.texts.get(source_id, "")[: 2 * most]
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"
