"""What an examination shows in a place, in whatever words: a lesion, uptake, enlarged nodes."""

import re
from collections.abc import Iterator

from casebook.extract.lesion import lesions
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before, listed
from casebook.extract.spread import status_of
from casebook.text.span import Span

_KINDS = frozenset(
    "mass tumour tumor lesion swelling neoplasm nodule growth tumefaction lump polyp biopsy biopsie ulcer plaque "
    "opacity thickening deposit infiltration neoformation process fracture area".split()
)
_SIGNS = frozenset(
    "uptake captation accumulation avidity hyperfixation hypermetaboli enhancement osteolysis destruction enlarged "
    "swollen".split()
)
_SIGN = re.compile(
    r"\b(?:(?P<noun>uptakes?|(?:hyper)?captations?|accumulations?|avidity|hyperfixations?|hypermetabolism|"
    r"enhancement|osteolysis|destruction)|"
    r"(?:enlarged|swollen|hypermetabolic)(?= ))\b"
)
_INTO = re.compile(
    r"\s(?:was |were |is |seen |noted |found |present |also |only ){0,3}(?:in|of|at|within|throughout)\s"
)


def shown(reading: Reading, index: int) -> Iterator[list[Place]]:
    """The places of each abnormality that sentence `index` tells as a fact, those of one list together."""
    if not reading.of("sites", index):
        return
    for lesion in lesions(reading, index):
        if lesion.kind in _KINDS and status_of(reading, index, lesion.span)[0] == "present":
            yield listed(reading, index, lesion.span, lesion.place.mention) or [lesion.place]
    if not reading.holds(index, _SIGNS):
        return
    sentence = reading.sentences[index]
    for hit in _SIGN.finditer(reading.lower, sentence.start, sentence.end):
        if status_of(reading, index, Span(*hit.span()))[0] != "present":
            continue
        into = _INTO.match(reading.lower, hit.end()) if hit["noun"] else None
        places = before(reading, index, hit.start()) if hit["noun"] else after(reading, index, hit.end())
        places = after(reading, index, into.end()) if into else places
        if places:
            yield places
