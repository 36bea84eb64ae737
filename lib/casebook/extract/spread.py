"""Where a sentence says the disease has gone: metastasis, extension, recurrence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from casebook.extract.context import modifiers
from casebook.extract.lesion import lesions
from casebook.extract.phrase import Phrase, phrases
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before, place
from casebook.text.span import Span

UNSPECIFIED = "unspecified"
_GATE = re.compile("metasta|secondar|deposit|dissemin|carcinomat|seed(?:ing|ed)|spread|gliomatosis of the lepto")
_TRIGGER = re.compile(
    r"\b(?:(?P<verb>metasta[sz]i[sz](?:ed|ing|es|e)\b|(?:has |had |have )?spread(?:ing)?\b|disseminat(?:ed|"
    r"ing)\b|seeded\b)|"
    r"(?P<noun>(?:drop |in-transit |satellite )?metasta(?:sis|ses)\b|carcinomatosis\b|meningeal carcinomatosis\b|"
    r"metastatic (?:lesions?|disease|deposits?|nodules?|foci|focus|spread|tumou?rs?|involvement|dissemination|"
    r"mass(?:es)?|locali[sz]ations?|"
    r"bone marrow lesions?|cells?|infiltrat(?:ion|es?)|seeding|implants?|growths?|carcinomatosis)\b|"
    r"secondar(?:y|ies) (?:deposits?|lesions?|locali[sz]ations?|tumou?rs?|nodules?|metasta(?:sis|ses))\b|secondaries\b|"
    r"(?:tumou?r|neoplastic|malignant|leptomeningeal|carcinomatous) deposits?\b|"
    r"dissemination\b|seeding\b)|"
    r"(?P<adjective>metastatic|metastasi[sz]ed)\b)"
)
_PSEUDO_BEFORE = re.compile(
    r"(?:work-?up (?:for|of)|search for|screen(?:ing)? for|evaluat(?:e|ion) (?:for|of)(?: possible| distant)?|"
    r"risk of|potential (?:for|of)|assess(?:ment)? (?:for|of)|exclude|rule out|primary or|primary versus|"
    r"look for|differentiat\w{1,3} between|distinguish\w{0,4} between|non|between an? [\w\s]{1,40} and an?|"
    r"investigat(?:e|ion) (?:for|of)|prevent|pattern of|rate of|mechanism of|extent of|origin of|staging of|"
    r"mimicking|mimicked|mimics|simulating|mistaken for|"
    r"(?:initially|first|originally|wrongly) (?:thought|considered|believed|suspected|presumed|diagnosed|interpreted)"
    r"(?: to be| as)?|(?:thought|considered|believed) (?:initially|first|at first) to be|"
    r"misdiagnosed as|misinterpreted as|instead of|rather than|no sign of|unlike)[\s-]"
    r"(?:an?\s|any\s|the\s|distant\s|possible\s|further\s|systemic\s){0,3}$"
)
_PSEUDO_AFTER = re.compile(
    r"\s(?:work-?up|potential|survey|evaluation|screening|risk|rate|pattern|origin was|spread is|behaviou?r|process)\b"
)
_FOUND_IN = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?,?\s*(?:(?:which|that)\s)?"
    r"(?:(?:was|were|is|are|had|has|have|been|also|subsequently|then|later|only|mainly|predominantly|already)\s){0,4}"
    r"(?:(?:identified|found|detected|seen|noted|observed|located|localized|localised|discovered|revealed|"
    r"diagnosed|demonstrated|"
    r"developed|appeared|occurred|involving|affecting|present|situated|confirmed|disseminated|spread|arising|"
    r"visible|shown)\s)?"
    r"(?P<preposition>to|in|at|of|into|within|on|involving|affecting|throughout|over|along|including|around)\s"
)
_DIFFUSE = re.compile(r"\b(?:system(?:ic)?|diffuse|widespread|whole[- ]body)\s(?:\w+\s){0,2}$")


@dataclass(frozen=True, slots=True)
class Spread:
    """A statement of spread: its role, the words that say so, the places, and what the context does to it."""

    sentence: int
    role: str
    trigger: Span
    places: tuple[Place, ...]
    status: str
    cue: Span | None
    diffuse: bool = False
    rule: str = ""
    """The rule, where it is not that of the role."""


def status_of(reading: Reading, index: int, span: Span) -> tuple[str, Span | None]:
    """present, absent or uncertain as the context of `span` says, with the cue; "" where it is no fact."""
    around = modifiers(span, reading.of("cues", index), reading.text)
    if any(category in around for category in ("family", "hypothetical", "general")):
        return "", None
    for category, status in (("negation", "absent"), ("uncertainty", "uncertain")):
        if category in around and not reading.lower.startswith(_AT_FIRST, around[category].cue.start):
            return status, around[category].cue
    return "present", None


_AT_FIRST = ("initially diagnosed", "originally diagnosed")  # a stage that was true, not a doubt


_KNOWN: WeakKeyDictionary[Reading, dict[int, list[Spread]]] = WeakKeyDictionary()


def metastases(reading: Reading, index: int) -> list[Spread]:
    """Statements of metastasis in sentence `index`; one without any place has no places."""
    known = _KNOWN.setdefault(reading, {})
    if index not in known:
        known[index] = list(_metastases(reading, index))
    return known[index]


def _metastases(reading: Reading, index: int) -> Iterator[Spread]:
    sentence = reading.sentences[index]
    lower = reading.lower[sentence.start : sentence.end]
    if not _GATE.search(lower):
        return
    named = phrases(reading, index)
    for hit in _TRIGGER.finditer(reading.lower, sentence.start, sentence.end):
        trigger = Span(*hit.span())
        if _PSEUDO_AFTER.match(reading.lower, hit.end()) or _PSEUDO_BEFORE.search(
            reading.lower[max(sentence.start, hit.start() - 60) : hit.start()]
        ):
            continue
        status, cue = status_of(reading, index, trigger)
        if not status:
            continue
        places = _places(reading, index, hit, named, status)
        if not places and hit["verb"]:
            continue
        diffuse = bool(_DIFFUSE.search(reading.lower[max(sentence.start, hit.start() - 40) : hit.start()]))
        yield Spread(index, "metastasis", trigger, tuple(places), status, cue, diffuse)


def _places(reading: Reading, index: int, hit: re.Match[str], named: list[Phrase], status: str) -> list[Place]:
    start, end = hit.span()
    if hit["verb"]:
        found = _FOUND_IN.match(reading.lower, end)
        return (
            _outside(reading, after(reading, index, found.end()), named)
            if found and found["preposition"] != "of"
            else []
        )
    places = before(reading, index, start)
    if hit["adjective"]:
        places = _not_of_the_tumour(
            reading, places + [p for p in after(reading, index, end) if p.mention.start - end <= 25], named
        )
        if places:
            return places
        phrase = next((p for p in named if p.start <= end + 1 <= p.end or 0 <= p.start - end <= 1), None)
        end = phrase.end if phrase else end
    if reading.lower.startswith(" (", end):
        places = places + after(reading, index, end + 2)
    found = _FOUND_IN.match(reading.lower, end)
    if found and not (places and found["preposition"] in ("of", "at")):
        places = places + _outside(
            reading, after(reading, index, found.end()), named if found["preposition"] == "of" else []
        )
    if places or status == "absent":
        return places
    return _lesion_before(reading, index, start) or _biopsied(reading, index)


_LESION_WORD = re.compile(r"\b(?:tumou?r|lesion|mass|nodule|node)s?\b")


def _not_of_the_tumour(reading: Reading, places: list[Place], named: list[Phrase]) -> list[Place]:
    """Without the sites in the name of the tumour that spread ("metastatic ⟨colon⟩ cancer", not "⟨liver⟩ tumour")."""
    return [
        place
        for place in places
        if not any(
            p.head.term.fields.get("group") == "neoplasm"
            and not _LESION_WORD.search(reading.lower, p.start, p.end)
            and p.start <= place.mention.start
            and place.mention.end <= p.end
            for p in named
        )
    ]


def _outside(reading: Reading, places: list[Place], named: list[Phrase]) -> list[Place]:
    """Without the sites that are part of a disease's name ("metastasis of ⟨lung⟩ cancer")."""
    return [
        place
        for place in places
        if not reading.lower.startswith(" origin", place.mention.end)
        and not any(
            p.head.start <= place.mention.start < p.end or (place.mention in p.sites and place.mention.end <= p.start)
            for p in named
        )
    ]


_CALLED = re.compile(
    r"\b(?:is|was|were|are|be|been|as|reveal\w*|show\w*|demonstrat\w+|disclos\w+|confirm\w*|prov\w+|indicat\w+|suggest\w*|"
    r"consistent|compatible|suspicious|found|evok\w+|represent\w*|due|secondary|by|with|and|for|of)\b"
)
_MERELY_THERE = re.compile(r"\b(?:background|history|setting|context|known|patient|man|woman)\b")


def _lesion_before(reading: Reading, index: int, start: int) -> list[Place]:
    """The nearest lesion before, which the sentence then calls a metastasis, or the nodes that hold it."""
    sites = [site for site in reading.of("sites", index) if site.end <= start]
    found = [
        lesion.place.mention for lesion in lesions(reading, index, high=start) if lesion.place.mention.end <= start
    ]
    found = found[-1:] or [site for site in sites if reading.vocabulary.within(site.label, "lymph node")][-1:]
    if not found:
        return []
    between = reading.lower[found[0].end : start]
    if _MERELY_THERE.search(between) or not _CALLED.search(between):
        return []
    return [place for place in after(reading, index, found[0].start) if place.mention.end <= start]


_SPECIMEN = re.compile(
    r"\b(?:specimens?|histolog\w{0,6}|histopatholog\w{0,6}|patholog(?:y|ic|ical)|immunohistochem\w{0,6})\b"
)
_TAKEN = re.compile(r"\bbiops(?:y|ies|ied)\b")


def _biopsied(reading: Reading, index: int) -> list[Place]:
    """Where the specimen came from that this sentence calls metastatic: the site of a biopsy told just before."""
    here = reading.sentences[index]
    if not _SPECIMEN.search(reading.lower, here.start, here.end):
        return []
    for earlier in (index - 1, index - 2):
        if earlier < 0 or reading.sentences[earlier].paragraph != here.paragraph:
            return []
        told = reading.sentences[earlier]
        sites = reading.of("sites", earlier)
        if sites and _TAKEN.search(reading.lower, told.start, told.end):
            depth = [len(list(reading.vocabulary.ancestors(site.label))) for site in sites]
            return [place(reading, sites[depth.index(max(depth))], told.start)]
    return []


def spread_sites(reading: Reading, sentences: Sequence[int]) -> frozenset[str]:
    """Labels of the sites to which the report says that the disease has metastasised."""
    return frozenset(
        place.mention.label
        for index in sentences
        for spread in metastases(reading, index)
        if spread.status == "present"
        for place in spread.places
    )
