"""Direct extension of a tumour into its neighbours, and its regrowth."""

import re
from collections.abc import Iterator

from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before
from casebook.extract.spread import Spread, status_of
from casebook.text.span import Span

_EXTENSION_GATES = frozenset("exten inva infiltrat involv erod erosion encas thromb".split())
_EXTENSION = re.compile(
    r"\b(?:(?P<object>invading|invaded|invades|infiltrating|infiltrated|infiltrates|involving|involved|"
    r"involves|eroding|eroded|encasing|encased|"
    r"extending|extended|extends)|(?P<noun>extension|invasion|inv[ia]sion|infiltration|involvement|erosion|"
    r"encasement|tumou?r thrombus))\b"
)
_INTO = re.compile(
    r"\s(?:\w+ly\s)?(?:and \w+ed\s)?(?:(?:up |down |out |over |through |posteriorly |anteriorly |"
    r"laterally )?(?P<preposition>to|into|of|in|through|towards?|toward|within|along)\s)?"
)
_OF_THE_TUMOUR = re.compile(r"\sof\s(?:the|this|a)\s(?:\w+\s)?(?:tumou?r|mass|lesion|cancer|\w+oma)(?=\s(?:in)?to\s)")
_GROWTH = ("invasion", "infiltration", "erosion", "extension")
_NO_NEIGHBOURS = frozenset(("blood vessel", "lymph node", "peripheral nerve", "bone marrow", "artery", "vein"))
_TUMOUR = re.compile(
    r"tumou?r|process|mass\b|lesion|neoplas|carcinom|cancer|sarcom|gliom|recurren|relaps|metasta|oma\b|malignan"
)
_ADJECTIVES = ("recurrent", "recurring", "relapsing")
_RECURRENCE_GATES = frozenset(("recur", "relaps", "regrow", "regrew"))
_RECURRENCE = re.compile(
    r"\b(?P<word>recurrences?|recurrent|recurred|recurring|relapse[sd]?|relapsing|regrowth|regrew|"
    r"re-?growing)\b(?! laryngeal)"
)
_AT = re.compile(
    r"\s(?:(?:of|was|were|the|tumou?r|disease|found|detected|seen|noted|occurred)\s){0,4}(?:in|at|of|within|over)\s"
)
_OF_A_TUMOUR = re.compile(
    r"\s(?:\w+\s){0,2}(?:tumou?rs?|mass(?:es)?|lesions?|disease|cancer|neoplasms?|growth|nodules?|\w+oma)\b"
)


_OF_A_SYMPTOM = re.compile(
    r"\b(?:symptoms?|pain|bleeding|fever|dermatosis|infection|seizures?|headaches?|effusion|"
    r"signs|biochemical|metastatic|metastas[ei]s)\s(?:(?:has|have|"
    r"had|then)\s)?$"
)


_OF_COMPLAINTS = re.compile(
    r"[-\s]free\b|\s(?:of|in)\s(?:(?:the|his|her|their|these)\s)?(?:(?!with\b|and\b)\w+\s){0,3}?"
    r"(?:symptoms?|pains?|bleeding|fevers?|infections?|seizures?|headaches?|effusions?|complaints?|bacter\w+|"
    r"weakness|episodes?|hernias?|thrombosis|stones?|symptomatology|metastas[ei]s)\b"
)


def extensions(reading: Reading, index: int, named: list[Phrase]) -> Iterator[Spread]:
    """Places into which sentence `index` says that a tumour has grown."""
    if not reading.of("sites", index) or not reading.holds(index, _EXTENSION_GATES):
        return
    sentence = reading.sentences[index]
    if not _TUMOUR.search(reading.lower[sentence.start : sentence.end]):
        return
    for hit in _EXTENSION.finditer(reading.lower, sentence.start, sentence.end):
        of_tumour = _OF_THE_TUMOUR.match(reading.lower, hit.end())
        into = _INTO.match(reading.lower, of_tumour.end() if of_tumour else hit.end())
        if reading.lower.startswith((" by ", " from "), hit.end()):
            continue
        into_it = into is not None and (into["preposition"] or (hit["object"] or "exten")[:5] != "exten")
        places = after(reading, index, into.end()) if into and into_it else []
        if not places and hit["noun"] in _GROWTH:  # "with ⟨duodenal⟩ invasion"
            places = [p for p in before(reading, index, hit.start()) if p.mention.label not in _NO_NEIGHBOURS]
        places = [p for p in places if p.mention.label != "blood vessel" and not _is_nodal(reading, p)]
        status, cue = status_of(reading, index, Span(*hit.span()))
        if places and status:
            yield Spread(index, "extension", Span(*hit.span()), tuple(places), status, cue)


def _is_nodal(reading: Reading, place: Place) -> bool:
    """Whether `place` is nodes, which a tumour reaches by metastasis."""
    return reading.vocabulary.within(place.mention.label, "lymph node")


def recurrences(reading: Reading, index: int, named: list[Phrase]) -> Iterator[Spread]:
    """Statements that the tumour has come back; the place may be unsaid: then it is that of the primary."""
    if not reading.holds(index, _RECURRENCE_GATES):
        return
    sentence = reading.sentences[index]
    for hit in _RECURRENCE.finditer(reading.lower, sentence.start, sentence.end):
        if hit["word"] in _ADJECTIVES and not _OF_A_TUMOUR.match(reading.lower, hit.end()):
            continue
        if _OF_COMPLAINTS.match(reading.lower, hit.end()) or _OF_A_SYMPTOM.search(
            reading.lower, sentence.start, hit.start("word")
        ):
            continue
        status, cue = status_of(reading, index, Span(*hit.span("word")))
        if status:
            at = _AT.match(reading.lower, hit.end())
            places = (after(reading, index, at.end()) if at else []) or before(reading, index, hit.start("word"))
            yield Spread(index, "recurrence", Span(*hit.span("word")), tuple(places), status, cue)
            return
