"""A lesion said to have become larger or smaller, in whatever words its size stands."""

import re
from collections.abc import Iterator

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

_CHANGE = {"category": "change", "polarity": ""}
_SMALLER = Term("imaging.size_change", "findings", "decreased size", _CHANGE)
_LARGER = Term("imaging.size_change", "findings", "increased size", _CHANGE)
_STEMS = frozenset("decreas reduc diminish smaller shr increas larger grown enlarged".split())
_EXTENT = r"(?:size|volume|diameter|dimensions?)"
_LESION = r"(?:mass(?:es)?|lesions?|nodules?|tumou?rs?|cysts?|collections?|metastases|aneurysm|thrombus|abscess)"
_WERE = r"(?:was|were|is|are|had|has|have|(?:had|has|have) been)\s(?:\w+ly\s)?"
_BECAME = (
    r"(?P<became>decreased|reduced|diminished|smaller|shrunk|increased|larger|grown|enlarged)\b(?!\s(?:by|to) the)"
)
_RESIZED = (
    re.compile(rf"\b{_EXTENT}\s(?:of\s(?:[\w-]+\s){{1,6}})?{_WERE}{_BECAME}"),
    re.compile(rf"\b{_LESION}\s{_WERE}{_BECAME}(?!\s(?:lymph|uptake|signal|flow|vascular))"),
    re.compile(
        r"\b(?P<became>decreas\w+|reduction|diminution|shrink\w*|increas\w+)\s(?:in|of)\s(?:the\s|its\s)?(?:[\w-]+\s){0,3}"
        rf"{_EXTENT}\b"
    ),
    re.compile(rf"\b(?P<became>decreased|reduced|diminished|increased|shrunk|grown)\s\w+ly\sin\s{_EXTENT}\b"),
)
_GROWS = ("increas", "larger", "grown", "enlarged")


def resized(reading: Reading, index: int) -> Iterator[Mention]:
    """The changes of size that sentence `index` tells: "the size of the mass was markedly reduced"."""
    if not reading.holds(index, _STEMS):
        return
    sentence = reading.sentences[index]
    for pattern in _RESIZED:
        for hit in pattern.finditer(reading.lower, sentence.start, sentence.end):
            yield Mention(hit.start(), hit.end(), _LARGER if hit["became"].startswith(_GROWS) else _SMALLER)
