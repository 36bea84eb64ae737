"""The rows that one report gives to each table, each cell with the exact words of its source."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from casebook.asked import Asked, now
from casebook.schema import TABLES
from casebook.text.document import Document
from casebook.vocabulary import Vocabulary

if TYPE_CHECKING:
    from casebook.extract.finding import Finding
    from casebook.extract.reading import Reading
    from casebook.text.span import Span

IDENTITY = ("row_id", "case_id", "source_id")
_OF_SOURCE = frozenset(name for name, table in TABLES.items() if "source_id" in table.names)
_OF_CASE = frozenset(name for name, table in TABLES.items() if "case_id" in table.names)


@dataclass
class Rows:
    """Rows of one document, as plain dictionaries by table."""

    tables: dict[str, list[dict]]
    sentences: list[list[tuple[int, int]]]
    pages: list[list] = field(default_factory=list)
    """start, end, page and box of what is printed on pages, as `pages.json` has them."""


def rows_of(document: Document, vocabulary: Vocabulary) -> Rows:
    """The rows that `document` gives to each table."""
    [rows] = rows_of_each([document], vocabulary, [now()])
    return rows


def rows_of_each(
    documents: Sequence[Document], vocabulary: Vocabulary, asked_by: Sequence[Asked | None]
) -> list[Rows]:
    """As `rows_of`, for several documents; see `extract_each`."""
    from casebook.extract import extract_each  # not loaded where all that is asked for was kept, or others read it

    read = extract_each(documents, vocabulary, asked_by)
    return [_rows(document, *one) for document, one in zip(documents, read, strict=True)]


def _rows(document: Document, reading: "Reading", findings: Iterable["Finding"]) -> Rows:
    tables: dict[str, list[dict]] = {name: [] for name in TABLES if name != "sources"}
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=_reading_order):
        row = _row(document.source_id, finding)
        row["row_id"] = _row_id(document, finding, row, seen)
        tables[finding.table].append(row)
        _add_evidence(tables["evidence"], document, finding, row["row_id"])
    return Rows(tables, list(_raw_sentences(reading)), _pages(document))


def _pages(document: Document) -> list[list]:
    return [[one.start, one.end, one.page, [round(edge, 1) for edge in one.box]] for one in document.pages]


def _reading_order(finding: "Finding") -> tuple:
    key = (finding.case == "", finding.case.startswith("c"), int(finding.case.lstrip("c") or 0))
    return (finding.table, *key, finding.at)


def _row(source_id: str, finding: "Finding") -> dict:
    row: dict = {name: cell.value for name, cell in finding.cells.items()}
    if 0.0 in row.values():
        row = {name: abs(value) if isinstance(value, float) and not value else value for name, value in row.items()}
    if finding.table in _OF_SOURCE:
        row["source_id"] = source_id
    if finding.case and finding.table in _OF_CASE:
        row["case_id"] = f"{source_id}/{finding.case}"
    return row


def _row_id(document: Document, finding: "Finding", row: dict, seen: dict[str, int]) -> str:
    """table-XXXXXXXXXXXX from the source, the patient, the place in the text and the cells; a repeat gets a number."""
    content = "\x1f".join(
        [
            document.source_id,
            finding.table,
            finding.case,
            str(document.view.raw_offset(finding.at)),
            *[f"{name}={row[name]}" for name in _told(tuple(row))],
        ]
    )
    name = f"{finding.table}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


@lru_cache(maxsize=2_000)
def _told(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `columns` that hold what the text tells."""
    return tuple(sorted(name for name in columns if name not in IDENTITY))


def _add_evidence(evidence: list[dict], document: Document, finding: "Finding", row_id: str) -> None:
    table, source_id, text, raw_ranges = finding.table, document.source_id, document.text, document.view.raw_ranges
    for column, cell in finding.cells.items():
        spans = cell.spans
        pieces = raw_ranges(spans[0].start, spans[0].end) if len(spans) == 1 else _raw(document, spans)
        base: dict = {
            "table": table,
            "row_id": row_id,
            "column": column,
            "source_id": source_id,
            "rule": cell.rule,
            "status": "machine",
            "derived_from": cell.derived_from or None,
        }
        if cell.cue and (cue := raw_ranges(cell.cue.start, cell.cue.end)):
            base["cue_start"], base["cue_end"] = cue[0][0], cue[-1][1]
        if len(pieces) == 1:
            start, end = pieces[0]
            base["start"], base["end"], base["quote"] = start, end, text[start:end]
            evidence.append(base)
            continue
        if not pieces:
            assert cell.derived_from, f"{table}.{column} of {row_id} has neither words nor a derivation"
            evidence.append(base)
        for start, end in pieces:
            evidence.append({**base, "start": start, "end": end, "quote": text[start:end]})


def _raw(document: Document, spans: Sequence["Span"]) -> Sequence[tuple[int, int]]:
    """The raw ranges of `spans`, each once."""
    raw_ranges = document.view.raw_ranges
    return list(dict.fromkeys(piece for span in spans for piece in raw_ranges(span.start, span.end))) if spans else ()


def stated(document: Document, source: dict) -> Iterator[dict]:
    """Evidence for what the file itself states of its source; sources.csv may have said otherwise."""
    for column, (value, span) in document.fields.items():
        if span and str(source.get(column)) == value:
            yield {
                "table": "sources",
                "row_id": source["row_id"],
                "column": column,
                "source_id": document.source_id,
                "start": span.start,
                "end": span.end,
                "quote": document.text[span.start : span.end],
                "rule": f"sources.{column}",
                "status": "machine",
            }


def _raw_sentences(reading: "Reading") -> Iterator[list[tuple[int, int]]]:
    for sentence in reading.sentences:
        if pieces := reading.document.view.raw_ranges(sentence.start, sentence.end):
            yield pieces
