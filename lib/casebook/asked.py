"""What reading a report asks of the vocabulary: where every answer is as it was, so are the rows of the report."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Question = tuple[Any, ...]
"""The name of a method of the vocabulary, or of a `derived` function, and its arguments: words and numbers."""

EVERYTHING: Question = ("everything",)
DERIVED: dict[str, Callable[..., Any]] = {}
V = TypeVar("V")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Asked:
    """The questions, and the words of all texts that the matcher has searched."""

    questions: set[Question] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


_now: Asked | None = None  # of the report that is read


def note(question: Question) -> None:
    if _now is not None:
        _now.questions.add(question)


def note_words(folded: str) -> None:
    if _now is not None:
        _now.words.update(folded.split())


@contextmanager
def asked() -> Iterator[Asked]:
    """All that is asked of any vocabulary meanwhile."""
    questions = Asked()
    with added_to(questions):
        yield questions


@contextmanager
def added_to(questions: Asked | None) -> Iterator[None]:
    """Adds to `questions` all that is asked of any vocabulary meanwhile; None: it is not noted."""
    global _now
    before, _now = _now, questions
    try:
        yield
    finally:
        _now = before


def now() -> Asked | None:
    """To what is added at present."""
    return _now


def derived(function: Callable[Concatenate[V, P], R]) -> Callable[Concatenate[V, P], R]:
    """A function of the vocabulary and of words: it is computed once, and noted as one question.

    An lru_cache would hide from the second report that it depends on it.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    DERIVED[name] = function

    @wraps(function)
    def ask(vocabulary: Any, *args: P.args, **_: P.kwargs) -> R:
        question = (name, *args)
        if _now is not None:
            _now.questions.add(question)
        return vocabulary.answer(question, function)

    return ask
