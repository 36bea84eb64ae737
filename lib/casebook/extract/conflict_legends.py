"""Prose against the legend of the figure that it points at: another name, grade or size for one specimen."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Finding
from casebook.extract.panels import Panel, panels, pointed_at, pointers
from casebook.extract.phrase import Phrase, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.text.span import Span

_GRADE = re.compile(r"\b(?:WHO\s)?grade\s(?P<a>IV|III|II|I|[1-4])\b|\bWHO\s(?P<b>IV|III|II|I|[1-4])\b(?:\sgrade)?")
_ARABIC = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_SIZE = re.compile(
    r"(?<![\d.])(?P<a>\d{1,3}(?:\.\d)?)\s?(?:mm|cm)?\s?[×xX*]\s?(?P<b>\d{1,3}(?:\.\d)?)(?:\s?(?:mm"
    r"|cm)?\s?[×xX*]\s?(?P<c>\d{1,3}(?:\.\d)?))?\s?(?P<unit>mm|cm)\b"
)
_WEAK = frozenset("type grade who variant tumour tumor cell cells".split())


def find(reading: Reading, case: str) -> Iterator[Finding]:
    legends = panels(reading)
    if not legends:
        return
    for index in reading.owned(case):
        if reading.sentences[index].zone == "legend":
            continue
        before = reading.sentences[index].start
        for at, number, letter in pointers(reading, index):
            for panel in pointed_at(legends, number, letter) if before < at else ():
                yield from _differences(reading, case, index, Span(before, at), panel)
            before = at


def _differences(reading: Reading, case: str, index: int, said: Span, panel: Panel) -> Iterator[Finding]:
    """Contradictions between the words before a pointer and the legend's words."""
    figure = f"the legend of figure {panel.number}{''.join(sorted(panel.letters)).upper()[:1]} says "
    names = [phrase for phrase in phrases(reading, index) if said.start <= phrase.start and phrase.end <= said.end]
    named = _named(reading, panel)
    for mine in names[-1:]:
        if any(_words(reading, theirs) == _words(reading, mine) for theirs in named):
            continue
        theirs = next((theirs for theirs in named if _other_name(reading, mine, theirs)), None)
        if theirs is not None:
            yield _row(
                case,
                reading,
                Span(mine.start, mine.end),
                Span(theirs.start, theirs.end),
                figure,
                "conflicts.legend_name",
            )
    for pattern, rule, value in ((_GRADE, "conflicts.legend_grade", _grade), (_SIZE, "conflicts.legend_size", _size)):
        mine_hits = list(pattern.finditer(reading.text, said.start, said.end))
        their_hits = list(pattern.finditer(reading.text, panel.start, panel.end))
        if len(mine_hits) == len(their_hits) == 1 and value(mine_hits[0]) != value(their_hits[0]):
            yield _row(case, reading, Span(*mine_hits[0].span()), Span(*their_hits[0].span()), figure, rule)


def _row(case: str, reading: Reading, mine: Span, theirs: Span, figure: str, rule: str) -> Finding:
    statement, other = reading.text[mine.start : mine.end], reading.text[theirs.start : theirs.end]
    return Finding(
        "conflicts",
        case,
        mine.start,
        {
            "statement": Cell(" ".join(statement.split()), (mine,), rule),
            "why": Cell(figure + " ".join(other.split()), (theirs,), rule),
        },
    )


def _named(reading: Reading, panel: Panel) -> list[Phrase]:
    out = []
    for index, sentence in enumerate(reading.sentences):
        if sentence.start < panel.end and panel.start < sentence.end:
            out += [
                phrase for phrase in phrases(reading, index) if panel.start <= phrase.start and phrase.end <= panel.end
            ]
    return out


def _other_name(reading: Reading, mine: Phrase, theirs: Phrase) -> bool:
    """Whether both name one head by different modifiers ("fibrous meningioma", "secretory meningioma")."""
    if not (mine.head.term.fields.get("group") == theirs.head.term.fields.get("group") == "neoplasm"):
        return False
    one, other = _words(reading, mine), _words(reading, theirs)
    if not one or not other or one[-1] != other[-1]:
        return False
    idle = _WEAK | modifiers_of(reading.vocabulary, "left out")
    first, second = set(one[:-1]) - idle, set(other[:-1]) - idle
    return bool(set(one[:-1]) - set(other)) and bool(set(other[:-1]) - set(one)) and bool(first and second)


def _words(reading: Reading, phrase: Phrase) -> list[str]:
    words = reading.lower[phrase.start : phrase.end].replace("-", " ").split()
    return [word.removesuffix("s") if word.endswith("omas") else word for word in words]


def _grade(hit: re.Match[str]) -> str:
    found = hit["a"] or hit["b"]
    return _ARABIC.get(found, found)


def _size(hit: re.Match[str]) -> tuple[float, ...]:
    scale = 10.0 if hit["unit"] == "cm" else 1.0
    return tuple(sorted(round(float(part) * scale, 2) for part in (hit["a"], hit["b"], hit["c"]) if part))
