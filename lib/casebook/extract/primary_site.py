"""Where the principal disease arose, and on which side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import side_of
from casebook.extract.site_votes import TISSUES, Vote, side_of_lesions, votes
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary

_FROM_PARTS = 0.3  # what a vote for a part adds to the whole
_ORGAN_MAY_LACK = 0.5
_UNPAIRED = (
    "liver|stomach|oesophagus|colon|rectum|colorectum|small intestine|prostate|uterus|urinary bladder|pancreas|spleen|"
    "heart|vertebra|spinal cord|spinal canal|mouth|larynx|pharynx|penis|vulva|vagina|urethra|peritoneum|bone marrow|"
    "peripheral blood|pituitary gland|central nervous system"
).split("|")
_TOLD_BY_LESIONS = ("brain", "central nervous system", "meninges")


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
    """The place with the most votes, the narrowest stated within it; `spread_to` are metastases, never the primary.

    `chosen` is the principal disease, none for a lesion that the report does not name.
    """
    cast = votes(reading, sentences, chosen, found, spread_to)
    if not cast:
        return None
    weights: dict[str, float] = defaultdict(float)
    for vote in cast:
        for wider in reading.vocabulary.ancestors(vote.label):
            weights[wider] += vote.weight * (1.0 if wider == vote.label else _FROM_PARTS)
    order = {vote.label: -place for place, vote in reversed(list(enumerate(cast)))}
    best = max(order, key=lambda label: (weights[label], order[label]))
    if best in TISSUES:  # "a soft tissue tumour … of the hallux": the place says more than the tissue
        organs = [
            label for label in order if label not in TISSUES and weights[label] >= _ORGAN_MAY_LACK * weights[best]
        ]
        best = max(organs, key=lambda label: (weights[label], order[label]), default=best)
    narrower = [label for label in order if label != best and reading.vocabulary.within(label, best)]
    best = max(narrower, key=lambda label: (weights[label], order[label]), default=best)
    if best in TISSUES:
        best = _commonest_part(reading, sentences, best, spread_to) or best
    side, side_span = _side(reading.vocabulary, cast, best)
    if not side:
        side, side_span = _side_elsewhere(reading, sentences, best)
    if not side and not any(reading.vocabulary.within(best, organ) for organ in _UNPAIRED):
        side, side_span = side_of_lesions(reading, sentences, chosen)
    return Primary(best, _stated(reading, sentences, cast, best), side, side_span)


def _stated(reading: Reading, sentences: Sequence[int], cast: Sequence[Vote], best: str) -> Mention | None:
    voted = (vote.mention for vote in cast if vote.label == best and vote.mention)
    if best not in {vote.label for vote in cast}:
        voted = (site for index in sentences for site in reading.of("sites", index) if site.label == best)
    return next(voted, None)


def _commonest_part(reading: Reading, sentences: Sequence[int], tissue: str, spread_to: frozenset[str]) -> str:
    """The part of a tissue ("knee joint" of "joint") of which the report speaks most, if it does so twice."""
    if tissue in _TOLD_BY_LESIONS:
        return ""
    count: dict[str, int] = defaultdict(int)
    for index in sentences:
        for site in reading.of("sites", index):
            if site.label != tissue and site.label not in spread_to and reading.vocabulary.within(site.label, tissue):
                count[site.label] += 1
    best = max(count, key=lambda label: count[label], default="")
    return best if count[best] > 1 else ""


def _side(vocabulary: Vocabulary, cast: Sequence[Vote], best: str) -> tuple[str, Span | None]:
    tally: dict[str, float] = defaultdict(float)
    where: dict[str, Span | None] = {}
    for vote in cast:
        if vote.side and (vocabulary.within(vote.label, best) or vocabulary.within(best, vote.label)):
            tally[vote.side] += vote.weight
            where.setdefault(vote.side, vote.side_span)
    if not tally:
        return "", None
    side = max(tally, key=lambda name: tally[name])
    return side, where[side]


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
