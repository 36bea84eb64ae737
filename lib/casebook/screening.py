"""What a reviewer decided before reading: each report of the folder, and the records that never came into it."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from casebook.errors import InputError

FILE = "flow.csv"  # beside the protocol: field, n, reason
STATED = (  # fields of the PRISMA 2020 flow that only a reviewer can state, by the names of the PRISMA2020 tool
    "previous_studies",
    "previous_reports",
    "database_results",
    "register_results",
    "website_results",
    "organisation_results",
    "citations_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "other_sought_reports",
    "other_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "total_studies",
)
_SUMS = {  # what is left of some records after others left
    "records_screened": (
        ("database_results", "register_results"),
        ("duplicates", "excluded_automatic", "excluded_other"),
    ),
    "dbr_sought_reports": (("records_screened",), ("records_excluded",)),
    "dbr_assessed": (("dbr_sought_reports",), ("dbr_notretrieved_reports",)),
    "other_sought_reports": (("website_results", "organisation_results", "citations_results"), ()),
    "other_assessed": (("other_sought_reports",), ("other_notretrieved_reports",)),
    "total_studies": (("previous_studies", "new_studies"), ()),
}
_PARTS = {
    "records_screened": "records_excluded",
    "dbr_sought_reports": "dbr_notretrieved_reports",
    "other_sought_reports": "other_notretrieved_reports",
    "dbr_assessed": "dbr_excluded",
    "other_assessed": "other_excluded",
}


def decisions(folder: Path | None, sources: pd.DataFrame) -> pd.DataFrame:
    """Columns source_id, decision, reason, decided_by for each row of `sources`, as the folder's sources.csv states
    them.

    What it does not state is missing: a report that nobody decided on was read all the same. Raises InputError.
    """
    from casebook.readers.sources_csv import read_sources_csv  # loads the readers, which most notebooks do without

    stated = read_sources_csv(folder) if folder else {}
    rows: list[dict] = []
    for source in sources[["source_id", "path", "sha256"]].to_dict("records"):
        row = stated.get(source["path"])
        if row and row["sha256"] not in ("", source["sha256"]):
            row = None  # the tables are of another file of this name
        rows.append({"source_id": source["source_id"]} | ({c: row[c] or None for c in _DECIDED} if row else {}))
    return pd.DataFrame(rows, columns=["source_id", *_DECIDED]).astype("string")


def counted(path: Path | None) -> pd.DataFrame:
    """Columns field, n, reason of the reviewer's flow.csv; no rows where there is none.

    A field may stand in several lines, one per reason; its lines add up. Raises InputError naming line and column, or
    the counts that do not add up.
    """
    columns = ["field", "n", "reason"]
    rows: list[tuple[str, int, str | None]] = []
    if path and path.is_file():
        try:
            text = path.read_text(encoding="utf-8-sig")
            lines = csv.reader(io.StringIO(text, newline=""), strict=True)
            header = [cell.strip() for cell in next(lines, [])]
            if header not in (columns, columns[:2]):
                raise InputError(f"{path.name} line 1: {', '.join(header) or 'empty'}, expected {', '.join(columns)}")
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    rows.append(_row(f"{path.name} line {lines.line_num}", [c.strip() for c in cells], len(header)))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise InputError(f"{path.name}: not a CSV table in UTF-8 ({error})") from None
        _check(path.name, rows)
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"field": "string", "n": "Int64", "reason": "string"})


def identified(folder: Path | None, counted: pd.DataFrame) -> pd.DataFrame:
    """Columns field, n, reason as `counted` has them: what the exports of databases in `folder` come to, of the fields
    that nobody states in `counted`. No rows where there are no exports.

    Of two records that may be of one paper both are counted. Where `counted` states another number of records, the
    exports are not those that were searched, and their duplicates are left out.
    """
    from casebook.readers.bibliography import read_bibliography  # loads the readers, which most notebooks do without

    found = read_bibliography(folder) if folder else None
    rows: list[tuple[str, int, str | None]] = []
    if found and found.records:
        by_database = Counter(record.database for record in found.records)
        rows = [("database_results", n, database) for database, n in sorted(by_database.items())]
        stated = counted.groupby("field")["n"].sum()
        if int(stated.get("database_results", len(found.records))) == len(found.records):
            rows.append(("duplicates", len(found.records) - len(found.papers), None))
        rows = [row for row in rows if row[0] not in stated.index]
    frame = pd.DataFrame(rows, columns=["field", "n", "reason"])
    return frame.astype({"field": "string", "n": "Int64", "reason": "string"})


_DECIDED = ("decision", "reason", "decided_by")


def _row(place: str, cells: list[str], width: int) -> tuple[str, int, str | None]:
    if len(cells) != width:
        raise InputError(f"{place}: {len(cells)} cells, expected {width} as in the first line")
    field, n, reason = cells[0], cells[1], " ".join(cells[2].split()) if width == 3 else ""
    if field not in STATED:
        raise InputError(f"{place}, column field: {field!r}, expected one of {', '.join(STATED)}")
    if not (n.isascii() and n.isdecimal()) or len(n) > 9:
        raise InputError(f"{place}, column n: {n!r}, expected a whole number such as 12")
    return field, int(n), reason or None


def _check(name: str, rows: Iterable[tuple[str, int, str | None]]) -> None:
    """Where all terms of a sum are stated it holds, and no part exceeds its whole."""
    seen: set[tuple[str, str | None]] = set()
    sums: dict[str, int] = {}
    for field, n, reason in rows:
        if (field, reason) in seen:
            raise InputError(f"{name}: {field} stands twice" + (f" with the reason {reason!r}" if reason else ""))
        seen.add((field, reason))
        sums[field] = sums.get(field, 0) + n
    for field, (added, taken) in _SUMS.items():
        if {field, *added, *taken} <= sums.keys():
            terms = _told(added, sums, " + ") + (f" - {_told(taken, sums, ' - ')}" if taken else "")
            expected = sum(sums[term] for term in added) - sum(sums[term] for term in taken)
            if sums[field] != expected:
                raise InputError(f"{name}: {field} is {sums[field]}, expected {expected} = {terms}")
    for whole, part in _PARTS.items():
        if {whole, part} <= sums.keys() and sums[part] > sums[whole]:
            raise InputError(f"{name}: {part} is {sums[part]}, more than {whole}, which is {sums[whole]}")


def _told(fields: Iterable[str], sums: Mapping[str, int], sign: str) -> str:
    return sign.join(f"{field} {sums[field]}" for field in fields)
