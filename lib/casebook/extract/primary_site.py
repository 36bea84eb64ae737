"""Where the principal disease arose, and on which side.

The convention, as clinicians answer who know only the report:
- The organ that the disease's own name says or implies ("hepatocellular carcinoma": liver), else the place of its
  lesion; not the place of a symptom, of a complication, or of a metastasis, nor that of a lesion found months after the
  tumour had been named.
- As narrow as the report is ("frontal lobe", not "brain"; "toe", not "bone"), but no narrower: a disease of the whole
  organ (encephalitis, epilepsy, vasculitis) is not where one scan shows it, and a tissue or a region of the trunk gives
  way to an organ named beside it.
- A disease of a vessel is in the vessel, never in the bone or the region that the vessel is called after.
- Where the name says an organ ("ovarian carcinoma"), a place beside it is not where it arose; where it says only a
  tissue, a place that cannot hold it (a lung for a cellulitis) is another disease's.
- Where no disease is named, the organ of which the report speaks most.
- Empty for a disease of the whole body: a syndrome, a metabolic or psychiatric disease, a sepsis, a disseminated
  infection, hypertension, HIV; an infection named only after its germ is where the organs' infections beside it are.
  Empty too for a tumour of the nervous system whose place nobody tells.
- The side is that of the organ, by its own words or those of the paired part of the body that it belongs to (the cornea
  of "the left eye"), if by far the most agree; both and each is bilateral. An organ that has no side gets one only from
  its own words. Where no side is told the cell stays empty.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_kind import group_of
from casebook.extract.site_lesions import DIFFUSE, side_of_lesions
from casebook.extract.site_list import OF_A_NAME
from casebook.extract.site_votes import TISSUES, Vote, side_around, side_of_names, votes
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary

_PAIRED = frozenset("chest wall|eye|orbit|ear|breast|lung|kidney|ovary|testis|cerebral hemisphere|hand|foot".split("|"))
_SIDED_BY = {
    "eye": "orbit|optic nerve|oculomotor nerve|abducens nerve|trochlear nerve|retinal artery|retinal vein|"
    "ophthalmic artery",
    "flank": "kidney|ureter|adrenal gland",
    "ear": "temporal bone|facial nerve|vestibulocochlear nerve|cerebellopontine angle",
    "cheek": "jaw|zygomatic bone|maxillary sinus|parotid gland",
    "tooth": "jaw|gingiva",
    "neck": "carotid artery|jugular vein|carotid body|cervical lymph node|submandibular gland",
    "nasal cavity": "paranasal sinus",
    "lung": "bronchus|pleura",
    "groin": "testis|inguinal lymph node",
    "scrotum": "testis",
    "limb": "axillary nerve|brachial plexus|femoral nerve|median nerve|musculocutaneous nerve|peroneal nerve|"
    "posterior interosseous nerve|radial nerve|saphenous nerve|sciatic nerve|suprascapular nerve|sural nerve|"
    "tibial nerve|ulnar nerve|long thoracic nerve|lumbosacral plexus|axillary artery|brachial artery|"
    "dorsalis pedis artery|femoral artery|popliteal artery|radial artery|subclavian artery|tibial artery|"
    "ulnar artery|femoral vein|popliteal vein|saphenous vein|subclavian vein",
}
"""Places whose words tell the side of organs that are no part of them."""
_SIDED = {place: frozenset(organs.split("|")) for place, organs in _SIDED_BY.items()}
_OF_LIMBS = ("limb", "bone", "joint", "muscle", "tendon")
_OF_TRUNK = ("vertebra", "skull", "chest wall bone", "pelvis", "bone marrow")
_BOTH_AND_EACH = ("left", "right", "bilateral")
_FROM_PARTS = 0.3  # what a vote for a part adds to the whole
_ORGAN_MAY_LACK = 0.5
_PLACE_MAY_LACK = 0.3  # as soft tissue is everywhere
_BY_FAR = 2
_WIDE = TISSUES | frozenset(("abdomen", "pelvis", "pelvic cavity", "chest", "head", "limb", "upper limb", "lower limb"))
_UNPAIRED = (
    "liver|stomach|oesophagus|colon|rectum|colorectum|small intestine|prostate|uterus|urinary bladder|pancreas|spleen|"
    "heart|vertebra|spinal cord|spinal canal|mouth|larynx|pharynx|penis|vulva|vagina|urethra|peritoneum|bone marrow|"
    "peripheral blood|pituitary gland|central nervous system|gallbladder|appendix|intestine|gastrointestinal tract|"
    "thyroid gland|trachea|thymus|placenta|skin|biliary tract|aorta|urinary tract|inferior vena cava|"
    "superior vena cava|portal vein"
).split("|")
_SINGLE = frozenset(
    "stomach|oesophagus|colon|rectum|prostate|uterus|urinary bladder|pancreas|spleen|heart|penis|vagina|urethra|"
    "pituitary gland|gallbladder|appendix|placenta|trachea".split("|")
)
"""Organs that have no two sides: "inverted uterus … bilateral salpingectomy"."""
_CHAMBERS = ("left ", "right ")  # "left ventricle": the side of the chamber, not of the heart
_JOINTED = frozenset("shoulder elbow wrist hand finger hip knee ankle foot toe".split())
_OF_A_PART = 2  # "scaphoid" says more than "wrist"
_FROM_MEASURE = 60
_NEAR_JOINTS = ("joint", "bone")
_OF_THE_WHOLE = ("metabolic", "genetic")  # an osteoporosis is no disease of the bone that broke
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
    if best in _WIDE:  # "a soft tissue tumour … of the hallux", "a pelvic mass … of the ovary": the place says more
        organs = [
            label
            for label in order
            if label not in _WIDE
            and weights[label] >= (_PLACE_MAY_LACK if best == "soft tissue" else _ORGAN_MAY_LACK) * weights[best]
            and (best in TISSUES or not reading.vocabulary.within(label, "limb"))
        ]
        best = max(organs, key=lambda label: (weights[label], order[label]), default=best)
    narrower = [label for label in order if label != best and reading.vocabulary.within(label, best)]
    narrower = [label for label in narrower if label not in TISSUES]
    best = max(narrower, key=lambda label: (weights[label], order[label]), default=best)
    if best in TISSUES and not (chosen and group_of(chosen.phrase.head) in _OF_THE_WHOLE):
        best = _commonest_part(reading, sentences, best, spread_to) or best
    side, side_span = _side(reading.vocabulary, cast, best)
    if not side:
        side, side_span = _side_elsewhere(reading, sentences, best, bool(chosen and DIFFUSE.search(chosen.name.label)))
    outer = best in TISSUES or not any(reading.vocabulary.within(best, organ) for organ in _UNPAIRED)
    if not side and outer:
        side, side_span = side_of_names(reading, chosen, found)
    if not side and outer:
        side, side_span = side_of_lesions(reading, sentences, chosen)
    if side == "bilateral" and best in _SINGLE:
        side, side_span = "", None
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
            part = reading.vocabulary.within(site.label, tissue)
            near = tissue in _NEAR_JOINTS and site.label in _JOINTED
            if site.label != tissue and site.label not in spread_to and (part or near):
                count[site.label] += _OF_A_PART if part else 1
    best = max(count, key=lambda label: count[label], default="")
    sole = tissue == "bone" and len(count) == 1
    return best if sole or count[best] > _OF_A_PART or (best in _JOINTED and count[best] > 1) else ""


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


def _side_elsewhere(
    reading: Reading, sentences: Sequence[int], best: str, diffuse: bool
) -> tuple[str, Span | None]:
    """The side that the other mentions of the site give, else those of the paired part of the body it belongs to.

    A part of the site tells its side too, unless the disease is one of the whole organ (`diffuse`).
    """
    own: dict[str, list[Span | None]] = defaultdict(list)
    around: dict[str, list[Span | None]] = defaultdict(list)
    within = reading.vocabulary.within
    wider = frozenset(reading.vocabulary.ancestors(best))
    paired = _PAIRED & wider
    sided_by = {place for place, organs in _SIDED.items() if organs & wider}
    if best not in TISSUES and wider.intersection(_OF_LIMBS) and not wider.intersection(_OF_TRUNK):
        sided_by.add("limb")
    unpaired = any(within(best, organ) for organ in _UNPAIRED)
    for index in sentences:
        diseases = () if unpaired else reading.of("diagnoses", index)
        for word in (*reading.of("sites", index), *diseases):
            label = word.label if word.kind == "sites" else word.term.fields["site"]
            if not label:
                continue
            part = within(label, best) and not diffuse and not label.startswith(_CHAMBERS) and best != "heart"
            if label == best or part:
                told = own
            elif label in paired or any(within(label, place) for place in sided_by):
                told = around
            else:
                continue
            stop = None if word.kind == "sites" else OF_A_NAME
            side, where = side_around(reading, index, word, word.end, stop)
            near = reading.lower[max(reading.sentences[index].start, word.start - _FROM_MEASURE) : word.end]
            measured = side == "bilateral" and told is around and "acuity" in near
            if side and not measured:  # "visual acuity was 20/20 in both eyes"
                told[side].append(where)
    return _agreed(own) if own else _agreed(around)


def _agreed(told: dict[str, list[Span | None]]) -> tuple[str, Span | None]:
    """The side that all or by far the most give."""
    if len(told) == len(_BOTH_AND_EACH):  # "both eyes … the left eye … the right eye"
        return "bilateral", told["bilateral"][0]
    for side, places in told.items():
        if len(places) > _BY_FAR * sum(len(other) for name, other in told.items() if name != side):
            return side, places[0]
    return "", None
