"""Masses that a patient comes with where other words stand between the mass and its place."""

import re
from collections.abc import Iterator

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

_STEMS = frozenset("mass lump growth nodul tumefact".split())
_CAME_WITH = re.compile(
    r"\b(?:present(?:ed|ing|s|ation)?|consult(?:ed|ing|ation)|complain\w*|refer(?:red|ral)|notic(?:ed|ing)|noted"
    r"|history|visited|admitted|came|attended|appearance|onset|development|because|had for)\s"
    r"(?:(?!(?:show|reveal|demonstrat|detect|found|disclos|exam|palpat|diagnos|scan|imag|whose|who|which|history)\w*\b)"
    r"[\w'-]+,?\s){0,12}?"
    r"(?P<noun>mass|lump|growth|nodule|tumefaction)(?:e?s)?\b"
    r"(?:\s(?!(?:show|reveal|demonstrat|detect|found|disclos|exam|diagnos|with|and|which)\w*\b)[\w-]+){0,4}?"
    r"\s(?:of|in|at|on|over|around|near|behind|under|below)\s"
    r"(?:(?:the|his|her|a|an|left|right|both|upper|lower|inner|outer|anterior|posterior|lateral|medial|dorsal"
    r"|ventral|side|aspect|surface|part|half|third|region|area|proximal|distal|middle|superior|inferior|of|\w+al)\s"
    r"){0,7}",
    re.IGNORECASE,
)
_SEEN_OR_FELT = frozenset(
    (
        "neck breast thigh arm forearm leg calf foot hand wrist ankle knee back abdomen axilla groin scalp face cheek"
        " lip tongue palate gingiva mouth jaw mandible maxilla eyelid orbit ear nose buttock perineum vulva vagina"
        " labium scrotum testis penis anus shoulder elbow finger toe heel hip umbilicus flank nipple clavicle forehead"
        " temple occiput supraclavicular skin thumb"
    ).split()
) | {
    "chest wall", "abdominal wall", "popliteal fossa", "floor of the mouth", "sole of the foot", "parotid gland",
    "submandibular gland", "oral cavity", "buccal mucosa", "thyroid gland", "axillary lymph node",
}  # fmt: skip
_OF_THE_BELLY = {
    "epigastrium", "left upper quadrant", "right upper quadrant", "left lower quadrant", "right lower quadrant",
    "hypogastrium", "abdomen",
}  # fmt: skip
_NOUNS = {"lump": "mass", "growth": "mass", "tumefaction": "swelling"}


def masses(reading: Reading, index: int) -> Iterator[tuple[Mention, Mention]]:
    """Each mass that sentence `index` says the patient came with, and its place."""
    if not reading.holds(index, _STEMS):
        return
    sentence = reading.sentences[index]
    for hit in _CAME_WITH.finditer(reading.text, sentence.start, sentence.end):
        sites = reading.of("sites", index)
        site = next((s for s in sites if hit.end("noun") < s.start <= hit.end() < s.end), None)
        noun = _NOUNS.get(hit["noun"].lower(), hit["noun"].lower())
        known = reading.of("symptoms", index)
        if site is None or any(k.start < hit.end("noun") and hit.start("noun") < k.end for k in known):
            continue
        if site.label in _OF_THE_BELLY:
            label = f"abdominal {noun}"
        elif site.label in _SEEN_OR_FELT:
            label = f"{site.label} {noun}"
        else:
            continue
        term = Term("symptoms.mass", "symptoms", label, {})
        yield Mention(hit.start("noun"), hit.end("noun"), term), site
