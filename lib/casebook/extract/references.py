"""How prose points at its patients: labels, ordinals, groups, and sentences that speak of none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_WORDS = {word: number for number, word in enumerate("one two three four five six seven eight nine"
                                                     " ten".split(), start=1)}
_ORDINALS = {word: number for number, word in enumerate("first second third fourth fifth sixth"
                                                        " seventh".split(), start=1)}
_ORDINALS |= dict.fromkeys(("proband", "elder", "older"), 1)
_ORDINALS |= dict.fromkeys(("younger", "son", "daughter", "brother", "sister", "mother", "father"), 2)
_ORDINALS |= {"former": 1, "latter": 2, "other": 2, "another": 2, "one": 1}

_LABEL = re.compile(
    r"\b(?:[Cc]ase|CASE|[Pp]atient|PATIENT|[Ss]ubject|[Pp]roband|[Tt]win|[Ss]ibling|[Cc]hild)[\s_-]?(?:[Rr]eport\s"
    r"|[Nn]o\.?\s?|[Nn]umber\s|#\s?)?"
    r"(?P<id>\d{1,2}(?![\d.]\d|\s?(?:years?|months?|weeks?|days?|hours?|times|mg|cm|mm|kg|g|ml)\b)"
    r"|[A-H]\b|(?:I{1,3}|IV|V)\b|(?:one|two|three|four|five|six|seven|eight|nine)\b(?!\s(?:years?|months?|weeks?"
    r"|days?|hours?|times|of|who|with)\b))(?![\w-])")
_NOUNS = (r"(?:one(?=\s*[.,;]|\s+(?:was|had|showed))|patient|case|child|infant|twin|brother|sister|sibling|boy|girl"
         r"|woman|man|subject|individual|baby)")
_ORDINAL = re.compile(rf"\b(?P<id>first|second|third|fourth|fifth|sixth|former|latter|other|another|one|elder|older"
                      rf"|younger)\s+(?:(?:male|female|young|index)\s+)?(?P<noun>{_NOUNS})\b"
                      r"(?!\s+(?:report|series|in\s+the\s+literature|of\s|to\s|described|reported"
                      r"|series))", re.IGNORECASE)
_LONE_ORDINAL = re.compile(r"\b(?:in\s+)?the\s+(?P<id>first|second|third|other)\s+(?:one)?(?=\s+(?:was|had|presented"
                           r"|developed|underwent|received|died))", re.IGNORECASE)
_KIN = re.compile(r"(?<!of )\bthe\s+(?P<id>proband|son|daughter|brother|sister|mother"
                  r"|father)\b(?=\s+(?:then\s+)?(?:was|had|presented|underwent|developed|is|also|showed|received)"
                  r"|\s+of\s+the\s+(?:proband|patient)\s)",
                  re.IGNORECASE)
_ONE_OTHER = re.compile(r"\b(?P<id>one|the\s+other|another)(?=\s+(?:with|had|was|who|is|in\s+(?:a|an|the)|presented"
                        r"|developed))",
                        re.IGNORECASE)
_TELLING = ("report|present|describ|encounter|experienc|observ|document|identif|treated|discuss|review|admitted"
            "|referred|were|underwent|develop|case")
_COUNT = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|both|several|a\s+series\s+of|pair\s+of"
    r"|a\s+couple\s+of)\s+(?:[\w/-]+,?\s+){0,6}?"
    r"(?:cases|patients|children|women|men|siblings|brothers|sisters|girls|boys|infants|twins|females|males|subjects"
    r"|individuals|neonates|"
    r"newborns|babies|adults|of\s+the\s+family\s+members|family\s+members|adolescents|persons|people|volunteers"
    r"|carriers|relatives)\b", re.IGNORECASE)
_SHARED = re.compile(r"\b(?:both(?!\s+(?:eyes?|sides?|lungs?|kidneys?|legs?|hands?|feet|lower|upper|arms?|ears?"
                     r"|knees?|hips?|breasts?|ovaries|the\s+\w+\s+and))"
                     r"|they|their|all\s+(?:of\s+)?(?:the\s+)?(?:two|three|four|five|\d)?\s*(?:patients|cases)|(?:our"
                     r"|these|the|the\s+two|two)\s+(?:patients|cases|twins|"
                     r"sisters|brothers|siblings|children)|neither|each\s+(?:patient|case)|either\s+(?:patient|case)"
                     r"|respectively|in\s+(?:all|both)\s+cases)\b", re.IGNORECASE)
_LITERATURE = re.compile(r"\bliterature|\bpreviously\s+(?:reported|described|published)|\breported\s+(?:cases|in|by"
                         r"|to\s+date)|\bet\s+al\b|\bhas\s+been\s+(?:reported|described)"
                         r"|\bhave\s+been\s+(?:reported|described)|\bprevious\s+(?:reports?|cases|studies)"
                         r"|\bin\s+(?:a|one|their)\s+(?:study|series|review)\b", re.IGNORECASE)
_PATIENT = re.compile(
    r"\b(?:(?:the|our|this|index|presented?|presenting|a|an|one|male|female)\s+(?:[\w-]+\s+){0,3}?(?:patient|case|man"
    r"|woman|boy|girl|child|infant|neonate|newborn|baby|"
    r"gentleman|lady|proband|male|female|toddler|subject|adolescent|teenager|individual|person)(?:['’]s)?(?!\w)"
    r"|patient(?:['’]s)?(?!\w)|he|she|his|her|him|hers)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:our|present|current|index)\s+(?:[\w-]+\s+){0,2}?(?:patients?|cases?|child|infant|report)\b"
                   r"|\b(?:this|the)\s+(?:patient|case(?!\s+of\b)|child|boy|girl|woman|man)\b"
                   r"|\bherein\b|\b(?:we|authors)\s+(?:here\s+|herein\s+|hereby\s+)?(?:report|present|describe"
                   r"|experienced|encountered|observed|treated|document)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:rare|rarely|uncommon|common|commonly|frequent|frequently|usually|often|typically|generally|should|may"
    r"|might|can|could|must|literature|incidence|"
    r"prevalence|worldwide|clinicians?|physicians?|surgeons|is\s+defined|is\s+characteri[sz]ed|are\s+characteri[sz]ed"
    r"|is\s+considered|are\s+considered|is\s+known|"
    r"are\s+known|most|patients|cases|highlights?|illustrates?|emphasi[sz]es?|underlines?|underscores?|awareness"
    r"|recommend(?:ed|s)?|important|unknown|unclear|"
    r"etiology|aetiology|mortality|prognosis|accounts?\s+for)\b|^(?:these|such)\s+\w+s\s+(?:are|have)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|showed|revealed|underwent|presented|received|demonstrated|developed"
                   r"|performed|disclosed|confirmed|made|died|became|began|"
                   r"complained|noted|suggested|indicated|led|found|experienced|suffered|denied|visited|came"
                   r"|reported\s+(?:no|a|that)|started|continued|identified)\b",
                   re.IGNORECASE)
_LESSON = re.compile(r"\b(?:this|our|the\s+present)\s+(?:case|report|study|paper"
                     r"|article)\s+(?:report\s+)?(?:highlights?|illustrates?|emphasi[sz]es?|underlines?|underscores?"
                     r"|suggests?|"
                     r"shows?|reminds?|demonstrates?|adds?|supports?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """The words at [start, end) point at the `number`th patient."""

    start: int
    end: int
    number: int


def labels(text: str, start: int, end: int) -> Iterator[Reference]:
    """"Case 1", "patient B", "Twin A", "case two"."""
    for hit in _LABEL.finditer(text, start, end):
        yield Reference(hit.start(), hit.end(), _label_number(hit["id"]))


def _label_number(label: str) -> int:
    lower = label.lower()
    if lower.isdigit():
        return int(lower)
    return _ROMAN.get(lower) or _WORDS.get(lower) or ord(lower) - ord("a") + 1


def ordinals(text: str, start: int, end: int) -> Iterator[Reference]:
    """"the first patient", "one patient", "the other case", "the second was …"."""
    for pattern in (_ORDINAL, _LONE_ORDINAL, _ONE_OTHER, _KIN):
        for hit in pattern.finditer(text, start, end):
            yield Reference(hit.start(), hit.end(), _ORDINALS[hit["id"].lower().split()[-1]])


def group_size(words: str) -> int | None:
    """How many patients a phrase such as "three patients" or "both sisters" counts; 0 for an uncounted group."""
    hit = _COUNT.search(words)
    if hit is None:
        return None
    count = hit["n"].lower()
    if count.isdigit():
        return int(count)
    return 2 if count in ("both", "pair of", "a couple of") else _WORDS.get(count, 0)


def is_shared(words: str) -> bool:
    """Whether the sentence speaks of all patients of a series ("both patients", "they")."""
    return bool(_SHARED.search(words))


def is_literature(words: str) -> bool:
    return bool(_LITERATURE.search(words))


def names_patient(words: str) -> bool:
    """Whether the sentence speaks of one patient: a definite noun, a pronoun."""
    return bool(_PATIENT.search(words))


def names_own(words: str) -> bool:
    """Whether a sentence of a discussion returns to the report's own patient rather than compares others with it."""
    return any(not _COMPARED.search(words, 0, hit.start()) for hit in _OURS.finditer(words))


_COMPARED = re.compile(r"\b(?:like|unlike|similar\s+to|as\s+in|compared\s+(?:to|with)|than|including|besides"
                       r"|identical\s+to|contrast\s+to|resembl\w+)\s+(?:that\s+of\s+)?$", re.IGNORECASE)


def is_general(words: str) -> bool:
    """Whether the sentence is about the disease, the literature or a lesson, not about a patient."""
    if _LESSON.search(words):
        return True
    if _OURS.search(words):
        return False
    if _LITERATURE.search(words):
        return True
    return bool(_GENERAL.search(words)) and not _PAST.search(words) and not _PATIENT.search(words)


_GROUP = re.compile(r"\b(?:\d{2,}\s+(?:[\w-]+\s+){0,3}?(?:patients|cases|children|women|men|subjects|infants)"
                    r"|all\s+(?:the\s+)?(?:\w+\s+)?patients|patients\s+(?:were|had|who|with|underwent)|"
                    r"(?:mean|median)\s+(?:age|follow|operat|duration|time|survival)|n\s?=\s?\d|retrospective(?:ly)?"
                    r"|cohort|controls|participants)\b", re.IGNORECASE)


def is_group(words: str) -> bool:
    """Whether the sentence tells of a group as a whole: a cohort, its means and counts."""
    return bool(_GROUP.search(words))


_CLAUSE = re.compile(r"(?:;|,?\s+(?:while|whereas|but|however)|,\s+(?:and|the)|\.)\s+", re.IGNORECASE)


def clause_between(text: str, start: int, end: int) -> int | None:
    """Where the clause that leads to `end` begins, if one begins after `start`; an "and" alone joins two subjects."""
    hits = [hit.end() for hit in _CLAUSE.finditer(text, start, end)]
    return hits[-1] if hits else None


_SEXED = re.compile(r"\b(?:the|this)\s+(?:[\w-]+\s+)?(?P<noun>man|woman|boy|girl|male|female|gentleman"
                    r"|lady)\b(?!\s+(?:sex|genital|gender))", re.IGNORECASE)


def sexed_noun(words: str) -> str | None:
    """"the man", "the female patient": the noun by which one of two patients is told from the other."""
    hit = _SEXED.search(words)
    return hit["noun"].lower() if hit else None


_JOINED = re.compile(r"[^.;]{0,70}?\b(?:and|or)\s+(?:an?\s+|the\s+other\s+"
                     r"|another\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)


def joined(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] joins two persons into one subject: "a 6-year-old boy and a 9-year-old girl"."""
    return end - start < 90 and bool(_JOINED.fullmatch(text, start, end))


_ANNOUNCES = re.compile(rf"\b(?:we|this\s+(?:report|paper|article|study)|here(?:in)?"
                        rf"|authors)\b[^.]{{0,60}}?\b(?:{_TELLING})", re.IGNORECASE)


def announces(words: str) -> bool:
    """"We report two cases of …": what follows holds for each of them."""
    return group_size(words) is not None and bool(_ANNOUNCES.search(words)) and not is_literature(words)


_RELATIVE = re.compile(
    r"^(?:(?:his|her|their|the\s+(?:patient|proband|child|boy|girl|infant)['’]s?)\s+(?:[\w-]+\s+){0,3}?|(?:the|a"
    r"|one)\s+(?:[\w-]+\s+)?(?=\w+\s+of\s+(?:the|our)\s+(?:patient|proband)))"
    r"(?:mother|father|parents?|brothers?|sisters?|sons?|daughters?|siblings?|uncle|aunt|cousins?|grandmother"
    r"|grandfather|grandparents|wife|husband|relatives|family\s+members)\b"
    r"(?!['’]s)(?!\s+(?:noticed|noted|reported|denied|brought|stated|found|observed|gave|refused|consented"
    r"|history))", re.IGNORECASE)


def is_relative(words: str) -> bool:
    """Whether the sentence is about a relative of the patient ("Her father had died of …")."""
    return bool(_RELATIVE.search(words))


_OTHER_GROUP = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,4}|half|most|some|several|many"
                          r"|few|majority|all|other)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,3}?"
                          r"(?:patients|cases|reports|individuals|volunteers|controls|subjects)\b"
                          r"|\d\s?%\s+of\s+(?:the\s+)?(?:cases|patients)", re.IGNORECASE)


def is_other_group(words: str) -> bool:
    """Whether the sentence counts other patients: "in six patients", "in 34% of cases"."""
    return bool(_OTHER_GROUP.search(words))


_CLINICAL = re.compile(r"\b(?:patient|present(?:ed|s|ing)|admitted|underwent|diagnos\w+|reveal\w+|biops\w+"
                       r"|histolog\w+|patholog\w+|surg\w+"
                       r"|treated|symptoms?|resect\w+|examination|a\s+case|the\s+case)\b", re.IGNORECASE)
_MANY_PEOPLE = re.compile(r"\b(?:family|families|individuals|members|participants|subjects|animals?|goats?|dogs?"
                          r"|cows?|students)\b", re.IGNORECASE)


def is_clinical(words: str) -> bool:
    """Whether the sentence tells what was found in or done to a patient, though it may name none."""
    return bool(_CLINICAL.search(words)) and not _MANY_PEOPLE.search(words)
