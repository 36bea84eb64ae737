"""Which time of which patient enters an analysis: one rule for each choice that a reviewer could make.

Two reviews of nearly the same reports printed 1.5 and 6.0 months from metastasis to death. What spread found only at
autopsy counts for, where the clock starts, and what becomes of the lost decide such a figure, so each is an argument.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.refs import joined
from casebook.stats.survival import FEWEST, curves, limits, median

_COLUMNS = ["case_id", "patient", "months", "event", "why_not", "months@"]
_PANEL = ["rule", "n", "of", "events", "estimate", "low", "high", "limits", "left_out", "n@", "estimate@"]


@dataclass(frozen=True)
class Rule:
    """One way to count. `start` is diagnosis, surgery, recurrence or metastasis, `end` one of these or death.

    `autopsy`: spread that only an autopsy found counts as found at death ("zero" months before it) or its patient is
    "left out". `lost`: those lost to follow-up end as "censored" or are "dropped". `cited`: patients whom the reports
    cite are in. `spread`: only patients with metastasis, wherever the clock starts.

    A time that a report counts from presentation counts from diagnosis: reports seldom date both.
    """

    start: str = "diagnosis"
    end: str = "death"
    autopsy: str = "left out"
    lost: str = "censored"
    cited: bool = False
    spread: bool = False

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


MAIN = Rule("metastasis", "death")
VARIANTS = {
    "as the headline counts": MAIN,
    "spread found at autopsy counts as 0 months": replace(MAIN, autopsy="zero"),
    "lost to follow-up left out": replace(MAIN, lost="dropped"),
    "patients whom the reports cite as well": replace(MAIN, cited=True),
    "all three": replace(MAIN, autopsy="zero", lost="dropped", cited=True),
    "counted from diagnosis": replace(MAIN, start="diagnosis", spread=True),
}
OVERALL = Rule("diagnosis", "death")
SPANS = {
    "diagnosis to recurrence": Rule("diagnosis", "recurrence"),
    "recurrence to metastasis": Rule("recurrence", "metastasis"),
    "diagnosis to metastasis": Rule("diagnosis", "metastasis"),
}


def times(tables: Mapping[str, pd.DataFrame], rule: Rule) -> pd.DataFrame:
    """A row per patient that `rule` asks for: columns case_id, patient, months and event, or `why_not`.

    Months are those that the reports state or that follow from two that they state; nothing is imputed.
    """
    cases = named(tables["cases"])
    cases = cases if rule.cited else cases[cases["role"].eq("index")]
    spread = _first(tables["sites"], "metastasis", rule.autopsy)
    again = _first(tables["sites"], "recurrence", rule.autopsy)
    operated = _operations(tables["treatments"])
    seen = _last_seen(tables["outcomes"])
    rows = []
    for case, patient in zip(cases["case_id"], cases["patient"], strict=True):
        events = {
            "diagnosis": _Event(0.0),
            "surgery": operated.get(case),
            "recurrence": again.get(case),
            "metastasis": spread.get(case),
        }
        time = _time(events, seen.get(case), rule)
        rows.append((case, patient, time.months, time.event, time.why_not, joined(time.cells)))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"months": "Float64", "event": "boolean", "why_not": "string"})


def entered(found: pd.DataFrame) -> pd.DataFrame:
    """The patients of `times` that have a time, ready for `survival.curve`."""
    return found[found["months"].notna()].astype({"months": "float64", "event": "bool"}).reset_index(drop=True)


def panel(tables: Mapping[str, pd.DataFrame], rules: Mapping[str, Rule] = VARIANTS) -> pd.DataFrame:
    """The same figure under each rule: columns rule, n, of, events, estimate (median months), low, high, limits
    (both in words), left_out.

    `of` counts the patients that the rule asks for. `left_out` says why the others do not enter, with how many each.
    The median is empty under `survival.FEWEST` patients.
    """
    rows = []
    for name, rule in rules.items():
        found = times(tables, rule)
        own = entered(found)
        middle = median(own) if len(own) >= FEWEST else None
        rows.append(
            {
                "rule": name,
                "n": len(own),
                "of": len(found),
                "events": int(own["event"].sum()),
                "estimate": middle.months if middle else None,
                "low": middle.low if middle else None,
                "high": middle.high if middle else None,
                "limits": limits(middle) if middle else None,
                "left_out": reasons(found),
                "n@": joined(own["months@"]),
                "estimate@": joined(own["months@"]) if middle and middle.months is not None else "",
            }
        )
    frame = pd.DataFrame(rows, columns=_PANEL)
    return frame.astype({"estimate": "Float64", "low": "Float64", "high": "Float64"})


def panel_curves(tables: Mapping[str, pd.DataFrame], rules: Mapping[str, Rule] = VARIANTS) -> pd.DataFrame:
    """The `survival.curve` of each rule, with its name in column `group`; none under a rule that `panel` gives no
    median.
    """
    found = [curves(entered(times(tables, rule)).assign(rule=name), "rule") for name, rule in rules.items()]
    return pd.concat(found, ignore_index=True) if found else curves(pd.DataFrame({"rule": []}), "rule")


def reasons(found: pd.DataFrame) -> str:
    """Why patients of `times` do not enter, with how many each, the most frequent reason first."""
    counted = found["why_not"].value_counts()
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{why} ({n:,})" for why, n in ordered)


@dataclass(frozen=True)
class _Event:
    """When something was, in months from diagnosis, on which `cells` that rests, or why it has no time.

    `out`: the rule leaves its patient out; `at_death`: it was found after death only.
    """

    months: float | None
    cells: tuple[str, ...] = ()
    why_not: str = ""
    out: bool = False
    at_death: bool = False


@dataclass(frozen=True)
class _Seen:
    """A patient's vital status, and the months from `origin` after which it was so."""

    value: str
    event: bool
    months: float | None
    origin: str | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class _Time:
    months: float | None = None
    event: bool | None = None
    why_not: str | None = None
    cells: Sequence[str] = ()


def _first(sites: pd.DataFrame, role: str, autopsy: str) -> dict[str, _Event]:
    """Of each case the first dated event of `role`, else the reason why it has no date."""
    own = sites[sites["role"].eq(role) & sites["status"].eq("present")]
    by: dict[str, list[dict]] = {}
    for row in own[["case_id", "row_id", "confirmed_by", "months_from_diagnosis"]].to_dict("records"):
        by.setdefault(str(row["case_id"]), []).append(row)
    found: dict[str, _Event] = {}
    for case, rows in by.items():
        alive = [row for row in rows if pd.isna(row["confirmed_by"]) or row["confirmed_by"] != "autopsy"]
        at_death = not alive
        dated = [row for row in alive or rows if pd.notna(row["months_from_diagnosis"])]
        if at_death and autopsy == "left out":
            found[case] = _Event(None, (), f"{role} found at autopsy only", out=True)
        elif not dated:
            cells = tuple(f"{row['row_id']}.confirmed_by" for row in rows) if at_death else ()
            found[case] = _Event(None, cells, f"{role} without a date", at_death=at_death)
        else:
            row = min(dated, key=lambda row: row["months_from_diagnosis"])
            cells = (f"{row['row_id']}.months_from_diagnosis",)
            found[case] = _Event(float(row["months_from_diagnosis"]), cells, at_death=at_death)
    return found


def _operations(treatments: pd.DataFrame) -> dict[str, _Event]:
    """The operation of each patient who had one only: of several nobody knows which a report counts from."""
    own = treatments[treatments["kind"].eq("surgery") & treatments["status"].eq("given")]
    found: dict[str, _Event] = {}
    for case, row_id, month in zip(own["case_id"], own["row_id"], own["months_from_diagnosis"], strict=True):
        if case in found:
            found[case] = _Event(None, (), "one of several operations")
        elif pd.isna(month):
            found[case] = _Event(None, (), "surgery without a date")
        else:
            found[case] = _Event(float(month), (f"{row_id}.months_from_diagnosis",))
    return found


def _last_seen(outcomes: pd.DataFrame) -> dict[str, _Seen]:
    own = outcomes[outcomes["endpoint"].eq("vital_status")].drop_duplicates("case_id", keep="last")
    found = {}
    for row in own[["row_id", "case_id", "value", "months", "origin", "observed"]].to_dict("records"):
        months = None if pd.isna(row["months"]) else float(row["months"])
        origin = None if pd.isna(row["origin"]) else row["origin"]
        event = row["value"] == "dead" and bool(pd.isna(row["observed"]) or row["observed"])
        cells = tuple(f"{row['row_id']}.{name}" for name in ("value", "months"))
        origin = "diagnosis" if origin == "presentation" else origin
        found[row["case_id"]] = _Seen(row["value"], event, months, origin, cells)
    return found


def _time(events: Mapping[str, _Event | None], seen: _Seen | None, rule: Rule) -> _Time:
    start, spread = events[rule.start], events["metastasis"]
    if start is None:
        return _Time(why_not=f"no {rule.start} reported")
    if rule.spread and (spread is None or spread.out):
        return _Time(why_not=spread.why_not if spread else "no metastasis reported")
    if start.out:
        return _Time(why_not=start.why_not)
    if rule.end != "death":
        return _between(start, events[rule.end], rule)
    if start.at_death:
        return _Time(0.0, True, None, (*start.cells, *(seen.cells if seen else ())))
    if seen is None:
        return _Time(why_not="vital status not reported")
    if seen.value == "lost to follow-up" and rule.lost == "dropped":
        return _Time(why_not="lost to follow-up")
    if seen.months is None:
        return _Time(why_not=f"time of {'death' if seen.event else 'last observation'} not reported")
    if seen.origin == rule.start:
        return _Time(seen.months, seen.event, None, seen.cells)
    if start.months is None:
        return _Time(why_not=start.why_not)
    ended = _since_diagnosis(seen, events)
    if ended.months is None:
        return _Time(why_not=ended.why_not)
    if ended.months < start.months:
        return _Time(why_not=f"last observation before the {rule.start}")
    return _Time(_from(start.months, ended.months), seen.event, None, (*start.cells, *ended.cells))


def _between(start: _Event, end: _Event | None, rule: Rule) -> _Time:
    """From one dated event to another; patients without the second do not enter: spread is why they were reported."""
    if end is None:
        return _Time(why_not=f"no {rule.end} reported")
    if start.months is None or end.months is None:
        return _Time(why_not=start.why_not or end.why_not)
    if end.months < start.months:
        return _Time(why_not=f"{rule.end} before the {rule.start}")
    return _Time(_from(start.months, end.months), True, None, (*start.cells, *end.cells))


def _from(start: float, end: float) -> float:
    return round(end - start, 6)  # 2.3 from 0, and from 14 to 16.3, are one time


def _since_diagnosis(seen: _Seen, events: Mapping[str, _Event | None]) -> _Event:
    if seen.months is None or seen.origin is None:
        return _Event(None, (), "time of death or last observation without its origin")
    if seen.origin == "diagnosis":
        return _Event(seen.months, seen.cells)
    origin = events.get(seen.origin)
    if origin is None or origin.months is None:
        why = origin.why_not if origin and origin.why_not else f"{seen.origin}, which has no date"
        return _Event(None, (), f"last observation counts from {why}")
    return _Event(origin.months + seen.months, (*origin.cells, *seen.cells))
