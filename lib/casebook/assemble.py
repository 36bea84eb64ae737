"""Findings of all reports to checked tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from casebook import parquet
from casebook.batch import each
from casebook.errors import EvidenceError, InputError
from casebook.gathered import Gathered
from casebook.places import VOCABULARY
from casebook.readers.settle import settle
from casebook.rows import IDENTITY, Rows, rows_of
from casebook.schema import TABLES


@dataclass(frozen=True)
class Tables:
    """All tables of DESIGN.md with the texts that their evidence quotes.

    `frames` is table name -> checked frame; `texts` source_id -> text as received; `sentences` source_id -> the ranges
    of that text which make up each sentence, to show a quote in its own; `pages` source_id -> start, end, page and
    box of what stands on pages.
    """

    frames: dict[str, pd.DataFrame]
    texts: dict[str, str]
    sentences: dict[str, list[list[tuple[int, int]]]]
    pages: dict[str, list[list]] = field(default_factory=dict)


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
    gathered = Gathered()
    texts: dict[str, str] = {}
    sentences: dict[str, list[list[tuple[int, int]]]] = {}
    pages: dict[str, list[list]] = {}
    sources: list[dict] = []
    for one in each(folder, vocabulary or VOCABULARY, jobs, cache, progress):
        sources.append(one.source)
        _strictly(one.source, strict)
        if one.rows:
            texts[one.source["source_id"]] = one.text
            sentences[one.source["source_id"]] = one.rows.sentences
            gathered.add(one.source["source_id"], one.rows.tables)
            if one.rows.pages:
                pages[one.source["source_id"]] = one.rows.pages
    settle(folder, sources, texts)
    for source in sources:
        _strictly(source, strict)
    included = {source["source_id"] for source in sources if source["status"] == "included"}
    frames = {"sources": parquet.frame("sources", [parquet.arrow("sources", sources)])}
    frames |= {name: gathered.frame(name, included) for name in TABLES if name != "sources"}
    frames = {name: TABLES[name].check(frame) for name, frame in frames.items()}
    texts = {name: text for name, text in texts.items() if name in included}
    sentences = {name: ranges for name, ranges in sentences.items() if name in included}
    pages = {name: places for name, places in pages.items() if name in included}
    check_quotes(frames["evidence"], texts)
    return Tables(frames, texts, sentences, pages)


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
