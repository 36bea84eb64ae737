"""Lists of sites as authors write them: "the brain, liver and both lungs", "bone and visceral metastases"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.extract.matcher import Mention
from casebook.extract.phrase import SIDES
from casebook.extract.reading import Reading
from casebook.text.span import Span

_LINK = re.compile(
    r"(?:[\s,/(-]|\b(?:and|or|the|a|an|as well as|both|in|to|of|at|on|his|her|their|also|with|into|within|"
    r"bodies|lobes?|"
    r"bones?|regions?|areas?|walls?|levels?|posterior|anterior|lateral|medial|inferior|superior|upper|lower|"
    r"middle|mid|central|"
    r"deep|superficial|then|later|subsequently|finally|osteoblastic|osteolytic|lytic|blastic|sclerotic|"
    r"segments? (?-i:[IVX]{1,4}|\d)(?:/(?-i:[IVX]{1,4}|\d))?|"
    r"capsule|surface|dome|apex|portion|part|aspect|half|remnant|residual|undescended|stump|cortex|shaft|contiguous|melanoma|"
    r"largest|enlarged|swollen|dominant|one|two|three|entire|whole|multiple|distant|numerous|"
    r"several|diffuse|possible|solitary|single|isolated|widespread|extensive|"
    r"contralateral|ipsilateral|regional|local|adjacent|surrounding|other|further|new|all|mucosa|left|right|bilateral|bilaterally|"
    r"left-sided|right-sided|proximal|distal|first|second|third|fourth|fifth|sixth|\d{1,2}(?:st|nd|rd|th)|visceral|small|large|tiny|subcentimet\w{2,4}|"
    r"parenchymal|"
    r"(?-i:[A-Z]{2,5})|parietal|cortical|subcortical|metastatic|secondary|involving|including|of|predominantly|mainly|head|body|"
    r"tail|lobe)\b){0,14}",
    re.IGNORECASE,
)
_LONGEST_LINK = 60
_SIDE = re.compile(  # not "a suture had been left"
    r"\b(?:(?<!been )(?<!was )(?<!were )left|left(?=[ -]sided)|right|bilateral|bilaterally|both|midline)\b"
)
_PLURAL = re.compile(r"\w{3}s\b|feet\b|teeth\b|\w{4}ae\b|\w{4}ora\b|\w{4}eri\b")
_NOUN_REACH = 12  # "both renal ⟨arteries⟩"
_SIDE_REACH = 40
_LEVEL_REACH = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A site mention with the side its own words give it."""

    mention: Mention
    side: str
    side_span: Span | None


def after(reading: Reading, index: int, offset: int) -> list[Place]:
    """The sites listed from view `offset` on, as long as only list words stand between them."""
    out: list[Place] = []
    at = offset
    for site in _with_levels(reading, index, offset, _sites(reading, index)):
        if site.start < at:
            continue
        if site.start - at > _LONGEST_LINK or not _LINK.fullmatch(reading.text, at, site.start):
            break
        if out and site.start - at == 1 and reading.vocabulary.within(out[-1].mention.label, site.label):
            at = site.end  # "thoracolumbar ⟨vertebral bodies⟩": the noun of the adjective before
            continue
        if _OF_ANOTHER_NOUN.match(reading.lower, site.end):
            break
        if out and site.start - at == 1 and _is_region(reading, out[-1].mention):
            out.pop()  # "⟨abdominal⟩ vertebra": the region that the noun lies in
        if out and _WITHIN.match(reading.lower, at, site.start):
            out[-1] = _in_region(reading, out[-1], place(reading, site, at))
        else:
            out.append(place(reading, site, at))
        at = site.end
    return _nodes_shared(reading, out)


_WITHIN = re.compile(r" (?:of|in|within) (?:(?:the|his|her|an?|both|left|right|upper|lower|bilateral) ){0,3}$")


def _in_region(reading: Reading, part: Place, region: Place) -> Place:
    """`part` as the region after it tells ("lymph nodes of the ⟨neck⟩", "soft tissue of the ⟨left thigh⟩")."""
    site, within = part.mention, reading.vocabulary.within
    if within(region.mention.label, site.label) or site.label == "bone":  # "the bones of the ⟨pelvis⟩"
        return region
    term = reading.vocabulary.term("sites", nodes_of(region.mention.label)) if site.label == "lymph node" else None
    side = (part.side, part.side_span) if part.side else (region.side, region.side_span)
    return Place(Mention(site.start, site.end, term) if term else site, *side)


_OF_ANOTHER_NOUN = re.compile(  # "metastases in the vertebrae and ⟨spinal cord⟩ compression"
    r"[ -](?:compressions?|effusions?|o?edema|fractures?|thromb(?:osis|us)|emboli\w*|infarct\w*|ha?emorrhages?|"
    r"stenosis|obstruction|dilata?tion|failure|insufficiency|surgery|resections?|biops(?:y|ies)|transplant\w*|function|pressure|"
    r"pain|symptoms|scans?|mri|ct|ultraso\w+|x-?rays?|radiogra\w+|imaging|cancers?|(?:\w+ cell )?\w*carcinomas?|"
    r"abscess(?:es)?|cysts?|syndrome|hypertension|atrophy|necrosis|collapse|atelectas[ei]s|consolidations?|"
    r"radiotherapy|irradiation|chemotherapy|hydronephrosis)\b"
)


def listed(reading: Reading, index: int, lesion: Span, site: Mention) -> list[Place]:
    """The list after the words at `lesion` in which `site` stands ("lesions of ⟨T4 and T8⟩"), or that before them."""
    if site.end <= lesion.start:
        places = before(reading, index, lesion.start)
    else:
        into = _IN.search(reading.lower, lesion.end, site.start)
        places = after(reading, index, into.end()) if into else []
    return places if any(place.mention == site for place in places) else []


_IN = re.compile(r"\b(?:in|of|at|on|within|over|from|involving)\s")
_NODES_OF = {
    "mediastinum": "mediastinal lymph node",
    "lung hilum": "mediastinal lymph node",
    "neck": "cervical lymph node",
    "axilla": "axillary lymph node",
    "groin": "inguinal lymph node",
    "pelvis": "pelvic lymph node",
    "retroperitoneum": "retroperitoneal lymph node",
    "abdomen": "abdominal lymph node",
    "mesentery": "abdominal lymph node",
    "liver hilum": "abdominal lymph node",
    "cervical vertebra": "cervical lymph node",
    "supraclavicular fossa": "supraclavicular lymph node",
}


def nodes_of(region: str) -> str:
    """The lymph nodes of a part of the body; "" if they have no name of their own."""
    return _NODES_OF.get(region, "")


def _nodes_shared(reading: Reading, places: list[Place]) -> list[Place]:
    """`places` with the noun that two adjectives share ("⟨mediastinal⟩ and hilar lymph nodes")."""
    out = list(places)
    for i in range(len(out) - 2, -1, -1):
        term = reading.vocabulary.term("sites", nodes_of(out[i].mention.label))
        if term and reading.vocabulary.within(out[i + 1].mention.label, "lymph node"):
            mention = out[i].mention
            if reading.lower[mention.start : mention.end] in mention.term.fields["adjectives"].lower().split("|"):
                out[i] = Place(Mention(mention.start, mention.end, term), out[i].side, out[i].side_span)
    return out


def _is_region(reading: Reading, site: Mention) -> bool:
    """Whether `site` is an adjective of a part of the trunk."""
    adjectives = site.term.fields["adjectives"].lower().split("|")
    return site.label in _REGIONS and reading.lower[site.start : site.end] in adjectives


_REGIONS = ("abdomen", "pelvis", "thorax", "neck", "chest", "trunk")
_LEVEL = re.compile(r"\b(?:C[1-7]|[TD](?:1[0-2]|[1-9])|Th(?:1[0-2]|[1-9])|L[1-5]|S[1-5])\b(?!-weighted)")


def _sites(reading: Reading, index: int) -> Sequence[Mention]:
    """Sites of the sentence, and the words that are one in a list only: "cervical" of nodes, "thoracic", "node"."""
    sites, sentence = reading.of("sites", index), reading.sentences[index]
    extra: list[Mention] = []
    for word, label, pattern in _IN_A_LIST:
        if reading.lower.find(word, sentence.start, sentence.end) < 0:
            continue
        term = reading.vocabulary.term("sites", label)
        for hit in pattern.finditer(reading.lower, sentence.start, sentence.end) if term else ():
            if term and not any(site.start < hit.end() and hit.start() < site.end for site in sites):
                extra.append(Mention(hit.start(), hit.end(), term))
    return sorted((*sites, *extra), key=lambda site: site.start) if extra else sites


_IN_A_LIST = (
    ("cervical", "cervical lymph node", re.compile(r"\bcervical\b(?=(?:,| and| or)[\w\s,-]{1,40}\bnod)")),
    ("thoracic", "chest", re.compile(r"\bthoracic\b(?= (?:and|or) (?:abdominal|pelvic)\b| metasta)")),
    ("node", "lymph node", re.compile(r"\bnodes?\b(?=(?:,| and| or)[\w\s,]{1,40} metasta| metasta)")),
)


def _with_levels(reading: Reading, index: int, offset: int, known: Sequence[Mention]) -> list[Mention]:
    """Sites of the sentence from `offset` on, the bare levels of the spine ("at C4") among them."""
    sites = [site for site in known if site.start >= offset]
    stop = min(reading.sentences[index].end, offset + _LEVEL_REACH)
    for hit in _LEVEL.finditer(reading.text, offset, stop):
        term = reading.vocabulary.term("sites", f"{hit[0].replace('Th', 'T').replace('D', 'T')} vertebra")
        if term and not any(site.start <= hit.start() < site.end for site in sites):
            sites.append(Mention(hit.start(), hit.end(), term))
    return sorted(sites, key=lambda site: site.start)


def before(reading: Reading, index: int, offset: int) -> list[Place]:
    """The sites listed right before view `offset` ("brain and leptomeningeal ⟨metastases⟩").

    A word before the list without a comma or "and" is no member of it ("⟨colorectal⟩ liver metastases"); what an
    "and" parts from the offset is none either ("a tumour of the liver and ⟨metastases⟩").
    """
    out: list[Place] = []
    at = offset
    for site in reversed(_sites(reading, index)):
        if site.end > at:
            continue
        gap = reading.lower[site.end : at]
        if at - site.end > _LONGEST_LINK or not _LINK.fullmatch(gap) or _PREPOSITION.search(gap):
            break
        if bool(_JOIN.search(gap)) != bool(out) or (
            out and _NEW_NOUN.search(gap) and not _OPENS.search(reading.lower, max(0, site.start - 30), site.start)
        ):
            if out and at - site.end == 1 and reading.vocabulary.within(site.label, out[0].mention.label):
                out[0] = place(reading, site, reading.sentences[index].start)
            elif not out and _ADJECTIVE_JOINED.fullmatch(gap):
                out.insert(0, place(reading, site, reading.sentences[index].start))
            elif (
                not out or gap != " "
            ):  # "pulmonary and ⟨colorectal⟩ liver metastases": a modifier of the member after it
                break
            at = site.start
            continue
        if out and _OF_A_TUMOUR.search(reading.lower, max(0, site.start - _LONGEST_LINK), site.start):
            break
        out.insert(0, place(reading, site, reading.sentences[index].start))
        at = site.start
    return _nodes_shared(reading, out)


_PREPOSITION = re.compile(r"\b(?:in|of|to|at|on|with|into|within|involving|including)\b")
_ADJECTIVE_JOINED = re.compile(r" (?:and|or) \w+(?:al|ic|ar|ary|ous) ")  # "bone and ⟨systemic⟩ metastases"
_NEW_NOUN = re.compile(r"\b(?:multiple|an?|the|solitary|single|numerous|several|new|one|two|three)\b")
_OF_A_TUMOUR = re.compile(  # "a tumour of the ⟨colon⟩ and liver metastases"
    r"(?:(?:tumou?r|mass|cancer|lesion|neoplasm|oma)s?\s(?:of|in)|(?:extension|invasion|infiltration)\s(?:into|to|of)|"
    r"(?:invading|infiltrating|extending into))\s(?:(?:the|his|her|right|left)\s){0,2}$"
)
_OPENS = re.compile(  # "with ⟨lymph node⟩ and multiple liver metastases"
    r"\b(?:with|had|has|showed|revealed|developed|demonstrated|detected|confirmed|for|and)\s"
    r"(?:(?:regional|multiple|bilateral|distant|extensive|diffuse)\s)?$"
)
_JOIN = re.compile(r"[,/&]|\b(?:and|or)\b|-\s*$")


def place(reading: Reading, site: Mention, low: int) -> Place:
    """`site` with the side named inside it or among the few words before it (not before view `low`)."""
    return Place(site, *side_of(reading, site.start, site.end, low))


def side_of(
    reading: Reading, start: int, end: int, low: int, stop: re.Pattern[str] | None = None
) -> tuple[str, Span | None]:
    """The side inside view [start, end) or among the few words before it with no `stop` between; "" if none."""
    inside = _SIDE.search(reading.lower, start, end)
    if inside:
        return SIDES[inside[0]], Span(*inside.span())
    for side in reversed(list(_SIDE.finditer(reading.lower, max(low, start - _SIDE_REACH), start))):
        between = reading.lower[side.end() : start]
        if stop and side[0] == "both":  # "both a fracture and a dislocation"
            continue
        if side[0] == "both":
            joined = reading.lower.find(" and ", end, end + _NOUN_REACH)
            if not _PLURAL.search(reading.lower, side.end(), joined if joined > 0 else end + _NOUN_REACH):
                continue  # "both the thyroid and the kidney function", "both the wrist and fingers"
        if not (stop or _BREAK).search(between) and between.count(" ") <= 5:
            return SIDES[side[0]], Span(*side.span())
    return "", None


OF_A_NAME = re.compile(
    r"[,;.:()]|\b(?:and|or|but|with|to|into|from|is|was|were|had|has|have|showed|revealed|underwent|developed|"
    r"for|of|in|at|on|by|who|which|due|after)\b"
)
_BREAK = re.compile(
    r"[,;.:()]|\b(?:and|or|but|with|to|into|from|is|was|were|had|has|have|showed|revealed|underwent|developed|"
    r"lung|eye)\b"
)
