"""Age and sex of each patient."""

import re
from collections.abc import Iterator

from casebook.extract.ages import Age
from casebook.extract.casting import same_person
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.nouns import sex_of
from casebook.extract.people import relative_at
from casebook.extract.reading import Reading
from casebook.text.span import Span


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """No row of its own: adds age_years and sex to the patients' rows of `cases`."""
    for finding in list(draft.of("cases")):
        cells = {"age_years": _age(reading, finding.case), "sex": _sex(reading, finding.case)}
        draft.set_case(finding.case, **{column: cell for column, cell in cells.items() if cell})
    return iter(())


def _age(reading: Reading, case: str) -> Cell | None:
    """The age in the phrase that introduces the patient, unless another is said to be that of the first diagnosis.

    Ages at events count only where the report gives no other; that of the diagnosis or presentation first.
    """
    person = reading.people.get(case)
    stated = person.age if person else None
    first = next(_alone(reading, case), None)
    if stated is None or first is not None and stated.span.start > reading.sentences[first].end:
        newborn = _newborn(reading, case)
        if newborn:
            return newborn
    events: list[Age] = []
    for index in _alone(reading, case):
        sentence = reading.sentences[index]
        for age in reading.ages(index):
            if relative_at(reading.text, sentence.start, age.span):
                continue
            if _AT_DIAGNOSIS.match(reading.lower, age.span.end):
                return _cell(age)
            if age.event:
                events += [] if _DEATH.search(reading.said(index)) else [age]
            elif stated is None:
                stated = age
    if stated is None and events:
        found = [age for age in events if _DIAGNOSED.search(reading.said(reading.sentence_of(age.span)))]
        early = [age for age in events if age.span.start < _begun(reading, case)]
        stated = next(iter(found or early), None)
    return _cell(stated) if stated else None


def _begun(reading: Reading, case: str) -> int:
    """The view offset at which the patient's introduction ends."""
    first = list(_alone(reading, case))[:_INTRODUCTION]
    return reading.sentences[first[-1]].end if first else 0


_AT_DIAGNOSIS = re.compile(r"\s*,?\s*(?:at|when|at\s+the\s+time\s+of)\s+(?:(?:he|she)\s+was\s+)?(?:the\s+)?(?:first"
                           r"|initial|original)(?:ly)?\s+diagnos")
_DEATH = re.compile(r"\b(?:death|died|deceased)\b")
_DIAGNOSED = re.compile(r"\b(?:diagnos|present|admitted|referred|onset|occurred|first\s+noticed)")


def _cell(age: Age) -> Cell:
    years = int(age.years) if age.years == int(age.years) else age.years
    return Cell(years, (age.span,), age.rule)


def _alone(reading: Reading, case: str) -> Iterator[int]:
    """Sentences of `case` that speak of no other patient."""
    return (index for index in reading.owned(case) if index not in reading.shared)


_INTRODUCTION = 4  # sentences
_NEWBORN = re.compile(r"\b(?:(?:a|an|our|this|the)\s+(?:[\w-]+\s+){0,5}?(?P<noun>newborn|neonate"
                      r"|(?:pre-?term|premature)\s+(?:[\w-]+\s+){0,2}?(?:baby|infant|boy|girl)|baby(?=\s+(?:of|born"
                      r"|delivered)\b))\b(?!['’]s"
                      r"|\s+(?:screening|period|unit|intensive|hearing|care|ward))"
                      r"|^(?:[\w-]+\s+){0,3}?(?P<bare>newborn|neonate)\b)")
_NEWBORN_STEMS = frozenset(("newborn", "neonate", "term", "premature", "baby"))
_BORN_TO = re.compile(r"\b(?:deliver|gave\s+birth|birth\s+of|mother)")


def _newborn(reading: Reading, case: str) -> Cell | None:
    """0 where the patient is introduced as a newborn; not where the patient gave birth to one."""
    for index in list(_alone(reading, case))[:_INTRODUCTION]:
        if not reading.holds(index, _NEWBORN_STEMS):
            continue
        words = reading.said(index)
        hit = _NEWBORN.search(words)
        if hit and not _BORN_TO.search(words, 0, hit.start()):
            start = reading.sentences[index].start
            group = "noun" if hit["noun"] else "bare"
            return Cell(0, (Span(start + hit.start(group), start + hit.end(group)),), "demographics.newborn")
    return None


def _sex(reading: Reading, case: str) -> Cell | None:
    """From the introduction, else a noun, else the pronouns, else what only one sex has."""
    person = reading.people.get(case)
    if person and person.sex:
        return Cell(person.sex.value, (person.sex.span,), "demographics.sex_noun")
    for index in _alone(reading, case):
        for other in reading.persons(index):
            if other.sex and (person is None or same_person(person, other)):
                return Cell(other.sex.value, (other.sex.span,), "demographics.sex_noun")
    for read in (_noun, _pronoun, _condition, _organ):
        for index in _alone(reading, case):
            cell = read(reading.said(index), reading.sentences[index].start)
            if cell:
                return cell
    return _group_sex(reading, case)


_MEMBERS = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|both(?:\s+of\s+whom\s+(?:are|were))?"
                      r"|\d)\s+(?:[\w-]+\s+){0,3}?(?:(?P<male>male|men|boys|brothers)"
                      r"|(?P<female>female|women"
                      r"|girls|sisters))s?\b")


def _group_sex(reading: Reading, case: str) -> Cell | None:
    """The sex that all members of a series share: "two female patients"."""
    for index in reading.owned(case):
        if index not in reading.shared:
            continue
        words, start = reading.said(index), reading.sentences[index].start
        hits = list(_MEMBERS.finditer(words))
        if len(hits) == 1:  # "two men and two women" says nothing of one
            group = str(hits[0].lastgroup)
            span = Span(start + hits[0].start(group), start + hits[0].end(group))
            return Cell(group, (span,), "demographics.sex_noun")
    return None


_NOUN = re.compile(
    r"\b(?:(?P<adjective>male|female)\s+(?:[\w-]+\s+){0,2}?(?:patient|infant|child|newborn|neonate|baby|case|subject"
    r"|adolescent|adult|proband|individual|student|worker|toddler|smoker"
    r"|farmer|teenager|athlete|fetus|foetus)\b(?!s)"
    r"|(?:an?|the|this|our|young|old|elderly|aged|healthy)\s+(?:[\w-]+\s+){0,4}?(?P<noun>man|woman|boy|girl|gentleman"
    r"|lady|male|female|primigravida|multigravida|primipara|multipara)\b"
    r"(?!\s+(?:sex|genital|gender|relative|donor|carrier|pattern|sibling|hormone|partner|twin|urethra|phenotype"
    r"|karyotype|infertility|catheter|pseudohermaphrod)|-)"
    r"|\ban?\s+(?:[\w-]+\s+){0,2}?(?P<plural>women|men)\b"
    r"|^(?P<opening>male|female|man|woman|boy|girl)\b(?!\s+(?:donor|carrier|relative|sex))"
    r"|patient,?\s+(?:is\s+|was\s+)?(?:an?\s+)?\(?(?P<after>male|female|man|woman|boy|girl)\b(?!\s+(?:sex"
    r"|donor)))")


_KIN_OF = re.compile(r"the\s+(?:(?P<male>son|brother|father)|(?P<female>daughter|sister"
                     r"|mother))\s+of\s+the\b")


_KIN_LABEL = re.compile(r"(?:his|her|their|the|an?)\s+(?:[\w-]+\s+){0,2}?(?:(?P<male>son|brother|father|uncle)"
                        r"|(?P<female>daughter|sister|mother|aunt))[\s,]{0,2}\((?:patient|case|subject)\s")


def _noun(words: str, start: int) -> Cell | None:
    kin = _KIN_OF.match(words) or _KIN_LABEL.match(words)
    if kin:
        group = str(kin.lastgroup)
        return Cell(group, (Span(start + kin.start(group), start + kin.end(group)),), "demographics.sex_noun")
    for hit in _NOUN.finditer(words):
        group = str(hit.lastgroup)
        value = sex_of(hit[group])
        if value and not _OTHERS.search(words, max(0, hit.start() - 30), hit.start(group)):
            return Cell(value, (Span(start + hit.start(group), start + hit.end(group)),), "demographics.sex_noun")
    return None


_OTHERS = re.compile(r"\b(?:his|her|their|mother|father|husband|wife|deliver\w*|birth|partner|donor|brother|sister"
                     r"|son|daughter)\b")
_PRONOUN = re.compile(r"\b(?P<male>he|his|him|himself)\b|\b(?P<female>she|her|hers|herself)\b")
_KIN = re.compile(r"\b(?:mother|father|parent|brother|sister|son|daughter|baby|babies|infant|newborn|husband|wife"
                  r"|neonate|fetus|foetus|donor)")


def _pronoun(words: str, start: int) -> Cell | None:
    """The first pronoun that no relative named before it in the sentence can own."""
    hit = _PRONOUN.search(words)
    if hit is None or _KIN.search(words, 0, hit.start()):
        return None
    group = str(hit.lastgroup)
    return Cell(group, (Span(start + hit.start(), start + hit.end()),), "demographics.pronoun")


_CONDITION = re.compile(
    r"\b(?:pregnant\b|pregnancy|gravida|gestation|postpartum|post-?menopausal|premenopausal|perimenopausal|menopause"
    r"|menarche|menstrua\w+|para\s\d|g\d{1,2}p\d{1,4}|mother\s+of\s+(?:\w+)"
    r"|ca?esarean|hysterectomy|oophorectomy|multiparous|nulliparous|primiparous|amenorrh\w+)")


def _condition(words: str, start: int) -> Cell | None:
    """female, from pregnancy and what goes with it; not where a mother or a birth history is told."""
    hit = _CONDITION.search(words)
    if hit is None or _BIRTH.search(words):
        return None
    return Cell("female", (Span(start + hit.start(), start + hit.end()),), "demographics.condition")


_BIRTH = re.compile(r"\b(?:born|birth|weeks['’]?\s+gestation|gestational\s+age|of\s+gestation|mother['’]s|maternal"
                    r"|her\s+mother|his\s+mother|neonate|infant|newborn|fetus)\b")
_ORGAN = re.compile(
    r"\b(?:(?P<male>prostat(?:e|ic|ectomy)|testicular|testis|testes|orchi(?:d)?ectomy|seminoma|epididym\w+|scrot(?:um"
    r"|al)|penile|penis|spermatic|seminal\s+vesicle)"
    r"|(?P<female>ovar(?:y|ian|ies)|uter(?:us|ine)|endometri(?:al|um|osis)|vagina(?:l)?|vulva(?:r)?|cervix\s+uteri"
    r"|uterine\s+cervix|fallopian))\b")


def _organ(words: str, start: int) -> Cell | None:
    """The last resort: an organ that only one sex has."""
    hit = _ORGAN.search(words)
    if hit is None:
        return None
    return Cell(str(hit.lastgroup), (Span(start + hit.start(), start + hit.end()),), "demographics.organ")

