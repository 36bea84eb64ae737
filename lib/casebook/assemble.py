"""Findings to checked tables, each cell with the exact words of its source."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casebook.errors import EvidenceError, InputError
from casebook.extract import extract
from casebook.extract.finding import Finding
from casebook.extract.reading import Reading
from casebook.places import VOCABULARY
from casebook.readers import iter_folder
from casebook.schema import TABLES
from casebook.text.document import Document
from casebook.text.span import Span
from casebook.vocabulary import Vocabulary, load

IDENTITY = ("row_id", "case_id", "source_id")
_OF_SOURCE = frozenset(name for name, table in TABLES.items() if "source_id" in table.names)
_OF_CASE = frozenset(name for name, table in TABLES.items() if "case_id" in table.names)


@dataclass(frozen=True)
class Tables:
    """All tables of DESIGN.md with the texts that their evidence quotes.

    `frames` is table name -> checked frame; `texts` source_id -> text as received; `sentences` source_id -> the ranges
    of that text which make up each sentence, to show a quote in its own.
    """

    frames: dict[str, pd.DataFrame]
    texts: dict[str, str]
    sentences: dict[str, list[list[tuple[int, int]]]]


@dataclass
class Rows:
    """Rows of one document, as plain dictionaries by table."""

    tables: dict[str, list[dict]]
    sentences: list[list[tuple[int, int]]]


def build(folder: Path, vocabulary: Path | None = None, strict: bool = False) -> Tables:
    """Read every report of `folder` and fill the tables. Raises InputError, TableError or EvidenceError."""
    terms = load(vocabulary or VOCABULARY)
    gc.freeze()  # the vocabulary stays; looking through it for garbage takes a tenth of the time
    rows: dict[str, list[dict]] = {name: [] for name in TABLES}
    texts, sentences = {}, {}
    for source, document in iter_folder(folder):
        rows["sources"].append(source)
        if strict and source["status"] == "quarantined":
            raise InputError(f"{source['path']}: {source['reason']}")
        if document is None:
            continue
        texts[document.source_id] = document.text
        one = rows_of(document, terms)
        sentences[document.source_id] = one.sentences
        for name, more in one.tables.items():
            rows[name].extend(more)
        rows["evidence"].extend(_stated(document, source))
    frames = {}
    for name, table in TABLES.items():
        frame = table.frame(rows[name])
        if table.order:
            frame = frame.sort_values(list(table.order), kind="stable", ignore_index=True)
        frames[name] = table.check(frame)
    check_quotes(frames["evidence"], texts)
    return Tables(frames, texts, sentences)


def rows_of(document: Document, vocabulary: Vocabulary) -> Rows:
    """The rows that `document` gives to each table."""
    reading, findings = extract(document, vocabulary)
    tables: dict[str, list[dict]] = {name: [] for name in TABLES if name != "sources"}
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=_reading_order):
        row = _row(document.source_id, finding)
        row["row_id"] = _row_id(document, finding, row, seen)
        tables[finding.table].append(row)
        tables["evidence"].extend(_evidence(document, finding, row["row_id"]))
    return Rows(tables, list(_raw_sentences(reading)))


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


def _reading_order(finding: Finding) -> tuple:
    key = (finding.case == "", finding.case.startswith("c"), int(finding.case.lstrip("c") or 0))
    return (finding.table, *key, finding.at)


def _row(source_id: str, finding: Finding) -> dict:
    row: dict = {name: cell.value for name, cell in finding.cells.items()}
    if 0.0 in row.values():
        row = {name: abs(value) if isinstance(value, float) and not value else value for name, value in row.items()}
    if finding.table in _OF_SOURCE:
        row["source_id"] = source_id
    if finding.case and finding.table in _OF_CASE:
        row["case_id"] = f"{source_id}/{finding.case}"
    return row


def _row_id(document: Document, finding: Finding, row: dict, seen: dict[str, int]) -> str:
    """table-XXXXXXXXXXXX from the source, the patient, the place in the text and the cells; a repeat gets a number."""
    content = "\x1f".join(
        [
            document.source_id,
            finding.table,
            finding.case,
            str(document.view.raw_offset(finding.at)),
            *(f"{name}={row[name]}" for name in sorted(row) if name not in IDENTITY),
        ]
    )
    name = f"{finding.table}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _evidence(document: Document, finding: Finding, row_id: str) -> Iterator[dict]:
    table, source_id, text = finding.table, document.source_id, document.text
    for column, cell in finding.cells.items():
        base: dict = {
            "table": table,
            "row_id": row_id,
            "column": column,
            "source_id": source_id,
            "rule": cell.rule,
            "status": "machine",
            "derived_from": cell.derived_from or None,
        }
        if cell.cue and (cue := document.view.raw_spans(cell.cue.start, cell.cue.end)):
            base["cue_start"], base["cue_end"] = cue[0].start, cue[-1].end
        pieces = _raw(document, cell.spans)
        if not pieces:
            assert cell.derived_from, f"{table}.{column} of {row_id} has neither words nor a derivation"
            yield base
        for piece in pieces:
            row = base if len(pieces) == 1 else base.copy()
            row["start"] = start = piece.start
            row["end"] = end = piece.end
            row["quote"] = text[start:end]
            yield row


def _stated(document: Document, source: dict) -> Iterator[dict]:
    """Evidence for what the file itself states of its source; sources.csv may have said otherwise."""
    for column, (value, span) in document.fields.items():
        if span and source.get(column) == value:
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


def _raw(document: Document, spans: Sequence[Span]) -> Sequence[Span]:
    """The raw ranges of `spans`, each once."""
    raw_spans = document.view.raw_spans
    if len(spans) == 1:
        return raw_spans(spans[0].start, spans[0].end)
    return list(dict.fromkeys(piece for span in spans for piece in raw_spans(span.start, span.end)))


def _raw_sentences(reading: Reading) -> Iterator[list[tuple[int, int]]]:
    for sentence in reading.sentences:
        pieces = reading.document.view.raw_spans(sentence.start, sentence.end)
        if pieces:
            yield [(piece.start, piece.end) for piece in pieces]


__all__ = ["VOCABULARY", "Rows", "Tables", "build", "check_quotes", "rows_of"]
