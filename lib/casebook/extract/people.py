"""Persons as prose names them: "a 45-year-old Japanese man", "our patient", "his mother"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casebook.extract.quantity import NUMBER, number
from casebook.text.span import Span

MALE = frozenset("man men male males boy gentleman".split())
FEMALE = frozenset("woman women female females girl lady primigravida multigravida primipara multipara nullipara"
                   " primiparous multiparous"
                   " nulliparous gravida nullipara housewife parturient".split())
NEUTRAL = frozenset("patient child infant baby toddler newborn neonate adolescent teenager adult person individual"
                    " case subject student"
                    " worker proband schoolchild youth smoker farmer caucasian hispanic american african fetus foetus"
                    " survivor victim"
                    " athlete player volunteer driver soldier nurse physician resident native immigrant".split())
FAMILY = frozenset("mother father parents parent brother sister son daughter sibling siblings uncle aunt cousin"
                   " grandmother grandfather"
                   " wife husband spouse grandson granddaughter nephew niece relative relatives donor twin".split())
"""Nouns that make the person a relative when a possessive stands before them."""

_PERSONS = MALE | FEMALE | NEUTRAL
_MOST_MONTHS, _MOST_YEARS = 48, 115
_STOP = frozenset("who whose which that with without of the a an presented presenting presents was were is are had"
                  " has have admitted referred"
                  " diagnosed by for from to and in on at after before during when while came visited consulted"
                  " complaining"
                  " suffering developed underwent showed died".split())
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|G\d{1,2}P\d{1,4}|\d{1,2}(?=\s)")
_GRAVIDA = re.compile(r"G\d{1,2}P\d{1,4}")


@dataclass(frozen=True, slots=True)
class Age:
    """`years` at `span`; `event` where it is the age at some event ("at the age of 43") rather than the person's."""

    years: float
    span: Span
    rule: str
    event: bool = False


@dataclass(frozen=True, slots=True)
class Sex:
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """A phrase that names a person by age. `relative` is true for "his 45-year-old brother"."""

    span: Span
    age: Age
    sex: Sex | None
    determiner: str
    relative: bool


_AND = r"(?:[-\s]{1,2}(?:and[-\s]{1,2})?(?:an?[-\s]{1,2})?(?:half|1/2)|\s?½)?"
_UNIT = r"(?:years?|yrs?|yeras|y|months?|mos?|weeks?|wks?|days?|hours?)"
_OLD = re.compile(
    rf"(?<![\w.])(?P<n>{NUMBER}{_AND})[-\s–]{{0,3}}(?P<u>{_UNIT})(?:['’]s|s?['’])?\.?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?"
    r"[-\s/–]{0,3}(?P<old>olds?\b|o\b\.?|of\s+age\b|young\s+(?=\w))", re.IGNORECASE)
_OLD_ALONE = re.compile(r"(?<![\w.])(?P<n>\d{1,2})-old(?=[-\s])", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:(?<=^)|(?<=\b[Aa]\s)|(?<=\b[Aa]n\s)|(?<=[Tt]he\s)|(?<=\b[Oo]ur\s)|(?<=\bof\s)|(?<=\bin\s)|(?<=\bto\s)"
    rf"|(?<=[,(]\s)|(?<=\())"
    rf"(?P<n>{NUMBER}{_AND})[-\s]{{0,2}}(?P<u>years?|yrs?|y|months?|weeks?|days?)(?:['’]s|['’])?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?(?=[-\s,)])", re.IGNORECASE)
_AGED = re.compile(
    rf"\b(?P<lead>(?:at\s+(?:the\s+)?|since\s+(?:the\s+)?|until\s+(?:the\s+)?|by\s+(?:the\s+)?)?(?:aged?|age\s?[:=]"
    rf"|age\s+(?:of|was|is|at))\s+(?:about\s+)?)"
    rf"(?P<n>{NUMBER}{_AND})\b(?!\s?(?:[-–]|to\s|and)\s?\d)(?:[-\s]{{0,2}}(?P<u>{_UNIT})\b)?"
    rf"(?:[-\s,]{{0,2}}(?:and[-\s])?(?P<n2>\d{{1,2}})[-\s]?(?P<u2>months?|weeks?|days?))?", re.IGNORECASE)
_OF = re.compile(rf"\b(?:boy|girl|man|woman|child|infant|patient)\s+(?:of|,)\s?(?P<n>\d{{1,2}})(?=[\s,.])(?!\s?(?:%"
                 rf"|mg|cm|kg|mm|[-–]))"
                 rf"(?:[-\s]{{0,2}}(?P<u>{_UNIT})\b)?", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:at|since|until|till|by|when|from|before|after)\s+(?:(?:the\s+)?(?:age\s+of\s+)?|(?:he|she"
                    r"|the\s+patient|they)\s+was\s+)(?:\d{1,2}\s\w+,?\s(?:and\s)?){0,3}$",
                    re.IGNORECASE)
_NOT_PERSONAL = re.compile(r"\b(?:gestational|bone|mean|median|average|maternal|paternal|corrected|post-?menstrual"
                           r"|conceptional|patients|adults|"
                           r"children|women|men|people|subjects|individuals|over|under|older\s+than|younger\s+than"
                           r"|above|below)[\s,-]{1,2}$", re.IGNORECASE)
_THING = re.compile(r"[-\s]{1,2}(?:[\w-]+\s+)?(?:scar|history|lesion|fracture|injury|tumou?r|mass|wound|infarct\w*"
                    r"|h(?:a)?ematoma|graft|implant|prosthesis|pacemaker|burn|ulcer|stroke|thromb\w+|hernia|symptoms|"
                    r"swelling|problem|complaint|stent|device|shunt|pregnancy|f(?:o)?etus)\b", re.IGNORECASE)
_LETTER = re.compile(r"[\s,(/-]{0,3}(?P<sex>[MF])\b(?![.:-]?\w)")


_UNIT_TOKENS = frozenset("year years yr yrs y month months week weeks day days".split())
_GLUED = re.compile(r"\d(?:y|m(?=o)|old)", re.IGNORECASE)


def ages(text: str, start: int, end: int, tokens: frozenset[str]) -> list[Age]:
    """Ages of persons in text[start:end] in reading order; not gestational age, nor that of a group.

    `tokens` are the words of that sentence in lower case.
    """
    found: list[Age] = []
    for pattern, rule in _forms(tokens, bool(_GLUED.search(text, start, end))):
        for hit in pattern.finditer(text, start, end):
            age = _age(text, start, hit, rule)
            if age and not any(age.span.overlaps(other.span) for other in found):
                found.append(age)
    return sorted(found, key=lambda age: age.span)


def _forms(tokens: frozenset[str], glued: bool) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that can hit in a sentence of these words; `glued` if it holds "46yo" or "4years"."""
    if glued or not tokens.isdisjoint(("old", "olds", "age", "young", "yo", "o")):
        yield _OLD, "demographics.age_old"
        yield _OLD_ALONE, "demographics.age_old"
    person = not tokens.isdisjoint(_PERSONS)
    if person and (glued or not tokens.isdisjoint(_UNIT_TOKENS)):
        yield _BARE, "demographics.age_noun"
    if not tokens.isdisjoint(("age", "aged")):
        yield _AGED, "demographics.aged"
    if person:
        yield _OF, "demographics.age_of"


def _age(text: str, start: int, hit: re.Match[str], rule: str) -> Age | None:
    groups = hit.groupdict()
    before = text[max(start, hit.start() - 40):hit.start("n")]
    plural = (groups.get("old") or "").lower() == "olds"
    if plural or _THING.match(text, hit.end()) or _NOT_PERSONAL.search(text[max(start, hit.start() - 24):hit.start()]):
        return None
    value = number(hit["n"])
    unit = (groups.get("u") or "years")[0].lower()
    if value is None or unit == "m" and value > _MOST_MONTHS or unit == "y" and not 0 < value < _MOST_YEARS:
        return None
    if rule.endswith("noun") and not _noun(text, hit.end()):
        return None
    months = value * {"y": 12, "m": 1, "w": 12 / 52, "d": 12 / 365, "h": 0}[unit]
    if groups.get("n2"):
        months += float(groups["n2"]) * {"m": 1, "w": 12 / 52, "d": 12 / 365}[groups["u2"][0].lower()]
    lead = (groups.get("lead") or "").lower()
    event = lead.startswith(("at", "since", "until", "by")) or rule.endswith("old") and bool(_EVENT.search(before))
    return Age(round(months / 12, 2), Span(hit.start("n"), _trimmed(text, hit)), rule, event)


def _trimmed(text: str, hit: re.Match[str]) -> int:
    """Where the age's words end: the blank before a noun is not theirs."""
    end = hit.end()
    while text[end - 1].isspace():
        end -= 1
    return end


def _noun(text: str, at: int) -> bool:
    """Whether a person is named within a few plain words after `at`."""
    return any(hit[0].lower().split("-")[-1] in _PERSONS for hit in _plain_words(text, at, 6))


def _plain_words(text: str, at: int, most: int) -> Iterator[re.Match[str]]:
    """Up to `most` words from `at`, only blanks, commas and brackets between them, up to a verb or preposition."""
    for _ in range(most):
        hit = _WORD.search(text, at, at + 40)
        if hit is None or text[at:hit.start()].strip(" -,()/\xa0\t") or hit[0].lower() in _STOP:
            return
        yield hit
        at = hit.end()


def sex_after(text: str, at: int) -> Sex | None:
    """The sex that the noun of an age phrase names: "45-year-old [right-handed Chinese] woman"."""
    letter = _LETTER.match(text, at)
    if letter:
        return Sex("male" if letter["sex"] == "M" else "female", Span(letter.start("sex"), letter.end("sex")))
    for hit in _plain_words(text, at, 12):
        if hit[0].lower() in FAMILY:
            return None
        if (sex := sex_of(hit[0])):
            return Sex(sex, Span(hit.start(), hit.end()))
    return None


def sex_of(word: str) -> str | None:
    """male or female where the noun says so."""
    if _GRAVIDA.fullmatch(word):
        return "female"
    last = word.lower().split("-")[-1]
    return "male" if last in MALE else "female" if last in FEMALE else None


def relative_at(text: str, start: int, hit: Span) -> bool:
    """Whether the age at `hit` is that of a relative: "his 45-year-old brother", "her mother, aged 60,"."""
    before = text[max(start, hit.start - 60):hit.start].lower()
    for word in _plain_words(text, hit.end, 8):
        if word[0].lower() in FAMILY:
            return bool(_POSSESSIVE.search(before) or _OF_PATIENT.match(text, word.end()))
    return bool(_RELATIVE_BEFORE.search(before))


_POSSESSIVE = re.compile(r"(?:\b(?:his|her|their|its|whose)|['’]s?)\s+(?:[\w-]+\s+){0,2}$")
_OF_PATIENT = re.compile(r"\s+of\s+(?:the|our|this)\s+(?:\w+\s+)?(?:patient|proband|case|child|boy|girl"
                         r"|infant)", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(rf"(?:\b(?:his|her|their)"
                              rf"|['’]s)\s+(?:[\w-]+\s+){{0,2}}(?:{'|'.join(sorted(FAMILY))})\b[\s,(]*(?:[\w-]+,\s*)?(?:who\s+)?(?:is|was|were|aged|at)?\s*$")


def persons(text: str, start: int, end: int, tokens: frozenset[str]) -> Iterator[Person]:
    """Every person whom text[start:end] names by age, in reading order; see `ages`."""
    for age in ages(text, start, end, tokens):
        if age.event:
            continue
        relative = relative_at(text, start, age.span)
        sex = None
        if not relative:
            sex = (sex_after(text, age.span.end) or sex_before(text, start, age.span.start)
                   or sex_by_role(text, age.span.end))
        article = _ARTICLE.search(text, max(start, age.span.start - 40), age.span.start)
        yield Person(age.span, age, sex, article["article"].lower() if article else "", relative)


_ARTICLE = re.compile(r"\b(?P<article>a|an|the|our|this|another|one|his|her|their"
                      r"|same)\s+(?:[\w-]+,?\s+){0,3}$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?P<noun>[A-Za-z]+)(?:\s+(?P<extra>patient|subject|infant|child|case|individual"
                     r"|adult)s?)?[\s,(:]{0,3}(?:(?:who|he|she)\s+)?(?:is|was)?\s*"
                     r"(?:(?:aged|age|at|of|an?|with|about|approximately|the)\s*){0,3}$")


def sex_before(text: str, start: int, at: int) -> Sex | None:
    """The sex of the noun just before an age: "a woman aged 50", "Female patient, 64 years old", "a boy of 11"."""
    hit = _BEFORE.search(text, max(start, at - 60), at)
    if hit is None:
        return None
    word = sex_of(hit["noun"])
    if word is None and hit["noun"].lower() in NEUTRAL:  # "male patient, 30 years old"
        earlier = _WORD_BEFORE.search(text, max(start, hit.start() - 24), hit.start("noun"))
        if earlier and (word := sex_of(earlier["noun"])):
            return Sex(word, Span(earlier.start("noun"), earlier.end("noun")))
    return Sex(word, Span(hit.start("noun"), hit.end("noun"))) if word else None


_WORD_BEFORE = re.compile(r"(?P<noun>[A-Za-z]+)[\s,]+$")


def sex_by_role(text: str, at: int) -> Sex | None:
    """"a 30-year-old mother of two": a relative's noun with no possessive is the patient's own."""
    for hit in _plain_words(text, at, 6):
        word = hit[0].lower()
        if word in _FEMALE_ROLES or word in _MALE_ROLES:
            return Sex("female" if word in _FEMALE_ROLES else "male", Span(hit.start(), hit.end()))
    return None


_FEMALE_ROLES = frozenset("mother daughter sister wife grandmother widow housewife nun schoolgirl".split())
_MALE_ROLES = frozenset("father son brother husband grandfather widower schoolboy fisherman".split())


_TWINS = re.compile(r"\bold[-\s](?:[\w-]+\s+){0,3}?(?:twins|sisters|brothers)\b", re.IGNORECASE)
_LIST = re.compile(
    r"\b(?P<first>\d{1,2}(?:[-\s]{0,2}(?:years?|yrs?"
    r"|months?)(?:[-\s]old)?)?[-\s]{0,2}(?:,\s?\d{1,2}[-\s]{0,2}){0,6}),?\s?(?:and"
    r"|&)\s(?:an?\s)?(?P<last>\d{1,2})[-\s]{0,2}"
    r"(?:(?P<u>years?|yrs?|months?)(?=[-\s.,;)])|(?=[,\s]{1,2}respectively))(?P<old>[-\s]{0,2}(?:olds?"
    r"|of\sage))?", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,2}")
_PLURAL = re.compile(r"\b(?P<noun>men|women|males?|females?|boys|girls|brothers|sisters)\b", re.IGNORECASE)
_MALE_PLURAL = frozenset("men male males boys brothers".split())


def group_persons(text: str, start: int, end: int) -> list[Person]:
    """The members of a group whose ages are listed: "two men aged 40 and 63 years", "27- and 35-year-old sisters"."""
    both = _TWINS.search(text, start, end)
    if both and (age := next(iter(persons(text, start, end, frozenset(("old",)))), None)):
        return [replace(age, sex=None), replace(age, sex=None)]
    for hit in _LIST.finditer(text, start, end):
        lead = text[max(start, hit.start() - 12):hit.start()].lower()
        if re.search(r"\b(?:at|after|for"
                     r"|of follow-up)\s$", lead) or not (hit["old"] or re.search(r"(?:aged?|ages|age of|were"
                         r"|of)\s$", lead)):
            continue
        spans = [Span(*n.span()) for n in _DIGITS.finditer(text, hit.start("first"), hit.end("first"))]
        spans.append(Span(*hit.span("last")))
        nouns = {"male" if noun["noun"].lower() in _MALE_PLURAL else "female": noun
                 for noun in _PLURAL.finditer(text, start, end)}
        sex = None
        if len(nouns) == 1:
            (value, noun), = nouns.items()
            sex = Sex(value, Span(noun.start(), noun.end()))
        scale = 12 if (hit["u"] or "y")[0].lower() == "m" else 1
        years = [round(float(text[span.start:span.end]) / scale, 2) for span in spans]
        return [Person(span, Age(age, span, "demographics.age_list"), sex, "", False)
                for age, span in zip(years, spans, strict=True)]
    return []
