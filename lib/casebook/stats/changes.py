"""Which rows of the tables differ from those of an earlier reading, and what made them differ.

A cause is a source (added, removed, or edited: its checksum differs), a reviewer's decision on a row (confirmed,
corrected, added, rejected), or else the rule that fills the row now, or filled it before.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

Tables = Mapping[str, pd.DataFrame]

_OPENING = {
    "cases": "role",
    "symptoms": "symptom",
    "sites": "site",
    "modalities": "modality",
    "treatments": "kind",
    "outcomes": "endpoint",
    "claims": "statement",
    "conflicts": "statement",
}  # the column that says what a row is about
_ROW_COLUMNS = ["source", "table", "cause", "added", "removed", "edited", "cells"]


@dataclass(frozen=True)
class Change:
    """One row that is not as it was: `old` its position before, `new` its position now; `cells` of it differ."""

    table: str
    old: int | None
    new: int | None
    source: str
    cause: str
    cells: int


def compared(before: Tables, now: Tables) -> str:
    """Why the two cannot be compared; empty where they can."""
    if before["sources"].empty:
        return "There are no earlier tables to compare with."
    was, is_ = before["sources"], now["sources"]
    if not (was["source_id"].isin(is_["source_id"]).any() or was["sha256"].isin(is_["sha256"]).any()):
        return (
            f"None of the {len(was):,} sources of the earlier tables is among the {len(is_):,} that were read now: "
            "they are another review's, and are not compared."
        )
    return ""


def changes(before: Tables, now: Tables) -> list[Change]:
    """Every row that only one side has, those of a row that was edited as one; none where `compared` objects.

    The rows of a patient who stands on one side only are there, or gone, for the patient's reason.
    """
    if compared(before, now):
        return []
    sources = _sources(before["sources"], now["sources"])
    why = _Why(before, now)
    found = [change for name in _OPENING for change in _table(name, before[name], now[name], sources, why)]
    known = {
        _case(change, before, now): change.cause
        for change in found
        if change.table == "cases" and (change.old is None or change.new is None)
    }
    return [replace(change, cause=known.get(_case(change, before, now), change.cause)) for change in found]


def changed_rows(before: Tables, now: Tables) -> pd.DataFrame:
    """Rows added, removed and edited by source, table and cause; `cells` counts the filled cells that differ."""
    tally: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for change in changes(before, now):
        row = tally[change.source, change.table, change.cause]
        row[0 if change.old is None else 1 if change.new is None else 2] += 1
        row[3] += change.cells
    rows = [(*key, *counted) for key, counted in sorted(tally.items())]
    return pd.DataFrame(rows, columns=_ROW_COLUMNS)


class _Why:
    """The cause of a row's change within a source whose text is the same."""

    def __init__(self, before: Tables, now: Tables):
        self._rules: dict[str, dict[str, str]] = {}
        self._status: dict[str, str] = {}
        for side, tables in (("before", before), ("now", now)):
            evidence = tables["evidence"]
            for row, column, rule, status in zip(
                *(evidence[name] for name in ("row_id", "column", "rule", "status")), strict=True
            ):
                self._rules.setdefault(f"{side} {row}", {}).setdefault(column, rule)
                if status != "machine":
                    self._status[row] = status

    def cause(self, table: str, old: dict | None, new: dict | None, columns: list[str]) -> str:
        rows = [row["row_id"] for row in (new, old) if row]
        if said := next((self._status[row] for row in rows if row in self._status), ""):
            return f"{said} by a reviewer"
        asked = columns if old and new else [_OPENING[table], *columns]
        then, today = (
            self._rule(f"{side} {row['row_id']}" if row else "", asked) for side, row in (("before", old), ("now", new))
        )
        return f"rule {then} → {today}" if then and today and then != today else f"rule {today or then or 'unknown'}"

    def _rule(self, row: str, columns: Iterable[str]) -> str:
        rules = self._rules.get(row, {})
        return next((rules[column] for column in columns if column in rules), "")


def _sources(was: pd.DataFrame, is_: pd.DataFrame) -> dict[str, str]:
    """What became of each source whose rows may differ for its own sake."""
    before, now = (dict(zip(frame["source_id"], frame["sha256"], strict=True)) for frame in (was, is_))
    causes = {}
    for source in before.keys() | now.keys():
        if source not in now:
            causes[source] = "removed"
        elif source not in before:
            causes[source] = "added"
        elif before[source] != now[source]:
            causes[source] = "edited"
    return {source: f"source {source} {what}" for source, what in causes.items()}


def _table(
    name: str, before: pd.DataFrame, now: pd.DataFrame, sources: Mapping[str, str], why: _Why
) -> Iterator[Change]:
    old, new = before.to_dict("records"), now.to_dict("records")
    for was, is_ in _pairs(name, old, new):
        then, today = (old[was] if was is not None else None), (new[is_] if is_ is not None else None)
        columns = [c for c in before.columns if c != "row_id" and _cell(then, c) != _cell(today, c)]
        source = _source(today or then or {})
        cause = sources.get(source) or why.cause(name, then, today, columns)
        yield Change(name, was, is_, source, cause, len(columns))


def _pairs(name: str, old: list[dict], new: list[dict]) -> Iterator[tuple[int | None, int | None]]:
    """Rows without their like on the other side: first those of one identity, then those about one thing, are one row
    edited.
    """
    then, today = _without_like(old, new)
    for same in (lambda row: row["row_id"], lambda row: (_owner(row), _cell(row, _OPENING[name]))):
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for at in then:
            waiting[same(old[at])].append(at)
        rest = []
        for at in today:
            if found := waiting[same(new[at])]:
                yield found.popleft(), at
            else:
                rest.append(at)
        today, then = rest, sorted(at for ats in waiting.values() for at in ats)
    yield from ((at, None) for at in then)
    yield from ((None, at) for at in today)


def _without_like(old: list[dict], new: list[dict]) -> tuple[list[int], list[int]]:
    """Positions of the rows whose cells no row of the other side has; like rows cancel one by one."""
    waiting: dict[tuple, deque[int]] = defaultdict(deque)
    for at, row in enumerate(old):
        waiting[_content(row)].append(at)
    rest = []
    for at, row in enumerate(new):
        if found := waiting[_content(row)]:
            found.popleft()
        else:
            rest.append(at)
    return sorted(at for ats in waiting.values() for at in ats), rest


def _case(change: Change, before: Tables, now: Tables) -> str:
    """The patient whose row it is; empty for a row of no patient."""
    tables, at = (now, change.new) if change.new is not None else (before, change.old)
    frame = tables[change.table]
    case = frame["case_id"].iloc[at] if "case_id" in frame else None
    return "" if pd.isna(case) else str(case)


def _content(row: Mapping) -> tuple:
    return tuple(_cell(row, name) for name in row if name != "row_id")


def _cell(row: Mapping | None, name: str) -> object:
    value = row.get(name) if row else None
    return None if value is None or pd.isna(value) else value


def _owner(row: Mapping) -> object:
    return _cell(row, "case_id") or _cell(row, "source_id")


def _source(row: Mapping) -> str:
    return str(_cell(row, "source_id") or str(_cell(row, "case_id") or "").rsplit("/", 1)[0])
