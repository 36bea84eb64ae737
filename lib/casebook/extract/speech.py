"""Of whom or what a sentence speaks: a patient, a relative, a group, the literature, the disease in general.

`words` is the sentence in lower case, `tokens` its words: most questions are answered by them without a pattern.
"""

import re

_LITERATURE = re.compile(r"\bliterature|(?<!\bwe\s)(?<!\bwe have\s)\bpreviously\s+(?:reported|described|published)"
                         r"|\breported\s+(?:cases"
                         r"|in\s+(?:the|19|20|a\s)|by"
                         r"|to\s+date)|\bet\s+al\b|\bhas\s+been\s+(?:reported|described)"
                         r"|\bhave\s+been\s+(?:reported|described)|\bprevious\s+(?:reports?|cases|studies)"
                         r"|\bin\s+(?:a|one|their)\s+(?:study|series|review)\b")
_LITERATURE_TOKENS = frozenset("literature previously reported described et previous study series review".split())
_PATIENT = re.compile(
    r"\b(?:(?:the|our|this|index|presented?|presenting|a|an|one|male|female)\s+(?:[\w-]+\s+){0,3}?(?:patient|case|man"
    r"|woman|boy|girl|child|infant|neonate|newborn|baby|"
    r"gentleman|lady|proband|male|female|toddler|subject|adolescent|teenager|individual|person)(?:['’]s)?(?!\w)"
    r"|patient(?:['’]s)?(?!\w)|he|she|his|her|him|hers)\b")
_PRONOUNS = frozenset("patient he she his her him hers".split())
_PATIENT_TOKENS = frozenset(
    "case man woman boy girl child infant neonate newborn baby gentleman lady proband male female toddler subject"
    " adolescent"
    " teenager individual person".split())
_OURS = re.compile(r"\b(?:our|present|current|index)\s+(?:[\w-]+\s+){0,2}?(?:patients?|cases?|child|infant|report)\b"
                   r"|\b(?:this|the)\s+(?:patient|case(?!\s+of\b)|child|boy|girl|woman|man)\b"
                   r"|\bherein\b|\b(?:we|authors)\s+(?:here\s+|herein\s+|hereby\s+)?(?:report|present|describe"
                   r"|experienced|encountered|observed|treated|document)")
_OURS_TOKENS = frozenset("our present current index this the herein we authors".split())
_GENERAL_TOKENS = frozenset(
    "rare rarely uncommon common commonly frequent frequently usually often typically generally should may might can"
    " could must"
    " literature incidence prevalence worldwide clinician clinicians physician physicians surgeons defined"
    " characterized"
    " characterised considered known most patients cases highlight highlights illustrate illustrates emphasize"
    " emphasizes"
    " emphasise emphasises underline underlines underscore underscores awareness recommend recommends recommended"
    " important"
    " risk useful need needs necessary effective unknown unclear etiology aetiology mortality prognosis"
    " accounts".split())
_ABILITY, _TOLD_ABILITY = frozenset(["could"]), frozenset(["we", "no", "not"])
"""What "we could show" or "could not be found" was so, not what can be."""
_ACTIVE_OR_NOT, _COPULA = frozenset(["characterized", "characterised"]), frozenset(["is", "are"])
"""What "biopsy characterized" is told; what "is characterized" is general."""
_THESE = re.compile(r"(?:these|such)\s+\w+s\s+(?:are|have)\b")
_PAST_TOKENS = frozenset(
    "was were had did showed revealed underwent presented received demonstrated developed performed disclosed"
    " confirmed made died"
    " became began complained noted suggested indicated led found experienced suffered denied visited came started"
    " continued recovered resolved improved"
    " identified".split())
_LESSON = re.compile(r"\b(?:this|our|the\s+present)\s+(?:case|report|study|paper"
                     r"|article)\s+(?:report\s+)?(?:highlights?|illustrates?|emphasi[sz]es?|underlines?|underscores?"
                     r"|suggests?|"
                     r"shows?|reminds?|demonstrates?|adds?|supports?)\b")
_LESSON_TOKENS = frozenset("case report study paper article".split())
_COMPARED = re.compile(r"\b(?:like|unlike|similar\s+to|as\s+in|compared\s+(?:to|with)|than|including|besides"
                       r"|identical\s+to|contrast\s+to|resembl\w+)\s+(?:that\s+of\s+)?$")
_TELLING = ("report|present|describ|encounter|experienc|observ|document|identif|treated|discuss|review|admitted"
            "|referred|were|underwent|develop|case")
_ANNOUNCES = re.compile(rf"\b(?:we|this\s+(?:report|paper|article|study)|here(?:in)?"
                        rf"|authors)\b[^.]{{0,60}}?\b(?:{_TELLING})")
_ANNOUNCES_ONE = re.compile(r"\b(?:report|describe|present|discuss)(?:s|ed|ing)?\s+(?:on\s+|here(?:in)?\s+"
                            r"|the\s+case\s+of\s+)?(?:an?|one|the)\s+(?:[\w-]+\s+){0,3}?"
                            r"(?:case|patient)\b")
_PLURAL = re.compile(r"(?:the|these|those|all)\s+(?:[\w-]+\s+)?patients\s+(?:were|had|have|are|underwent|received"
                     r"|showed|exhibited)\b")
_GROUP = re.compile(r"\b(?:\d{2,}\s+(?:[\w-]+\s+){0,3}?(?:patients|cases|children|women|men|subjects|infants)"
                    r"|all\s+(?:the\s+)?(?:\w+\s+)?patients|patients\s+(?:were|had|who|with|underwent)|"
                    r"(?:mean|median)\s+(?:age|follow|operat|duration|time|survival)|n\s?=\s?\d|retrospective(?:ly)?"
                    r"|cohort|controls|participants)\b")
_NO_FIGURE = r"(?!\s(?:stern|nerve|lob|raph|line|arcuate|eminence|umbilic|incision|forehead|laparot|cleft|glosso))"
"""After "median": what lies in the middle of a body."""
_STATISTICS = re.compile(r"\b(?:\d{2,}\s+(?:[\w-]+\s+){0,3}?(?:patients|cases|children|women|men|subjects|infants)"
                         rf"|mean|median{_NO_FIGURE}|average|n\s?=\s?\d|retrospective(?:ly)?|cohort|controls|participants"
                         r"|volunteers)\b")
_FAMILY = ("mother father parent parents brother brothers sister sisters son sons daughter daughters sibling siblings"
           " uncle aunt"
           " cousin cousins grandmother grandfather grandparents wife husband relatives").split()
_FAMILY_TOKENS = frozenset((*_FAMILY, "family"))
_RELATIVE = re.compile(
    r"(?:(?:his|her|their|the\s+(?:patient|proband|child|boy|girl|infant)['’]s?)\s+(?:[\w-]+\s+){0,3}?|(?:the|a"
    r"|one)\s+(?:[\w-]+\s+)?(?=\w+\s+of\s+(?:the|our)\s+(?:patient|proband)))"
    rf"(?:{'|'.join(_FAMILY)}|family\s+members)\b"
    r"(?!['’]s)(?!\s+(?:noticed|noted|reported|denied|brought|stated|found|observed|gave|refused|consented"
    r"|history))|the\s+(?:mother|father|parents|husband|wife|siblings)\s+(?:is|was|are|were|had|has)\b")
_GROUPED = frozenset("patients cases reports individuals volunteers controls subjects".split())
_OTHER_GROUP = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,4}|half|most|some|several|many"
                          r"|few|majority|all|other)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,3}?"
                          rf"(?:{'|'.join(sorted(_GROUPED))})\b|\d\s?%\s+of\s+(?:the\s+)?(?:cases"
                          rf"|patients)")
_CLINICAL = re.compile(r"\b(?:patient|present(?:ed|s|ing)|admitted|underwent|diagnos\w+|reveal\w+|biops\w+"
                       r"|histolog\w+|patholog\w+|surg\w+"
                       r"|treated|symptoms?|resect\w+|examination|a\s+case|the\s+case)\b")
_MANY_PEOPLE = frozenset("family families individuals members participants subjects animal animals goat goats dog"
                         " dogs cow cows"
                         " students".split())


def is_literature(words: str, tokens: frozenset[str]) -> bool:
    return not tokens.isdisjoint(_LITERATURE_TOKENS) and bool(_LITERATURE.search(words))


def names_patient(words: str, tokens: frozenset[str]) -> bool:
    """Whether the sentence speaks of one patient: a definite noun, a pronoun."""
    if not tokens.isdisjoint(_PRONOUNS):
        return True
    return not tokens.isdisjoint(_PATIENT_TOKENS) and bool(_PATIENT.search(words))


def names_own(words: str, tokens: frozenset[str]) -> bool:
    """Whether a sentence of a discussion returns to the report's own patient rather than compares others with it."""
    if tokens.isdisjoint(_OURS_TOKENS):
        return False
    return any(not _COMPARED.search(words, 0, hit.start()) for hit in _OURS.finditer(words))


def is_general(words: str, tokens: frozenset[str]) -> bool:
    """Whether the sentence is about the disease, the literature or a lesson, not about a patient."""
    if not tokens.isdisjoint(_LESSON_TOKENS) and _LESSON.search(words):
        return True
    if is_literature(words, tokens):
        return not _OURS.search(words)
    if _GENERAL_TOKENS & tokens == _ABILITY and not tokens.isdisjoint(_TOLD_ABILITY):
        return False
    if tokens & _ACTIVE_OR_NOT and _GENERAL_TOKENS & tokens <= _ACTIVE_OR_NOT and tokens.isdisjoint(_COPULA):
        return False
    if not tokens.isdisjoint(_PAST_TOKENS) or tokens.isdisjoint(_GENERAL_TOKENS) and not _THESE.match(words):
        return False
    return not (names_patient(words, tokens) or _OURS.search(words))


_INTRODUCES = re.compile(r"(?:an?|one)\s(?:[\w-]+\s){0,3}?(?:man|woman|boy|girl)\s(?:was|had|who|with|presented"
                         r"|underwent)\b")


def introduces_one(words: str) -> bool:
    """"A man with gout, who …" at the head of a sentence."""
    return bool(_INTRODUCES.match(words))


def announces(words: str) -> bool:
    """"We report two cases of …", where the sentence counts them: what follows holds for each."""
    return bool(_ANNOUNCES.search(words))


def announces_one(words: str) -> bool:
    """"We report a case of …"."""
    return bool(_ANNOUNCES_ONE.search(words))


def is_plural(words: str, tokens: frozenset[str]) -> bool:
    """Whether patients in the plural are the subject: "The patients were treated with …"."""
    return "patients" in tokens and bool(_PLURAL.match(words))


def is_group(words: str) -> bool:
    """Whether the sentence tells of a group as a whole: a cohort, its means and counts."""
    return bool(_GROUP.search(words))


def is_statistical(words: str) -> bool:
    """Whether the sentence gives figures of many: means, counts of ten and more, controls."""
    return bool(_STATISTICS.search(words))


def is_relative(words: str, tokens: frozenset[str]) -> bool:
    """Whether the sentence is about a relative of the patient ("Her father had died of …")."""
    return not tokens.isdisjoint(_FAMILY_TOKENS) and bool(_RELATIVE.match(words))


def is_other_group(words: str, tokens: frozenset[str]) -> bool:
    """Whether the sentence counts other patients: "in six patients", "in 34% of cases"."""
    return not tokens.isdisjoint(_GROUPED) and bool(_OTHER_GROUP.search(words))


def is_clinical(words: str, tokens: frozenset[str]) -> bool:
    """Whether the sentence tells what was found in or done to a patient, though it may name none."""
    return tokens.isdisjoint(_MANY_PEOPLE) and bool(_CLINICAL.search(words))
