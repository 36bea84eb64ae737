"""Folding that keeps every offset, and the spellings of one word that authors mix."""

import re
import unicodedata

_SPELLINGS = (("tumour", "tumor"), ("haem", "hem"), ("oedema", "edema"), ("oesoph", "esoph"), ("aemi", "emi"), ("paed", "ped"),
              ("gynaec", "gynec"), ("isation", "ization"), ("ised", "ized"), ("ising", "izing"), ("rrhoea", "rrhea"), ("pnoea", "pnea"),
              ("aesth", "esth"), ("caec", "cec"), ("phaeo", "pheo"), ("amoeb", "ameb"), ("faec", "fec"), ("coeli", "celi"), ("foet", "fet"), ("centre", "center"), ("fibre", "fiber"),
              ("colour", "color"), ("sulph", "sulf"), ("ischaem", "ischem"), ("leucocyt", "leukocyt"), ("aetiol", "etiol"),
              ("behaviour", "behavior"), ("paralys", "paralyz"), ("metre", "meter"), ("orrhoe", "orrhe"))
_NOT_WORD = re.compile(r"[\W_]")
_MIXED = re.compile("|".join(word for pair in _SPELLINGS for word in pair))


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else char


_ACCENTS = str.maketrans({chr(code): _plain(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()}
                         | {"ı": "i", "ł": "l", "ø": "o", "æ": "a", "œ": "o", "ß": "s"})


def fold(text: str) -> str:
    """`text` in lower case without accents, every other character than letters and digits a blank; the same length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if not lower.isascii():
        lower = lower.translate(_ACCENTS)
    return _NOT_WORD.sub(" ", lower)


def variants(surface: str, plural: bool = True, exact: bool = False) -> list[str]:
    """`surface` with its British and American spellings and its plural, the given one first."""
    if exact:
        return [surface, surface + "s"] if plural and surface.isalpha() else [surface]
    out = [surface]
    for one, other in _SPELLINGS if _MIXED.search(surface) else ():
        for word in tuple(out):
            if one in word:
                out.append(word.replace(one, other))
            elif other in word:
                out.append(word.replace(other, one))
    if plural:
        out += [many for word in tuple(out) for many in _plurals(word)]
    return list(dict.fromkeys(out))


def _plurals(surface: str) -> list[str]:
    head, middle, tail = surface.partition(" of ")
    stem = head
    if not stem or not stem[-1].isalpha() or len(stem.split()[-1]) < 3:
        return []
    if stem.endswith(("sis", "xis")):
        many = [stem[:-2] + "es"]
    elif stem.endswith("oma"):
        many = [stem + "s", stem + "ta"]
    elif stem.endswith(("s", "al", "ed", "ing", "ous", "ar", "ic")):
        many = []
    elif stem.endswith(("x", "ch", "sh", "z")):
        many = [stem + "es"]
    elif stem.endswith("y") and stem[-2] not in "aeiou":
        many = [stem[:-1] + "ies"]
    elif stem.endswith("um"):
        many = [stem + "s", stem[:-2] + "a"]
    elif stem.endswith("us"):
        many = [stem[:-2] + "i"]
    elif stem.endswith("a"):
        many = [stem + "s", stem + "e"]
    else:
        many = [stem + "s"]
    return [word + middle + tail for word in many]
