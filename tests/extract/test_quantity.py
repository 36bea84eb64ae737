"""Numbers in figures and words."""

import re

import pytest

from casebook.extract.quantity import NUMBER, NUMBER_STARTS, number

_BELOW_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fourty fifty sixty seventy eighty ninety".split()
_HUNDREDS = ["a hundred", "an hundred", "one hundred", "two hundred and five", "three hundred"]


@pytest.mark.parametrize("words", ["7", "12.5", *_BELOW_TWENTY, *_TENS, "sixty-four", *_HUNDREDS, "Twelve", "NINE"])
def test_a_number_begins_as_patterns_expect(words: str) -> None:
    assert number(words)
    assert re.fullmatch(NUMBER, words, re.IGNORECASE)
    assert re.match(NUMBER_STARTS, words, re.IGNORECASE)


@pytest.mark.parametrize("word", ["of", "the", "and", "frontal", "showed", "no"])
def test_most_words_are_passed_over(word: str) -> None:
    assert not re.match(NUMBER_STARTS, word)
