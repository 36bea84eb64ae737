"""Spread that a word itself places ("malignant ascites"), or tumour cells in a sample (cytology of spinal fluid)."""

import re
from collections.abc import Iterator

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place
from casebook.extract.spread import Spread, status_of
from casebook.text.span import Span

_RULE = "sites.unnamed"
_CELLS = re.compile(
    r"\b(?:(?:malignant|tumou?r|neoplastic|cancer|(?:adeno)?carcinoma|melanoma|metastatic|signet[- ]ring) "
    r"(?:\w+ )?cells?|"
    r"positive for (?:\w+ ){0,2}(?:malignan\w+|(?:adeno)?carcinoma|cancer|tumou?r)|"
    r"(?:infiltrat\w+|involve\w+) (?:by|with|of) (?:\w+ ){0,3}(?:\w*carcinoma|cancer|tumou?r|cells)|"
    r"cytolog\w{1,3} (?:examination )?(?:was |were )?positive\b(?! for (?!malig|tum|canc|carc|aden|meta|atyp))|"
    r"positive cytology|metastatic \w+)\b"
)
_NEAR = 90
_ELSEWHERE = re.compile(
    r"[;:]|\b(?:biops(?!y (?:showed|reveal|demonstr|confirm|was|with))\w+|mass|tumou?r of|bronch\w+|and)\b"
)


def told(reading: Reading, index: int, primary: str) -> Iterator[Spread]:
    """Statements of sentence `index` that words of spreads.csv make; none of the organ where the tumour arose."""
    for mention in reading.of("spreads", index):
        if reading.text.startswith("-", mention.start - 1) or (primary and _beside(reading, primary, mention.label)):
            continue  # "G-CSF"
        trigger: Span | None = Span(mention.start, mention.end)
        if mention.term.fields["category"] == "sample":
            trigger = _cells(reading, index, mention)
        if trigger is None:
            continue
        status, cue = status_of(reading, index, trigger)
        term = reading.vocabulary.term("sites", mention.label)
        if status and term:
            place = Place(Mention(mention.start, mention.end, term), "", None)
            yield Spread(index, "metastasis", trigger, (place,), status, cue, rule=_RULE)


def _beside(reading: Reading, primary: str, site: str) -> bool:
    """Whether `site` is the primary's own, or the lining on which an ovarian tumour sheds its cells early."""
    within = reading.vocabulary.within
    return within(primary, site) or within(site, primary) or (primary == "ovary" and site == "peritoneum")


def _cells(reading: Reading, index: int, sample: Mention) -> Span | None:
    """The words that tell of tumour cells near the name of the `sample`."""
    sentence = reading.sentences[index]
    low, high = max(sentence.start, sample.start - _NEAR), min(sentence.end, sample.end + _NEAR)
    for hit in _CELLS.finditer(reading.lower, low, high):
        between = reading.lower[min(hit.end(), sample.end) : max(hit.start(), sample.start)]
        if not _ELSEWHERE.search(between):
            return Span(*hit.span())
    return None
