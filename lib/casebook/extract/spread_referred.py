"""A metastasis told of a lesion that an earlier sentence placed: "a vaginal mass … Biopsy showed a metastasis"."""

import re
from collections.abc import Sequence

from casebook.extract.lesion import lesions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, place
from casebook.extract.spread import Spread, metastases, status_of
from casebook.text.span import Span

_EXAMINED = re.compile(
    r"\b(?:specimens?|histolog\w{0,6}|histopatholog\w{0,6}|patholog\w{1,5}|anatomopatholog\w{0,5}|microscop\w{0,5}|"
    r"immunohistochem\w{0,6}|biops(?:y|ies|ied)|cytolog\w{0,5}|aspirat\w{1,3}|excis(?:ed|ional)|resected|"
    r"(?:final|definit\w+) diagnosis|diagnosis of (?:an? |the )?metasta\w+|diagnosed as|"
    r"(?:this|these|the) (?:\w+ ){0,2}(?:tumou?rs?|mass(?:es)?|lesions?|nodules?|swellings?|growths?|ulcers?))\b"
)
_LESIONS_THEMSELVES = re.compile(r"(?:these|this|they|it|both|all)\b[^.;]{0,60}$")
_KNOWN = re.compile(
    r"\b(?:history|known|background|previous\w*|had been|developed|years? (?:ago|before|earlier|prior)|"
    r"(?:patient|man|woman|male|female|case) with)\b"
)
_KINDS = frozenset(
    "mass tumour tumor lesion swelling neoplasm nodule growth tumefaction lump polyp biopsy biopsie ulcer plaque "
    "opacity thickening deposit infiltration neoformation process fracture".split()
)
_FARTHEST = 6  # sentences
_REGIONS = frozenset(("skull", "abdomen", "chest", "head", "body"))  # opened or examined for what lies within


def referred(reading: Reading, sentences: Sequence[int], spread: Spread, primary: str) -> list[Place]:
    """Where the lesion is that `spread` calls a metastasis without naming its place; [] if the text does not tell."""
    here = reading.sentences[spread.sentence]
    before = reading.lower[here.start : spread.trigger.start]
    if _KNOWN.search(before) or not (
        _EXAMINED.search(reading.lower, here.start, here.end) or _LESIONS_THEMSELVES.match(before)
    ):
        return []
    at = sentences.index(spread.sentence)
    for index in reversed(sentences[max(0, at - _FARTHEST) : at]):
        if reading.sentences[index].zone != here.zone:
            break
        found = _lesions(reading, index) or _operated(reading, index)
        if found:
            return [far for far in found if far.mention.label not in _REGIONS and _far(reading, far, primary)][-1:]
    return []


def _lesions(reading: Reading, index: int) -> list[Place]:
    """The places of the lesions in sentence `index`, those of a suspected metastasis first."""
    suspected = [at for spread in metastases(reading, index) if spread.status == "uncertain" for at in spread.places]
    return suspected or [
        lesion.place
        for lesion in lesions(reading, index)
        if lesion.kind in _KINDS and status_of(reading, index, lesion.span)[0] == "present"
    ]


def _operated(reading: Reading, index: int) -> list[Place]:
    """The organ that an operation named after it took out ("adrenalectomy")."""
    out = []
    for operation in reading.of("operations", index):
        term = reading.vocabulary.term("sites", operation.label)
        span = Span(operation.start, operation.end)
        if term and status_of(reading, index, span)[0] == "present":
            out.append(place(reading, Mention(operation.start, operation.end, term), reading.sentences[index].start))
    return out


def _far(reading: Reading, found: Place, primary: str) -> bool:
    within, site = reading.vocabulary.within, found.mention.label
    return not primary or not (within(site, primary) or within(primary, site))
