"""Diseases that no vocabulary lists, named right behind a cue of finality: "a diagnosis of visual palinopsia was made"."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase, modifiers_of
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

RULE = "diagnosis.unlisted"
_CUES = ("final", "diagnosed")
_OPENS = (" of", " with", " as", " having", " be", " have", " is", " was", " the", " a", " this", " for")
_ARTICLE = re.compile(
    r"[\s:]{0,2}(?:(?:a|an|the|his|her|their|having|to have|rare|typical|severe|probable|definite|bilateral|primary|unilateral|left|right|so-called)\s){0,3}"
)
_WORD = re.compile(r"\s?([^\W\d_][\w'’/-]*)")
_MOST_WORDS = 6
_INFLECTED = re.compile(r"\w+(?:ed|ing|ly|ary|ive)|\w*metasta\w+|specimens?|follows|variety|variant|form|type")
_DISEASE = re.compile(r"[A-Z0-9-]{3,}|\w{3,}(?:ia|is|oma|pathy|opsia|plasia|trophy|penia|mia)")


def unlisted(reading: Reading, index: int, taken: Sequence[Phrase]) -> Iterator[Phrase]:
    """Names of sentence `index` that overlap none of `taken`."""
    out = modifiers_of(reading.vocabulary, "left out")
    for cue in reading.of("opinions", index):
        if cue.term.fields["category"] not in _CUES or cue.term.fields["direction"] != "forward":
            continue
        if not reading.lower[cue.start : cue.end].endswith(_OPENS):
            continue
        start = at = _ARTICLE.match(reading.text, cue.end).end()  # type: ignore[union-attr]  # may match nothing, always matches
        words = 0
        while words < _MOST_WORDS and (word := _WORD.match(reading.text, at, reading.sentences[index].end)):
            if word[1].lower() in out or (_INFLECTED.fullmatch(word[1]) and "-" not in word[1]):
                break
            at, words = word.end(), words + 1
        name = reading.text[start:at]
        if not (words > 1 or _DISEASE.fullmatch(name)) or any(p.start <= at + 1 and start < p.end for p in taken):
            continue
        if any(
            m.start < at and start < m.end
            for kind in ("modalities", "symptoms", "agents")
            for m in reading.of(kind, index)
        ):
            continue
        head = Mention(start, at, Term(RULE, "unlisted", name, {"category": "disease"}))
        yield Phrase(start, at, head, index, (), False)
