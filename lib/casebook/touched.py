"""Which reports another vocabulary may change: those that hold its words, or asked what it answers otherwise."""

import csv
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from casebook.asked import DERIVED, EVERYTHING, Question, asked
from casebook.cache import Cache, Place
from casebook.errors import InputError
from casebook.kept import Kept, body_of, plain
from casebook.text.spelling import fold
from casebook.vocabulary import Term, Vocabulary, current, read, unchanged
from casebook.wordfiles import unpacked

WORTH = 60  # reports, to read which takes longer than to compare two vocabularies
_TRIED = 3  # vocabularies of earlier runs
_DAMAGED = (InputError, OSError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error, csv.Error)


def untouched(
    cache: Cache, missing: Mapping[int, bytes], vocabulary: Path
) -> Iterator[tuple[int, tuple[Place, Kept]]]:
    """Those of `missing` (number -> key) that are kept with the rows of an earlier vocabulary, which are those of ours.

    Raises InputError if our vocabulary is wrong.
    """
    left = dict(missing)
    for tried, (name, packed, held) in enumerate(cache.others(missing.values())):
        if tried >= _TRIED or len(held.intersection(left.values())) < WORTH:
            continue
        between = _between(name, packed, unchanged(current(vocabulary), vocabulary, cache.vocabulary))
        for number, key in list(left.items()) if between else ():
            if between and key in held and (one := cache.get(key, name)) and not between.touches(one[1]):
                cache.stamp(key, one[0])
                del left[number]
                yield number, one


def _between(checksum: str, packed: bytes, new: Vocabulary) -> "Difference | None":
    """None where the copy is damaged, or is not that of the vocabulary with this checksum."""
    with suppress(*_DAMAGED), tempfile.TemporaryDirectory() as folder:
        old = read(unpacked(packed, Path(folder)))
        return Difference(old, new) if old.checksum == checksum else None
    return None


class Difference:
    """Two vocabularies that the same code reads with."""

    def __init__(self, old: Vocabulary, new: Vocabulary):
        import casebook.extract  # noqa: F401  # which declares what is derived from a vocabulary

        self._sides = (old, new)
        self._same: dict[Question, bool] = {}
        self._begin: dict[str, list[frozenset[str]]] = {}
        before, now = old.terms, new.terms
        alike = {rule for rule in before.keys() & now.keys() if _said(before[rule]) == _said(now[rule])}
        for surface in old.surfaces.keys() | new.surfaces.keys():
            was, is_now = old.surfaces.get(surface, ()), new.surfaces.get(surface, ())
            if len(was) != len(is_now) or not all(
                one.rule == other.rule and one.rule in alike and exact == asked_for
                for (one, exact), (other, asked_for) in zip(was, is_now, strict=True)
            ):
                words = surface.split() or [""]
                self._begin.setdefault(max(words, key=len), []).append(frozenset(words))

    def touches(self, kept: Kept) -> bool:
        """Whether its rows may be others now."""
        if not kept.body:
            return False
        more, questions = plain(kept.asked)
        words = {"", *fold(body_of(kept.body).text).split(), *more}
        if any(some <= words for word in words & self._begin.keys() for some in self._begin[word]):
            return True
        return not all(self._alike(tuple(question)) for question in questions)

    def _alike(self, question: Question) -> bool:
        if question not in self._same:
            self._same[question] = question != EVERYTHING and self._answer(0, question) == self._answer(1, question)
        return self._same[question]

    def _answer(self, side: int, question: Question) -> Any:
        name, *words = question
        vocabulary = self._sides[side]
        if name in DERIVED:
            return _plain(vocabulary.answer(question, DERIVED[name]))
        with asked():
            return _plain(getattr(vocabulary, name)(*words))


def _said(term: Term) -> tuple:
    """What a mention of `term` tells the rules: the other words of its row it does not."""
    return term.rule, term.kind, term.label, tuple(one for one in term.fields.items() if one[0] != "surfaces")


def _plain(answer: Any) -> Any:
    """`answer` with its terms as values, which are compared by what they hold."""
    if isinstance(answer, Term):
        return answer.rule, answer.kind, answer.label, dict(answer.fields)
    if isinstance(answer, tuple) and type(answer) is tuple:
        return tuple(map(_plain, answer))
    if isinstance(answer, dict):
        return {key: _plain(value) for key, value in answer.items()}
    return answer
