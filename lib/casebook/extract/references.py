"""How prose points at its patients: labels, ordinals, groups, and sentences that speak of none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_WORDS = {word: number for number, word in enumerate("one two three four five six seven eight nine"
                                                     " ten".split(), start=1)}
_ORDINALS = {word: number for number, word in enumerate("first second third fourth fifth sixth"
                                                        " seventh".split(), start=1)}
_ORDINALS |= dict.fromkeys(("proband", "index", "elder", "older"), 1)
_ORDINALS |= dict.fromkeys(("younger", "son", "daughter", "brother", "sister"), 2)
_ORDINALS |= {"former": 1, "latter": 2, "other": 2, "another": 2, "one": 1}

_LABEL = re.compile(
    r"\b(?:[Cc]ase|CASE|[Pp]atient|PATIENT|[Ss]ubject|[Pp]roband|[Tt]win|[Ss]ibling|[Cc]hild|[Oo]bservation)[\s_-]?(?:[Rr]eport\s"
    r"|[Nn]\s?[o°º]\.?\s?|[Nn]umber\s|#\s?)?"
    r"(?P<id>\d{1,2}(?![\d.]\d|\s?(?:years?|months?|weeks?|days?|hours?|times|mg|cm|mm|kg|g|ml)\b)"
    r"|[A-H]\b|(?:I{1,3}|IV|V)\b|(?:one|two|three|four|five|six|seven|eight|nine)\b(?!\s(?:years?|months?|weeks?"
    r"|days?|hours?|times|of|who|with)\b))(?![\w-])")
_NUMBERED = re.compile(r"\(?(?P<id>[1-9])[:.)]\s+(?:An?\s+)?(?=\d{1,3}[-\s])")
_NOUNS = (r"(?:one(?=\s*[.,;]|\s+(?:was|had|showed))|patient|case|child|infant|twin|brother|sister|sibling|boy|girl"
         r"|woman|man|subject|individual|baby)")
_ORDINAL = re.compile(rf"(?<!of the )\b(?P<id>first|second|third|fourth|fifth|sixth|former|latter|other|another|one"
                      rf"|index|elder"
                      rf"|older"
                      rf"|younger)\s+(?:(?:male|female|young|index)\s+)?(?P<noun>{_NOUNS})\b"
                      r"(?!\s+(?:report|series|in\s+the\s+literature|of\s|to\s|described|reported"
                      r"|series))")
_LONE_ORDINAL = re.compile(r"\b(?:in\s+)?(?:the|our)\s+(?P<id>first|second|third|other)(?:\s+one)?(?=\s+(?:was|with|had"
                           r"|presented"
                           r"|developed|underwent|received|died))")
_KIN = re.compile(r"(?<!of )\bthe\s+(?P<id>proband|son|daughter|brother"
                  r"|sister)\b(?=\s+(?:then\s+)?(?:was|had|presented|underwent|developed|is|also|showed|received)"
                  r"|\s+of\s+the\s+(?:proband|patient)\s)")
_ONE_OTHER = re.compile(r"\b(?P<id>one|the\s+other|another|the\s+younger|the\s+older|the\s+elder)(?=\s+of\s+(?:the"
                        r"|our|these|them|whom)\b|\s+(?:with|had|was|who|is|in\s+(?:a|an|the)|presented"
                        r"|developed))")
_PLURALS = frozenset(
    "cases patients children women men siblings brothers sisters girls boys infants twins females males subjects"
    " individuals"
    " neonates newborns babies adults members adolescents persons people volunteers carriers relatives".split())
_COUNT = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|both|several|a\s+series\s+of|pair\s+of"
    r"|a\s+couple\s+of)\s+(?:[\w/-]+,?\s+){0,6}?"
    rf"(?:(?:of\s+the\s+)?family\s+members|{'|'.join(sorted(_PLURALS - {'members'}))})\b")
_TWINS = re.compile(r"\b(?:(?:mono|di)zygotic|identical|old|male|female|newborn|premature|preterm"
                    r"|pair\s+of)\s+(?:[\w-]+\s+)?twins\b|\btwin\s+(?:girls|boys|sisters|brothers|infants|babies|neonates|newborns)\b")
_SHARED = re.compile(r"\b(?:both(?!\s+(?:eyes?|sides?|lungs?|kidneys?|legs?|hands?|feet|lower|upper|arms?|ears?"
                     r"|knees?|hips?|breasts?|ovaries|the\s+\w+\s+and))"
                     r"|they|their|no\s+patients?\b|none\s+of\s+(?:the|our)|(?:average|mean|median)|all\s+(?:of\s+)?(?:the\s+)?(?:two|three|four|five|\d)?\s*(?:patients|cases)|(?:our"
                     r"|these|the|the\s+two|two)\s+(?:patients|cases|twins|"
                     r"sisters|brothers|siblings|children|babies|infants|newborns|neonates|boys|girls)"
                     r"|(?:all|each|none)\s+of\s+(?:them|whom)|all\s+three|neither|each\s+(?:patient|case)|either\s+(?:patient|case)"
                     r"|respectively|in\s+(?:all|both)\s+cases)\b")

_SINGULAR = re.compile(r"\b(?:the|this|our)\s+patient\b(?!['’]s)")


@dataclass(frozen=True, slots=True)
class Reference:
    """The words at [start, end) point at the `number`th patient."""

    start: int
    end: int
    number: int


def labels(text: str, start: int, end: int) -> Iterator[Reference]:
    """"Case 1", "patient B", "Twin A", "case two"; "2: A 16-year-old …" at the head of a sentence."""
    numbered = _NUMBERED.match(text, start, end)
    if numbered:
        yield Reference(start, numbered.end("id"), int(numbered["id"]))
    for hit in _LABEL.finditer(text, start, end):
        if _LIKE.search(text, max(start, hit.start() - _BACK), hit.start()):
            continue
        yield Reference(hit.start(), hit.end(), _label_number(hit["id"]))


_BACK = 40  # characters
_LIKE = re.compile(r"\b(?:like|unlike|similar\s+to|as\s+in|compared\s+(?:to|with)|than(?:\s+in)?|contrast\s+to)\s+"
                   r"(?:(?:that|those)\s+(?:of|in)\s+)?(?:the\s+patient\s+in\s+)?$", re.IGNORECASE)


def _label_number(label: str) -> int:
    lower = label.lower()
    if lower.isdigit():
        return int(lower)
    return _ROMAN.get(lower) or _WORDS.get(lower) or ord(lower) - ord("a") + 1


def ordinals(text: str, start: int, end: int) -> Iterator[Reference]:
    """"the first patient", "one patient", "the other case", "the second was …"; `text` is in lower case."""
    for pattern in (_ORDINAL, _LONE_ORDINAL, _ONE_OTHER, _KIN):
        for hit in pattern.finditer(text, start, end):
            yield Reference(hit.start(), hit.end(), _ORDINALS[hit["id"].lower().split()[-1]])


def group_size(words: str, tokens: frozenset[str]) -> int | None:
    """How many patients a phrase such as "three patients" or "both sisters" counts; 0 for an uncounted group."""
    if ("twins" in tokens or "twin" in tokens) and _TWINS.search(words):
        return 2
    hit = None if tokens.isdisjoint(_PLURALS) else _COUNT.search(words)
    if hit is None:
        return None
    count = hit["n"].lower()
    if count.isdigit():
        return int(count)
    return 2 if count in ("both", "pair of", "a couple of") else _WORDS.get(count, 0)


def opens_shared(words: str) -> bool:
    """Whether a sentence begins with all patients of a series: "Both patients …, one of them …"."""
    return bool(_SHARED.match(words))


def is_shared(words: str) -> bool:
    """Whether the sentence speaks of all patients of a series ("both patients", "they").

    "The patient … until their death" speaks of one.
    """
    hit = _SHARED.search(words)
    if hit and hit[0].lower() in ("they", "their") and _SINGULAR.search(words, 0, hit.start()):
        hit = _SHARED.search(words, hit.end())
    return bool(hit)


_OPENS_COUNTED = re.compile(r"(?:(?:the|these|our|here,?|in\s+this\s+report,?)\s+)?"
                            r"(?:two|three|2|3|both|all\s+(?:two|three))\s")
_OPENS_PERSON = re.compile(r"|(?:an?|another)(?:\s(?:previously|otherwise|apparently|well|healthy|fit|known|young|old"
                           r"|male|female|\w{2,12}(?:an|ish|ese))){0,4}"
                           r"|(?:the|our)\s(?:second|other)\s(?:case|patient)"
                           r"(?:(?:\s\w+){0,2},?\san?|,\s(?:the|his|her)(?:\s[\w'’]+){0,3})")


def opens_counted(words: str) -> bool:
    """Whether a sentence begins by counting two or three: "Two brothers presented with …"."""
    return bool(_OPENS_COUNTED.match(words))


def opens_person(lead: str) -> bool:
    """Whether `lead`, before an age, introduces a person: "A previously healthy", "The second case describes a"."""
    return bool(_OPENS_PERSON.fullmatch(lead))


_ALL = re.compile(r"\b(?:both|all)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?(?:(?:two|three|four|five)\s+)?"
                  r"(?:patients|cases|twins|siblings|brothers|sisters|children|infants|boys|girls|men|women)\b")


def names_all(words: str) -> bool:
    """Whether the sentence names all patients by a noun, so that an impersonal one after it may mean all too."""
    return bool(_ALL.search(words))


def may_order(spaced: str) -> bool:
    """Whether a text in lower case can begin sentences with "The first …" and "The second …"; cheap."""
    return "second " in spaced and any(word in spaced for word in ("first ", "index ", "proband "))


def may_label(spaced: str) -> bool:
    """Whether a text in lower case, blanks for punctuation, can label a second patient; cheap."""
    spaced = spaced.replace("°", " ").replace("º", " ")
    return any(f"{noun} {mark}" in spaced for noun in _LABELLED if noun in spaced for mark in _SECOND) or bool(
        "2  " in spaced and _SECOND_ITEM.search(spaced))


_SECOND_ITEM = re.compile(r"(?<!\w)2  (?:an? )?\d{1,3} (?:year|month|week)")
_LABELLED = ("observation", "observation no", "observation n o", "case", "patient", "twin", "subject", "proband",
             "sibling", "child", "case no", "case no ", "patient no", "case number", "case report", "case ",
             "patient ", "case n", "case n ", "patient n", "patient n ", "observation n")
_SECOND = ("2", "b", "ii", "two", "3", "three")


_CLAUSE = re.compile(r"(?:;|,?\s+(?:while|whereas|but|however)|,\s+and|\.|,(?=\s+the\s))\s+", re.IGNORECASE)


def clause_between(text: str, start: int, end: int) -> int | None:
    """Where the clause that leads to `end` begins, if one begins after `start`; an "and" alone joins two subjects."""
    hits = [hit.end() for hit in _CLAUSE.finditer(text, start, end)]
    if not hits and text.startswith("our ", end) and text[start:end].endswith(" and "):  # two verbs, two subjects
        return end
    return hits[-1] if hits else None


_SEXED = re.compile(r"\b(?:the|this)\s+(?:[\w-]+\s+)?(?P<noun>man|woman|boy|girl|male|female|gentleman"
                    r"|lady)\b(?!\s+(?:sex|genital|gender))")


def sexed_noun(words: str) -> str | None:
    """"the man", "the female patient": the noun by which one of two patients is told from the other."""
    hit = _SEXED.search(words)
    return hit["noun"].lower() if hit else None


_JOINED = re.compile(r"[^.;]{0,70}?\b(?:and|or)\s+(?:an?\s+|the\s+other\s+"
                     r"|another\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)


def joined(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] joins two persons into one subject: "a 6-year-old boy and a 9-year-old girl"."""
    return end - start < 90 and bool(_JOINED.fullmatch(text, start, end))
