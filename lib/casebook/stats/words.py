"""Numbers and lists as a sentence has them."""

from collections.abc import Iterable

import pandas as pd

from casebook.text.amounts import plural

Told = tuple[str, str]  # a sentence, and the cells behind it
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(count: int) -> str:
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def some(count: int, noun: str, nouns: str = "") -> str:
    """ "two patients", "one patient", "1,204 patients"."""
    return f"{number(count)} {plural(count, noun, nouns)}"


def listed(items: Iterable[object], last: str = " and ") -> str:
    texts = [str(item) for item in items]
    return last.join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def months(value: float) -> str:
    return f"{value:.3g} {plural(value, 'month')}"


def sentences(told: Iterable[Told]) -> pd.DataFrame:
    """Columns sentence (begun with a capital letter) and sentence@."""
    rows = [(text[:1].upper() + text[1:], cells) for text, cells in told]
    return pd.DataFrame(rows, columns=["sentence", "sentence@"])
