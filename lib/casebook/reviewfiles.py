"""What a reviewer writes beside the protocol: appraisals of the reports, and figures of published reviews."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from casebook.errors import InputError
from casebook.schema import TABLES
from casebook.text.document import ZONES
from casebook.text.formula import unguarded

APPRAISAL, ANCHORS, CARE = "appraisal.csv", "anchors.csv", "care.csv"
PRISMA_ITEMS, CARE_ITEMS = "prisma_checklist.csv", "care_checklist.csv"
FILLED = ("appraisal", "counted", "decided")  # what a reviewer writes, on which an answer may rest
ITEMS = {"JBI": 8, "Murad": 8}  # items of each instrument, numbered from 1
ANSWERS = ("yes", "no", "unclear", "not applicable")
STATISTICS = ("median", "mean", "share")
SHOWN_BY = ("cells", "zone", "words", "nobody")

Check = Callable[[str], str]  # a cell's text to what was expected instead, empty where it is right


def appraisal(path: Path | None) -> pd.DataFrame:
    """Rows of appraisal.csv: case_id (or source_id), instrument, item, answer, note, who; no rows where there is none.

    A row without an answer is a question still open, and left out here. Raises InputError.
    """
    columns: dict[str, Check] = {
        "case_id": _filled,
        "instrument": _one_of(tuple(ITEMS)),
        "item": _whole,
        "answer": _one_of(("", *ANSWERS)),
        "note": _any,
        "who": _any,
    }
    rows, seen = [], set()
    for place, row in _rows(path, columns, tuple(columns)):
        if int(row["item"]) > (most := ITEMS[row["instrument"]]):
            raise InputError(f"{place}, column item: {row['item']!r}, expected 1 to {most} of {row['instrument']}")
        if row["answer"] and not row["who"]:
            raise InputError(f"{place}, column who: empty, expected who answered {row['answer']!r}")
        key = (row["case_id"], row["instrument"], int(row["item"]), row["who"])
        if key in seen:
            raise InputError(f"{place}, column item: {row['item']!r} stands twice for {key[0]} and {row['instrument']}")
        seen.add(key)
        if row["answer"]:
            rows.append(row)
    return _frame(rows, columns, whole=("item",))


def anchors(path: Path | None) -> pd.DataFrame:
    """Rows of anchors.csv: one published figure each; no rows where there is none.

    `beside` names the figure of ours that it stands beside, `statistic` is empty where the review does not say it,
    `low` to `high` a stated range, `spread` what stands after ± in print, whatever it is. `overlaps` names the reviews
    on the same literature, one after the other with | between them. Raises InputError.
    """
    columns: dict[str, Check] = {
        "review": _filled,
        "year": _year,
        "subject": _filled,
        "n_patients": _whole,
        "measure": _filled,
        "statistic": _one_of(("", *STATISTICS)),
        "beside": _any,
        "estimate": _number,
        "unit": _filled,
        "low": _optional,
        "high": _optional,
        "spread": _optional,
        "overlaps": _any,
        "doi": _any,
        "source": _any,
    }
    rows, places = [], {}
    for place, row in _rows(path, columns, tuple(columns)):
        if bool(row["low"]) != bool(row["high"]) or (row["low"] and float(row["low"]) > float(row["high"])):
            raise InputError(f"{place}, column low: {row['low']!r} to {row['high']!r}, expected both in order, or none")
        if not (row["doi"] or row["source"]):
            raise InputError(f"{place}, column source: empty, expected a doi or another source of the figure")
        rows.append(row)
        places[called(row)] = place
    for row in rows:
        for other in filter(None, row["overlaps"].split("|")):
            if other not in places:
                known = ", ".join(places)
                raise InputError(f"{places[called(row)]}, column overlaps: {other!r}, expected one of {known}")
    return _frame(rows, columns, whole=("year", "n_patients"), numbers=("estimate", "low", "high", "spread"))


def called(row: Mapping) -> str:
    """The name of a review: "Lun 2011"."""
    return f"{row['review']} {row['year']}"


def care(path: Path) -> pd.DataFrame:
    """Rows of care.csv: what counts as reporting a part of an item of CARE. Raises InputError.

    `shown_by` cells: `where` lists TABLE.COLUMN of which the patient has one; those joined by & are needed together.
    zone: `where` lists parts of the text of which the report has one. words: `where` lists words of which the report
    uses one outside its references, * for any ending and .. for up to three words between; `zones` may narrow that.
    nobody: a machine does not judge it. `example`: an invented report that has it. One row of a part suffices.
    """
    columns: dict[str, Check] = {
        "rule": _filled,
        "item": _whole,
        "title": _filled,
        "part": _filled,
        "shown_by": _one_of(SHOWN_BY),
        "where": _any,
        "zones": _any,
        "example": _any,
    }
    rows = []
    for place, row in _rows(path, columns, tuple(columns)):
        for name in filter(None, row["zones"].split("|")):
            _expect(place, "zones", name, _one_of(ZONES))
        wanted = [name for name in row["where"].split("|") if name]
        if bool(wanted) == (row["shown_by"] == "nobody"):
            raise InputError(f"{place}, column where: {row['where']!r}, which does not suit {row['shown_by']!r}")
        for name in wanted:
            if row["shown_by"] == "zone":
                _expect(place, "where", name, _one_of(ZONES))
            if row["shown_by"] == "cells":
                for cell in name.split("&"):
                    _expect(place, "where", cell, _cell)
        rows.append(row)
    return _frame(rows, columns, whole=("item",))


def checklist(path: Path) -> pd.DataFrame:
    """Rows of a checklist that this report is held to: item, section, words (ours), answered_in, needs, how.

    `answered_in` names notebooks, one after the other with | between them; where it is empty the report does not
    answer, and `how` says what a person must add. An item that `needs` what a reviewer writes beside the protocol is
    answered once that is there. Raises InputError.
    """
    columns: dict[str, Check] = {
        "item": _filled,
        "section": _filled,
        "words": _filled,
        "answered_in": _any,
        "needs": _one_of(("", *FILLED)),
        "how": _filled,
    }
    return _frame([row for _, row in _rows(path, columns, tuple(columns))], columns)


def zones(texts: Mapping[str, str]) -> pd.DataFrame:
    """The parts of each text: source_id, zone, start, end (offsets of the text), a row per unbroken range.

    A text that does not read as the same text when it stands alone has no rows: its parts are not known.
    """
    from casebook.readers import read_bytes  # loads the readers, which most notebooks do without

    rows = []
    for source_id, text in texts.items():
        try:
            document = read_bytes(text.encode("utf-8"), source_id, f"{source_id}.txt")
        except InputError:
            continue
        if document.text != text:
            continue
        for zone in document.zones:
            spans = document.view.raw_spans(zone.start, zone.end)
            rows += [(source_id, zone.kind, span.start, span.end) for span in spans]
    frame = pd.DataFrame(rows, columns=["source_id", "zone", "start", "end"])
    return frame.astype({"source_id": "string", "zone": "string", "start": "int64", "end": "int64"})


def _rows(path: Path | None, columns: Mapping[str, Check], header: tuple[str, ...]) -> Iterator[tuple[str, dict]]:
    """(its place in words, its cells by column) of each line that holds anything."""
    if path is None or not path.is_file():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        found = tuple(cell.strip() for cell in next(lines, []))
        if found != header:
            raise InputError(f"{path.name} line 1: {', '.join(found) or 'empty'}, expected {', '.join(header)}")
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            place = f"{path.name} line {lines.line_num}"
            if len(cells) != len(header):
                raise InputError(f"{place}: {len(cells)} cells, expected {len(header)} as in the first line")
            row = {name: unguarded(cell.strip()) for name, cell in zip(header, cells, strict=True)}
            for name, check in columns.items():
                _expect(place, name, row[name], check)
            yield place, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name}: not a CSV table in UTF-8 ({error})") from None


def _frame(rows: list[dict], columns: Mapping, whole: tuple = (), numbers: tuple = ()) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns)).astype("string")
    frame = frame.mask(frame.eq(""))
    for name in numbers:
        frame[name] = frame[name].astype("Float64")
    for name in whole:
        frame[name] = frame[name].astype("Int64")
    return frame


def _expect(place: str, column: str, found: str, check: Check) -> None:
    if expected := check(found):
        raise InputError(f"{place}, column {column}: {found!r}, expected {expected}")


def _any(text: str) -> str:
    return ""


def _filled(text: str) -> str:
    return "" if text else "some text"


def _whole(text: str) -> str:
    good = text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) > 0
    return "" if good else "a whole number from 1 on"


def _year(text: str) -> str:
    return "" if text.isascii() and text.isdecimal() and len(text) == 4 else "a year of four digits"


def _number(text: str) -> str:
    good = text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) <= 12
    return "" if good else "a number such as 8.5"


def _optional(text: str) -> str:
    return _number(text) if text else ""


def _one_of(allowed: tuple[str, ...]) -> Check:
    def check(text: str) -> str:
        return "" if text in allowed else f"one of {', '.join(name or 'nothing' for name in allowed)}"

    return check


def _cell(text: str) -> str:
    known = [f"{table.name}.{name}" for table in TABLES.values() for name in table.names]
    return "" if text in known else "TABLE.COLUMN such as cases.sex"
