"""Where a row comes from, for a reader who doubts a cell."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from casebook import csvfile, parquet
from casebook.assemble import VOCABULARY
from casebook.errors import InputError
from casebook.vocabulary import Vocabulary, load
from casebook.written import Pages

_BREAK = re.compile(r"\s+")
AROUND = 160


def explain(tables: Path, row_id: str, vocabulary: Path | None = None) -> Iterator[str]:
    """Lines: the row, then for each cell its words in their surroundings, its cue, its rule and the rule's examples."""
    if not (tables / "evidence.csv").exists() and not parquet.exists(tables / "evidence.csv"):
        raise InputError(f"{tables}: holds no evidence.csv, expected a folder that `casebook tables` wrote")
    evidence = csvfile.read(tables / "evidence.csv")
    mine = evidence[evidence["row_id"].eq(row_id)]
    if mine.empty:
        raise InputError(f"{tables}: no row is called {row_id!r}; a row_id stands in the first column of each table")
    terms = load(vocabulary or VOCABULARY)
    table = mine["table"].iloc[0]
    frame = csvfile.read(tables / f"{table}.csv")
    row = frame.loc[frame["row_id"].eq(row_id)].iloc[0]
    yield f"{table}: " + ", ".join(
        f"{column} {value}" for column, value in row.items() if pd.notna(value) and column != "row_id"
    )
    pages = Pages(tables / "texts")
    told: set[str] = set()
    for (column, rule), cells in mine.groupby(["column", "rule"], sort=False):
        yield ""
        yield f"{column} = {row[column]}"
        for cell in cells.itertuples():
            if pd.notna(cell.derived_from):
                yield f"  derived: {cell.derived_from}"
            if pd.notna(cell.start):
                text = (tables / "texts" / f"{cell.source_id}.txt").read_bytes().decode("utf-8")
                page = next((f", page {page}" for low, high, page, _ in pages.get(cell.source_id, ())
                             if low <= cell.start < high), "")
                yield f"  {cell.source_id} [{cell.start}, {cell.end}){page}: {_marked(text, cell.start, cell.end)}"
                if pd.notna(cell.cue_start):
                    yield f"  cue: {_BREAK.sub(' ', text[cell.cue_start : cell.cue_end])!r}"
        yield f"  rule {rule}" + ("" if rule not in told else " (above)")
        if rule not in told:
            yield from (f"    {line}" for line in _rule(rule, terms))
        told.add(rule)


def _rule(rule: str, terms: Vocabulary) -> Iterator[str]:
    if known := terms.rules.get(rule):
        yield from (known.meaning, f"fires: {known.example}", f"does not: {known.near_miss}")
    elif term := terms.terms.get(rule):
        yield f"{term.kind}.csv: " + ", ".join(
            f"{name} {value}" for name, value in term.fields.items() if value and name != "rule"
        )
    else:
        yield "not in this vocabulary; were the tables written with another one?"


def _marked(text: str, start: int, end: int) -> str:
    low, high = max(0, int(start) - AROUND), min(len(text), int(end) + AROUND)
    return _BREAK.sub(
        " ", f"{'…' * (low > 0)}{text[low:start]}[{text[start:end]}]{text[end:high]}{'…' * (high < len(text))}"
    )
