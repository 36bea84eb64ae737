"""What all reports gave, as checked tables in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from casebook import parquet
from casebook.cache import opened
from casebook.errors import EvidenceError
from casebook.gathered import gather
from casebook.lines import lines
from casebook.places import VOCABULARY
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
    words = vocabulary or VOCABULARY
    found: dict[str, list[str]] = {name: [] for name in TABLES}
    tables = Tables({}, {}, {})
    with opened(cache, words) as kept:
        gathered = gather(folder, words, kept, strict, jobs, progress)
        found["sources"].append(lines(TABLES["sources"], gathered.sources))
        for one in gathered.included:
            name, body = one.source["source_id"], gathered.body(one)
            tables.texts[name] = body.text
            tables.sentences[name] = gathered.sentences(one)
            if body.pages:
                tables.pages[name] = body.pages
            for table, some in body.lines.items():
                found[table].append(some)
    for table, parts in found.items():
        tables.frames[table] = TABLES[table].check(parquet.of_lines(table, parts))
    check_quotes(tables.frames["evidence"], tables.texts)
    return tables


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
