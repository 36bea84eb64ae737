"""Findings of all reports to checked tables."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casebook.batch import each
from casebook.errors import EvidenceError, InputError
from casebook.places import VOCABULARY
from casebook.readers.settle import settle
from casebook.rows import IDENTITY, Rows, rows_of
from casebook.schema import TABLES


@dataclass(frozen=True)
class Tables:
    """All tables of DESIGN.md with the texts that their evidence quotes.

    `frames` is table name -> checked frame; `texts` source_id -> text as received; `sentences` source_id -> the ranges
    of that text which make up each sentence, to show a quote in its own.
    """

    frames: dict[str, pd.DataFrame]
    texts: dict[str, str]
    sentences: dict[str, list[list[tuple[int, int]]]]


def build(
    folder: Path,
    vocabulary: Path | None = None,
    strict: bool = False,
    jobs: int | None = None,
    cache: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Tables:
    """Read every report of `folder` and fill the tables: the same from any number of `jobs`, cached or not.

    `cache` is a folder in which the rows of each report are kept from run to run. Raises InputError, TableError or
    EvidenceError.
    """
    rows: dict[str, list[dict]] = {name: [] for name in TABLES}
    texts, sentences = {}, {}
    read = []
    for one in each(folder, vocabulary or VOCABULARY, jobs, cache, progress):
        read.append(one)
        _strictly(one.source, strict)
    rows["sources"] = [one.source for one in read]
    settle(folder, rows["sources"], {one.source["source_id"]: one.text for one in read if one.rows})
    for source in rows["sources"]:
        _strictly(source, strict)
    for one in read:
        source = one.source
        if one.rows is None or source["status"] != "included":
            continue
        texts[source["source_id"]] = one.text
        sentences[source["source_id"]] = one.rows.sentences
        for name, more in one.rows.tables.items():
            rows[name].extend(more)
    frames = {}
    for name, table in TABLES.items():
        frame = table.frame(rows.pop(name))
        if table.order:
            frame = frame.sort_values(list(table.order), kind="stable", ignore_index=True)
        frames[name] = table.check(frame)
    check_quotes(frames["evidence"], texts)
    return Tables(frames, texts, sentences)


def _strictly(source: dict, strict: bool) -> None:
    if strict and source["status"] == "quarantined":
        raise InputError(f"{source['path']}: {source['reason']}")


def check_quotes(evidence: pd.DataFrame, texts: dict[str, str]) -> None:
    """Raise EvidenceError at the first quote that its text does not hold at its place."""
    stated = evidence[evidence["start"].notna()]
    for source_id, start, end, quote in zip(
        stated["source_id"], stated["start"], stated["end"], stated["quote"], strict=True
    ):
        if (found := texts[source_id][start:end]) != quote:
            raise EvidenceError(
                f"{source_id} [{start}, {end}): evidence quotes {quote!r}, the text reads {found!r}; "
                "was the report edited since?"
            )


__all__ = ["IDENTITY", "VOCABULARY", "Rows", "Tables", "build", "check_quotes", "rows_of"]
