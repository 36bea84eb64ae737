"""The parts of a wide place of spread ("bone") in which a report shows the lesions, where it names them apart."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.reading import Reading
from casebook.extract.site_list import after, before
from casebook.extract.spread import Spread
from casebook.extract.spread_shown import shown
from casebook.text.span import Span

SYSTEMS = frozenset(
    ("bone", "vertebra", "lymph node", "skin", "soft tissue", "muscle", "limb", "lower limb", "upper limb")
) | {"central nervous system", "gastrointestinal tract", "chest", "abdomen"}
"""Places so wide that their parts say more."""

_LONGEST_LEGEND = 40  # sentences
_LESIONS = re.compile(r"\b(?:lesions|foci|nodules|masses|deposits|uptakes?)\b")
_LESIONS_IN = re.compile(
    r"\s(?:\([^()]{1,40}\)\s)?(?:(?:were|was|are|had|have|been|found|seen|detected|noted|present|observed|"
    r"identified|located|also)\s){0,4}(?:in|at|of|on|within|throughout)\s"
)


def named_lesions(reading: Reading, sentences: Sequence[int], found: list[Spread]) -> Iterator[Spread]:
    """Lesions in parts of a place to which the disease has spread ("bone metastases … the lesions of the sacrum")."""
    spread_to = [spread for spread in found if spread.role == "metastasis" and spread.status == "present"]
    wide = {place.mention.label for spread in spread_to for place in spread.places} & SYSTEMS
    legends = {spread.sentence for spread in spread_to if reading.sentences[spread.sentence].zone == "legend"}
    if not wide:
        return
    for index in sentences:
        sentence = reading.sentences[index]
        if not reading.of("sites", index):
            continue
        for hit in _LESIONS.finditer(reading.lower, sentence.start, sentence.end):
            into = _LESIONS_IN.match(reading.lower, hit.end())
            places = before(reading, index, hit.start()) + (after(reading, index, into.end()) if into else [])
            if not (sentence.zone == "legend" and opening(reading, index) in legends):
                places = [
                    place
                    for place in places
                    if any(
                        place.mention.label != whole and reading.vocabulary.within(place.mention.label, whole)
                        for whole in wide
                    )
                ]
            if places:
                yield Spread(index, "metastasis", Span(*hit.span()), tuple(places), "present", None)


def parts_shown(reading: Reading, sentences: Sequence[int], found: list[Spread], primary: str) -> Iterator[Spread]:
    """The part of a wide place in which the case section shows a lesion, where no statement of spread names a part.

    "Bone metastases of a glioma … a lesion of the clavicle": the clavicle.
    """
    within = reading.vocabulary.within
    told = {
        place.mention.label
        for spread in found
        if spread.role == "metastasis" and spread.status == "present"
        for place in spread.places
    }
    wide = [whole for whole in told & SYSTEMS if not any(part != whole and within(part, whole) for part in told)]
    for index in sentences if wide else ():
        if reading.sentences[index].zone != "case":
            continue
        for group in shown(reading, index):
            places = [
                place
                for place in group
                if any(place.mention.label != whole and within(place.mention.label, whole) for whole in wide)
                and not (primary and (within(place.mention.label, primary) or within(primary, place.mention.label)))
            ]
            if places:
                words = Span(places[0].mention.start, places[-1].mention.end)
                yield Spread(index, "metastasis", words, tuple(places), "present", None, rule="sites.part")


def opening(reading: Reading, index: int) -> int:
    """The first sentence of the paragraph of sentence `index`, or one not far before it."""
    paragraph, low = reading.sentences[index].paragraph, index - _LONGEST_LEGEND
    while index > max(0, low) and reading.sentences[index - 1].paragraph == paragraph:
        index -= 1
    return index
