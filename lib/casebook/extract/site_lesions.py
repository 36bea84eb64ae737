"""The places of the lesions that a report tells of, each with what it says for being where the disease is."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.lesion import lesions
from casebook.extract.reading import Reading
from casebook.extract.site_kind import is_tumour
from casebook.extract.site_list import Place
from casebook.extract.spread import status_of
from casebook.text.span import Span

_LESION = 2.0
_UNSEEN = ("meninges", "brain", "central nervous system")  # a tumour there swells nothing
_ONE_SIDE = ("left", "right")
_MANY = re.compile(r"\b(?:multiple|numerous|several|innumerable|disseminated|countless)\s(?:[\w-]+\s){0,3}$")
DIFFUSE = re.compile(r"encephal|epilep|meningitis|angiitis|vasculitis")  # seen at one place, it is in all the organ
_MARGIN = re.compile(r"\s(?:\w+\s)?margins?\b")  # "no tumour at the vaginal margin"
_DISTANCE = re.compile(r"\b[cm]m\b.{0,20}\bfrom\b")  # "a mass 5 cm from the anal verge"
_COMPLAINT = 0.5  # "swelling of the leg" is what the patient feels of a mass that is elsewhere
_OF_MANY = 0.25  # many nodules are rather where the tumour went
_ANY_LESION = frozenset(
    "mass|tumor|tumour|lesion|swelling|neoplasm|nodule|growth|tumefaction|lump|process|neoformation|"
    "filling defect".split("|")
)
_OF_INFECTION = frozenset(("inflammation", "involvement"))
_NAMED = frozenset("abscess collection cyst tumor tumour neoplasm aneurysm fistula polyp".split())


def side_of_lesions(reading: Reading, sentences: Sequence[int], chosen: Candidate | None) -> tuple[str, Span | None]:
    """The side of the lesions, wherever they are seen, if all that are sided are on one."""
    told = [
        place
        for index in sentences
        for place, weight in places_of_lesions(reading, index, chosen)
        if weight != _LESION * _COMPLAINT
    ]
    places = [place for place in told if place.side in _ONE_SIDE]
    return (places[0].side, places[0].side_span) if len({place.side for place in places}) == 1 else ("", None)


def places_of_lesions(reading: Reading, index: int, chosen: Candidate | None) -> Iterator[tuple[Place, float]]:
    """Places of lesions that sentence `index` neither denies nor calls metastatic, each with its weight."""
    found = list(lesions(reading, index))
    if not found:
        return
    sentence = reading.sentences[index]
    tumour = not chosen or is_tumour(chosen)
    wanted = _ANY_LESION if tumour else _ANY_LESION | _NAMED
    if chosen and chosen.phrase.head.term.fields.get("group") == "infection":
        wanted |= _OF_INFECTION
    if chosen and DIFFUSE.search(chosen.name.label):
        wanted = frozenset()
    named = [disease for disease in reading.of("diagnoses", index) if disease.term.fields["site"]]
    for lesion in found:
        both = (lesion.place.mention.start, lesion.span.start)
        known = (d.term.fields["site"] for d in named if d.start <= min(both) and max(both) < d.end)
        if any(lesion.place.mention.label != site for site in known):
            continue  # "subarachnoid haemorrhage": the vocabulary knows where
        if lesion.kind == "swelling" and tumour and chosen and chosen.phrase.head.term.fields.get("site") in _UNSEEN:
            continue
        if _MARGIN.match(reading.lower, lesion.place.mention.end):
            continue
        if lesion.kind not in wanted and not (chosen and lesion.kind in chosen.name.core):
            continue
        if _DISTANCE.search(reading.lower, lesion.span.end, lesion.place.mention.start):
            continue
        status, _ = status_of(reading, index, lesion.span)
        around = reading.lower[max(sentence.start, lesion.span.start - 30) : lesion.span.end + 15]
        if status not in ("", "absent") and "metasta" not in around and "secondar" not in around:
            many = _MANY.search(reading.lower, max(sentence.start, lesion.span.start - 40), lesion.span.start)
            strength = 1.5 if lesion.kind in _NAMED else _COMPLAINT if lesion.kind == "swelling" else 1.0
            yield lesion.place, _LESION * (_OF_MANY if many else strength)
