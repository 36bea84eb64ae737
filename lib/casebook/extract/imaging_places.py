"""The sites that the phrase of a finding names."""

import re
from collections.abc import Sequence

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_LOCATIVE = re.compile(
    r"\b(?:in|of|at|within|on|involving|over|to|from|into|around|along|throughout|under|behind|beneath|across|between"
    r"|affecting|occupying|inside|surrounding|located|invading|compressing|near|infiltrating|filling|encasing|extending"
    r"|destroying|displacing|eroding|replacing|for|about|by)\b"
)
_BREAK = re.compile(
    r"[;:.]|\b(?:which|showed|revealed|demonstrated|was|were|is|are|but|while|whereas|although|because|suggest\w*"
    r"|consistent"
    r"|compatible|and (?:an?|no|the)|with (?:an?|no)|without|no|not)\b"
)
_SEEN = re.compile(
    r"\b(?:was|were|is|are|been) (?:also |only |then |now |\w+ly )?(?:seen|noted|observed|found|detected|identified"
    r"|visuali[sz]ed|present|evident|located|demonstrated|shown|noticed|visible|limited|confined|depicted|discovered"
    r"|apparent"
    r"|revealed|situated|locali[sz]ed|suspected|extending|identifiable|recogni[sz]ed|appreciated|reported|described"
    r"|made)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:compared (?:with|to)|relative to|than|similar to|adjacent to|close to|next to|near|abutting"
    r"|(?:posterior|anterior|lateral|medial|superior|inferior|cranial|caudal|ventral|dorsal)(?:ly)? to|above|below"
    r"|(?:iso|hypo|hyper)\w+ (?:to|with)|distance from|away from|sparing|spared|distal to|proximal to|separate from"
    r"|to the rest of|surrounding|secondary to)\s(?:the\s|an?\s|that of\s)?(?:\w+\s){0,2}$"
)
_IN_LISTS = frozenset(
    "and or as well also the in of on at to both left right bilateral bilaterally upper lower anterior posterior"
    " proximal distal"
    " medial lateral his her a an entire whole multiple several superior inferior adjacent middle mid level side"
    " sided deep"
    " first second third fourth fifth involving within into region wall lobe lobes tissue tissues soft areas area"
    " bones bone"
    " various different other another including like such e g i".split()
)
_SIDES = frozenset("left right bilateral both upper lower".split())
_SEPARATORS = frozenset(("and", "or", ",", "/", "&", "to", "well", "including"))
_LISTED = frozenset((",", "and", "/", "&"))
_PUNCTUATION = frozenset((",", "/", "&"))
_TOKEN = re.compile(r"[a-z]+|[,/&]")
_NOT_PHRASE = frozenset(
    "of in on at to from with without and or by for was were is are showed revealed demonstrated shows suggest"
    " suggesting which"
    " that after before but no not than as had has into under near".split()
)
_ENDS_LIST = (_NOT_PHRASE - frozenset("of in on at to and or as into".split())) | frozenset(
    "adjacent mass lesion also causing extending measuring".split()
)
_OBJECT = re.compile(r"\b(?:of|in|at|within|on)\s(?:the\s)?(?:\w+\s){0,2}$")
_NOUN = re.compile(
    r"\s(?:[\w-]+\s)?(?:mass|lesion|tumou?r|nodule|cyst|deposit|focus|foci|metastas|involvement|disease|enhancement"
    r"|signal)"
)
_PREDICATE = re.compile(
    r"\b(?:was|were|is|are|to\sbe|appeared|appears|remained|had|has|show(?:s|ed)|looked|seemed)\b", re.IGNORECASE
)
_NOT_PREDICATE = re.compile(r"[;:.]|\bwith\b")


def site_mentions(reading: Reading, index: int, taken: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Sites named in sentence `index` outside the ranges `taken` by other names, and not only compared with."""
    start, lower = reading.sentences[index].start, reading.lower
    return [
        site
        for site in reading.of("sites", index)
        if not any(low < site.end and site.start < high for low, high in taken)
        and not _ELSEWHERE.search(lower[max(start, site.start - 45) : site.start])
    ]


def places(reading: Reading, finding: Mention, last: int, sites: Sequence[Mention], stop: int) -> list[Mention]:
    """The sites that the phrase of `finding` names: inside it, just before it, or after `last` up to `stop`."""
    text, within = reading.text, reading.vocabulary.within
    here = reading.of("sites", reading.sentence_of(finding))
    inside = [site for site in here if finding.start <= site.start and site.end <= finding.end]
    behind = [site for site in sites if last <= site.start < stop]
    after = _described(reading.lower, finding, behind) or _after(reading.lower, last, behind)
    if inside and not (after and all(within(site.label, inside[0].label) for site in after)):
        return inside[:1]
    before = _before(text, finding, [site for site in sites if site.end <= finding.start])
    if before and after and all(within(site.label, before[-1].label) for site in after):
        return after
    if before and (not after or not text[before[-1].end : finding.start].strip(" -")):
        return before
    return after or before


def _described(lower: str, finding: Mention, sites: Sequence[Mention]) -> list[Mention]:
    """The site that the adjective `finding` stands before: "an enlarged ⟨hepatic artery⟩"."""
    if not sites or not lower.endswith("ed", finding.start, finding.end):
        return []
    gap = lower[finding.end : sites[0].start]
    return [sites[0]] if len(gap) < 20 and set(gap.split()) <= _SIDES else []


def _after(lower: str, end: int, sites: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for site in sites:
        if out:
            follows = _follows(lower[out[-1].end : site.start])
            if follows is None:
                break
            if follows:
                out.append(site)
            continue
        gap = lower[end : site.start]
        if len(gap) > 130 or _BREAK.search(_SEEN.sub("", gap)):
            break
        if _LOCATIVE.search(gap) or _SEEN.search(gap) or not gap.strip(" -") and _NOUN.match(lower, site.end):
            out.append(site)
    return out


def _follows(gap: str) -> bool | None:
    """Whether a site after `gap` is a further one of the list; None where the list has ended."""
    tokens = set(_TOKEN.findall(gap))
    if len(gap) > 60 or _ENDS_LIST & tokens or any(char in "();:." or char.isdigit() for char in gap):
        return None
    if not _LISTED & tokens and not tokens <= _IN_LISTS:
        return None
    return bool(_SEPARATORS & tokens)


def _before(text: str, finding: Mention, sites: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    right = finding.start
    for site in reversed(sites):
        gap = text[site.end : right]
        tokens = _TOKEN.findall(gap.lower())
        if out:
            listed = len(gap) <= 30 and set(tokens) <= _IN_LISTS | _PUNCTUATION and _SEPARATORS & set(tokens)
            if not listed or {"of", "in"} & set(tokens) or _OBJECT.search(text[max(0, site.start - 25) : site.start]):
                break
        elif len(gap) > 40 or len(tokens) > 4 or _NOT_PHRASE & set(tokens) or any(char in gap for char in ";:().,"):
            break
        out.insert(0, site)
        right = site.start
    return out


def subject(text: str, finding: Mention, sites: Sequence[Mention], low: int) -> Mention | None:
    """The site of which the clause before `finding` says that it shows it ("the liver was enlarged")."""
    for site in reversed([site for site in sites if low <= site.start and site.end <= finding.start]):
        gap = text[site.end : finding.start]
        if len(gap) < 70 and not _NOT_PREDICATE.search(gap) and _PREDICATE.search(gap):
            return site
    return None
