"""What the words around a mention do to it: negated, uncertain, past, somebody else's.

Method: NegEx (Chapman 2001) and ConText (Harkema 2009) on sentences: a cue reaches forward or backward to the end of
its sentence, to a terminating cue, or as many words as its row allows; a pseudo-cue ("no change") switches off the
cue that it contains. Cues are rows of data/vocabulary/cues.csv.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.extract.matcher import Mention
from casebook.text.span import Span


@dataclass(slots=True, unsafe_hash=True)
class Modifier:
    """`category` as in cues.csv, by the cue at `cue` (view offsets) under `rule`."""

    category: str
    cue: Span
    rule: str


def modifiers(mention: Mention | Span, cues: Sequence[Mention], text: str) -> dict[str, Modifier]:
    """The nearest modifier of each category that reaches `mention`; `cues` are those of its sentence, in order."""
    out: dict[str, Modifier] = {}
    if not cues:
        return out
    start, end = mention.start, mention.end
    pseudo: list[Mention] = []
    stops: list[Mention] = []
    reaching: list[tuple[Mention, int, int]] = []
    for cue in cues:
        category, direction = cue.term.fields["category"], cue.term.fields["direction"]
        if category == "pseudo":
            pseudo.append(cue)
        elif category == "termination":
            stops.append(cue)
        elif cue.start < start and cue.end < end:
            if direction != "backward":  # "no pathological" and "pathological lymph node" overlap
                reaching.append((cue, cue.end, max(cue.end, start)))
        elif end <= cue.start and direction in ("backward", "both"):
            reaching.append((cue, end, cue.start))
    for cue, low, high in reaching:
        if pseudo and any(p.start <= cue.start and cue.end <= p.end for p in pseudo):
            continue
        if text.startswith("-", cue.end):  # "non-intestinal" denies no more than its own word
            continue
        if text.find(";", low, high) >= 0 or stops and any(low <= stop.start and stop.end <= high for stop in stops):
            continue
        category, scope = cue.term.fields["category"], cue.term.fields["scope"]
        if scope and text.count(" ", low, high) > int(scope):
            continue
        best = out.get(category)
        if best is None or _gap(cue, mention) < _gap(best.cue, mention):
            out[category] = Modifier(category, Span(cue.start, cue.end), cue.rule)
    return out


def _gap(one: Mention | Span, mention: Mention | Span) -> int:
    return mention.start - one.end if one.end <= mention.start else one.start - mention.end
