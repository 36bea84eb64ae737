"""By what means a place of the disease is proved: autopsy, histology, imaging."""

import re
from collections.abc import Sequence

from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.text.span import Span

_MEANS = (
    (
        "autopsy",
        frozenset(("autops", "necrops", "mortem")),
        re.compile(r"\b(?:autops\w{1,3}|necrops\w{1,3}|post-?mortem)\b"),
    ),
    (
        "histology",
        frozenset("histolog histopatholog patholog biops cytolog immunohistochem microscop specimen".split()),
        re.compile(
            r"\b(?:histolog\w{0,6}|histopatholog\w{0,6}|patholog(?:y|ist|ic|ical|ically)\b(?! fracture)|"
            r"biops\w{1,4}|cytolog\w{0,5}|"
            r"immunohistochem\w{0,6}|microscop\w{0,5}|specimens?)\b"
        ),
    ),
    (
        "imaging",
        frozenset(
            "mr ct pet scan scintigra imag radiograph x-ray xray ultraso tomograph mammogra angiogra echocardiogra"
            " radiolog".split()
        ),
        re.compile(
            r"\b(?:mri|mr|ct|pet|pet-ct|pet/ct|scans?|scanner|scintigra\w{1,4}|imag(?:e|es|ing)|"
            r"radiograph\w{0,4}|x-?rays?|ultraso\w{1,8}|"
            r"tomograph\w{0,4}|mammogra\w{1,3}|angiogra\w{1,4}|echocardiogra\w{1,3}|radiolog\w{1,5})\b"
        ),
    ),
)


def confirmation(reading: Reading, sentences: Sequence[int]) -> Cell | None:
    """The strongest means of proof that one of `sentences` names."""
    for means, stems, pattern in _MEANS:
        for index in sentences:
            sentence = reading.sentences[index]
            if not reading.holds(index, stems):
                continue
            if hit := pattern.search(reading.lower, sentence.start, sentence.end):
                return Cell(means, (Span(*hit.span()),), "sites.confirmed")
    return None


def stronger(one: Cell | None, other: Cell | None) -> Cell | None:
    order = [means for means, _, _ in _MEANS]
    return min((cell for cell in (one, other) if cell), key=lambda cell: order.index(str(cell.value)), default=None)


_OF_TUMOUR = re.compile(r"\b(?:tumou?rs?|lesions?|metasta\w{2,5}|mass(?:es)?|\w{3,}oma)\b")
_EXAMINED = re.compile(
    r"\b(?:histolog\w{0,6}|histopatholog\w{0,6}|pathological examination|biops(?:y|ies) (?:of|from))\b"
)


_EXAMINED_STEMS = frozenset(("histolog", "histopatholog", "pathological", "biops"))


def examined(reading: Reading, sentences: Sequence[int]) -> dict[str, Span]:
    """Site -> the words that tell of a histological examination of the tumour there."""
    out: dict[str, Span] = {}
    for index in sentences:
        if not reading.holds(index, _EXAMINED_STEMS):
            continue
        sentence = reading.sentences[index]
        hit = _EXAMINED.search(reading.lower, sentence.start, sentence.end)
        if hit and _OF_TUMOUR.search(reading.lower, sentence.start, sentence.end):
            for site in reading.of("sites", index):
                out.setdefault(site.label, Span(*hit.span()))
    return out
