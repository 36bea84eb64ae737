"""Where the principal disease arose, and on which side."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.disease_name import alike
from casebook.extract.lesion import lesions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import OF_A_NAME, Place, side_of
from casebook.extract.spread import status_of
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary

_IN_NAME, _IMPLIED, _LESION = 5.0, 4.0, 2.0
_NEARER = 0.2  # "intraperitoneal bladder rupture": the later word is the organ
_TISSUES = frozenset(
    (
        "bone",
        "soft tissue",
        "skin",
        "peripheral nerve",
        "meninges",
        "blood vessel",
        "central nervous system",
        "brain",
        "muscle",
        "artery",
        "vein",
        "joint",
        "lymph node",
        "peripheral blood",
        "cranial nerve",
        "nerve root",
    )
)
_MOVED = re.compile(r"\b(?:ectopic|heterotopic|accessory|aberrant|extra-?adrenal|extra-?\w+)\b")
_NO_PLACE = frozenset(("peripheral blood", "blood vessel", "cerebrospinal fluid"))


@dataclass(frozen=True, slots=True)
class Vote:
    """For `label`, from the mention (none where the diagnosis implies the site) with the side its words give it."""

    label: str
    weight: float
    mention: Mention | None
    side: str
    side_span: Span | None


@dataclass(frozen=True, slots=True)
class Primary:
    """The site with the words that name it (none where the diagnosis itself implies it), and its side."""

    label: str
    mention: Mention | None
    side: str
    side_span: Span | None


def primary_site(
    reading: Reading,
    sentences: Sequence[int],
    chosen: Candidate | None,
    found: Sequence[Candidate],
    spread_to: frozenset[str],
) -> Primary | None:
    """`spread_to` are sites of metastasis, which are never the primary unless the name itself says so."""
    votes = list(_votes(reading, sentences, chosen, found, spread_to))
    if not votes:
        return None
    weights: dict[str, float] = defaultdict(float)
    for vote in votes:
        for wider in reading.vocabulary.ancestors(vote.label):
            weights[wider] += vote.weight if wider == vote.label else 0.3 * vote.weight
    stated = {vote.label for vote in votes}
    best = max(stated, key=lambda label: (weights[label], -_first(votes, label)))
    narrower = [label for label in stated if label != best and reading.vocabulary.within(label, best)]
    if narrower:
        best = max(narrower, key=lambda label: (weights[label], -_first(votes, label)))
    if best in _TISSUES:
        best = _commonest_part(reading, sentences, best, spread_to) or best
    side, side_span = _side(reading.vocabulary, votes, best)
    if not side:
        side, side_span = _side_elsewhere(reading, sentences, best)
    mention = next((vote.mention for vote in votes if vote.label == best and vote.mention), None)
    return Primary(best, mention, side, side_span)


def _commonest_part(reading: Reading, sentences: Sequence[int], tissue: str, spread_to: frozenset[str]) -> str:
    """The part of a tissue ("knee joint" of "joint") of which the report speaks most, if it does so twice; the brain has lesions to tell."""
    if tissue in ("brain", "central nervous system", "meninges"):
        return ""
    count: dict[str, int] = defaultdict(int)
    for index in sentences:
        for site in reading.of("sites", index):
            if site.label != tissue and site.label not in spread_to and reading.vocabulary.within(site.label, tissue):
                count[site.label] += 1
    best = max(count, key=lambda label: count[label], default="")
    return best if count[best] > 1 else ""


def _side_elsewhere(reading: Reading, sentences: Sequence[int], best: str) -> tuple[str, Span | None]:
    """The side that every other sided mention of the site gives."""
    found: dict[str, Span | None] = {}
    for index in sentences:
        for site in reading.of("sites", index):
            if site.label == best or reading.vocabulary.within(site.label, best):
                side, where = side_of(reading, site.start, site.end, reading.sentences[index].start)
                if side:
                    found.setdefault(side, where)
    return next(iter(found.items())) if len(found) == 1 else ("", None)


def _first(votes: list[Vote], label: str) -> int:
    return next(i for i, vote in enumerate(votes) if vote.label == label)


def _votes(
    reading: Reading,
    sentences: Sequence[int],
    chosen: Candidate | None,
    found: Sequence[Candidate],
    spread_to: frozenset[str],
) -> Iterator[Vote]:
    implied = ""
    for candidate in found if chosen else ():
        assert chosen is not None, "else nothing is looped over"
        if candidate is not chosen and not alike(reading.vocabulary, candidate.name, chosen.name):
            continue
        of_name = candidate.phrase.head.term.fields.get("site", "")
        if of_name and of_name != implied and not _MOVED.search(chosen.name.label):
            implied = implied or of_name
            side = side_of(
                reading,
                candidate.phrase.start,
                candidate.phrase.end,
                reading.sentences[candidate.phrase.sentence].start,
                OF_A_NAME,
            )
            yield Vote(of_name, _IMPLIED * (0.3 if of_name in _TISSUES else 1.0), None, *side)
        for rank, site in enumerate(candidate.phrase.sites):
            if candidate.phrase.metastatic and not (candidate.phrase.start <= site.start < candidate.phrase.end):
                continue
            inside = candidate.phrase.head.start <= site.start and site.end <= candidate.phrase.head.end
            if site.label in _NO_PLACE or (
                inside and (candidate.phrase.head.term.fields.get("site") or _MOVED.search(chosen.name.label))
            ):
                continue  # the vocabulary knows better than a word of the name: "perihilar" is of the liver
            weight = _IN_NAME * (0.3 if site.label in _TISSUES else 1.0) + _NEARER * rank
            yield Vote(
                site.label,
                weight,
                site,
                *side_of(reading, site.start, site.end, reading.sentences[candidate.phrase.sentence].start),
            )
    for index in sentences:
        for site, weight in _lesion_sites(reading, index, chosen):
            if site.mention.label in spread_to or site.mention.label in _NO_PLACE:
                continue
            if implied and implied not in _TISSUES and not reading.vocabulary.within(site.mention.label, implied):
                continue
            yield Vote(site.mention.label, weight, site.mention, site.side, site.side_span)


def _lesion_sites(reading: Reading, index: int, chosen: Candidate | None) -> Iterator[tuple[Place, float]]:
    """Places of lesions that sentence `index` neither denies nor calls metastatic."""
    sentence = reading.sentences[index]
    for lesion in lesions(reading, index):
        wanted = (
            _ANY_LESION
            if not chosen or chosen.phrase.head.term.fields.get("group") == "neoplasm"
            else _ANY_LESION | _NAMED
        )
        if lesion.kind not in wanted and not (chosen and lesion.kind in chosen.name.core):
            continue
        status, _ = status_of(reading, index, lesion.span)
        around = reading.lower[max(sentence.start, lesion.span.start - 30) : lesion.span.end + 15]
        if status not in ("", "absent") and "metasta" not in around and "secondar" not in around:
            yield lesion.place, _LESION * (1.5 if lesion.kind in _NAMED else 1.0)


_ANY_LESION = frozenset(
    ("mass", "tumor", "tumour", "lesion", "swelling", "neoplasm", "nodule", "growth", "tumefaction", "lump")
)
_NAMED = frozenset(("abscess", "cyst", "tumor", "tumour", "neoplasm", "aneurysm", "fistula", "polyp"))


def _side(vocabulary: Vocabulary, votes: list[Vote], best: str) -> tuple[str, Span | None]:
    tally: dict[str, float] = defaultdict(float)
    where: dict[str, Span | None] = {}
    for vote in votes:
        if vote.side and (vocabulary.within(vote.label, best) or vocabulary.within(best, vote.label)):
            tally[vote.side] += vote.weight
            where.setdefault(vote.side, vote.side_span)
    if not tally:
        return "", None
    side = max(tally, key=lambda s: tally[s])
    return side, where[side]
