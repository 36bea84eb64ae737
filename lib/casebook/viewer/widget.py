"""What a browser asks is answered from a review: the part that all viewers of a notebook share."""

from collections.abc import Mapping
from typing import Any

import traitlets
from anywidget import AnyWidget

from casebook.deciding import Deciding
from casebook.errors import CasebookError, InputError
from casebook.viewer import asset

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
