"""Folding that keeps every offset, and the spellings of one word that authors mix."""

import re
import unicodedata
from collections.abc import Mapping

_SPELLINGS = (
    ("tumour", "tumor"),
    ("haem", "hem"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("aemi", "emi"),
    ("paed", "ped"),
    ("gynaec", "gynec"),
    ("isation", "ization"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("rrhoea", "rrhea"),
    ("pnoea", "pnea"),
    ("aesth", "esth"),
    ("caec", "cec"),
    ("phaeo", "pheo"),
    ("amoeb", "ameb"),
    ("faec", "fec"),
    ("coeli", "celi"),
    ("foet", "fet"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("colour", "color"),
    ("sulph", "sulf"),
    ("ischaem", "ischem"),
    ("leucocyt", "leukocyt"),
    ("aetiol", "etiol"),
    ("behaviour", "behavior"),
    ("paralys", "paralyz"),
    ("metre", "meter"),
    ("orrhoe", "orrhe"),
)
_NOT_WORD = re.compile(r"[\W_]")
_ASCII_NOT_WORD = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_MIXED = re.compile("|".join(word for pair in _SPELLINGS for word in pair))


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else char


_ACCENTS = str.maketrans(
    {chr(code): _plain(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()}
    | {"ı": "i", "ł": "l", "ø": "o", "æ": "a", "œ": "o", "ß": "s"}
)


def lowered(text: str) -> str:
    """`text` in lower case, the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def fold(text: str) -> str:
    """`text` in lower case without accents, every other character than letters and digits a blank; the same length."""
    lower = lowered(text)
    if lower.isascii():
        return lower.translate(_ASCII_NOT_WORD)
    return "".join(
        run.translate(_ASCII_NOT_WORD) if run.isascii() else _NOT_WORD.sub(" ", run.translate(_ACCENTS))
        for run in _RUN.findall(lower)
    )


def replaced(text: str, table: Mapping[int, str]) -> str:
    """`text.translate(table)`; runs of ASCII go each by themselves, which is several times as quick."""
    return text.translate(table) if text.isascii() else "".join(run.translate(table) for run in _RUN.findall(text))


def variants(folded: str, plural: bool = True) -> list[str]:
    """A folded surface with its British and American spellings and its plural, the given one first."""
    out = [folded]
    if _MIXED.search(folded):
        for one, other in _SPELLINGS:
            for word in tuple(out):
                if one in word:
                    out.append(word.replace(one, other))
                elif other in word:
                    out.append(word.replace(other, one))
    if plural:
        out += [many for word in tuple(out) for many in _plurals(word)]
    return out if len(out) < 3 else list(dict.fromkeys(out))


_EPONYM = re.compile(
    r"\b(?P<name>[A-Z][a-zà-ÿ]{3,}?)(?<!al)(?<!ic)(?<!ed)(?:['’]s|s['’])?(?= (?:disease|syndrome|sarcoma|tumou?r|"
    r"lymphoma|thyroiditis|granulomatosis|palsy|chorea|anomaly|contracture|arteritis|encephalopathy|diverticulum|gangrene|purpura|ataxia|"
    r"dystrophy|cyst|abscess|ulcer|hernia|o?edema|angina|phenomenon|fracture|deformity|neuroma|esophagus|oesophagus)\b)"
)


def genitives(surface: str) -> list[str]:
    """`surface` and, of a disease called after somebody, the ways to write the genitive or none.

    "Crohn disease", "Crohn's disease", "Crohns disease", "Crohns' disease".
    """
    hit = _EPONYM.search(surface)
    if hit is None:
        return [surface]
    name, before, after = hit["name"], surface[: hit.start()], surface[hit.end() :]
    names = (name, f"{name}'") if name.endswith("s") else (name, f"{name}'s", f"{name}s", f"{name}s'")
    return list(dict.fromkeys((surface, *(before + written + after for written in names))))


def _plurals(folded: str) -> tuple[str, ...]:
    """Of the noun before "of", else of the last word; none for short words, adjectives and what is one already."""
    stem, middle, tail = folded.partition(" of ")
    if len(stem) < 3 or " " in stem[-3:] or not stem[-1].isalpha():
        return ()
    last = stem[-1]
    after = middle + tail
    if last in "eonktipfwbqu":
        return (stem + "s" + after,)
    if last == "s":
        return (
            (stem[:-2] + "es" + after,)
            if stem.endswith(("sis", "xis"))
            else (stem[:-2] + "i" + after,)
            if stem.endswith("us")
            else (stem + "es" + after,)
            if stem.endswith("ss")
            else ()
        )
    if last == "a":
        return (stem + "s" + after, stem + ("ta" if stem.endswith("oma") else "e") + after)
    if last == "y" and stem[-2] not in "aeiou":
        return (stem[:-1] + "ies" + after,)
    if stem.endswith(_ADJECTIVES):
        return ()
    if stem.endswith(("x", "ch", "sh", "z")):
        return (stem + "es" + after,)
    if stem.endswith("um"):
        return (stem + "s" + after, stem[:-2] + "a" + after)
    return (stem + "s" + after,)


_ADJECTIVES = ("al", "ed", "ing", "ar", "ic")
