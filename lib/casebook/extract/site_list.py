"""Lists of sites as authors write them: "the brain, liver and both lungs", "bone and visceral metastases"."""

import re
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
    r"deep|superficial|largest|enlarged|swollen|dominant|one|two|three|entire|whole|multiple|distant|numerous|"
    r"several|diffuse|possible|solitary|single|isolated|widespread|extensive|"
    r"contralateral|ipsilateral|regional|local|adjacent|surrounding|other|further|new|left|right|bilateral|bilaterally|"
    r"left-sided|right-sided|proximal|distal|first|second|third|visceral|small|large|tiny|subcentimet\w{2,4}|"
    r"parenchymal|"
    r"(?-i:[A-Z]{2,5})|parietal|cortical|subcortical|metastatic|secondary|involving|including|of|predominantly|mainly|head|body|"
    r"tail|lobe)\b){0,14}",
    re.IGNORECASE,
)
_LONGEST_LINK = 60
_SIDE = re.compile(r"\b(?:left|right|bilateral|bilaterally|both|midline)\b")
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
    for site in _with_levels(reading, index, offset):
        if site.start < at:
            continue
        if site.start - at > _LONGEST_LINK or not _LINK.fullmatch(reading.text, at, site.start):
            break
        if out and site.start - at == 1 and reading.vocabulary.within(out[-1].mention.label, site.label):
            at = site.end  # "thoracolumbar ⟨vertebral bodies⟩": the noun of the adjective before
            continue
        if out and site.start - at == 1 and _is_region(reading, out[-1].mention):
            out.pop()  # "⟨abdominal⟩ vertebra": the region that the noun lies in
        out.append(place(reading, site, at))
        at = site.end
    return out


def _is_region(reading: Reading, site: Mention) -> bool:
    """Whether `site` is an adjective of a part of the trunk."""
    adjectives = site.term.fields["adjectives"].lower().split("|")
    return site.label in _REGIONS and reading.lower[site.start : site.end] in adjectives


_REGIONS = ("abdomen", "pelvis", "thorax", "neck", "chest", "trunk")
_LEVEL = re.compile(r"\b(?:C[1-7]|[TD](?:1[0-2]|[1-9])|Th(?:1[0-2]|[1-9])|L[1-5]|S[1-5])\b(?!-weighted)")


def _with_levels(reading: Reading, index: int, offset: int) -> list[Mention]:
    """Sites of the sentence from `offset` on, the bare levels of the spine ("at C4") among them."""
    sites = [site for site in reading.of("sites", index) if site.start >= offset]
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
    for site in reversed(reading.of("sites", index)):
        if site.end > at:
            continue
        gap = reading.lower[site.end : at]
        if at - site.end > _LONGEST_LINK or not _LINK.fullmatch(gap) or _PREPOSITION.search(gap):
            break
        if bool(_JOIN.search(gap)) != bool(out) or (out and _NEW_NOUN.search(gap)):
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
        out.insert(0, place(reading, site, reading.sentences[index].start))
        at = site.start
    return out


_PREPOSITION = re.compile(r"\b(?:in|of|to|at|on|with|into|within|involving|including)\b")
_ADJECTIVE_JOINED = re.compile(r" (?:and|or) \w+(?:al|ic|ar|ary|ous) ")  # "bone and ⟨systemic⟩ metastases"
_NEW_NOUN = re.compile(r"\b(?:multiple|an?|the|solitary|single|numerous|several|new|one|two|three)\b")
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
