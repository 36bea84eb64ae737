"""Persons as prose names them by age: "a 45-year-old Japanese man", "his 70-year-old mother", "men aged 40 and 63"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from casebook.extract.ages import Age, ages
from casebook.extract.nouns import FAMILY, NEUTRAL, plain_words, sex_of
from casebook.extract.quantity import number
from casebook.text.span import Span


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


_LETTER = re.compile(r"[\s,(/-]{0,3}(?P<sex>[MF])\b(?![.:-]?\w)")


def sex_after(text: str, at: int) -> Sex | None:
    """The sex that the noun of an age phrase names: "45-year-old [right-handed Chinese] woman"."""
    letter = _LETTER.match(text, at)
    if letter:
        return Sex("male" if letter["sex"] == "M" else "female", Span(letter.start("sex"), letter.end("sex")))
    for hit in plain_words(text, at, 12):
        if hit[0].lower() in FAMILY:
            return None
        if (sex := sex_of(hit[0])):
            return Sex(sex, Span(hit.start(), hit.end()))
    return None


def relative_at(text: str, start: int, hit: Span) -> bool:
    """Whether the age at `hit` is that of a relative: "his 45-year-old brother", "her mother, aged 60,"."""
    before = text[max(start, hit.start - 60):hit.start].lower()
    if _OTHER_CASE.match(before):
        return False
    if _IN_FAMILY.search(before):
        return True
    if _BORN_TO.search(before):
        return True
    for word in plain_words(text, hit.end, 8):
        if word[0].lower() in FAMILY:
            unnamed = word[0].lower() in ("mother", "father") and not _A.search(before)
            return bool(unnamed or _POSSESSIVE.search(before) or _OF_PATIENT.match(text, word.end()))
    return bool(_RELATIVE_BEFORE.search(before) or _PARENT.search(before))


_OTHER_CASE = re.compile(r"(?:the|our)\s(?:second|third|other)\s(?:case|patient),\s(?:the|his|her)\s")
"""At the head of a sentence: "The second case, his 4-year-old son, …" tells of a patient."""
_IN_FAMILY = re.compile(r"\b(?:elder|older|other|healthy|unaffected|living|previous|his|her|their)\s(?:\w+\s){0,2}?"
                        r"(?:children|siblings|kids|sons|daughters|brothers|sisters)\s\([^)]*$")
_PARENT = re.compile(r"(?<!a )(?:\bmother|father|donor|husband|wife|parents)\s+(?:(?:is|was|are|were)\s+)?(?:an?\s+)?$")
_A = re.compile(r"\b(?:an?|the|this|our|one|another)\s+(?:[\w-]+\s+){0,2}$")
_POSSESSIVE = re.compile(r"(?:\b(?:his|her|their|its|whose)|['’]s?)\s+(?:[\w-]+\s+){0,2}$")
_BORN_TO = re.compile(r"\b(?:born|deliver(?:y|ed)|birth|newborn|neonate|infant|baby|boy|girl|twins?)\b[^.;]{0,40}"
                      r"\b(?:to|by|from|of)\s+(?:an?|the)\s+(?:[\w-]+,?\s+){0,2}$")
_OF_PATIENT = re.compile(r"\s+of\s+(?:the|our|this)\s+(?:\w+\s+)?(?:patient|proband|case|child|boy|girl"
                         r"|infant)", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(rf"(?:\b(?:his|her|their)"
                              rf"|['’]s)\s+(?:[\w-]+\s+){{0,2}}(?:{'|'.join(sorted(FAMILY))})\b[\s,(]*(?:[\w-]+,\s*)?(?:who\s+)?(?:is|was|were|aged|at)?\s*$")


def persons(text: str, start: int, found: Iterable[Age]) -> Iterator[Person]:
    """The person whose age each of `found` is; they stand in the sentence that begins at `start`."""
    for age in found:
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
                     r"(?:(?:aged|age|at|of|an?|with|about|approximately|the|=)\s*){0,3}$")


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
    for hit in plain_words(text, at, 6):
        word = hit[0].lower()
        if word in _FEMALE_ROLES or word in _MALE_ROLES:
            return Sex("female" if word in _FEMALE_ROLES else "male", Span(hit.start(), hit.end()))
    return None


_FEMALE_ROLES = frozenset("mother daughter sister wife grandmother widow housewife nun schoolgirl".split())
_MALE_ROLES = frozenset("father son brother husband grandfather widower schoolboy fisherman".split())


_NO_AGES = re.compile(r"\b(?:at|after|for|of follow-up)\s$")
_LASTED = re.compile(r"\s*(?:of|follow|history|duration|later|ago|after|before|earlier|post)", re.IGNORECASE)
_LISTS = re.compile(r"(?:aged?|ages|ages:|age of|were|of)\s$")
_TWINS = re.compile(r"\bold[-\s](?:[\w-]+\s+){0,3}?(?:twins|twin\s+(?:neonates|infants|babies"
                    r"|newborns|children)|(?:twin\s+)?(?P<female>sisters|girls)"
                    r"|(?:twin\s+)?(?P<male>brothers|boys))\b", re.IGNORECASE)
_SAME_AGE = re.compile(r"\b(?P<n>two|three|four)\s(?:[\w-]+\s){0,2}?\d{1,2}[-\s](?:year|month)s?[-\s]old\s"
                       r"(?:[\w-]+\s){0,3}?(?:men|women|males|females|boys|girls|patients|children)\b", re.IGNORECASE)
_FIGURE = (r"(?:\d{1,2}|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen)(?!\w))")
_LIST = re.compile(
    r"\b(?P<first>#(?:[-\s]{0,2}(?:years?|yrs?"
    r"|months?)(?:[-\s]old)?)?[-\s]{0,2}(?:\((?:male|female|[MF])\)\s?)?"
    r"(?:,\s?#[-\s]{0,2}(?:\((?:male|female|[MF])\)\s?)?){0,6}),?\s?(?:and"
    r"|&)\s(?:an?\s)?(?P<last>#)[-\s]{0,2}"
    r"(?:(?=\((?:male|female|[MF])\))|(?P<u>years?|yrs?|months?)(?=[-\s.,;)])|(?=[,\s]{1,2}respectively)"
    r"|(?P<bare>(?<=\d)(?=[.,;)])|(?<=\d\s)(?=who|with|were)))"
    r"(?P<old>[-\s]{0,2}(?:olds?|of\sage))?".replace("#", _FIGURE), re.IGNORECASE)
_AGES = re.compile(_FIGURE, re.IGNORECASE)
_PLURAL = re.compile(r"\b(?P<noun>men|women|males?|females?|boys|girls|brothers|sisters)\b", re.IGNORECASE)
_MALE_PLURAL = frozenset("men male males boys brothers".split())


def group_persons(text: str, lower: str, start: int, end: int) -> list[Person]:
    """The members of a group whose ages are listed: "two men aged 40 and 63 years", "27- and 35-year-old sisters".

    `lower` is the text in lower case.
    """
    many = _SAME_AGE.search(text, start, end)
    both = _TWINS.search(text, start, end)
    one = next(persons(text, start, ages(text, lower, start, end, frozenset(("old",)))), None) if many or both else None
    if many and one and many.start() < one.span.start:
        return [replace(one, determiner="")] * (2 + ("two", "three", "four").index(many["n"].lower()))
    if both and (twin := one):
        sex = Sex(both.lastgroup, Span(*both.span(both.lastgroup))) if both.lastgroup else None
        return [replace(twin, sex=sex), replace(twin, sex=sex)]
    for hit in _LIST.finditer(text, start, end):
        lead = text[max(start, hit.start() - 12):hit.start()].lower()
        if _NO_AGES.search(lead):
            continue
        near = start if lead.endswith(" with ") else max(start, hit.start() - 25)
        members = _PLURAL.search(text, near, hit.start()) and not _LASTED.match(text, hit.end())
        if not (hit["old"] or members or _LISTS.search(lead)):
            continue
        if hit["bare"] is not None and not lead.endswith("aged "):
            continue
        spans = [Span(*n.span()) for n in _AGES.finditer(text, hit.start("first"), hit.end("first"))]
        spans.append(Span(*hit.span("last")))
        sexes = _sexes(text, spans) or _in_turn(text, start, end, len(spans))
        nouns = {"male" if noun["noun"].lower() in _MALE_PLURAL else "female": noun
                 for noun in _PLURAL.finditer(text, start, end)}
        sex = None
        if len(nouns) == 1:
            (value, noun), = nouns.items()
            sex = Sex(value, Span(noun.start(), noun.end()))
        scale = 12 if (hit["u"] or "y")[0].lower() == "m" else 1
        years = [round((number(text[span.start:span.end]) or 0.0) / scale, 2) for span in spans]
        listed = [Person(span, Age(age, span, "demographics.age_list"), own or sex, "", False)
                  for age, span, own in zip(years, spans, sexes or [None] * len(spans), strict=True)]
        return listed + _beside(text, lower, start, end, listed)
    return []


def _beside(text: str, lower: str, start: int, end: int, listed: list[Person]) -> list[Person]:
    """Further members told one by one behind a list: "two women aged 73 and 66, and one man aged 27"."""
    if not _ONE_MORE.search(text, listed[-1].span.end, end):
        return []
    tokens = frozenset(("aged", "age", "old", "man"))
    found = persons(text, start, ages(text, lower, listed[-1].span.end, end, tokens))
    return [person for person in found if person.determiner in ("one", "a", "an") and not person.relative]


_ONE_MORE = re.compile(r"\band\s(?:one|an?)\s[^.;]{0,40}\d", re.IGNORECASE)


def _sexes(text: str, spans: list[Span]) -> list[Sex | None]:
    """The sex in brackets behind each age of a list: "46 (male) and 24 (female)"; nothing where none has one."""
    hits = [_BRACKETED.match(text, span.end) for span in spans]
    return [Sex("female" if hit[1][0] in "Ff" else "male", Span(*hit.span(1))) if hit else None
            for hit in hits] if any(hits) else []


def _in_turn(text: str, start: int, end: int, members: int) -> list[Sex | None]:
    """The sex of each member where a sentence counts them in the order of their ages: "two women and one man"."""
    counts = list(_COUNTED.finditer(text, start, end))
    numbers = [int(hit["n"]) if hit["n"].isdigit() else _WORDS.index(hit["n"].lower()) + 1 for hit in counts]
    if len(counts) != 2 or sum(numbers) != members:
        return []
    return [Sex("male" if hit["sex"].lower().rstrip("s") in _MALE_COUNTED else "female", Span(*hit.span("sex")))
            for hit, number in zip(counts, numbers, strict=True) for _ in range(number)]


_BRACKETED = re.compile(r"[-\s]{0,2}\((male|female|[MF])\)", re.IGNORECASE)
_WORDS = ("one", "two", "three", "four", "five", "six")
_COUNTED = re.compile(r"\b(?P<n>one|two|three|four|five|six|[1-6])\s(?P<sex>males?|females?|m[ae]n|wom[ae]n|boys?"
                      r"|girls?)\b", re.IGNORECASE)
_MALE_COUNTED = frozenset(("male", "man", "men", "boy"))
