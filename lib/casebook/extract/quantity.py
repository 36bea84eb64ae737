"""Numbers in figures and words, and spans of time as months."""

import re

_UNITS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
          " eighteen"
          " nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE: dict[str, float] = {word: number for number, word in enumerate(_UNITS, start=1)}
_VALUE |= dict(zip(_TENS, range(20, 100, 10), strict=True)) | {"fourty": 40, "a": 1, "an": 1, "half": 0.5}

_ONES = "one|two|three|four|five|six|seven|eight|nine"
WORDED = (rf"(?:(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_ONES}))?|ten|eleven|twelve"
          rf"|thirteen|fourteen"
          rf"|fifteen|sixteen|seventeen|eighteen|nineteen|{_ONES})")
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|{WORDED})"
"""A number as figures or words, to be embedded in patterns that ignore case."""

NUMBER_STARTS = r"(?=[\dotfsen])"
"""Looks at the first letter of a NUMBER; a pattern that begins with it passes over other words quickly."""

MONTHS_PER_UNIT = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375, "h": 1 / 730.5}

_HALF = re.compile(r"(?:\band\s+)?(?:\ban?\s+)?(?:\bhalf\b|½|\b1/2\b)")


def number(words: str) -> float | None:
    """The value of a NUMBER, with "and a half" if it follows; None for words that count nothing."""
    text = " ".join(words.lower().replace("-", " ").split())
    half = 0.5 if _HALF.search(text) else 0.0
    text = _HALF.sub("", text).strip()
    if not text:
        return half or None
    if text[0].isdigit():
        return float(text.replace(",", ".")) + half
    parts = [_VALUE.get(part) for part in text.split()]
    if None in parts:
        return None
    return float(sum(part for part in parts if part is not None)) + half


def in_months(value: float, unit: str) -> float:
    """`value` years, months, weeks, days or hours as months."""
    return value * MONTHS_PER_UNIT[unit[0].lower()]

