"""Figure legends and the places in the prose that point at them ("Figure 3A")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.extract.reading import Reading

_NUMBER = re.compile(r"\s*Fig(?:ure|s|\.)?\.?\s?(\d{1,2})", re.IGNORECASE)
_PANEL = re.compile(
    r"(?:(?<=\s)|(?<=^))\(?(?P<upper>[A-Z]\d?(?:\s?(?:and|to|,|-|–|&)\s?[A-Z]\d?){0,4})\)?[:.]\s"
    r"|\((?P<lower>[a-z](?:\s?(?:and|to|,|-|–|&)\s?\(?[a-z]\)?){0,4})\)"
)
_POINTS = re.compile(r"\bFig(?:ure|s|\.)?\.?s?\s?(?P<n>\d{1,2})\s?\(?(?P<panel>[A-Za-z](?![a-z]))?", re.IGNORECASE)
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![a-z])")
_RANGE = re.compile(r"([A-Za-z])\d?\s?(?:to|-|–)\s?([A-Za-z])\d?")


@dataclass(frozen=True, slots=True)
class Panel:
    """View [start, end) of a legend that speaks of figure `number`, panels `letters` (empty: the whole figure)."""

    number: int
    letters: frozenset[str]
    start: int
    end: int


def panels(reading: Reading) -> list[Panel]:
    """The parts of all legends, panel by panel."""
    out: list[Panel] = []
    for zone in reading.document.zones:
        if zone.kind != "legend":
            continue
        hit = _NUMBER.match(reading.text, zone.start) or _NUMBER.match(zone.heading)
        if hit is None:
            continue
        marks = list(_PANEL.finditer(reading.text, zone.start, zone.end))
        stops = [mark.start() for mark in marks] + [zone.end]
        if zone.start < stops[0]:
            out.append(Panel(int(hit[1]), frozenset(), zone.start, stops[0]))
        for mark, stop in zip(marks, stops[1:], strict=True):
            out.append(Panel(int(hit[1]), _letters(mark["upper"] or mark["lower"]), mark.end(), stop))
    return out


def _letters(words: str) -> frozenset[str]:
    out = {char.lower() for char in _LETTER.findall(words)}
    for low, high in _RANGE.findall(words):
        out |= {chr(code) for code in range(ord(low.lower()), ord(high.lower()) + 1)}
    return frozenset(out)


def pointers(reading: Reading, index: int) -> Iterator[tuple[int, int, str]]:
    """(view offset, figure number, panel letter or "") of each pointer in sentence `index`."""
    if "ig" not in reading.words(index):
        return
    sentence = reading.sentences[index]
    for hit in _POINTS.finditer(reading.text, sentence.start, sentence.end):
        yield hit.start(), int(hit["n"]), (hit["panel"] or "").lower()


def pointed_at(found: list[Panel], number: int, letter: str) -> Iterator[Panel]:
    """The legend parts that a pointer means: its panel, or where it names none, a legend without panels."""
    for panel in found:
        if panel.number == number and (letter in panel.letters if letter else not panel.letters):
            yield panel
