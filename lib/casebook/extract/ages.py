"""Ages of persons in every form that prose gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.extract.nouns import PERSONS, plain_words
from casebook.extract.quantity import NUMBER, NUMBER_STARTS, number
from casebook.text.span import Span

_MOST_MONTHS, _MOST_YEARS = 48, 115


@dataclass(frozen=True, slots=True)
class Age:
    """`years` at `span`; `event` where it is the age at some event ("at the age of 43") rather than the person's."""

    years: float
    span: Span
    rule: str
    event: bool = False


_AND = r"(?:[-\s]{1,2}(?:and[-\s]{1,2})?(?:an?[-\s]{1,2})?(?:half|1/2)|\s?½)?"
_UNIT = r"(?:years?|yrs?|yeras|y|months?|mos?|weeks?|wks?|days?|hours?)"
_OLD = re.compile(
    rf"\b{NUMBER_STARTS}(?<!\.)(?P<n>{NUMBER}{_AND})[-\s–]{{0,3}}(?P<u>{_UNIT})(?:['’]s|s?['’])?\.?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?"
    r"[-\s/–]{0,3}(?P<old>olds?\b|o\b\.?|of\s+(?:age|life)\b|young\s+(?=\w))")
_OLD_ALONE = re.compile(r"(?<![\w.])(?P<n>\d{1,2})-old(?=[-\s])")
_BARE = re.compile(
    rf"\b{NUMBER_STARTS}"
    rf"(?:(?<=^)|(?<=\b[Aa]\s)|(?<=\b[Aa]n\s)|(?<=[Tt]he\s)|(?<=\b[Oo]ur\s)|(?<=\bof\s)|(?<=\bin\s)|(?<=\bto\s)"
    rf"|(?<=[,(]\s)|(?<=\())"
    rf"(?P<n>{NUMBER}{_AND})[-\s]{{0,2}}(?P<u>years?|yrs?|y|months?|weeks?|days?)(?:['’]s|['’])?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?(?=[-\s,)])")
_HAS = re.compile(r"\b(?P<lead>has|having)\s(?P<n>\d{1,2})\s(?P<u>years?|months?)(?=[,.;])")
_BARE_SEX = re.compile(r"\b[Aa]n?\s(?P<n>\d{1,2})\s(?=(?:male|female|man|woman|boy|girl)\b)")
_AGED = re.compile(
    rf"\b(?P<lead>(?:at\s+(?:the\s+)?|since\s+(?:the\s+)?|until\s+(?:the\s+)?|by\s+(?:the\s+)?"
    rf"|(?:before|after)\s+(?:the\s+)?)?(?:aged?|age\s?[:=]"
    rf"|age\s+(?:of|was|is|at))\s+(?:about\s+)?)"
    rf"(?P<n>{NUMBER}{_AND})\b(?!\s?(?:[-–]|to\s|and)\s?\d)(?:[-\s]{{0,2}}(?P<u>{_UNIT})\b)?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?")
_OF = re.compile(rf"\b(?:boy|girl|man|woman|child|infant|patient)\s+(?:of|,)\s?(?P<n>\d{{1,2}})(?=[\s,.])(?!\s?(?:%"
                 rf"|mg|cm|kg|mm|[-–]))"
                 rf"(?:[-\s]{{0,2}}(?P<u>{_UNIT})\b)?")
_EVENT = re.compile(r"\bis\s+(?:now|currently|presently)\s+(?:an?\s+)?$"
                    r"|\b(?:at|since|until|till|by|when|from|before|after)\s+(?:(?:the\s+)?(?:age\s+of\s+)?|(?:he|she"
                    r"|the\s+patient|they)\s+was\s+)(?:\d{1,2}\s\w+,?\s(?:and\s)?){0,3}$")
_NOT_PERSONAL = re.compile(r"\b(?:gestational|bone|mean|median|average|maternal|paternal|corrected|post-?menstrual"
                           r"|conceptional|patients|adults|"
                           r"children|women|men|people|subjects|individuals|over|under|older\s+than|younger\s+than"
                           r"|above|below|first|last)[\s,-]{1,2}$")
_THING = re.compile(r"[-\s]{1,2}(?:[\w-]+\s+)?(?:scar|history|lesion|fracture|injury|tumou?r|mass|wound|infarct\w*"
                    r"|h(?:a)?ematoma|graft|implant|prosthesis|pacemaker|burn|ulcer|stroke|thromb\w+|hernia|symptoms|"
                    r"swelling|problem|complaint|stent|device|shunt|pregnancy|f(?:o)?etus)\b")
_SEXED = frozenset("male female man woman boy girl".split())
_AT_EVENT = ("at", "since", "until", "by", "after")
_UNIT_TOKENS = frozenset("year years yr yrs y month months week weeks day days".split())
_SAY_OLD = frozenset(("old", "olds", "age", "life", "young", "yo", "o"))
_IN_WORDS = _SAY_OLD | _UNIT_TOKENS | {"aged"}
_FIGURE = re.compile(r"\d")
_GLUED = re.compile(r"[0-9](?:[yY]|[mM](?=[oO])|[oO][lL][dD])")


def ages(text: str, lower: str, start: int, end: int, tokens: frozenset[str]) -> list[Age]:
    """Ages of persons in text[start:end] in reading order; not gestational age, nor that of a group.

    `lower` is the text in lower case, `tokens` are the words of that sentence in lower case.
    """
    figures = _FIGURE.search(text, start, end)
    if figures is None and tokens.isdisjoint(_IN_WORDS):
        return []
    found: list[tuple[Span, int, Age]] = []
    for rank, (pattern, rule) in enumerate(_forms(tokens, text, figures, end)):
        for hit in pattern.finditer(lower, start, end):
            age = _age(text, lower, start, hit, rule)
            if age:
                found.append((age.span, rank, age))
    if len(found) < 2:
        return [age for _, _, age in found]
    kept: list[tuple[Span, int, Age]] = []
    for one in sorted(found, key=lambda item: item[:2]):
        if kept and one[0].overlaps(kept[-1][0]):
            kept[-1] = min(kept[-1], one, key=lambda item: item[1])
        else:
            kept.append(one)
    return [age for _, _, age in kept]


def _forms(
    tokens: frozenset[str], text: str, figures: re.Match[str] | None, end: int
) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that can hit in a sentence of these words up to `end`, the first of its figures given."""
    glued = bool(figures and _GLUED.search(text, figures.start(), end))  # "46yo", "4years"
    if glued or not tokens.isdisjoint(_SAY_OLD):
        yield _OLD, "demographics.age_old"
        yield _OLD_ALONE, "demographics.age_old"
    person = not tokens.isdisjoint(PERSONS)
    if person and (glued or not tokens.isdisjoint(_UNIT_TOKENS)):
        yield _BARE, "demographics.age_noun"
        yield _HAS, "demographics.age_of"
    if figures and not tokens.isdisjoint(_SEXED):
        yield _BARE_SEX, "demographics.age_noun"
    if not tokens.isdisjoint(("age", "aged")):
        yield _AGED, "demographics.aged"
    if person and figures:
        yield _OF, "demographics.age_of"


def _age(text: str, lower: str, start: int, hit: re.Match[str], rule: str) -> Age | None:
    groups = hit.groupdict()
    before = lower[max(start, hit.start() - 40):hit.start("n")]
    if groups.get("old") == "olds" or _THING.match(lower, hit.end()):
        return None
    if _NOT_PERSONAL.search(lower[max(start, hit.start() - 24):hit.start()]):
        return None
    value = number(hit["n"])
    unit = (groups.get("u") or "years")[0]
    if value is None or unit == "m" and value > _MOST_MONTHS or unit == "y" and not 0 < value < _MOST_YEARS:
        return None
    if rule.endswith("noun") and not _noun(text, hit.end()):
        return None
    months = value * {"y": 12, "m": 1, "w": 12 / 52, "d": 12 / 365, "h": 0}[unit]
    if groups.get("n2"):
        months += float(groups["n2"]) * {"m": 1, "w": 12 / 52, "d": 12 / 365}[groups["u2"][0]]
    lead = groups.get("lead") or ""
    if lead.startswith("before"):
        return None
    event = lead.startswith(_AT_EVENT) or rule.endswith("old") and bool(_EVENT.search(before))
    return Age(round(months / 12, 2), Span(hit.start("n"), _trimmed(text, hit)), rule, event)


def _trimmed(text: str, hit: re.Match[str]) -> int:
    """Where the age's words end: the blank before a noun is not theirs."""
    end = hit.end()
    while text[end - 1].isspace():
        end -= 1
    return end


def _noun(text: str, at: int) -> bool:
    """Whether a person is named within a few plain words after `at`."""
    return any(hit[0].lower().split("-")[-1] in PERSONS for hit in plain_words(text, at, 6))
