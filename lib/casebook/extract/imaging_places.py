"""Where a finding is: the site its phrase names, or the lesion that the words refer to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_LOCATIVE = re.compile(
    r"\b(?:in|of|at|within|on|involving|over|to|from|into|around|along|throughout|under|behind|beneath|across|between|affecting|occupying|inside|surrounding"
    r"|located|invading|compressing|near|infiltrating|filling|encasing|extending|destroying|displacing|eroding|replacing|for|about|by)\b", re.IGNORECASE)
_BREAK = re.compile(r"[;:.]|\b(?:which|showed|revealed|demonstrated|was|were|is|are|but|while|whereas|although|because|suggest\w*|consistent|compatible|and (?:an?|no|the)|with (?:an?|no)|without|no|not)\b",
                    re.IGNORECASE)
_SEEN = re.compile(r"\b(?:was|were|is|are|been) (?:also |only |clearly |then |now )?(?:seen|noted|observed|found|detected|identified|visuali[sz]ed|present|evident|located|demonstrated|shown|noticed|visible"
                   r"|limited|confined|depicted|discovered|apparent|revealed|situated|localized|localised|suspected|extending|identifiable|recogni[sz]ed|appreciated|reported|described|made)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:compared (?:with|to)|relative to|than|similar to|adjacent to|close to|next to|near|abutting|(?:posterior|anterior|lateral|medial|superior|inferior|cranial|caudal|ventral|dorsal)(?:ly)? to"
    r"|above|below|(?:iso|hypo|hyper)\w+ (?:to|with)|distance from|away from|sparing|spared|distal to|proximal to|separate from|to the rest of|surrounding|secondary to)\s(?:the\s|an?\s|that of\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE)
_LIST = frozenset("and or as well also the in of on at to both left right bilateral bilaterally upper lower anterior posterior proximal distal medial"
                  " lateral his her a an entire whole multiple several superior inferior adjacent middle mid whole level side sided deep first second"
                  " third fourth fifth involving within into right-sided left-sided region wall lobe lobes tissue tissues soft areas area bones bone"
                  " various different other another including like such e g i e".split())
_SEPARATORS = frozenset(("and", "or", ",", "/", "&", "to", "well", "including"))
_TOKEN = re.compile(r"[a-z]+|[,/&]")
_NOT_PHRASE = frozenset("of in on at to from with without and or by for was were is are showed revealed demonstrated shows suggest suggesting which that"
                        " after before but no not than as had has into under near".split())
_STOPS_LIST = (_NOT_PHRASE - {"of", "in", "on", "at", "to", "and", "or", "as", "into"}) | {"adjacent", "mass", "lesion", "also", "causing", "extending", "measuring"}
_ANAPHOR = re.compile(r"\b(?P<det>the|this|these|those|both|its|all the)\s(?P<words>(?:[\w-]+\s){0,3}?)(?P<noun>mass|lesion|tumou?r|nodule|cyst|lump|growth|neoplasm|focus|foci|deposit|thrombus|aneurysm"
                      r"|abscess|collection)(?P<many>es|s|i)?\b|^(?P<it>it|they)\b", re.IGNORECASE)
_OF = re.compile(r"\s(?:signal\s|intensity\s)?(?:of|in|within)\s")
_NOUN = re.compile(r"\s(?:[\w-]+\s)?(?:mass|lesion|tumou?r|nodule|cyst|deposit|focus|foci|metastas|involvement|disease|enhancement|signal)", re.IGNORECASE)
_RECURRENT = re.compile(r"\b(?:recurren\w+|relaps\w+|regrowth)\b", re.IGNORECASE)
_METASTATIC = re.compile(r"(?<!no )(?<!any )(?<!of )\bmetast\w+|\bsecondar(?:y|ies) deposits?\b|\bdrop lesions?\b", re.IGNORECASE)
_PRIMARY = re.compile(r"\bprimary (?:tumou?r|mass|lesion|site)\b", re.IGNORECASE)
_MANY = re.compile(r"s$|\bmultiple\b|\bseveral\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A site and what of the disease is there, with the words that say so; `role` may be empty."""

    site: str
    span: Span
    rule: str
    role: str = ""
    level: str = ""


@dataclass(slots=True)
class Lesions:
    """Lesions in the order in which the text spoke of them; the last is what "the mass" means."""

    spoken: list[tuple[Place, bool]] = field(default_factory=list)

    def speak(self, place: Place, many: bool) -> None:
        self.spoken.append((place, many))

    def meant(self, many: bool) -> Place | None:
        """The last lesion, of the same number if there is one."""
        return next((place for place, plural in reversed(self.spoken) if plural == many),
                    self.spoken[-1][0] if self.spoken else None)


def site_mentions(reading: Reading, index: int, taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Sites named in sentence `index` outside the ranges `taken` by names of studies and sequences, and not only compared with."""
    start = reading.sentences[index].start
    return [site for site in reading.of("sites", index) if not any(low < site.end and site.start < high for low, high in taken)
            and not _ELSEWHERE.search(reading.text[max(start, site.start - 45):site.start])]


def places(reading: Reading, finding: Mention, last: int, sites: Sequence[Mention], stop: int) -> list[Mention]:
    """The sites that the phrase of `finding` names: inside it, just before it, or after it up to `stop`."""
    text = reading.text
    inside = [site for site in reading.of("sites", reading.sentence_of(finding)) if finding.start <= site.start and site.end <= finding.end]
    after = _after(text, last, [site for site in sites if last <= site.start < stop])
    if inside and not (after and all(reading.vocabulary.within(site.label, inside[0].label) for site in after)):
        return inside[:1]
    before = _before(text, finding, [site for site in sites if site.end <= finding.start])
    if before and after and all(reading.vocabulary.within(site.label, before[-1].label) for site in after):
        return after
    if before and (not after or not text[before[-1].end:finding.start].strip(" -")):
        return before
    return after or before


def _after(text: str, end: int, sites: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for site in sites:
        gap = text[(out[-1].end if out else end):site.start]
        if out:
            tokens = _TOKEN.findall(gap.lower())
            if len(gap) > 60 or _STOPS_LIST & set(tokens) or not {",", "and", "/", "&"} & set(tokens) and not set(tokens) <= _LIST or any(char in gap for char in "();:."):
                break
            if _SEPARATORS & set(tokens):
                out.append(site)
            continue
        if len(gap) > 130:
            break
        if _BREAK.search(_SEEN.sub("", gap)):
            break
        if _LOCATIVE.search(gap) or _SEEN.search(gap) or not gap.strip(" -") and _NOUN.match(text, site.end):
            out.append(site)
    return out


def _before(text: str, finding: Mention, sites: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    right = finding.start
    for site in reversed(sites):
        gap = text[site.end:right]
        tokens = _TOKEN.findall(gap.lower())
        if out:
            if len(gap) > 30 or not set(tokens) <= _LIST | {",", "/", "&"} or not _SEPARATORS & set(tokens) or {"of", "in"} & set(tokens):
                break
        elif len(gap) > 40 or len(tokens) > 4 or _NOT_PHRASE & set(tokens) or any(char in gap for char in ";:().,"):
            break
        out.insert(0, site)
        right = site.start
    return out


def subject(reading: Reading, finding: Mention, sites: Sequence[Mention], low: int) -> Mention | None:
    """The site of which the clause before `finding` says that it shows it ("the liver was enlarged")."""
    for site in reversed([site for site in sites if low <= site.start and site.end <= finding.start]):
        gap = reading.text[site.end:finding.start]
        if len(gap) < 70 and not re.search(r"[;:.]|\bwith\b", gap) and re.search(r"\b(?:was|were|is|are|appeared|appears|remained|had|has|show(?:s|ed)|looked|seemed)\b", gap):
            return site
    return None


def anaphor(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last words in text[start:end] that refer to a lesion spoken of before."""
    found = None
    for found in _ANAPHOR.finditer(text, start, end):
        pass
    return found


def owner_of(text: str, end: int) -> re.Match[str] | None:
    """ "hypointensity of these lesions": the lesions that a finding which ends at `end` belongs to."""
    of = _OF.match(text, end)
    return _ANAPHOR.match(text, of.end()) if of else None


def is_many(hit: re.Match[str]) -> bool:
    return bool(hit["many"]) or (hit["it"] or "").lower() == "they" or (hit["noun"] or "").lower() == "foci"


def stated_role(words: str) -> str:
    """The role that `words` around a finding state; empty if none."""
    for role, pattern in (("metastasis", _METASTATIC), ("recurrence", _RECURRENT), ("primary", _PRIMARY)):
        if pattern.search(words):
            return role
    return ""


def plural(words: str) -> bool:
    return bool(_MANY.search(words))


def level_of(reading: Reading, site: str) -> tuple[str, str]:
    """A numbered vertebra or rib as its region, and its number as the level ("T11 vertebra": "thoracic vertebra", "T11")."""
    head = site.split(" ", 1)[0]
    if len(head) > 1 and head[0].isupper() and head[1:].isdigit():
        term = reading.vocabulary.term("sites", site)
        if term and term.fields["parent"]:
            return term.fields["parent"], head
    return site, ""


def known_roles(sites: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """site -> the roles that the table of sites gives it, in reading order."""
    out: dict[str, list[str]] = {}
    for site, role in sites:
        if role and role not in out.setdefault(site, []):
            out[site].append(role)
    return out
