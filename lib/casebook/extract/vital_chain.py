"""Intervals that count from one another: "a recurrence after 5 months … he died 2 months later" is 7 months."""

import re

from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.extract.vital_signs import tells_event
from casebook.extract.when import ORIGIN_WORDS, When
from casebook.text.span import Span

TREATED = re.compile(rf"\b(?:(?P<surgery>{ORIGIN_WORDS['surgery']}|operated|resected|excised|removed)"
                     rf"|(?P<treatment>{ORIGIN_WORDS['treatment']}|treated))\b")
"""Of a text in lower case."""
_LATER = re.compile(r"(?:later|afterwards?|thereafter)$", re.IGNORECASE)
_FURTHER = re.compile(r"(?:another|further|the\s+(?:next|following)|additional)\b", re.IGNORECASE)
_MOST = 4
"""Links of one chain."""

_NEAR = 60
"""Characters after "two weeks after" within which the treatment that it counts from is named."""


def links(reading: Reading, indices: list[int], when: When) -> list[When]:
    """`when` and, before it, the intervals on which it builds, the first first.

    "Two months later" counts from the event told before, unless that was a treatment: months count from there.
    """
    chain = [when]
    told = [(index, one) for index in indices for one in reading.when(index) if one.span.start < when.span.start]
    while told and len(chain) < _MOST and _builds(reading, chain[0]):
        index, one = told.pop()
        visit = one.follow_up and not tells_event(reading, index)
        if one.kind not in ("after", "later") or visit or _treated(reading, index, one, chain[0]):
            break
        chain.insert(0, one)
    return chain


def _builds(reading: Reading, when: When) -> bool:
    words = reading.text[when.span.start:when.span.end]
    return when.kind == "later" and not when.follow_up and bool(_LATER.search(words) or _FURTHER.match(words))


def _treated(reading: Reading, index: int, one: When, after: When) -> bool:
    """Whether a treatment is told with the interval `one` or between it and `after`."""
    text, start = reading.lower, reading.sentences[index].start
    return bool(TREATED.search(text, start, one.span.start) or TREATED.search(text, one.span.end, after.span.start))


def treatment_after(reading: Reading, when: When) -> Cell | None:
    """surgery or treatment, where the vocabulary knows what stands after "two weeks after"."""
    index = reading.sentence_of(when.span)
    for mention in (*reading.of("treatments", index), *reading.of("agents", index)):
        gap = reading.text[when.span.end:mention.start]
        if when.span.start <= mention.start < when.span.end + _NEAR and not any(mark in gap for mark in ",;"):
            surgical = mention.term.fields.get("kind") in ("surgery", "transplant")
            span = Span(mention.start, mention.end)
            return Cell("surgery" if surgical else "treatment", (span,), "outcome.origin")
    return None
