"""How right the tables are against annotations that somebody made by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.evaluate.gold import read
from casebook.evaluate.items import Field, answers
from casebook.evaluate.score import Miss, Score, compare


@dataclass(frozen=True)
class Evaluation:
    """Scores and errors by field, over `sources` annotated reports."""

    sources: int
    scores: Mapping[Field, Score]
    misses: Mapping[Field, list[Miss]]


def evaluate(tables: Path, gold: Path) -> Evaluation:
    """Compare the tables in folder `tables` with the annotations `gold`. Raises InputError."""
    annotated = read(gold)
    scores, misses = {}, {}
    for field, items in sorted(annotated.items.items(), key=lambda pair: pair[0].name):
        given = [item for item in answers(tables, field) if item.source_id in annotated.sources]
        scores[field], misses[field] = compare(items, given, annotated.sources)
    return Evaluation(len(annotated.sources), scores, misses)
