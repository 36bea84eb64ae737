"""Whether the tables quote the words that annotators marked in brat (types of MACCROBAT): precision, recall by overlap.

An annotation is found where a quote of the tables overlaps it; a quote is right where it overlaps an annotation. Only
quotes count: what is derived has none, and a value proves nothing where its place is unknown. A range quoted for
several cells is one answer. Cited patients are left out.

Annotators marked every mention, the tables hold a thing once: a line "once per report" takes the mentions of one word
in a report as one. What the tables leave out on purpose stays in the recall: structures that hold neither disease nor
finding, drugs never given, procedures such as a catheter or a consultation, signs that are findings of a laboratory.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casebook.evaluate.brat import Annotation, read
from casebook.evaluate.items import Item
from casebook.evaluate.quotes import Frames, Quote, Row, frames, quotes
from casebook.evaluate.score import Count, Miss, Score, summary
from casebook.schema.treatments import TREATMENT_KINDS
from casebook.text.spelling import fold

_IMAGING = re.compile(
    r"\b(?:CT|CTA|MRI|MRA|MRCP|MR|CMR|PET|SPECT|US|USG|EUS|IVUS|TTE|TEE|T[12](?:WI|[- ]weighted)?|FLAIR|barium"
    r"|echo(?!genicity)\w*|x[- ]?rays?|\w*radiogra\w+|(?<!optical coherence )\w*tomogra\w+|\w*sonogra\w+|ultrasound"
    r"|ultrasonic|\w*angiogra\w+|\w*scintigra\w+|magnetic resonance|bone scans?|imaging|mammogra\w+|fluoroscop\w+"
    r"|doppler|portogra\w+)\b",
    re.IGNORECASE,
)
_PROCEDURES = ("surgery", "radiotherapy", "radiosurgery", "transplant", "supportive/palliative", "other procedure")
_TREATED = frozenset(("Medication", "Therapeutic_procedure"))
_SIGNS = frozenset(("Sign_symptom", "Disease_disorder"))
_PLACES = ("sites.site", "cases.primary_site", "modalities.site", "treatments.site")
_STUDIES = ("modalities.modality", "modalities.sequence")
_TERMS = frozenset(("Sign_symptom", "Disease_disorder", "Diagnostic_procedure", "Therapeutic_procedure"))
_DENIABLE = ("symptoms.symptom", "sites.role", "modalities.finding")
Marks = Mapping[str, list[Annotation]]


_DENIALS = frozenset(("NEG", "MAYBE_NEG"))


@dataclass(frozen=True)
class Line:
    """A line of the result: annotations of the types `wanted` against the quotes of `cells` (table.column).

    An annotation is found by any row; the precision is that of `rows`. A quote is right on any type of `right`:
    annotators call plasma a drug or a procedure, a haemorrhage a sign or a disease. `words` narrows what is wanted.
    `once` takes the mentions of one word in a report as one. `denied` takes the negated annotations (POLARITY NEG and
    MAYBE_NEG, or brat's own flag), found by rows that are absent, the precision that of those which a cue makes so:
    "normal" denies by itself and is nowhere marked as negated. `shared` leaves out what one side
    lacks: annotations that no row quotes, whatever its status, and quotes on which no such type is marked.
    """

    name: str
    wanted: frozenset[str]
    right: frozenset[str]
    cells: tuple[str, ...]
    rows: Callable[[Row], bool] = lambda row: True
    words: re.Pattern[str] | None = None
    once: bool = False
    denied: bool = False
    shared: bool = False

    def score(self, tables: Frames, marks: Marks) -> tuple[Score, list[Miss]]:
        """Over the reports of `marks`; errors in the order of reports, the missed before the surplus."""
        every: dict[str, list[Quote]] = defaultdict(list)
        for quote in quotes(tables, self.cells):
            every[quote.source_id].append(quote)
        counts, misses = [], list[Miss]()
        for source, annotations in marks.items():
            count, wrong = self._one(annotations, every[source])
            counts.append(count)
            misses += wrong
        return summary(counts), misses

    def _one(self, annotations: list[Annotation], every: list[Quote]) -> tuple[Count, list[Miss]]:
        wanted = [a for a in annotations if a.kind in self.wanted and self._meant(a)]
        support = [a for a in annotations if a.kind in self.right and (not self.denied or a.polarity in _DENIALS)]
        finding = [quote for quote in every if quote.denied or not self.denied]
        if self.shared:
            wanted = [a for a in wanted if any(a.on(quote.span) for quote in every)]
            marked = [a for a in annotations if a.kind in self.right]
            finding = [quote for quote in finding if any(a.on(quote.span) for a in marked)]
        groups: dict[object, list[Annotation]] = defaultdict(list)
        for annotation in wanted:
            groups[fold(annotation.words).rstrip("s ") if self.once else annotation.spans].append(annotation)
        missed = [
            group[0] for group in groups.values() if not any(a.on(quote.span) for a in group for quote in finding)
        ]
        given = [quote for quote in finding if self.rows(quote.row) and (quote.cued or not self.denied)]
        surplus = [quote for quote in given if not any(a.on(quote.span) for a in support)]
        count = Count(len(groups) - len(missed), len(groups), len(given) - len(surplus), len(given))
        return count, [
            *(Miss("missed", Item(a.source_id, "", a.words, a.spans)) for a in missed),
            *(Miss("surplus", Item(q.source_id, "", q.value, (q.span,), str(q.row["row_id"]))) for q in surplus),
        ]

    def _meant(self, annotation: Annotation) -> bool:
        return (not self.words or bool(self.words.search(annotation.words))) and (
            not self.denied or annotation.polarity in _DENIALS
        )


def _drug(row: Row) -> bool:
    return row["kind"] not in _PROCEDURES or isinstance(row["agent"], str)


def _procedure(row: Row) -> bool:
    return not _drug(row)


def _lines() -> Iterator[Line]:
    signs, studies = frozenset(("Sign_symptom",)), frozenset(("Diagnostic_procedure",))
    drugs, procedures = frozenset(("Medication",)), frozenset(("Therapeutic_procedure",))
    structures, treated = frozenset(("Biological_structure",)), ("treatments.kind", "treatments.agent")
    for name, cell in (("Age", "cases.age_years"), ("Sex", "cases.sex")):
        yield Line(name, frozenset((name,)), frozenset((name,)), (cell,))
    for once in (False, True):
        after = ", once per report" * once
        yield Line(f"imaging{after}", studies, studies, _STUDIES, words=_IMAGING, once=once)
        yield Line(f"Medication{after}", drugs, _TREATED, treated, _drug, once=once)
        yield Line(f"Therapeutic_procedure{after}", procedures, _TREATED, treated, _procedure, once=once)
        yield Line(f"Biological_structure{after}", structures, structures, _PLACES, once=once)
        yield Line(f"Sign_symptom{after}", signs, _SIGNS, ("symptoms.symptom",), once=once)
    yield Line("Biological_structure, or a term that names it", frozenset(), structures | _TERMS, _PLACES)
    for value in TREATMENT_KINDS:
        yield Line(f"treatments of the kind {value}", frozenset(), _TREATED, treated, partial(_of_kind, value))
    yield Line("negation", _SIGNS, _SIGNS, _DENIABLE, denied=True)
    yield Line("negation, of words that both have", _SIGNS, _SIGNS, _DENIABLE, denied=True, shared=True)


def _of_kind(value: str, row: Row) -> bool:
    return row["kind"] == value


LINES = tuple(_lines())


def measure(tables: Path, folder: Path) -> tuple[int, dict[str, Score], dict[str, list[Miss]]]:
    """Annotated reports, scores and errors by line. Raises InputError."""
    marks, filled = read(folder), frames(tables)
    found = {line.name: line.score(filled, marks) for line in LINES}
    return (
        len(marks),
        {name: score for name, (score, _) in found.items()},
        {name: wrong for name, (_, wrong) in found.items()},
    )
