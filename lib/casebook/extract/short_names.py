"""Short forms that a report leaves undefined, where a cue says that they name a disease: "consistent with PG"."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading
from casebook.extract.unlisted import AFTER_NAME, NO_ACRONYMS
from casebook.vocabulary import Term

RULE = "diagnosis.short"
_CUES = frozenset(("final", "diagnosed", "consistent", "reported", "hint", "pathology", "symptom"))
_SEEN = frozenset(("seen", "developed"))  # only behind the name of a study of tissue, or an article
_BETWEEN = re.compile(
    r"\s?(?:(?:him|her|it|was|is|made|have|having|to have|to be|be|of|as|with|for|a diagnosis of|the diagnosis of|"
    r"signs of|the presence of|(?:[a-z]{3,12} ){0,2}(?:episodes?|attacks?|bouts?|form|type|onset) of)"
    r"\s){0,2}(?:(?:an?|the|his|her)\s)?((?:[a-z][a-z-]+\s){0,4})"
)
_SHORT = re.compile(
    r"(?![IVX]+\b)((?:[A-Z]{1,2}-)?(?:[a-z]{0,2}|(?:[A-Z][a-z]{0,2}){0,2})[A-Z]{2,7}(?:-[A-Z0-9]{1,4})?)"
    r"(?!\()(?!\s(?:of\s|was\s|[=:]\s?)?\d)(?!\.\s[a-z])"
    r"(?:\s(?:type|Type)\s(?:[IVX]{1,3}|\d)[a-cA-C]?|\s[IVX]{1,3}(?![\w-]))?" + AFTER_NAME
)
_ARTICLE = re.compile(r"\san?\s")
_NO_ADJECTIVE = frozenset(
    "and or no not without with for of to in on at by that from which positive negative expression level levels stage "
    "grade class type phase mutation mutations gene resistant against due using".split()
)
_KINDS = (
    *("diagnoses", "heads", "modalities", "agents", "treatments", "sites", "sequences", "symptoms"),
    *("findings", "examinations"),
)


def short_names(reading: Reading, index: int, taken: Sequence[Phrase]) -> Iterator[Phrase]:
    """Capitals right behind a cue of sentence `index` that no vocabulary knows as anything else."""
    cues = [cue for cue in reading.of("opinions", index) if cue.term.fields["direction"] == "forward"]
    tissue = any(cue.term.fields["category"] == "pathology" for cue in cues)
    done: set[int] = set()
    for cue in cues:
        category = cue.term.fields["category"]
        if category not in _CUES and category not in _SEEN:
            continue
        before = _BETWEEN.match(reading.text, cue.end)
        word = _SHORT.match(reading.text, before.end()) if before else None
        if not word or word.start() in done or not before or not _NO_ADJECTIVE.isdisjoint(before[1].split()):
            continue
        if category in _SEEN and not tissue and not _ARTICLE.search(reading.text, cue.end, word.start()):
            continue
        if word[1].lower() not in NO_ACRONYMS and _free(reading, index, word, taken):
            done.add(word.start())
            name = reading.text[word.start() : word.end()]
            head = Mention(word.start(), word.end(), Term(RULE, "unlisted", name, {"category": "disease"}))
            yield Phrase(word.start(), word.end(), head, index, (), False)


def _free(reading: Reading, index: int, word: re.Match[str], taken: Sequence[Phrase]) -> bool:
    """Whether the capitals are no part of another name, and the sentence is not all in capitals."""
    start, end = word.span()
    if any(p.start <= end and start < p.end for p in taken):
        return False
    return not any(m.start < end and start < m.end for kind in _KINDS for m in reading.of(kind, index))
