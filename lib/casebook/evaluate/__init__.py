"""How right the tables are against annotations that somebody made by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError
from casebook.evaluate import gold as cells
from casebook.evaluate import marked
from casebook.evaluate.items import answers
from casebook.evaluate.score import Miss, Score, compare


@dataclass(frozen=True)
class Evaluation:
    """Scores and errors by field, or by line of `marked.LINES`, over `sources` annotated reports."""

    sources: int
    scores: Mapping[str, Score]
    misses: Mapping[str, list[Miss]]


def evaluate(tables: Path, gold: Path) -> Evaluation:
    """Compare the tables in folder `tables` with `gold`: brat files by the place of words, a CSV by values of cells.

    Raises InputError.
    """
    if gold.is_dir():
        return Evaluation(*marked.measure(tables, gold))
    if gold.suffix != ".csv" or not gold.exists():
        names = ", ".join(cells.CELLS)
        raise InputError(f"{gold}: expected a folder of brat files (.ann) or a CSV with the columns {names}")
    annotated = cells.read(gold)
    scores, misses = {}, {}
    for field, items in sorted(annotated.items.items(), key=lambda pair: pair[0].name):
        given = [item for item in answers(tables, field) if item.source_id in annotated.sources]
        scores[field.name], misses[field.name] = compare(items, given, annotated.sources)
    return Evaluation(len(annotated.sources), scores, misses)
