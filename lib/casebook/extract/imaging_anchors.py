"""What each stretch of a sentence reports on: an imaging study, an imaging guide, or another examination."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from casebook.extract.imaging_done import done, guides, has_result
from casebook.extract.imaging_signal import sequence_mentions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.telling import telling

_AGAIN = re.compile(
    r"\b(?:scans?|scanner|images?|imaging(?: (?:studies|study|findings|features|examination))?|radiologist"
    r"|radiologically"
    r"|radiological(?:ly)? (?:examination|evaluation|findings|imaging|investigations?|study|studies)"
    r"|contrast-enhanced (?:study|series|phases?))\b",
)
_AGAIN_STEMS = frozenset(("scan", "imag", "radiolog", "contrast-enhanced "))
_NOT_AGAIN = re.compile(r"(?:\b(?:mirror|body|self|bone|gallium|bladder|doppler|molecular)|-)\s?$")
_UNKNOWN = re.compile(
    r"\b(?:neuro\w*|\w*vascular|cardiac|fundus|multimodal|cross-sectional|further|additional|advanced|staging"
    r"|surveillance"
    r"|functional)[\s-]$",
)
_WHEN_OR_WHY = re.compile(
    r"\b(?:after|before|following|prior to|since|until|for|due to|because of|despite|given|post|from|to|with|without|of"
    r"|in addition to|besides|and|or|,|than|by|prompted|based on|correlat\w+)"
    r"\s(?:(?:the|an?|his|her|this|first|second|initial|previous|any|further|planned|\w{3,14}(?:al|ic|ed|ing|ive"
    r"|ous|ent|ant))\s){0,3}$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\band|\bor|,)\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_WHEN = ("post-", "post ", "pre-", "pre ")
"""Before "operative": a time, no examination."""
_CLAUSE_ENDS = re.compile(r"[,;.]")
_BESIDE = re.compile(
    r"\b(?:after|before|following|prior to|despite|compared (?:with|to)|than|similar to)\s(?:the\s"
    r"|an?\s)?(?:[\w-]+\s){0,2}$",
)
_HEART = re.compile(
    r"\b(?:cardi\w+|heart|ventric\w+|atri\w+|valv\w+|mitral|aort\w+|ejection|LVEF|EF|pericard\w+|septal|tricuspid)\b",
    re.IGNORECASE,
)
_NUMBED = re.compile(r"\b(?:nerve|plexus|plane|sciatic|femoral)?\s?(?:block(?:ade)?s?|an(?:a)?esthesia|cannulation)\b")
_BRACKETS = re.compile(r"\)\s|\)?\s(?:\([^()]{1,80}\)\s){1,2}")
_AND = re.compile(r"\s(?:scans?\s)?(?:and|or|nor)\s(?:an?\s|the\s)?")
_ACRONYM = re.compile(r"(?!FDG|DWI)[A-Z]{2,4}")
_BRACKET = re.compile(r" \((?:\[?18\]?F?[ -]?)?(?:FDG[ -])?")
_FUSED_WITH = re.compile(r"[^.;,]{0,70}\b(?:combined|integrated|fused|coupled|associated) with (?:low-dose )?(?:a )?")
_FUSED = ("/", "-", "–", "—", "-/")


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on the words report on this, until the next anchor.

    `kind` is study, implied (a sequence or tracer names it), again ("the scan"), guidance, or other (no imaging).
    `radiological`: said of X-rays or sections, so of no ultrasound. `sequence`: a sequence stands for the study.
    `aside`: the study is named only to date something else ("after the first MRI").
    """

    start: int
    end: int
    kind: str
    mention: Mention | None
    done: bool = True
    radiological: bool = False
    sequence: bool = False
    aside: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        if self.mention is None or self.kind == "other":
            return ()
        term = self.mention.term
        return _methods(term.fields["modality"] if term.kind == "sequences" else term.label)

    @property
    def imaging(self) -> bool:
        return self.kind in ("study", "implied", "again")


@lru_cache(maxsize=1_000)
def _methods(names: str) -> tuple[str, ...]:
    return tuple(names.split("|"))


def may_name_a_study(reading: Reading, index: int) -> bool:
    """Whether sentence `index` holds words that could make an anchor of imaging."""
    if reading.of("modalities", index) or reading.of("sequences", index):
        return True
    return reading.holds(index, _AGAIN_STEMS)


def anchors(reading: Reading, index: int) -> list[Anchor]:
    """The anchors of sentence `index` in order."""
    found: list[Anchor] = []
    for mention in _studies(reading, index):
        anchor = _study(reading, index, mention)
        if found and not found[-1].done and _AND.fullmatch(reading.text, found[-1].end, anchor.start):
            anchor = replace(anchor, done=anchor.done and found[-1].kind == "guidance")
        found.append(anchor)
    for mention in sequence_mentions(reading, index):
        if mention.term.fields["modality"] and not _overlaps(mention, found) and _is_sequence(reading, mention):
            found.append(Anchor(mention.start, mention.end, "implied", mention))
    found += _taken_up(reading, index, found)
    imaging = sorted(found, key=attrgetter("start"))
    for mention in reading.of("examinations", index):
        if _overlaps(mention, imaging) or imaging and _accompanies(reading, index, imaging, mention):
            continue
        if reading.lower.endswith(_WHEN, 0, mention.start):
            continue
        found.append(Anchor(mention.start, mention.end, "other", mention))
    kept = [anchor for anchor in found if not _beside(imaging, anchor)]
    kept.sort(key=attrgetter("start", "end"))
    return kept


def _studies(reading: Reading, index: int) -> Iterator[Mention]:
    """The methods named, PET with CT as one; bare "echo" only where the heart is spoken of."""
    text, waiting = reading.text, None
    named, examinations = reading.of("modalities", index), reading.of("examinations", index)
    for mention in named:
        if (
            _within(mention, named)
            or _within(mention, examinations)
            or ">" in text[max(0, mention.start - 2) : mention.start]
        ):
            continue
        if text[mention.start : mention.end].lower() == "echo" and not _HEART.search(reading.words(index)):
            continue
        if mention.label == "ultrasonography" and text.startswith("Doppler", mention.start):
            mention = _of_the_heart(reading, index, mention)
        same = waiting is not None and waiting.label in ("PET", "PET-CT") and mention.label in ("PET", "PET-CT")
        if same and waiting and _BRACKET.fullmatch(text, waiting.end, mention.start):
            waiting = Mention(waiting.start, mention.end, mention.term)
            continue
        vessels = waiting is not None and waiting.label in ("CT", "MRI") and mention.label == "angiography"
        if vessels and waiting and _BRACKETS.fullmatch(text, waiting.end, mention.start):
            term = reading.vocabulary.term("modalities", f"{waiting.label}|angiography") or mention.term
            waiting = Mention(waiting.start, mention.end, term)
            continue
        fused = waiting is not None and {waiting.label, mention.label} == {"PET", "CT"}
        gap = text[waiting.end : mention.start] if fused and waiting else ""
        if fused and waiting and (gap.strip(" )(") in _FUSED or _FUSED_WITH.fullmatch(gap)):
            term = reading.vocabulary.term("modalities", "PET-CT") or mention.term
            waiting = Mention(waiting.start, mention.end, term)
            continue
        if waiting is not None:
            yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting


def _of_the_heart(reading: Reading, index: int, mention: Mention) -> Mention:
    """ "Doppler" alone where a report with an echocardiography speaks of the heart."""
    known = next((m for m in reading.of("modalities") if m.label == "echocardiography"), None)
    if known is None or " " in reading.text[mention.start : mention.end] or not _HEART.search(reading.words(index)):
        return mention
    return Mention(mention.start, mention.end, known.term)


def _is_sequence(reading: Reading, mention: Mention) -> bool:
    """Whether an acronym that also means other things (ADC, TOF) stands in a report on such a study."""
    if not _ACRONYM.fullmatch(reading.text, mention.start, mention.end):
        return True
    return any(mention.term.fields["modality"] in study.label for study in reading.of("modalities"))


def _taken_up(reading: Reading, index: int, known: Sequence[Anchor]) -> Iterator[Anchor]:
    """ "the scan", "the images": a study that was named before, or one whose method is not told."""
    if not reading.holds(index, _AGAIN_STEMS):
        return
    if not known and any(mention.label == "histology" for mention in reading.of("examinations", index)):
        return  # the image is one of a slide
    sentence = reading.sentences[index]
    for hit in _AGAIN.finditer(reading.lower, sentence.start, sentence.end):
        before = reading.lower[max(sentence.start, hit.start() - 25) : hit.start()]
        if any(anchor.start <= hit.start() < anchor.end for anchor in known) or _NOT_AGAIN.search(before):
            continue
        kind = "other" if _UNKNOWN.search(before) else "again"
        yield Anchor(hit.start(), hit.end(), kind, None, radiological="radiolog" in before + hit[0])


def _within(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a longer mention holds `mention` (the CT of "PET-CT")."""
    length = mention.end - mention.start
    return any(o.start <= mention.start and mention.end <= o.end and o.end - o.start > length for o in others)


def _overlaps(mention: Mention, known: Sequence[Anchor]) -> bool:
    return any(anchor.start < mention.end and mention.start < anchor.end for anchor in known)


def _accompanies(reading: Reading, index: int, imaging: Sequence[Anchor], mention: Mention) -> bool:
    """ "CT after surgery", "radiography and blood tests showed": the study tells what follows."""
    last = next((anchor for anchor in reversed(imaging) if anchor.end <= mention.start), None)
    words, text = telling(reading.vocabulary), reading.text
    before = reading.text[max(reading.sentences[index].start, mention.start - 40) : mention.start]
    if _WHEN_OR_WHY.search(before):
        told = last is not None and _JOINED.search(before) and words.finds.search(text, last.end, mention.start)
        return not (told and words.finds.search(_CLAUSE_ENDS.split(text[mention.end : mention.end + 80], 1)[0]))
    if last is None or last.kind not in ("study", "again"):
        return False
    return not words.shows.search(text[last.end : mention.start].replace("with", ""))


def _beside(imaging: Sequence[Anchor], anchor: Anchor) -> bool:
    """ "CT, after echocardiographic suspicion, showed": a study named only for when or why another was done."""
    return anchor.aside and any(other.end <= anchor.start and other.kind == "study" for other in imaging)


def _study(reading: Reading, index: int, mention: Mention) -> Anchor:
    sentence = reading.sentences[index]
    before = reading.lower[max(sentence.start, mention.start - 60) : mention.start]
    after = reading.text[mention.end : min(sentence.end, mention.end + 120)]
    kind = "guidance" if guides(before, after) else "study"
    if kind == "guidance" and _NUMBED.search(after[:60].partition(",")[0]):
        return Anchor(mention.start, mention.end, kind, mention, done=False)
    aside = bool(_BESIDE.search(before[-40:])) and not has_result(after.partition(",")[0])
    return Anchor(mention.start, mention.end, kind, mention, done(reading, mention, before, after), aside=aside)
