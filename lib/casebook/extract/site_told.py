"""Places told beside the disease: by the word primary, by the operation on the organ, by what the report speaks of."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, place
from casebook.extract.spread import status_of
from casebook.text.span import Span

_PRIMARY = re.compile(
    r"\bprimary\s(?:(?:tumou?r|lesion|site|disease|mass|focus|neoplasm|malignancy|cancer)\s)?"
    r"(?:(?:was|is|in|of|at|on|located|arising|from|being|as|the|his|her|left|right)\s){0,5}$"
)
_LOOK = 60
_LESIONS = ("lesion", "tumo", "mass", "cancer", "carcinoma", "malignan", "neoplas", "site")
_MEASURED_IN = re.compile(r"\s(?:hypertension|(?:\w+ )?pressures?)\b")
_LEAST_TOLD = 2
_OF_OTHERS = ("introduction", "discussion", "references")
_NEVER_TOLD = frozenset(
    "abdomen|chest|head|neck|limb|upper limb|lower limb|body|trunk|peripheral blood|blood vessel|vein|artery|skin|"
    "lymph node|bone|joint|muscle|soft tissue|cerebrospinal fluid|peripheral vein|hand|arm|leg|viscera|"
    "extraskeletal|cranial nerve".split("|")
)
"""Words of the examination rather than of a disease."""


def called_primary(reading: Reading, index: int) -> Iterator[Place]:
    """Sites of sentence `index` that it calls the primary one: "the primary ⟨lung⟩ lesion"."""
    sentence = reading.sentences[index]
    if "primary" not in reading.tokens(index):
        return
    lower = reading.lower[sentence.start : sentence.end]
    if not any(word in lower for word in _LESIONS):
        return
    for site in reading.of("sites", index):
        if _PRIMARY.search(reading.lower, max(sentence.start, site.start - _LOOK), site.start) and _is_fact(
            reading, index, site
        ):
            yield place(reading, site, sentence.start)


def operated(reading: Reading, index: int) -> Iterator[Place]:
    """The organs of the operations that sentence `index` names; the side says something only of a paired one."""
    for operation in reading.of("operations", index):
        term = reading.vocabulary.term("sites", operation.label)
        assert term is not None, "operations.csv names sites"
        if _is_fact(reading, index, operation):
            organ = Mention(operation.start, operation.end, replace(term, rule=operation.rule))
            told = place(reading, organ, reading.sentences[index].start)
            sided = operation.term.fields["paired"] and told.side in ("left", "right")
            yield told if sided else Place(told.mention, "", None)


def spoken_of(
    reading: Reading, sentences: Sequence[int], spread_to: frozenset[str], once: bool, vessel: bool = False
) -> Mention | None:
    """The first mention of the organ of which the report speaks most: twice, or `once` if it names no other.

    The parts of an organ speak of it too; the part that makes up half of them or more is the place. Where the disease
    is one of a `vessel`, only of vessels.
    """
    first: dict[str, Mention] = {}
    count: Counter[str] = Counter()
    for index in sentences:
        if reading.sentences[index].zone in _OF_OTHERS:
            continue
        for site in reading.of("sites", index):
            if vessel and not reading.vocabulary.within(site.label, "blood vessel"):
                continue
            if vessel and _MEASURED_IN.match(reading.lower, site.end):
                continue
            if site.label not in spread_to and site.label not in _NEVER_TOLD:
                first.setdefault(site.label, site)
                count[site.label] += 1
    within = reading.vocabulary.within
    told = {wide: sum(count[part] for part in count if within(part, wide)) for wide in count}
    best = max(told, key=lambda label: told[label], default="")
    others = [told[label] for label in told if not within(label, best) and not within(best, label)]
    if not best or not (told[best] >= _LEAST_TOLD or (once and not others)) or max(others, default=0) >= told[best]:
        return None
    parts = [part for part in count if within(part, best) and 2 * count[part] >= told[best]]
    return first[max(parts, key=lambda part: (count[part], len(reading.vocabulary.ancestors(part))), default=best)]


def _is_fact(reading: Reading, index: int, mention: Mention) -> bool:
    return status_of(reading, index, Span(mention.start, mention.end))[0] == "present"
