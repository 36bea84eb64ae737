"""Direct extension of a tumour into its neighbours, and its regrowth."""

import re
from collections.abc import Iterator

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before
from casebook.extract.spread import Spread, status_of
from casebook.text.span import Span

_EXTENSION_GATES = frozenset(
    "exten inva infiltrat involv erod erosion encas thromb penetrat destroy breach grew growing grown".split()
)
_EXTENSION = re.compile(
    r"\b(?:(?P<object>(?:invad|infiltrat|involv|erod|encas|penetrat)(?:ing|ed|es|e)|destroy(?:ing|ed|s)?|"
    r"breach(?:ing|ed|es)|extend(?:ing|ed|s)?|(?:grew|grown|growing|grows)(?= (?:in|on)to\b))|"
    r"(?P<noun>extension|inv[aei]sion|infiltration|involvement|erosion|encasement|tumou?r thrombus))\b"
)
_INTO = re.compile(
    r"\s(?:\w+ly\s)?(?:and \w+ed\s)?(?:(?:up |down |out |over |through |posteriorly |anteriorly |"
    r"laterally )?(?P<preposition>to|into|of|in|through|towards?|toward|within|along)\s)?"
)
_OF_THE_TUMOUR = re.compile(r"\sof\s(?:the|this|a)\s(?:\w+\s)?(?:tumou?r|mass|lesion|cancer|\w+oma)(?=\s(?:in)?to\s)")
_GROWTH = ("invasion", "infiltration", "erosion", "extension")
_OF_TUMOURS_ONLY = re.compile(r"\b(?:invasion|direct extension|invaded|invading|invades)$")
_BY_TUMOUR = re.compile(
    r" by (?:the |a |direct |local |contiguous ){0,3}"
    r"(?:extension|invasion|infiltration|spread|tumou?r|mass|lesion|growth|cancer|neoplasm|\w+oma)\b"
)
_PASSIVE = re.compile(r" (?:was|were|is|are|been) (?:\w+ly |also )?$")  # "the duodenum ⟨was⟩ infiltrated by the tumour"
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


_OF = re.compile(r"\s(?:of|in)\s")
_GAP = re.compile(r"(?:(?!with\b|and\b)[\w-]+\s){0,3}")
_HAS = re.compile(r"\s(?:(?:has|have|had|then)\s)?")
_LAST_HAS = re.compile(r"\s(?:(?:has|have|had|then)\s)?$")
_REACH = 40
_OF_ANY_DISEASE = frozenset("disease disorder lesion swelling mass lump nodule cyst polyp granuloma".split())
_WORDS_OF_COMPLAINT = re.compile(
    r"[-\s]free\b|\s(?:of|in)\s(?:[\w-]+\s){0,2}?(?:symptom\w*|complaints?|episodes?|signs|metastas[ei]s|bacter\w+)\b"
)
_COMPLAINT_BEFORE = re.compile(r"\b(?:symptoms?|signs|biochemical|metastatic|metastas[ei]s|infection|dermatosis)$")


def extensions(reading: Reading, index: int, named: list[Phrase]) -> Iterator[Spread]:
    """Places into which sentence `index` says that a tumour has grown."""
    if not reading.of("sites", index) or not reading.holds(index, _EXTENSION_GATES):
        return
    sentence = reading.sentences[index]
    tumour = _TUMOUR.search(reading.lower, sentence.start, sentence.end)
    for hit in _EXTENSION.finditer(reading.lower, sentence.start, sentence.end):
        if not tumour and not _OF_TUMOURS_ONLY.search(reading.lower, max(sentence.start, hit.start() - 7), hit.end()):
            continue
        of_tumour = _OF_THE_TUMOUR.match(reading.lower, hit.end())
        into = _INTO.match(reading.lower, of_tumour.end() if of_tumour else hit.end())
        if reading.lower.startswith((" by ", " from "), hit.end()):
            yield from _overgrown(reading, index, hit)
            continue
        into_it = into is not None and (into["preposition"] or (hit["object"] or "exten")[:5] != "exten")
        places = after(reading, index, into.end()) if into and into_it else []
        if not places and hit["noun"] in _GROWTH:  # "with ⟨duodenal⟩ invasion"
            places = [p for p in before(reading, index, hit.start()) if p.mention.label not in _NO_NEIGHBOURS]
        places = [p for p in places if p.mention.label != "blood vessel" and not _is_nodal(reading, p)]
        status, cue = status_of(reading, index, Span(*hit.span()))
        if places and status:
            yield Spread(index, "extension", Span(*hit.span()), tuple(places), status, cue)


def _overgrown(reading: Reading, index: int, hit: re.Match[str]) -> Iterator[Spread]:
    """The places that are told to be grown into: "the ⟨duodenum⟩ was infiltrated by the tumour"."""
    aux = _PASSIVE.search(reading.lower, max(reading.sentences[index].start, hit.start() - 20), hit.start())
    if not aux or not _BY_TUMOUR.match(reading.lower, hit.end()):
        return
    places = [p for p in before(reading, index, aux.start()) if not _is_nodal(reading, p)]
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
        if _of_no_tumour(reading, index, hit.start("word"), hit.end()):
            continue
        status, cue = status_of(reading, index, Span(*hit.span("word")))
        if status:
            at = _AT.match(reading.lower, hit.end())
            places = (after(reading, index, at.end()) if at else []) or before(reading, index, hit.start("word"))
            yield Spread(index, "recurrence", Span(*hit.span("word")), tuple(places), status, cue)
            return


def _of_no_tumour(reading: Reading, index: int, start: int, end: int) -> bool:
    """Whether what came back is a symptom or another disease: "a recurrence of ⟨seizures⟩", "⟨bleeding⟩ recurred"."""
    if _WORDS_OF_COMPLAINT.match(reading.lower, end):
        return True
    of = _OF.match(reading.lower, end)
    low = max(reading.sentences[index].start, start - _REACH)
    for kind in ("symptoms", "diagnoses", "heads"):
        for named in reading.of(kind, index):
            if _HAS.fullmatch(reading.lower, named.end, start) and not _is_tumour(named):
                return True
            if of and named.start >= of.end() and _GAP.fullmatch(reading.lower, of.end(), named.start):
                return not _is_tumour(named)
    has = _LAST_HAS.search(reading.lower, low, start)
    return bool(has and _COMPLAINT_BEFORE.search(reading.lower, low, has.start()))


def _is_tumour(named: Mention) -> bool:
    """Whether the word may mean the tumour: "recurrence of the ⟨disease⟩"."""
    fields = named.term.fields
    return fields.get("group") == "neoplasm" or fields.get("category") == "tumour" or named.label in _OF_ANY_DISEASE
