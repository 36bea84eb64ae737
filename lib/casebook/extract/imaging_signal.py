"""The MRI weighting, contrast phase or tracer under which a finding was seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from casebook.extract.finding import Cell
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_WITHIN = frozenset(
    "weighted image images imaging sequence sequences wi scan and or on in both the as well of with obtained after"
    " following intravenous injection administration contrast agent medium media gadolinium compound gd"
    " acquired taken a signal".split()
)
_WORD = re.compile(r"[a-z0-9]+")
_ON = re.compile(r"^[^.;:,()]{0,45}?\b(?:on|in|at|during|after|by|for|to)\b[^.;:,]{0,45}$")
_GIVEN = re.compile(r"\b(?:after|following|injection|administration|gadolinium|contrast)\b")
_AFTER_CONTRAST = re.compile(
    r"\)?\s?(?:obtained |acquired |taken |performed |images? |sequences? ){0,2}"
    r"(?:after|following|with|post)\b[^.;,]{0,45}\b(?:gadolinium|contrast|Gd)\b[\w -]{0,20}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"T(?<=\bT)[12]\b(?:(?=\s?(?:and|/|,|or|&)\s?(?:on\s|in\s)?T[12]\b|\s?:"
    r"|[\s-]?(?:weight|signal|sequence|imag|hyper|hypo|iso|high|low|intermediate|contrast|post|with gad))"
    r"|(?<=\bon T[12])|(?<=\bin T[12])(?! vert| level)|(?<=intense T[12])|(?<=\bboth T[12])"
    r"|(?<=T1 and T2)|(?<=T2 and T1)|(?<=T1/T2)|(?<=T1, T2)|(?<=T1 or T2))"
)
_CONTRAST = "post-contrast"
TRACED = ("PET", "PET-CT", "SPECT", "bone scintigraphy", "scintigraphy (other)")


@dataclass(frozen=True, slots=True)
class Sequences:
    """A cluster of sequence words, "T1- and T2-weighted images" or "T1WI obtained after gadolinium"."""

    start: int
    end: int
    labels: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def cell(self, label: str) -> Cell:
        return Cell(label, tuple(Span(m.start, m.end) for m in self.mentions), self.mentions[0].rule)

    def fits(self, modality: str) -> bool:
        implied = self.mentions[0].term.fields["modality"]
        return not implied or implied == modality or implied == "PET" and modality in TRACED


def sequence_mentions(reading: Reading, index: int) -> list[Mention]:
    """Sequences and tracers of sentence `index`; "T1" and "T2" alone where the sentence speaks of signal."""
    known: dict[int, list[Mention]] = reading.kept.setdefault("sequences", {})
    if index not in known:
        known[index] = _sequence_mentions(reading, index)
    return known[index]


def _sequence_mentions(reading: Reading, index: int) -> list[Mention]:
    named = list(reading.of("sequences", index))
    sentence = reading.sentences[index]
    if "T1" in (words := reading.text[sentence.start : sentence.end]) or "T2" in words:
        taken = [*named, *reading.of("sites", index)]
        signal = any(m.term.fields["category"] in ("signal", "enhancement") for m in reading.of("findings", index))
        for hit in _BARE.finditer(reading.text, sentence.start, sentence.end) if signal else ():
            term = reading.vocabulary.term("sequences", hit[0])
            if term and not any(m.start < hit.end() and hit.start() < m.end for m in taken):
                named.append(Mention(hit.start(), hit.end(), term))
    named.sort(key=attrgetter("start"))
    return named


def sequences(reading: Reading, index: int) -> list[Sequences]:
    """The clusters of sentence `index` in order."""
    out: list[Sequences] = []
    for mention in sequence_mentions(reading, index):
        labels = tuple(mention.label.split("|"))
        if out and _joined(reading, index, out[-1], mention):
            last = out[-1]
            together = _combined(last.labels, labels, reading.text[last.end : mention.start])
            out[-1] = Sequences(last.start, mention.end, together, (*last.mentions, mention))
        else:
            out.append(Sequences(mention.start, mention.end, labels, (mention,)))
    return [_enhanced(reading.text, cluster) for cluster in out]


def _joined(reading: Reading, index: int, last: Sequences, mention: Mention) -> bool:
    """Whether `mention` goes on with the cluster `last`; "isosignal T1, hypersignal T2" are two statements."""
    pair = (last.mentions[-1], mention)
    if any(f.start < m.end and m.start < f.end for m in pair for f in reading.of("findings", index)):
        return False
    gap = reading.text[last.end : mention.start]
    if len(gap) >= 80 or "." in gap or not set(_WORD.findall(gap.lower())) <= _WITHIN:
        return False
    return last.mentions[0].term.fields["modality"] in (mention.term.fields["modality"], "", "MRI")


def _enhanced(text: str, cluster: Sequences) -> Sequences:
    """ "T1WI obtained after injection of gadolinium" is T1+C."""
    last = cluster.labels[-1]
    if last.startswith("T1") and "+C" not in last and (hit := _AFTER_CONTRAST.match(text, cluster.end)):
        return Sequences(cluster.start, hit.end(), (*cluster.labels[:-1], last.replace("T1", "T1+C")), cluster.mentions)
    return cluster


def _combined(before: tuple[str, ...], after: tuple[str, ...], gap: str) -> tuple[str, ...]:
    """ "T1" and "post-contrast" make "T1+C"; an abbreviation in brackets repeats; other weightings stand beside"
    " each other."""
    if not gap.strip(" (") and len(after) == 1 and any(label.startswith(after[0]) for label in before):
        return before
    given = _CONTRAST in before + after or bool(_GIVEN.search(gap))
    rest = [label for label in dict.fromkeys(before + after) if label != _CONTRAST]
    if given:
        plain = next((label for label in reversed(rest) if label.startswith("T1") and "+C" not in label), None)
        if plain:
            merged = plain.replace("T1", "T1+C")
            return tuple(
                dict.fromkeys(
                    merged if label == plain else label
                    for label in rest
                    if label == plain or not merged.startswith(label)
                )
            )
    return tuple(rest) or (_CONTRAST,)


def weighting(
    reading: Reading,
    finding: Mention,
    last: int,
    clusters: Sequence[Sequences],
    findings: Sequence[Mention],
    modality: str,
) -> tuple[Sequences, tuple[str, ...]] | None:
    """The cluster that says under which sequences `finding` was seen, and its labels.

    `last` is where the finding's coordinated group ends ("iso- to hypointense on T1").
    """
    if not clusters:
        return None
    text = reading.text
    fitting = [cluster for cluster in clusters if cluster.fits(modality)]
    inside = next((c for c in fitting if c.start < finding.end and finding.start < c.end), None)
    if inside:
        return inside, inside.labels
    after = next((c for c in fitting if c.start >= last), None)
    if after and _follows(text, last, after, findings):
        return after, after.labels
    taken = {
        id(c) for c in fitting for other in findings if other.end <= c.start and _follows(text, other.end, c, findings)
    }
    before = [c for c in fitting if c.end <= finding.start and id(c) not in taken]
    if before and ";" not in text[before[-1].end : finding.start]:
        return before[-1], before[-1].labels
    if modality in TRACED:
        traced = next((c for c in fitting if c.mentions[0].term.fields["modality"]), None)
        return (traced, traced.labels) if traced else None
    return None


def _follows(text: str, end: int, cluster: Sequences, findings: Sequence[Mention]) -> bool:
    gap = text[end : cluster.start]
    if len(gap) > 75 or not (_ON.match(gap) or not gap.strip(" -(,")):
        return False
    return not any(end <= other.start and other.end <= cluster.start for other in findings)
