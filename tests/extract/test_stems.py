"""A pattern that is tried only on sentences with one of its stems must hold one of them wherever it can match."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from casebook import extract


def gated() -> Iterator[tuple[str, re.Pattern[str], frozenset[str]]]:
    """(name, pattern, stems) wherever a module has both `_NAME` and `_NAME_STEMS`."""
    for info in pkgutil.iter_modules(extract.__path__):
        names = vars(importlib.import_module(f"casebook.extract.{info.name}"))
        for name, stems in names.items():
            if isinstance(names.get(name.removesuffix("_STEMS")), re.Pattern) and name.endswith("_STEMS"):
                yield f"{info.name}.{name}", names[name.removesuffix("_STEMS")], stems


def holds_a_stem(parts: Sequence, stems: frozenset[str], run: str = "") -> bool:
    """Whether every way to match the parsed pattern `parts`, which follow the letters `run`, contains a stem."""
    for kind, value in [*parts, (None, None)]:
        letters = _letters(kind, value)
        if len(letters) == 1:
            run += letters.pop()
            continue
        if any(stem in run for stem in stems):
            return True
        inside = _inside(kind, value)
        if inside and all(holds_a_stem(way, stems, run) for way in inside):
            return True
        run = ""
    return False


def _letters(kind: object, value: object) -> set[str]:
    """The one letter, in lower case, that a part stands for; empty if it stands for anything else."""
    if kind is code.LITERAL:
        return {chr(value).lower()}  # type: ignore[arg-type]
    if kind is code.IN and all(one is code.LITERAL for one, _ in value):  # type: ignore[attr-defined]
        return {chr(letter).lower() for _, letter in value}  # type: ignore[attr-defined]
    return set()


def _inside(kind: object, value) -> list[Sequence]:
    if kind is code.SUBPATTERN:
        return [value[3]]
    if kind is code.BRANCH:
        return value[1]
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0:
        return [value[2]]
    return [value[1]] if kind is code.ASSERT else []


@pytest.mark.parametrize(("name", "pattern", "stems"), [pytest.param(*one, id=one[0]) for one in gated()])
def test_stems_let_no_match_by(name: str, pattern: re.Pattern[str], stems: frozenset[str]) -> None:
    assert all(stem == stem.lower() for stem in stems)
    parts = parser.parse(pattern.pattern, pattern.flags)
    assert holds_a_stem(parts, stems), f"{name}: a match may hold none of them"


def test_a_missing_stem_is_seen() -> None:
    pattern = parser.parse(r"\b(?:mass(?:es)?|tumou?rs?|\w+oma)\b", re.IGNORECASE)
    assert holds_a_stem(pattern, frozenset(("mass", "tumo", "oma")))
    assert not holds_a_stem(pattern, frozenset(("mass", "tumo")))
