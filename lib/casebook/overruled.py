"""Reports that sources.csv leaves out, read after the others because a person includes them all the same."""

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from casebook import parquet
from casebook.assemble import Tables, check_quotes
from casebook.batch import One, each_of
from casebook.errors import InputError, UsageError
from casebook.places import VOCABULARY
from casebook.readers import entries
from casebook.readers.sources_csv import Citation
from casebook.schema import TABLES
from casebook.vocabulary import load


def read_too(tables: Tables, names: Collection[str], folder: Path | None, vocabulary: Path | None = None) -> Tables:
    """`tables` with the rows and texts of those sources too, which stay excluded in `sources` until decisions are laid
    over; a file that is not in `folder`, cannot be read, or is another by now is passed over.
    """
    sources = tables.frames["sources"]
    sums = dict(zip(sources["source_id"], sources["sha256"], strict=True))
    found = {name: one for name, one in _read(folder, names, vocabulary) if one.source.get("sha256") == sums[name]}
    if not found:
        return tables
    rows = {name: one.rows for name, one in found.items() if one.rows}
    order = {name: at for at, name in enumerate(sources["source_id"])}
    frames = {"sources": sources}
    for name in TABLES:
        if name != "sources":
            more = parquet.frame(name, [parquet.arrow(name, own.tables.get(name, [])) for own in rows.values()])
            frames[name] = _among(tables.frames[name], more, name, order)
    texts = {name: found[name].text for name in rows}
    check_quotes(frames["evidence"][frames["evidence"]["source_id"].isin(texts)], texts)
    return Tables(
        frames,
        _both(tables.texts, texts),
        _both(tables.sentences, {name: own.sentences for name, own in rows.items()}),
        _both(tables.pages, {name: own.pages for name, own in rows.items() if own.pages}),
    )


def _read(folder: Path | None, names: Collection[str], vocabulary: Path | None) -> Iterator[tuple[str, One]]:
    try:
        wanted = [entry for entry in entries(folder) if entry.source_id in names] if folder else []
    except (InputError, UsageError):
        return  # whoever reads the reports of this folder is told
    for entry in wanted:
        said = entry.citation and Citation(entry.citation.line, {**entry.citation.cells, "decision": "include"})
        try:
            [(one, _)] = each_of([replace(entry, citation=said)], load(vocabulary or VOCABULARY))
            yield entry.source_id, one
        except InputError:
            continue


def _among(frame: pd.DataFrame, more: pd.DataFrame, name: str, order: Mapping[str, int]) -> pd.DataFrame:
    """The rows of both in the order of a reading of all sources."""
    both = pd.concat([frame, more], ignore_index=True)
    of = both["source_id"] if "source_id" in both else both["case_id"].str.rsplit("/", n=1).str[0]
    both = both.iloc[of.map(order).argsort(kind="stable")]
    if own := TABLES[name].order:
        both = both.sort_values(list(own), kind="stable")
    return TABLES[name].check(both.reset_index(drop=True))


def _both(some: Any, more: dict) -> Any:
    if isinstance(some, dict):
        return {name: {**some, **more}[name] for name in sorted({*some, *more})}
    return ChainMap(more, some)  # `some` reads a text when it is asked for
