"""When two names mean the same disease: "lung cancer" and "adenocarcinoma of the lung", "glioma" and "astrocytoma"."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from casebook.asked import derived
from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading
from casebook.vocabulary import Vocabulary

_EMPTY = frozenset(
    "of the a an in and primary metastatic malignant left right multiforme multiform s cell type recurrent".split()
)
_SAME = {"carcinoma": "cancer", "tumor": "tumour", "neoplasm": "tumour", "neoplasms": "tumour", "leukemia": "leukaemia"}


_SPECIES = re.compile(r"[A-Z](?:[a-z]{3,}|\.)\s[a-z]+")
_WORDS = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"\b(intra|extra|micro|macro|supra|sub|retro|peri)-(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Name:
    """`label` as the report writes it; `core` its words without those of a place, `places` the labels of its sites."""

    label: str
    core: frozenset[str]
    places: frozenset[str]
    head: str
    concept: str
    """The vocabulary's own label of the disease word; "" for a word that is no disease alone."""
    acronym: str = field(default="", compare=False)
    """The short form by which the report calls it here; "" where it writes the name out."""


def name_of(reading: Reading, phrase: Phrase) -> Name:
    text = reading.text[phrase.head.start : phrase.head.end]
    term = phrase.head.term
    if short := is_acronym(text):
        label = _american(term.label) if _is_american(reading) else term.label
        words = label
    else:
        label = _as_written(reading, phrase)
        if term.fields.get("group") == "infection" and phrase.end - phrase.start == len(text) and _SPECIES.match(text):
            label = term.label  # "Fasciola hepatica": fascioliasis
        if label.endswith(" reaction") and " " not in term.label and term.kind == "diagnoses":
            label = term.label  # "anaphylactic reaction": anaphylaxis
        if "metasta" in label and term.kind == "diagnoses" and "metasta" not in term.label:
            label = term.label  # "colorectal liver metastases": colorectal cancer
        words = _without(reading.text, phrase)
    places = {site.label for site in phrase.sites if not phrase.metastatic or phrase.start <= site.start < phrase.end}
    core = _tokens(words) or _tokens(label)
    ordered = [w for w in _split(words) if w in core or _SAME.get(w, w) in core]
    return Name(
        label,
        core,
        frozenset(places),
        _SAME.get(ordered[-1], ordered[-1]) if ordered else "",
        term.label if term.kind == "diagnoses" else "",
        text if short else "",
    )


_AMERICAN_FOR = (
    ("haem", "hem"),
    ("aem", "em"),
    ("tumour", "tumor"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("rrhoea", "rrhea"),
    ("phaeo", "pheo"),
    ("behaviour", "behavior"),
)
_BRITISH_WORDS = ("haem", "aemi", "tumour", "oedema", "oesoph", "rrhoea", "ischaem")


def _is_american(reading: Reading) -> bool:
    """Whether the report never spells as the vocabulary's labels: four reports in five are American."""
    known: dict[str, bool] = reading.kept.setdefault("spelling", {})
    if "american" not in known:
        known["american"] = not any(word in reading.lower for word in _BRITISH_WORDS)
    return known["american"]


def _american(label: str) -> str:
    for british, word in _AMERICAN_FOR:
        label = label.replace(british, word).replace(british.capitalize(), word.capitalize())
    return label


def is_acronym(text: str) -> bool:
    """Whether `text` is one word written mostly in capitals."""
    letters = [c for c in text if c.isalpha()]
    return " " not in text and len(text) < 12 and sum(c.isupper() for c in letters) >= max(2, len(letters) / 2)


def _without(text: str, phrase: Phrase) -> str:
    """The phrase's words but for those of a site inside it."""
    out, at = [], phrase.start
    for site in sorted(
        (s for s in phrase.sites if phrase.start <= s.start and s.end <= phrase.end), key=lambda s: s.start
    ):
        if site.start >= at:
            out.append(text[at : site.start])
            at = site.end
    out.append(text[at : phrase.end])
    return " ".join(out)


_BRACKETS = re.compile(r"\s\([A-Z][A-Za-z0-9-]{1,8}\)(?=\s)")
_NO_QUOTES = str.maketrans("’", "'", '"“”‘')


def _as_written(reading: Reading, phrase: Phrase) -> str:
    words = _BRACKETS.sub("", reading.text[phrase.start : phrase.end].translate(_NO_QUOTES)).split()
    words[-1] = singular(words[-1])
    name = " ".join([word if _keeps_capital(reading.vocabulary, word) else word.lower() for word in words])
    return _HYPHEN.sub(r"\1", name) if "-" in name else name


def _keeps_capital(vocabulary: Vocabulary, word: str) -> bool:
    """Whether the capital is the word's own: an acronym's, a letter's ("B-cell", "C6") or an eponym's."""
    capitals = sum(char.isupper() for char in word)
    if capitals != 1:
        return capitals > 1
    if word.endswith(("'s", "’s")) or _LETTER.match(word):
        return True
    return any(_eponym(vocabulary, part.rstrip("'’").lower()) for part in word.split("-") if not part.islower())


_LETTER = re.compile(r"(?:\w{1,3}-)?[A-Z](?:[-.]|\d|$)")
_CAPITAL = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_LOWER = re.compile(r"\b[^\W\d_]{3,}")


@derived
def _eponyms(vocabulary: Vocabulary) -> frozenset[str]:
    """The words, in lower case, that the vocabulary's diseases write mostly with a capital ("Addison")."""
    names = " ; ".join(t.fields["surfaces"] for t in vocabulary.terms.values() if t.kind == "diagnoses")
    capitals = Counter(word.lower() for word in _CAPITAL.findall(names))
    every = Counter(word.lower() for word in _LOWER.findall(names))
    return frozenset(word for word, count in capitals.items() if 2 * count > every[word])


@derived
def _eponym(vocabulary: Vocabulary, word: str) -> bool:
    return word in _eponyms(vocabulary)


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    lower = word.lower()
    if lower in _NO_PLURALS:
        return word
    for tail, one in _PLURALS:
        if lower.endswith(tail):
            return word[: len(word) - len(tail)] + one
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is", "ns", "os", "as")) and len(word) > 4:
        return word[:-1]
    return word


_PLURALS = (
    ("omata", "oma"),
    ("omas", "oma"),
    ("ulas", "ula"),
    ("ulae", "ula"),
    ("nias", "nia"),
    ("emias", "emia"),
    ("ions", "ion"),
    ("oses", "osis"),
    ("tases", "tasis"),
    ("theses", "thesis"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("ies", "y"),
)
_NO_PLURALS = frozenset(
    "diabetes scabies rabies caries facies series species rickets varices ascites acnes herpes mumps measles shingles "
    "hives hydrops tabes biceps triceps quadriceps forceps calyces pubes testes haemorrhoides taenies graves "
    "phyllodes pointes didelphys".split()
)


def _split(words: str) -> list[str]:
    return [singular(word) for word in _WORDS.findall(words.lower())]


def _tokens(words: str) -> frozenset[str]:
    return frozenset(_SAME.get(word, word) for word in _split(words) if word not in _EMPTY)


@derived
def _coverage(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    return {
        _SAME.get(term.label, term.label): tuple(_SAME.get(w, w) for w in term.fields["covers"].split("|"))
        for term in vocabulary.terms.values()
        if term.kind == "heads" and term.fields["covers"]
    }


def covers(vocabulary: Vocabulary, wide: Name, narrow: Name) -> bool:
    """Whether `wide` is a name for any disease of `narrow`'s kind: the same words but for a wider last one."""
    heads = _coverage(vocabulary).get(wide.head)
    if heads is None or wide.core - {wide.head} - narrow.core:
        return False
    return narrow.head in heads or ("*" in heads and narrow.head.endswith(("oma", "tumour", "cancer")))


def alike(vocabulary: Vocabulary, one: Name, other: Name) -> bool:
    """Whether both can be the same disease."""
    if one.concept and one.concept == other.concept:
        return places_agree(vocabulary, one.places, other.places)
    if not (
        one.core <= other.core
        or other.core <= one.core
        or covers(vocabulary, one, other)
        or covers(vocabulary, other, one)
    ):
        return False
    return places_agree(vocabulary, one.places, other.places)


def kin(vocabulary: Vocabulary, one: Name, other: Name, wide: Iterable[Name]) -> bool:
    """Whether both are the same disease, or kinds of one of the `wide` names ("astrocytoma", "glioblastoma").

    Gliomas and sarcomas turn into one another without being called so; carcinomas do not.
    """
    if alike(vocabulary, one, other) or any(covers(vocabulary, n, one) and covers(vocabulary, n, other) for n in wide):
        return True
    return any(
        one.head in narrower and other.head in narrower
        for head, narrower in _coverage(vocabulary).items()
        if head in _TURN_INTO_ONE_ANOTHER
    )


_TURN_INTO_ONE_ANOTHER = ("glioma", "sarcoma")


def places_agree(vocabulary: Vocabulary, some: Iterable[str], others: Iterable[str]) -> bool:
    some, others = list(some), list(others)
    if not some or not others:
        return True
    return any(vocabulary.within(a, b) or vocabulary.within(b, a) for a in some for b in others)
