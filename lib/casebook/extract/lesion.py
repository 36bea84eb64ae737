"""Lesions and the places they are in: "a mass on the dorsal aspect of the third metatarsal", "tongue mass"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.extract.phrase import place_after
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, place
from casebook.text.span import Span

_LESION = re.compile(
    r"\b(?P<word>mass|tumou?r|lesion|swelling|neoplasm|nodule|growth|tumefaction|cyst|abscess|lump|polyp|"
    r"ha?emorrhage|fracture|"
    r"biops(?:y|ies)|specimen|ulcer|plaque|opacity|thickening|aneurysm|haematoma|hematoma|collection|deposit|fistula|"
    r"infiltration|involvement|inflammation|filling defect|neoformation|"
    r"(?<=density )area|(?<=echoic )area|(?<=dense )area|(?<=intensity )area|"
    r"(?<=expansive )process|(?<=expanding )process|(?<=tumoral )process|"
    r"(?<=tumoural )process|"
    r"(?<=\ba )process(?= (?:of|in|at) )|(?<=lesional )process|(?<=space-occupying )process)(?:es|s)?\b(?! thromb)"
)
_LESION_STEMS = frozenset(
    "mass tumo lesion swelling neoplasm nodule growth tumefaction cyst abscess lump polyp emorrhage fracture biops "
    "specimen area ulcer plaque opacity thickening aneurysm aematoma hematoma collection deposit fistula infiltration "
    "involvement inflammation filling neoformation process".split()
)
_LINKED = re.compile(
    r"(?P<between>[^.;:()]{0,80}?)\b(?:in|on|at|of|within|over|from|involving|occupying|obliterating|obstructing|occluding|filling|replacing|narrowing|expanding|destroying|inside|behind|beneath|"
    r"under|near|along)\s"
    r"(?:(?:the|his|her|a|an|most|much|all|almost|nearly|entire|whole|dorsal|ventral|lateral|medial|anterior|posterior|superior|inferior|upper|lower|"
    r"left|right|bilateral|mid|middle|"
    r"distal|proximal|inner|outer|deep|superficial|aspect|part|side|portion|surface|level|half|third|one-third|two-thirds|one-half|region|"
    r"area|wall|lobe|of|both)\s){0,7}$"
)
_ELSEWHERE = re.compile(
    r"\b(?:compress\w+|displac\w+|abut\w*|adjacent|without|sparing|close to|next to|between|toward\w*|into|"
    r"invad\w+|infiltrat\w+|"
    r"exten\w+|encas\w+|metasta\w+|underwent|removed|and (?:the|a|an|\w+ing)|but|reaching|from|while|which had|no|"
    r"with (?:\w+ ){0,3}(?:metasta|exten|inva|involv|infiltr|spread|"
    r"erosi|destruct|oedema|edema|effusi|adenopath|lymphaden|contact)\w*)\b"
)
_ADJECTIVES = re.compile(  # "parietal ⟨heterogeneously enhancing⟩ mass"
    r"\s(?:(?:[\w-]+(?:ly|ing|ous|[dn]ic|stic|ular|dense|tense)|solid|mixed|large|giant|small|single|solitary|focal|"
    r"soft[ -]tissue|well-\w+|ill-\w+|multiloculated|lobulated|ulcerated|calcified|vascular|expansile|polypoid|"
    r"cavitary|exophytic|extra-axial|intra-axial|space-occupying)\s){1,4}"
)
_DESCRIBED = 50
_ASIDE = re.compile(r",?\s\([^().;]{1,40}\),?(?=\s)")  # "a haematoma ⟨(7 x 4 cm)⟩ of the psoas"
_REACH = 110
_APART = frozenset(",;:.()")  # "the L2 vertebra; biopsy showed"
_OF_TRUNK = frozenset(("abdomen", "chest", "pelvic cavity", "neck", "heart"))
"""Holding organs of one side and of none: not as "a white matter lesion of the left insula"."""
_ANY_TISSUE = ("soft tissue", "subcutaneous tissue")  # "a soft tissue mass of the ⟨axilla⟩"


@dataclass(frozen=True, slots=True)
class Lesion:
    """A lesion word at `span` (`kind` in the singular, lower case) and the place bound to it."""

    kind: str
    span: Span
    place: Place


def lesions(reading: Reading, index: int, low: int | None = None, high: int | None = None) -> Iterator[Lesion]:
    """Lesions of sentence `index` that begin in view [low, high), each with its nearest place, denied ones too."""
    sentence = reading.sentences[index]
    sites = reading.of("sites", index)
    if not sites or not reading.holds(index, _LESION_STEMS):
        return
    for hit in _LESION.finditer(
        reading.lower, low if low is not None else sentence.start, high if high is not None else sentence.end
    ):
        close = [
            site
            for site in sites
            if 0 <= hit.start() - site.end <= 2 and reading.text[site.end] not in _APART
            or reading.lower[site.end : hit.start()] == "-based "
            or site.start <= hit.start() < site.end
            or 2 < hit.start() - site.end < _DESCRIBED and _ADJECTIVES.fullmatch(reading.lower, site.end, hit.start())
        ]
        aside = _ASIDE.match(reading.lower, hit.end())
        end = aside.end() if aside else hit.end()
        linked = place_after(reading, index, end) or _linked(reading, index, end)
        site = close[-1] if close and not (linked and close[-1].label in _ANY_TISSUE) else linked
        if site:
            told = place(reading, site, sentence.start)
            roots = {reading.vocabulary.ancestors(s.label)[-1] for s in (site, linked or site)}
            if linked and not told.side and len(roots) == 1 and not roots & _OF_TRUNK:
                of = place(reading, linked, hit.end())
                told = Place(told.mention, of.side, of.side_span)
            yield Lesion(hit["word"], Span(*hit.span()), told)


def _linked(reading: Reading, index: int, end: int):
    site = next((s for s in reading.of("sites", index) if s.start >= end), None)
    if site is None or site.start - end > _REACH:
        return None
    link = _LINKED.fullmatch(reading.lower, end, site.start)
    return site if link and not _ELSEWHERE.search(link["between"]) else None
