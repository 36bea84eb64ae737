"""How long a complaint had lasted: "a 3-month history of", "for the previous six months"."""

import re
from dataclasses import dataclass

from casebook.extract.quantity import MONTHS_PER_UNIT, NUMBER, number
from casebook.extract.reading import Reading
from casebook.text.span import Span


def _time(name: str, gap: str) -> str:
    """A pattern of "six weeks" with the groups n`name` and u`name`."""
    return (
        rf"(?P<n{name}>{NUMBER}(?:\s(?:and\s(?:a\s)?half|½))?|an?(?=\s)|(?:a\s)?few|several|half\sa){gap}"
        rf"(?P<u{name}>years?|yrs?|months?|mos|weeks?|wks?|days?|hours?|hrs?)"
    )


_GAP = r"[-\s]{1,2}"
_BEFORE = re.compile(
    rf"\b{_time('1', _GAP)}['’]?s?[-\s](?:long[-\s])?(?:(?:history|hx|course)\s?(?:of\b)?|(?:evolution|duration)\sof\b)"
    rf"|\bhistory\sof\s(?:about\s|approximately\s)?{_time('2', _GAP)}\b(?!\sago)"
)
_BEFORE_STEMS = frozenset("history hx course evolution duration".split())
_AFTER = re.compile(
    r"\b(?:for|since|over|during|within|lasting|lasted|evolving|persisting|of|from)\s(?:for\s|over\s)?(?:(?:the|a"
    r"|these)\s)?(?:(?:about|approximately|nearly|almost|more\sthan|over|around|"
    r"past|previous|last|preceding|prior|period\sof|duration\sof|at\sleast|up\sto|less\sthan)\s){0,3}"
    rf"{_time('3', _GAP)}\b(?!\s(?:old|of\sage|later|after\s(?:surgery|the\sop)))"
    r"|\b(?:(?:began|started|starting|beginning|appeared|onset|noticed|noted|first|arose|occurred"
    r"|developed)\s(?:\w+\s){0,4})?"
    rf"{_time('4', _GAP)}\s(?:ago|earlier|previously|before|prior\sto|in\sduration|duration)\b"
)
_UNITS = frozenset("year years yr yrs month months mos week weeks wk wks day days hour hours hr hrs".split())
_VAGUE = ("few", "several", "a few")


@dataclass(frozen=True, slots=True)
class Duration:
    """`months` told at `span`; `ahead` where it stands before the complaints it is about."""

    months: float
    span: Span
    ahead: bool


def durations(reading: Reading, index: int) -> list[Duration]:
    """Durations in sentence `index`, in order; "several months" is none."""
    out: list[Duration] = []
    if _UNITS.isdisjoint(reading.tokens(index)):
        return out
    text, start, end = reading.lower, reading.sentences[index].start, reading.sentences[index].end
    for pattern, ahead in ((_BEFORE, True), (_AFTER, False)):
        if ahead and not reading.holds(index, _BEFORE_STEMS):
            continue
        for hit in pattern.finditer(text, start, end):
            groups = hit.groupdict()
            count = next(value for name, value in groups.items() if name.startswith("n") and value)
            unit = next(value for name, value in groups.items() if name.startswith("u") and value)
            value = 0.5 if count.lower() == "half a" else number(count)
            if value is None or count.lower() in _VAGUE:
                continue
            span = Span(hit.start(), len(text[: hit.end()].rstrip()) if text[hit.end() - 1].isspace() else hit.end())
            if not any(span.overlaps(other.span) for other in out):
                out.append(Duration(round(value * MONTHS_PER_UNIT[unit[0].lower()], 2), span, ahead))
    return sorted(out, key=lambda duration: duration.span)


def lasted(found: list[Duration], start: int, end: int, text: str) -> Duration | None:
    """The duration of the complaint at [start, end): the one told ahead of it, else the next after it."""
    before = [d for d in found if d.ahead and d.span.end <= start]
    after = [d for d in found if not d.ahead and d.span.start >= end]
    if before:
        return before[-1]
    if not after or _PARTS.search(text, end, after[0].span.start):
        return None
    return None if _TAKEN_FOR.search(text, max(0, start - _BACK), start) else after[0]


_BACK = 90  # characters before a complaint that may name what was taken for it
_TAKEN_FOR = re.compile(
    r"\b(?:use\sof|intake\sof|taking|took|taken|using|received|prescribed|treated\swith)\b[^.;,]{0,60}\sfor\s(?:\w+\s){0,2}$"
)
_PARTS = re.compile(r";|\b(?:but|underwent|treated|was\sgiven|received|showed|revealed|who)\b")
