"""Abbreviations that a text defines ("temozolomide (TMZ)") stand for the defined term in the rest of it.

Method: Schwartz and Hearst 2003: the letters of the short form are found from right to left in the words before its
bracket, the first at the start of a word. Only a long form that ends with a vocabulary mention counts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.matcher import PLACE, Mention

_SHORT = re.compile(r"\(([A-Za-z0-9][A-Za-z0-9-]{1,9})(?=[);,])")
_BRACKET = re.compile(r" \((?=[A-Za-z])")
_BEFORE_BRACKET = re.compile(r"\b[A-Z0-9][A-Za-z0-9-]{1,9}\Z")
_LONGEST = 10  # letters of a short form
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NAMING = frozenset(
    ("diagnoses", "agents", "treatments", "sites", "symptoms", "modalities", "sequences", "examinations")
)
_REDEFINED = frozenset(("diagnoses", "agents", "treatments", "sites", "symptoms"))  # other kinds' acronyms are safe


@dataclass(frozen=True, slots=True)
class Definition:
    """From view offset `start` on, `short` means the terms of `long`; none of them: it means something else."""

    short: str
    start: int
    long: tuple[Mention, ...]


def expand(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` with those of the short forms that `text` defines, and without words that it defines otherwise."""
    definitions = _definitions(text, mentions)
    if not definitions:
        return list(mentions)
    meaning: dict[str, Definition] = {}
    for definition in definitions:
        known = meaning.get(definition.short)
        if known is None or (definition.long and not known.long):
            meaning[definition.short] = definition
    extra: list[Mention] = []
    foreign: set[tuple[int, int]] = set()
    for start, end, definition in _uses(text, meaning):
        foreign.add((start, end))
        extra += (Mention(start, end, mention.term) for mention in definition.long)
    kept = [m for m in mentions if (m.start, m.end) not in foreign or m.kind not in _REDEFINED]
    return sorted({*kept, *extra}, key=PLACE)


def _uses(text: str, meaning: dict[str, Definition]) -> Iterator[tuple[int, int, Definition]]:
    """Where the short forms stand from their definitions on, in a compound ("GBM-derived") or the plural too."""
    for hit in _TOKEN.finditer(text, min(definition.start for definition in meaning.values())):
        if hit[0].islower() and "-" not in hit[0]:  # a short form has a capital
            continue
        at = hit.start()
        for word in (hit[0],) if "-" not in hit[0] or hit[0] in meaning else hit[0].split("-"):
            known = meaning.get(word) or (meaning.get(word[:-1]) if word.endswith("s") else None)
            if known and at >= known.start:
                yield at, at + len(word), known
            at += len(word) + 1


def _definitions(text: str, mentions: Sequence[Mention]) -> list[Definition]:
    out: list[Definition] = []
    if "(" not in text:
        return out
    ends: dict[int, list[Mention]] = {}
    starts: dict[int, list[Mention]] = {}
    for hit in _SHORT.finditer(text):
        short = _singular(hit[1])
        stop = hit.start() - (text[max(0, hit.start() - 1) : hit.start()] == " ")
        if short.islower() or short.isdecimal():
            continue
        begin = long_form(text, stop, short)
        if begin is None:
            continue
        ends = ends or _placed(mentions, "end")
        named = [m for m in ends.get(stop, ()) if m.kind in _NAMING and m.end - m.start > len(short)]
        if any(m.kind == "agents" for m in named):
            named += _regimen(mentions, begin, named[0])
        if named or _spells_out(text[begin:stop], short):
            out.append(Definition(short, hit.start(1), _fitting(named, begin)))
    for bracket in _BRACKET.finditer(text):
        word = _BEFORE_BRACKET.search(text, max(0, bracket.start() - _LONGEST), bracket.start())
        if word is None:
            continue
        short = _singular(word[0])
        if sum(letter.isupper() for letter in short) < 2:
            continue
        starts = starts or _placed(mentions, "start")
        named = [
            m
            for m in starts.get(bracket.end(), ())
            if m.kind in _NAMING
            and text[m.end : m.end + 1] in (")", ",", ";")
            and long_form(text, m.end, short) == m.start
        ]
        if named:
            out.append(Definition(short, word.start(), _fitting(named, bracket.end())))
    return out


def _placed(mentions: Sequence[Mention], edge: str) -> dict[int, list[Mention]]:
    out: dict[int, list[Mention]] = {}
    for mention in mentions:
        out.setdefault(getattr(mention, edge), []).append(mention)
    return out


def _regimen(mentions: Sequence[Mention], begin: int, last: Mention) -> list[Mention]:
    """The agents from `begin` to the `last` one: "cisplatin, etoposide and bleomycin (BEP)" means all of them."""
    at = bisect_left(mentions, begin, key=lambda mention: mention.start)
    return [
        m
        for m in mentions[at : bisect_left(mentions, last.start, key=lambda mention: mention.start)]
        if m.kind == "agents"
    ]


def _fitting(named: Sequence[Mention], begin: int) -> tuple[Mention, ...]:
    """The widest mention of each kind, of agents all.

    `begin` is where the long form starts; a mention that begins before it means something narrower.
    """
    out: dict[tuple[str, str], Mention] = {}
    for mention in sorted(named, key=lambda m: (m.start < begin, m.start)):
        out.setdefault((mention.kind, mention.label if mention.kind == "agents" else ""), mention)
    return tuple(out.values())


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short.endswith("s") and short[:-1].isupper() else short


def _spells_out(long: str, short: str) -> bool:
    """Whether every letter of `short` begins a word of `long` ("glomerular basement membrane", GBM)."""
    initials = "".join(word[0] for word in long.lower().replace("-", " ").split())
    return initials == short.lower() and len(short) > 2


def long_form(text: str, stop: int, short: str) -> int | None:
    """Where the long form that ends at `stop` begins; None if the words before it do not spell `short`."""
    letters = [letter for letter in short.lower() if letter.isalnum()]
    words = min(len(letters) + 5, 2 * len(letters))
    low = max(0, stop - 30 * words)
    at = stop - 1
    for position in range(len(letters) - 1, -1, -1):
        letter = letters[position]
        while at >= low and (text[at].lower() != letter or (position == 0 and at > 0 and text[at - 1].isalnum())):
            if text[at] in ".;:(":
                return None
            at -= 1
        if at < low:
            return None
        at -= 1
    begin = at + 1
    return begin if len(text[begin:stop].split()) <= words else None
