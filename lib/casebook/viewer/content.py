"""What the reader shows of one report: its text, and its rows with the places of their words."""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.curate.anchor import plain
from casebook.errors import InputError
from casebook.reviewing import FIXED, Reviewing
from casebook.schema import TABLES

SHOWN = tuple(name for name in TABLES if name not in ("sources", "evidence"))
_KEY = {
    "cases": "diagnosis", "symptoms": "symptom", "sites": "site", "modalities": "finding", "treatments": "agent",
    "outcomes": "value", "claims": "statement", "conflicts": "statement",
}  # the column that words selected in the text most likely name  # fmt: skip
_USUAL = {
    "cases": {"role": "index"}, "symptoms": {"status": "present"}, "treatments": {"status": "given"},
    "sites": {"role": "metastasis", "status": "present"}, "modalities": {"status": "present"},
}  # what most rows that a person adds say  # fmt: skip


def content(review: Reviewing, source_id: str) -> dict:
    """All that the reader needs, as JSON has it; offsets are code points. Raises InputError for an unknown source."""
    if source_id not in review.texts:
        names = ", ".join(sorted(review.texts))
        raise InputError(f"source_id: there is no text of {source_id!r}, expected one of {names}")
    sources, cases = review._frames["sources"], review._frames["cases"]
    titles = sources["title"][sources["source_id"].eq(source_id)]
    return {
        "source": source_id,
        "title": plain(titles.iloc[0]) if len(titles) else "",
        "text": review.texts[source_id],
        "tables": {name: declared(name) for name in SHOWN},
        "patients": list(cases["case_id"][cases["source_id"].eq(source_id)]),
        "rows": rows(review, source_id),
    }


def rows(review: Reviewing, source_id: str) -> list[dict]:
    """The rows of every table that rest on the source, those that a person rejected among them, marked as gone.

    A row is {id, table, case, patient, gone, cells}; a cell [column, value, status, [[start, end], …], derived, rule].
    """
    stated = _stated(review._frames["evidence"], source_id)
    found = []
    for name in SHOWN:
        now = list(_of(review._frames[name], source_id))
        there = {row["row_id"] for row in now}
        before = review.machine[name]
        same = review._frames[name] is before
        gone = [] if same else [row for row in _of(before, source_id) if row["row_id"] not in there]
        found += [_row(name, row, stated, gone=False) for row in now] + [_row(name, row, stated, True) for row in gone]
    return found


def declared(name: str) -> dict:
    """The columns of a table as a form needs them, and the one that names a row."""
    columns = [
        {
            "name": column.name,
            "kind": column.dtype,
            "allowed": list(column.allowed),
            "nullable": column.nullable,
            "meaning": column.meaning,
            "usual": _USUAL.get(name, {}).get(column.name, ""),
        }
        for column in TABLES[name].columns
        if column.name not in FIXED
    ]
    return {"key": _KEY[name], "columns": columns}


def _of(frame: pd.DataFrame, source_id: str) -> Iterator[dict]:
    if "source_id" in frame:
        own = frame[frame["source_id"].eq(source_id)]
    else:
        own = frame[frame["case_id"].str.rpartition("/")[0].eq(source_id)] if len(frame) else frame
    yield from own.to_dict("records")


def _stated(evidence: pd.DataFrame, source_id: str) -> dict[tuple[str, str, str], list[dict]]:
    found: dict[tuple[str, str, str], list[dict]] = {}
    own = evidence[evidence["source_id"].eq(source_id)]
    for row in own.assign(stated=own["start"].notna(), derived=own["derived_from"].notna()).to_dict("records"):
        found.setdefault((row["table"], row["row_id"], row["column"]), []).append(row)
    return found


def _row(name: str, row: Mapping, stated: Mapping[tuple[str, str, str], list[dict]], gone: bool) -> dict:
    cells = []
    for column in TABLES[name].names:
        if column in FIXED:
            continue
        value, own = plain(row[column]), stated.get((name, row["row_id"], column), [])
        if value or own:
            cells.append(_cell(column, value, own))
    case = plain(row.get("case_id"))
    patient = case.rpartition("/")[2]
    told = f"cited patient {patient[1:]}" if patient.startswith("c") else f"patient {patient}" if patient else ""
    return {"id": row["row_id"], "table": name, "case": case, "patient": told, "gone": gone, "cells": cells}


def _cell(column: str, value: str, stated: list[dict]) -> list:
    places = list(dict.fromkeys((int(one["start"]), int(one["end"])) for one in stated if one["stated"]))
    derived = next((one["derived_from"] for one in stated if one["derived"]), "")
    status = stated[-1]["status"] if stated else "machine"
    return [column, value, status, [list(place) for place in places], derived, stated[-1]["rule"] if stated else ""]
