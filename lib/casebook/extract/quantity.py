"""Numbers in figures and words, and spans of time as months."""

import re
from functools import lru_cache

_UNITS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
          " eighteen"
          " nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE: dict[str, float] = {word: number for number, word in enumerate(_UNITS, start=1)}
_VALUE |= dict(zip(_TENS, range(20, 100, 10), strict=True)) | {"fourty": 40, "a": 1, "an": 1, "half": 0.5}

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_HUNDRED = r"(?:one|an?|two|three)\shundred"
_BELOW_HUNDRED = (
    rf"(?:(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_ONES}))?|ten|eleven|twelve|thirteen"
    rf"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_ONES})"
)
WORDED = rf"(?:{_HUNDRED}(?:\s(?:and\s)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
NOT_A_RANGE = rf"(?!(?<=ty)[-\s](?:{_ONES})\b)(?!(?<=hundred)\s(?:and\s)?{_BELOW_HUNDRED})"
"""Behind the first NUMBER of a range: "forty-eight" and "a hundred and two" are one number, not two."""

NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|{WORDED})"
"""A number as figures or words, to be embedded in patterns that ignore case."""

NUMBER_STARTS = r"(?=[\dotfsena])(?=\d|one|t(?:wo|we|en|h[ir])|f(?:i[vf]|o[ur])|s(?:ix|ev)|e(?:ig|le)|ni|an?\shun)"
"""Looks at the first letters of a NUMBER; a pattern that begins with it passes over other words quickly."""

MONTHS_PER_UNIT = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375, "h": 1 / 730.5}

_HALF = re.compile(r"(?:\band\s+)?(?:\ban?\s+)?(?:\bhalf\b|½|\b1/2\b)")


@lru_cache(maxsize=4096)
def number(words: str) -> float | None:
    """The value of a NUMBER, with "and a half" if it follows; None for words that count nothing."""
    text = " ".join(words.lower().replace("-", " ").split())
    half = 0.5 if _HALF.search(text) else 0.0
    text = _HALF.sub("", text).strip()
    if not text:
        return half or None
    if text[0].isdigit():
        return float(text.replace(",", ".")) + half
    hundreds, named, rest = text.rpartition("hundred")
    hundred = _VALUE.get(hundreds.strip()) if named else 0
    parts = [_VALUE.get(part) for part in rest.removeprefix(" and").split()]
    if hundred is None or None in parts:
        return None
    return 100.0 * hundred + float(sum(part for part in parts if part is not None)) + half


def in_months(value: float, unit: str) -> float:
    """`value` years, months, weeks, days or hours as months."""
    return value * MONTHS_PER_UNIT[unit[0].lower()]

