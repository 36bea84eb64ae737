"""Sentences of clinical prose, found in one pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.text.document import Zone


@dataclass(slots=True, unsafe_hash=True)
class Sentence:
    """[start, end) in view offsets without the blanks around it, its zone's kind, and the number of its paragraph."""

    start: int
    end: int
    zone: str
    paragraph: int


def split(text: str, zones: Sequence[Zone]) -> tuple[Sentence, ...]:
    """The sentences of a view in reading order.

    A line break in a view always ends a sentence (readers have re-joined wrapped lines), a blank line a paragraph.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for zone in zones:
        start = zone.start
        for hit in _CANDIDATE.finditer(text, zone.start, zone.end):
            gap = hit["gap"]
            line_end = text[hit.start()] in _BREAKS or (gap is not None and "\n" in gap)
            if not line_end and not _ends(text, start, hit, zone.end):
                continue
            end = hit.end() if gap is None else hit.start("gap")
            if _add(sentences, text, start, end, zone.kind, paragraph):
                paragraph += hit[0].count("\n") > 1
            start = hit.end()
        _add(sentences, text, start, zone.end, zone.kind, paragraph)
        if sentences and sentences[-1].paragraph == paragraph:
            paragraph += 1
    return tuple(sentences)


def _add(sentences: list[Sentence], text: str, start: int, end: int, kind: str, paragraph: int) -> bool:
    """Append text[start:end] without the blanks and bullets around it; false if nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip(_EDGE))
    end -= len(part) - len(part.rstrip())
    if start >= end:
        return False
    while end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > 0 else start + LONGEST
        sentences.append(Sentence(start, cut, kind, paragraph))
        start = cut + (blank > 0)
    if start < end:
        sentences.append(Sentence(start, end, kind, paragraph))
    return True


def _ends(text: str, start: int, hit: re.Match[str], stop: int) -> bool:
    """Whether the stop that `hit` found, on one line with what follows, ends the sentence begun at `start`."""
    at, after = hit.start(), hit.end()
    begun = text[max(start, at - _LOOK_BACK) : at].split()
    if not begun or after >= stop:
        return bool(begun)
    word = begun[-1].lstrip("([\"'“‘")
    following = _WORD.match(text, after, stop)
    next_word = following[0] if following else ""
    if not hit["gap"]:  # "lesion.The patient"
        return len(word) > 1 and word.lower() not in _NEVER and not _DOTTED.fullmatch(word)
    if text[at] != ".":
        return not next_word[:1].islower()
    if hit["closed"] and not next_word[:1].islower():
        return True
    return not _goes_on(word, begun, next_word, at - start <= _MARKER)


def _goes_on(word: str, begun: list[str], next_word: str, marker: bool) -> bool:
    """Whether the full stop after `word` belongs to it; `marker` if the sentence so far may be a list number."""
    lower = word.lower()
    if lower in _NEVER:
        return True
    if lower in _BEFORE_NUMBER and word != "P":
        return not next_word or next_word[0].isdigit() or len(next_word) == 1
    if marker and _LIST_MARK.fullmatch(" ".join(begun)):
        return True
    if lower in _SOMETIMES or _DOTTED.fullmatch(word):
        return next_word not in _STARTERS
    if len(word) == 1 and word.isalpha():
        known = len(begun) > 1 and begun[-2].lower() in _BEFORE_LETTER
        return not known and next_word not in _STARTERS
    if next_word[:1].islower():
        return not (len(word) > 3 and word.isalpha() and word.islower())
    return False


LONGEST = 3000
"""Longer runs without a full stop are no prose; they are cut at a blank, so that work done per sentence stays small."""

_EDGE = " \t\r\n\f\v\xa0•·▪◦‣*#|"
_LOOK_BACK = 24
_MARKER = 10

_BREAKS = "\n\r\f\v"
_CANDIDATE = re.compile(
    r"[.!?\n\r\f\v](?:(?<=[.!?])[.!?]*(?P<closed>[\"'”’)\]]{0,3}(?:\[\d[\d,\s–-]{0,20}\])?)"
    r"(?:(?P<gap>\s+)|(?<=[A-Za-z0-9)\]][.])(?=[A-Z][a-z]|A\s))"
    r"|(?<=[\n\r\f\v])\s*)"
)
_WORD = re.compile(r"[\"'“‘(\[]*(\w+)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]{1,2}")
_LIST_MARK = re.compile(
    r"(?:Fig(?:ure)?s?\.?\s|Table\s|Case\s|Image\s)?\(?(?:\d{1,2}[A-Za-z]?|[A-Za-z]|[ivx]{1,4})"
    r"(?:\s?(?:[-–,]|and)\s?(?:[A-Z]|\d{1,2}))*\)?",
    re.IGNORECASE,
)
_NEVER = frozenset(
    "dr prof mr mrs ms mx st vs viz e.g eg i.e ie cf approx ca resp figs eq tab sect ref refs vol ed eds suppl dept"
    " univ med gen surg rev hosp staph strep klebs sp spp subsp aff pt pts temp postop preop esp incl excl".split()
)
_BEFORE_NUMBER = frozenset("no nos fig nr p pp ch art mag".split())
_SOMETIMES = frozenset("al etc inc ltd co corp jr sr hr hrs min mins sec wk wks mo mos yr yrs max ph.d m.d".split())
_BEFORE_LETTER = frozenset(
    "type grade stage vitamin hepatitis group class factor influenza haemophilia hemophilia patient case panel"
    " child".split()
)
_STARTERS = frozenset(
    "The A An This That These Those There He She It They We Our His Her Its Their I In On At After Before During Since"
    " Upon For From By With Without As To Of Due No Not Both All Some Many Most Several Each Here However Moreover"
    " Furthermore Therefore Thus Hence Then Subsequently Additionally Finally Although Because While When Where Despite"
    " Following Given Based Initially Currently Overall Laboratory Physical Clinical Patient Patients Histology"
    " Histopathological Magnetic Computed One Two Three Four Five Six Family Past Medical Blood Chest Abdominal Further"
    " Postoperative Postoperatively Surgical Surgery Treatment Biopsy Other Immunohistochemistry Radiotherapy".split()
)
