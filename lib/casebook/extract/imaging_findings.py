"""The findings that a sentence states, with status, description and measure, whichever study showed them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.finding import Cell
from casebook.extract.imaging_known import explains, only_taken_up
from casebook.extract.imaging_named import (
    EJECTION,
    NOT_ADJECTIVES,
    RIGHT_EJECTION,
    TOKEN,
    findings_named,
)
from casebook.extract.imaging_status import stated
from casebook.extract.matcher import Mention
from casebook.extract.measures import Measure, measures
from casebook.extract.reading import Reading
from casebook.text.span import Span

_WITH_BORDERS = ("mass", "tumour mass", "lesion", "nodule", "cystic mass", "cystic lesion")
_NORMAL_EJECTION = 50  # per cent
_COPULA = re.compile(r"^\s(?:\w+\s){0,2}(?:was|were|is|are|appeared|appears|being)\s(?:\w+ly\s)?$")
_GROUP = re.compile(r"^[\s,/()-]*(?:(?:and|or|to|as well as|with|plus)\s)?(?:[\w-]+\s){0,3}$")
_DIRECTED = (
    "extension",
    "extracranial extension",
    "intracranial extension",
    "extraosseous extension",
    "invasion",
    "infiltration",
    "compression",
    "displacement",
    "encasement",
    "obstruction",
    "mass effect",
)
_SIZE_ENDS = re.compile(r"[;:]|\b(?:and (?:an?|no|the)|no|without|but)\b")
_SIZE_APART = re.compile(r"[,;:]|\b(?:and|with|no|without|but|from|in|of the|at|was|were)\b")
_NEAR = 130  # characters between a measure and what it measures
_CLOSE = 15  # characters from "right" to the ejection fraction
_ENDS_GROUP = NOT_ADJECTIVES - {"to", "or"}
_WIDEST_GAP = 45  # characters between two of them
_LONGEST_GROUP = 12  # findings that share a place or a sequence
_SIZELESS = ("normal", "function", "guidance")
_SIZELESS_LABELS = ("compression", "invasion", "extension", "mass effect", "necrosis", "displacement")
_MEASURED = {"uptake": ("uptake",), "attenuation": ("density", "lesion"), "fraction": ("function",)}


@dataclass(frozen=True, slots=True)
class Observed:
    """One finding. `last` is where the group ends that it is coordinated with ("iso- to hypointense")."""

    mention: Mention
    last: int
    status: str
    cue: Span | None
    qualifiers: tuple[Mention, ...]
    measure: Measure | None

    @property
    def category(self) -> str:
        return self.mention.term.fields["category"]

    def qualifier(self, level: str = "", said: Span | None = None) -> Cell | None:
        """The describing words, and the vertebra or rib by number, which stands at `said`."""
        if not self.qualifiers and not level:
            return None
        words = " ".join(dict.fromkeys(q.label for q in self.qualifiers))
        spans = tuple(Span(q.start, q.end) for q in self.qualifiers) + ((said,) if level and said else ())
        return Cell(
            ", ".join(filter(None, (words, level))),
            spans,
            self.qualifiers[0].rule if self.qualifiers else "imaging.level",
        )


def observed(reading: Reading, index: int) -> list[Observed]:
    """The findings of sentence `index` in order."""
    text, sentence = reading.text, reading.sentences[index]
    found = findings_named(reading, index)
    if not found:
        return []
    sizes = measures(text, sentence.start, sentence.end)
    owners = _measured(text, found, sizes)
    found = [m for position, m in enumerate(found) if position in owners or not only_taken_up(reading, m, found)]
    found = [m for position, m in enumerate(found) if not explains(reading, found, position)]
    owners = _measured(text, found, sizes)
    described = reading.of("qualifiers", index)
    out, statuses = [], [stated(reading, mention) for mention in found]
    for position, mention in enumerate(found):
        status, cue = statuses[position]
        if _says_it_of(mention, found, statuses) or _no_other(reading, position, found, statuses):
            continue
        qualifiers = tuple(_qualifiers(text, mention, described, found)) if described else ()
        last, measure = _group_end(text, found, position), owners.get(position)
        if mention.label == "ejection fraction":
            if measure is None or measure.unit != "%":
                continue
            mention, status = _pumping(text, mention), "present" if measure.value < _NORMAL_EJECTION else "absent"
        out.append(Observed(mention, last, status, cue, qualifiers, measure))
        out += _bordered(reading, out[-1])
    return out


def _bordered(reading: Reading, one: Observed) -> Iterator[Observed]:
    """The border of a lesion that its adjective tells: "a well-circumscribed mass"."""
    if one.mention.label not in _WITH_BORDERS or one.status != "present":
        return
    for said in one.qualifiers:
        border = reading.vocabulary.term("findings", f"{said.label} border")
        if border:
            yield Observed(Mention(said.start, said.end, border), one.last, one.status, None, (), None)


def _pumping(text: str, mention: Mention) -> Mention:
    """The dysfunction that an ejection fraction in per cent shows or denies."""
    right = "right" in text[max(0, mention.start - _CLOSE) : mention.end].lower()
    return Mention(mention.start, mention.end, RIGHT_EJECTION if right else EJECTION)


def _says_it_of(mention: Mention, found: Sequence[Mention], statuses: Sequence[tuple[str, Span | None]]) -> bool:
    """Whether "normal" only denies another finding ("systolic function was normal")."""
    if mention.term.fields["category"] != "normal":
        return False
    cues = [cue for other, (_, cue) in zip(found, statuses, strict=True) if other is not mention and cue]
    return any(cue.start < mention.end and mention.start < cue.end for cue in cues)


def _no_other(
    reading: Reading, position: int, found: Sequence[Mention], statuses: Sequence[tuple[str, Span | None]]
) -> bool:
    """ "uptake in the mass without any other uptake": nothing is denied of what was found."""
    status, cue = statuses[position]
    if status != "absent" or cue is None or "other" not in reading.lower[cue.start : found[position].start]:
        return False
    label = found[position].label
    return any(f.label == label and s[0] == "present" for f, s in zip(found[:position], statuses, strict=False))


def _group_end(text: str, found: Sequence[Mention], position: int) -> int:
    end = found[position].end
    for other in found[position + 1 : position + _LONGEST_GROUP]:
        if other.start < end:
            continue
        if other.label in _DIRECTED or other.start - end > _WIDEST_GAP:
            break
        gap = text[end : other.start]
        tokens = set(TOKEN.findall(gap.lower()))
        if not _GROUP.match(gap) or not tokens.isdisjoint(_ENDS_GROUP):
            break
        if any(token.endswith("ing") for token in tokens):
            break
        end = other.end
    return end


def _qualifiers(
    text: str, mention: Mention, described: Sequence[Mention], found: Sequence[Mention]
) -> Iterator[Mention]:
    """The describing words of the finding's phrase, and those said of it ("enhancement was homogeneous")."""
    inside = [q for q in described if mention.start <= q.start and q.end <= mention.end]
    outside = [q for q in described if not any(f.start <= q.start and q.end <= f.end for f in found)]
    left, before = mention.start, []
    for q in reversed([q for q in outside if q.end <= mention.start]):
        gap = text[q.end : left]
        tokens = set(TOKEN.findall(gap.lower()))
        if len(gap) > 25 or tokens & NOT_ADJECTIVES or "with" in tokens or any(char in gap for char in ";:.()"):
            break
        if any(q.end <= f.start and f.end <= left for f in found):
            break
        before.append(q)
        left = q.start
    yield from reversed(before)
    if mention.term.fields["category"] not in ("change", "normal"):
        yield from (q for q in inside if q.label not in mention.label)
    after = next((q for q in outside if q.start >= mention.end), None)
    if after and _COPULA.match(text[mention.end : after.start]):
        yield after


def _measured(text: str, found: Sequence[Mention], sizes: Sequence[Measure]) -> dict[int, Measure]:
    """position of a finding -> the measure that stands nearest to it and can be its own."""
    out: dict[int, Measure] = {}
    if not sizes:
        return out
    starts = [mention.start for mention in found]
    for measure in sizes:
        best, gap = None, _NEAR
        low = bisect_left(starts, measure.span.start - 2 * _NEAR)
        for position in range(low, bisect_right(starts, measure.span.end + _NEAR)):
            distance = _distance(text, found[position], measure)
            if distance is not None and distance < gap:
                best, gap = position, distance
        if best is not None and best not in out:
            out[best] = measure
    return out


def _distance(text: str, mention: Mention, measure: Measure) -> int | None:
    """How far the measure stands from a finding that it can belong to; None if it cannot."""
    category = mention.term.fields["category"]
    if measure.kind == "size":
        if category in _SIZELESS or mention.label in _SIZELESS_LABELS:
            return None
    elif category not in _MEASURED[measure.kind]:
        return None
    span = measure.span
    words = text[min(mention.end, span.end) : max(mention.start, span.start)]
    distance = mention.start - span.end if span.end <= mention.start else span.start - mention.end
    if span.start < mention.end and mention.start < span.end:
        return 0
    bracketed = span.end <= mention.start and ")" in words and "(" not in words
    if distance < 0 or ";" in words or bracketed:
        return None
    if measure.kind == "size":
        if span.start > mention.end:
            return None if _SIZE_ENDS.search(words) else distance
        return None if distance >= 30 or _SIZE_APART.search(words) else distance
    return distance
