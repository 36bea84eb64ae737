"""Patients of other reports whom a discussion describes one by one."""

import re
from collections.abc import Iterator

from casebook.extract import speech
from casebook.extract.finding import Cell, Finding
from casebook.extract.people import Person
from casebook.extract.reading import Reading
from casebook.text.span import Span

_ZONES = frozenset(("introduction", "discussion", "case", "abstract"))
_TOKENS = frozenset("al report reports case reported described published presented documented".split())
_REPORT = re.compile(
    r"\bet\s+al\b|\b(?:first|second|third|another|previous|earlier|only|one|single|old(?:er)?)\s+(?:such\s+"
    r"|similar\s+|published\s+|reported\s+)?(?:case\s+)?(?:reports?|case)\b"
    r"|\b(?:reported|described|published|presented|documented)\b(?!\s+(?:here|herein|to\s+our|with\s))")
_CASE_OF = re.compile(r"\b(?:a|an|one|another|single)\s+(?:[\w-]+\s+){0,3}?(?P<noun>case|patient|woman|man|boy|girl"
                      r"|child|infant|female|male)\s+(?:of|with|who|suffering)\b")
_SOURCE = re.compile(r"\bet\s+al\b|\(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\)|\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\b(?:in"
                     r"|of)\s+(?:19|20)\d\d\b|\breport(?:ed)?\b|\bdescribed\b")
_OWN = re.compile(r"\b(?:our|present|current)\s+(?:case|patient|report|study)|\bwe\b|\bherein\b"
                  r"|\bhere\b")
_MANY = re.compile(r"\b(?:cases|patients|reports|series)\b")
_GOES_ON = re.compile(r"^(?:the\s+patient|this\s+patient|(?:his|her|the)\s+(?:tumou?r|lesion|disease|symptoms)|he|she"
                      r"|that\s+patient)\b")


def find(reading: Reading) -> Iterator[Finding]:
    """A row of `cases` per cited patient who has an age or a diagnosis; sets the owner of the sentences about them.

    Groups ("six reports with six cases") and the literature in general stay without an owner.
    """
    number, current = 0, ""
    for index, sentence in enumerate(reading.sentences):
        if number == _MOST:
            return
        telling = not reading.tokens(index).isdisjoint(_TOKENS)
        if sentence.zone not in _ZONES or not telling and not current:
            continue
        words = reading.said(index)
        if _OWN.search(words):
            current = ""
            continue
        told = _described(reading, index, words) if telling else None
        if told:
            number += 1
            current = f"c{number}"
            reading.owner[index] = current
            reading.shared.pop(index, None)
            span, person = told
            if person:
                reading.people[current] = person
            yield Finding("cases", current, span.start, {"role": Cell("cited", (span,), "patients.cited")})
        elif current and _GOES_ON.match(words) and not _MANY.search(words):
            reading.owner[index] = current
        else:
            current = ""


def _described(reading: Reading, index: int, words: str) -> tuple[Span, Person | None] | None:
    """The phrase that introduces a cited patient in this sentence."""
    sentence = reading.sentences[index]
    literary = sentence.zone == "discussion" or speech.is_literature(words, reading.tokens(index))
    if not literary or not _REPORT.search(words) or not _SOURCE.search(words):
        return None
    for person in reading.persons(index):
        if person.determiner in ("a", "an", "another", "one", ""):
            return person.span, person
    hit = _CASE_OF.search(words)
    if hit is None or _MANY.search(words, 0, hit.start()):
        return None
    start = sentence.start + hit.start("noun")
    if any(mention.start > start and mention.end < start + _NEAR for mention in reading.of("diagnoses", index)):
        return Span(start, sentence.start + hit.end("noun")), None
    return None


_MOST = 40  # cited patients of one report
_NEAR = 90  # characters from "a case of" to the diagnosis
