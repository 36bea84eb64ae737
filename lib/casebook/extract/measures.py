"""Sizes, uptake values, attenuation and ejection fractions as numbers with their unit."""

import re
from dataclasses import dataclass

from casebook.text.span import Span

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_SIZE = re.compile(
    rf"(?<![\w.]){_NUMBER}(?:\s?-?(?:cm|mm|m))?(?:\s?(?:x|X|×|\*|/|by|to|-|–)\s?{_NUMBER}(?:\s?-?(?:cm|mm))?){{0,2}}"
    r"\s?-?(?P<unit>cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?)\b(?!\s?(?:Hg|H2O|2|3|²|³))"
)
_UPTAKE = re.compile(rf"(?:\bSUV\w{{0,4}}|[Uu]ptake values?)[^\d.;]{{0,40}}?(?P<value>{_NUMBER})(?!\s?(?:cm|mm|%))")
_ATTENUATION = re.compile(
    rf"(?P<value>[-−]?{_NUMBER})(?:\s?(?:to|-|–)\s?{_NUMBER})?\s?(?:HU|UH|Hounsfield [Uu]nits?)\b"
)
_FRACTION = re.compile(
    r"(?:\bejection fraction|\b(?:LV)?EF)\b[^\d.;]{0,30}?(?P<value>\d{1,2}(?:[.,]\d)?)(?:\s?(?:to|-|–)\s?\d{1,2})?\s?%",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(_NUMBER)
_NOT_A_SIZE = re.compile(
    r"(?:magnification|cut|slice|thick|at a distance of|distance|margins?|every|per|distal|proximal|cephalad"
    r"|from)\W{0,2}$"
)
_OF_ANOTHER = re.compile(
    r"\s(?:of|from|above|below|away|distal|proximal)\b"
    r"(?!\s(?:the\s|its\s)?(?:max\w*\s|great\w*\s|larg\w+\s|long\w*\s)?(?:diameter|size|length|width|axis|thickness))"
)
_KINDS = (
    (_UPTAKE, "uptake", "SUV"),
    (_ATTENUATION, "attenuation", "HU"),
    (_FRACTION, "fraction", "%"),
)
_KIND_NAMED = re.compile("SUV|ptake value|HU|UH|ounsfield|jection|EF")


@dataclass(frozen=True, slots=True)
class Measure:
    """`kind` is size (the largest dimension), uptake, attenuation or fraction."""

    span: Span
    kind: str
    value: float
    unit: str


def measures(text: str, start: int, end: int) -> list[Measure]:
    """The measures stated in text[start:end]."""
    found: list[Measure] = []
    if not _DIGIT.search(text, start, end):
        return found
    for hit in _SIZE.finditer(text, start, end):
        before = text[max(start, hit.start() - 20) : hit.start()]
        if not _NOT_A_SIZE.search(before) and not _OF_ANOTHER.match(text, hit.end()):
            unit = "cm" if hit["unit"].startswith("c") else "mm"
            largest = max(_value(figure) for figure in _FIGURES.findall(hit[0]))
            found.append(Measure(Span(*hit.span()), "size", largest, unit))
    if _KIND_NAMED.search(text, start, end):
        for pattern, kind, unit in _KINDS:
            for hit in pattern.finditer(text, start, end):
                found.append(Measure(Span(*hit.span()), kind, _value(hit["value"].replace("−", "-")), unit))
    return found


def _value(figure: str) -> float:
    return float(figure.replace(",", "."))
