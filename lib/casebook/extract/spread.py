"""Where a sentence says the disease has gone: metastasis, extension, recurrence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.context import modifiers
from casebook.extract.phrase import Phrase, phrases
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before
from casebook.extract.spread_bearer import bearer, nodes_without
from casebook.text.span import Span

UNSPECIFIED = "unspecified"
_TRIGGER_STEMS = frozenset(
    "meta mets secondar deposit dissemin carcinomat carcinosis seeding seeded spread locali implant".split()
)
_TRIGGER = re.compile(
    r"\b(?:(?P<verb>metasta[sz]i[sz](?:ed|ing|es|e)\b|(?:has |had |have )?spread(?:ing)?\b|disseminat(?:ed|"
    r"ing)\b|seeded\b)|"
    r"(?P<noun>(?:drop |in-transit |satellite |skip )?(?:m[ai]cro)?"
    r"(?:metasta(?:s[ei]s|s[ei]ses|tis|tsis|[ts]tas[ei]s|cis)|meta(?:ta)?s[ei]s|mets)\b|"
    r"(?:carcinomatosis|carcinosis)\b|"
    r"meta(?:stat|stast|stas|sat|tstat)ic (?:\w+matous )?(?:lesions?|diseases?|deposits?|nodules?|foci|focus|"
    r"spread|tumou?rs?|involvement|dissemination|"
    r"mass(?:es)?|locali[sz]ations?|sites?|"
    r"bone marrow lesions?|cells?|infiltrat(?:ion|es?)|seeding|implants?|growths?|invasion|carcinomatosis)\b|"
    r"secondar(?:y|ies) (?:deposits?|lesions?|locali[sz]ations?|tumou?rs?|nodules?|metasta(?:sis|ses))\b|secondaries\b|"
    r"(?:tumou?r|neoplastic|malignant|leptomeningeal|carcinomatous|cancerous) (?:deposits?|implants?)\b|"
    r"locali[sz]ations? of (?:an? |the )?(?:[\w-]+ ){0,2}(?:\w{0,12}carcinoma|melanoma|sarcoma|cancer)\b|"
    r"metasta[st]ectom(?:y|ies)\b|dissemination\b|seeding\b)|"
    r"(?P<adjective>(?:oligo)?meta(?:stat|stast|stas|sat|tstat)ic|metastasi[sz]ed)\b)"
)
_PSEUDO_BEFORE = re.compile(
    r"(?:work[ -]{0,3}up (?:for|of)|search for|screen(?:ing)? for|evaluat(?:ed?|ion) (?:for|of)(?: possible| distant)?|"
    r"risk of|potential (?:for|of)|assess(?:ment)? (?:for|of)|exclude|rule out|primary or|primary versus|"
    r"advanced (?:and/|/)?or|"
    r"look for|(?:differentiat|distinguish)\w{0,4} (?:(?:\w+ ){0,2}from|between)(?: [\w\s-]{1,50} (?:and|from))?|"
    r"non|between an? [\w\s]{1,40} and an?|"
    r"(?:first|initial) (?:\w+ )?diagnosis was|(?:pre-?operative|provisional|preliminary|frozen section) "
    r"diagnos[ie]s (?:[\w\s]{1,25} )?(?:was|were|is|included?)(?: [\w\s]{1,40} (?:with|or|and))?|"
    r"investigat(?:e|ion) (?:for|of)|prevent|pattern of|rate of|mechanism of|extent of|origin of|staging of|"
    r"mimicking|mimicked|mimics|simulating|(?:mistaken|confused) (?:for|with|as)|"
    r"(?:may|might|could) \w+ (?:to|from|of)|"
    r"(?:initially|first|originally|wrongly) (?:thought|considered|believed|suspected|presumed|diagnosed|interpreted)"
    r"(?: to be| as)?|(?:thought|considered|believed) (?:initially|first|at first) to be|"
    r"(?:initially|first|wrongly) (?:managed|treated) (?:for|as) [^.;,]{1,30} with|"
    r"septic|infectious|bacterial|purulent|suppurative|mycotic|fungal|pyogenic|"
    r"misdiagnosed as|misinterpreted as|instead of|rather than|no sign of|unlike)[\s-]"
    r"(?:an?\s|any\s|the\s|distant\s|possible\s|further\s|systemic\s){0,3}$"
)
_PSEUDO_AFTER = re.compile(
    r"[\s,](?:(?:(?!(?:which|that|this|it)\b)[^.;,\s]+\s){0,8}(?:is|are) (?:an? )?(?:\w+ly )?"
    r"(?:rare|uncommon|common|unusual|infrequent|frequent)\b|"
    r"[^.;,]{0,60}\b(?:of (?:all )?(?:patients|cases)|in (?:most|many|some|few) (?:patients|cases))\b|"
    r"(?:may|might|can|could) (?:\w+ )?(?:occur|develop|appear|arise)\b|"
    r"(?:work[ -]{0,3}up|potential|survey|evaluation|screening|risk|rate|pattern|origin was|spread is|behaviou?r|"
    r"process|(?:\w+ )?(?:infections?|abscess(?:es)?|endophthalmitis|calcifications?|septic \w+|emboli\w*|empyema))\b|"
    r"(?<=[\s,])[^.;]{0,30}\b(?:but|however)\b[^.;]{0,80}\b(?:benign|granulom\w+|infect\w+|tubercul\w+|ha?emangioma|negative|"
    r"not (?:malignan\w+|metasta\w+|compatible|consistent)|no (?:malignan\w+|tumou?r|evidence of))\b)"
)
_ONE_OF_SEVERAL = re.compile(
    r"\b(?P<cue>either(?= [\w\s-]{1,40} or\s(?:an?\s|the\s)?$)|differential diagnos[ie]s(?= [\w\s,()/-]{1,100}$))"
)
_NOT_FOUND = re.compile(  # "a search for metastases was negative"
    r"(?:\s(?:work[ -]{0,3}up|survey|evaluation|screening))?\s"
    r"(?:was|were|remained|proved|came back)(?: to be)?(?: \w+)? "
    r"(?P<result>negative|unremarkable|normal|unrevealing)\b"
)
_FOUND_IN = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?,?\s*"
    r"(?:(?:measuring |of )?\d[\d.,x× ]{0,12}[cm]m(?: in (?:\w+ )?(?:diameter|size|length))?,?\s)?"
    r"(?:(?:which|that)\s)?"
    r"(?:(?:was|were|is|are|had|has|have|been|also|subsequently|then|later|first|initially|only|"
    r"already|both|namely|\w{4,}ly)\s){0,4}"
    r"(?:(?:identified|found|detected|seen|noted|observed|located|localized|localised|discovered|revealed|"
    r"diagnosed|demonstrated|"
    r"developed|appeared|occurred|involving|affecting|present|situated|confirmed|disseminated|spread|arising|"
    r"visible|shown)(?:, (?:first|initially|mainly|mostly|especially|particularly|notably|namely))?\s)?"
    r"(?:(?:\d{1,2} \w+ )?(?:later|afterwards) )?"
    r"(?P<preposition>:|to|in|at|of|into|within|inside|on|involving|affecting|infiltrating|invading|throughout|over|along|including|includes?|included|around)\s"
    r"(?:(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:(?:\sout)?\sof\s(?:the\s|a\stotal\sof\s)?(?:\d{1,3}\s)?|/\d{1,3}\s|\s)"
    r"(?:(?:resected|removed|examined|dissected|harvested|sampled)\s)?)?"
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
        if category in around and not reading.lower.startswith(_WERE_THERE, around[category].cue.start):
            return status, around[category].cue
    return "present", None


_WERE_THERE = (
    "initially diagnosed",
    "originally diagnosed",
    "disappeared",
    "had disappeared",
    "had resolved",
)  # what was true once: no doubt, no denial


def metastases(reading: Reading, index: int) -> list[Spread]:
    """Statements of metastasis in sentence `index`; one without any place has no places."""
    if not reading.holds(index, _TRIGGER_STEMS):
        return []
    known: dict[int, list[Spread]] = reading.kept.setdefault("spread", {})
    if index not in known:
        known[index] = list(_metastases(reading, index))
    return known[index]


def _metastases(reading: Reading, index: int) -> Iterator[Spread]:
    sentence = reading.sentences[index]
    named = phrases(reading, index)
    for hit in _TRIGGER.finditer(reading.lower, sentence.start, sentence.end):
        trigger = Span(*hit.span())
        listed = before(reading, index, hit.start())
        edge = listed[0].mention.start if listed else hit.start()  # "differentiate it from ⟨lung⟩ metastasis"
        before_it = reading.lower[max(sentence.start, edge - 100) : edge]
        only = reading.lower.startswith(" only", hit.end())  # "believed metastatic only to her spleen"
        if _PSEUDO_AFTER.match(reading.lower, hit.end()) or (not only and _PSEUDO_BEFORE.search(before_it)):
            if result := _NOT_FOUND.match(reading.lower, hit.end()):
                yield Spread(index, "metastasis", trigger, tuple(listed), "absent", Span(*result.span("result")))
            continue
        status, cue = status_of(reading, index, trigger)
        if not status:
            continue
        if status == "present" and (choice := _ONE_OF_SEVERAL.search(before_it)):
            low = edge - len(before_it)
            status, cue = "uncertain", Span(low + choice.start("cue"), low + choice.end("cue"))
        places = _places(reading, index, hit, named, status)
        if not places and hit["verb"]:
            continue
        diffuse = bool(_DIFFUSE.search(reading.lower[max(sentence.start, hit.start() - 40) : hit.start()]))
        yield Spread(index, "metastasis", trigger, tuple(places), status, cue, diffuse)


def _places(reading: Reading, index: int, hit: re.Match[str], named: list[Phrase], status: str) -> list[Place]:
    start, end = hit.span()
    if hit["verb"]:
        if hit[0] == "spread" and (named_before := _named_spread(reading, index, start)):
            return named_before
        if _OF_NO_TUMOUR.search(reading.lower, max(reading.sentences[index].start, start - 60), start):
            return []
        found = _FOUND_IN.match(reading.lower, end)
        return (
            _outside(reading, after(reading, index, found.end()), named)
            if found and found["preposition"] != "of"
            else []
        )
    places = before(reading, index, start)
    source: Phrase | None = None
    if hit["adjective"]:
        places = _not_of_the_tumour(
            reading, places + [p for p in after(reading, index, end) if p.mention.start - end <= 25], named
        )
        if places:
            return places
        phrase = next((p for p in named if p.start <= end + 1 <= p.end or 0 <= p.start - end <= 1), None)
        end = (phrase.head.end if reading.lower.startswith(" in ", phrase.head.end) else phrase.end) if phrase else end
        if tissue := _TISSUE.match(reading.lower, end):
            end = tissue.end()
    elif origin := _ORIGIN.match(reading.lower, end):
        source = next((p for p in named if origin.end() <= p.start + 12 and p.start <= origin.end()), None)
        end = source.end if source else end
    if reading.lower.startswith(" (", end):
        listed = after(reading, index, end + 2)  # but the acronym "(PALM)"
        places = places + [p for p in listed if not reading.text[p.mention.start : p.mention.end].isupper()]
    found = _FOUND_IN.match(reading.lower, end)
    if found and not ((places or source) and found["preposition"] in ("of", "at")):
        others = [p for p in named if not start <= p.head.start < hit.end()]  # "metastatic ⟨disease⟩ of the humerus"
        located = _outside(reading, after(reading, index, found.end()), others if found["preposition"] == "of" else [])
        places = places + _narrower(reading, located, places)
    if status == "absent":
        return places or nodes_without(reading, index, start)
    return places or bearer(reading, index, start)


_ORGANS_OF_SPREAD = ("liver", "lung", "bone", "pleura", "lymph node", "bone marrow")


def _named_spread(reading: Reading, index: int, start: int) -> list[Place]:
    """The adjectives right before the noun "spread" ("⟨hepatic⟩ spread"), not the seat of what "spread to" others."""
    return [
        place
        for place in before(reading, index, start)
        if reading.lower[place.mention.start : place.mention.end] in place.mention.term.fields["adjectives"].split("|")
        and any(reading.vocabulary.within(place.mention.label, organ) for organ in _ORGANS_OF_SPREAD)
        and not reading.lower.startswith("lymphatic", place.mention.start)
    ]


_OF_NO_TUMOUR = re.compile(  # "a rash that has ⟨spread⟩ to the scalp"
    r"\b(?:rash(?:es)?|eruptions?|erythema|pain|infections?|abscess(?:es)?|inflammation|numbness|weakness|itch\w*|prurit\w+|"
    r"papules|plaques|blisters|vesicles|bullae|swelling|o?edema|cellulitis|paraesthesias?|paresthesias?|bacteria|pus|"
    r"stiffness|contrast|an(?:a)?esthetic)\b"
    r"(?:\s(?:of|in|on|over)\s(?!(?:[\w-]+\s){0,3}(?:tumou?r|cancer|\w*oma|mass|lesion|disease|malignancy)\b)"
    r"(?:[\w-]+\s?){1,3})?"
    r"(?:,?\s(?:which|that))?(?:\s(?:\w+ly|has|have|had|been|also|then|soon|later|now|further|again)){0,4}\s$"
)
_TISSUE = re.compile(r"\s(?:cells?|tissue|lesions?|nodules?|mass(?:es)?|deposits?|disease|foci|focus)\b")
_ORIGIN = re.compile(r"\s(?:from|of|originating from|arising from|due to)\s(?:(?:an?|the|his|her)\s)?")
_REGIONS = frozenset(("abdomen", "pelvis", "pelvic cavity", "chest", "neck", "head", "trunk", "body"))


def _narrower(reading: Reading, located: list[Place], named: list[Place]) -> list[Place]:
    """`located` without the regions and wholes in which the places `named` before lie.

    "⟨peritoneal⟩ metastases in the abdominal cavity", "a ⟨choroidal⟩ metastasis in the right eye".
    """
    within, labels = reading.vocabulary.within, [known.mention.label for known in named]
    if any(within(label, "lymph node") for label in labels):  # "lymph node metastases in the neck"
        return [place for place in located if within(place.mention.label, "lymph node")]
    return [
        place
        for place in located
        if not any(within(label, place.mention.label) for label in labels)
        and not (labels and place.mention.label in _REGIONS and not any(within(place.mention.label, x) for x in labels))
    ]


_LESION_WORD = re.compile(r"\b(?:tumou?r|lesion|mass|nodule|node)s?\b")


def _not_of_the_tumour(reading: Reading, places: list[Place], named: list[Phrase]) -> list[Place]:
    """Without the sites in the name of the tumour that spread ("metastatic ⟨colon⟩ cancer", not "⟨liver⟩ tumour")."""
    return [
        place
        for place in places
        if not any(
            p.head.term.fields.get("group") == "neoplasm"
            and (
                reading.lower.count(" ", place.mention.end, p.end) > 1  # "gastrointestinal stromal tumour"
                or not _LESION_WORD.search(reading.lower, p.start, p.end)
            )
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
            if place.mention.start > p.head.start or place.mention.end < p.end  # "undescended testis" names both
        )
    ]


def spread_sites(reading: Reading, sentences: Sequence[int]) -> frozenset[str]:
    """Labels of the sites to which the report says that the disease has metastasised."""
    return frozenset(
        place.mention.label
        for index in sentences
        for spread in metastases(reading, index)
        if spread.status == "present"
        for place in spread.places
    )
