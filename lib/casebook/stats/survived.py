"""What became of the patients of `estimands.times`: their curves, their groups, and the sentence under each figure."""

from collections.abc import Mapping

import pandas as pd

from casebook.stats.estimands import entered, reasons
from casebook.stats.spread import UNNAMED, chain
from casebook.stats.survival import FEWEST, curves, limits, logrank, median
from casebook.stats.words import months, number
from casebook.text.amounts import counted, plural

_ALL, _SPACE = "all patients", "\N{NO-BREAK SPACE}"
_LISTED = 12  # so many patients are shown each with the reason why they do not enter
_DRAWN = f"The band is the 95{_SPACE}% interval (log-log); a tick is a patient who was watched no longer."


def survival_curves(found: pd.DataFrame, group: str = "") -> pd.DataFrame:
    """The curves of the patients of `times` that have a time, by column `group` if there is one; none of so few that
    they are listed.
    """
    own = entered(found)
    return curves(own, group) if group else curves(own.assign(group=_ALL), "group")


def grouped_by_site(found: pd.DataFrame, sites: pd.DataFrame, wider: Mapping[str, str], site: str) -> pd.DataFrame:
    """The patients of `found` whose metastases are named, with a column `group`: whether these include `site`, or a
    part of it, at any time.
    """
    met = sites[sites["role"].eq("metastasis") & sites["status"].eq("present") & sites["site"].ne(UNNAMED)]
    found = found[found["case_id"].isin(met["case_id"])]
    with_it = set(met["case_id"][[site in chain(place, wider) for place in met["site"]]])
    inside = found["case_id"].isin(with_it).map({True: f"with {site} metastasis", False: f"without {site} metastasis"})
    own = found.assign(group=inside.astype("object"))
    return own.sort_values("group", kind="stable", ignore_index=True)


def survival_told(found: pd.DataFrame, event: str = "died") -> str:
    """How many enter, how many of them had the `event`, the median, and why the others do not enter."""
    own, why = entered(found), reasons(found)
    of, have = counted(len(found), "patient"), plural(len(own), "has", "have")
    text = f"{len(own):,} of {of} {have} a time{_numbers(own, event)}."
    if len(own) < FEWEST:
        text += f" Fewer than {number(FEWEST)} are listed, not drawn as a curve."
        return text + (f" Left out: {why}." if len(found) > _LISTED else "")
    return text + (f" Left out: {why}. " if why else " ") + _DRAWN


def groups_told(grouped: pd.DataFrame, event: str = "died") -> str:
    """Each group of `grouped_by_site` in numbers and the log-rank test of the two, or why they are not compared."""
    own = entered(grouped)
    parts = {str(name): own[own["group"].eq(name)] for name in sorted(grouped["group"].unique())}
    if len(parts) < 2 or min(map(len, parts.values())) < FEWEST:
        few = ", ".join(f"{name} {len(part):,}" for name, part in parts.items()) or "nobody"
        return f"The groups are not compared, for each needs {number(FEWEST)} patients with a time: {few}."
    one, other = parts.values()
    p = logrank(one, other)
    text = "; ".join(f"{name} {counted(len(part), 'patient')}{_numbers(part, event)}" for name, part in parts.items())
    test = f"log-rank P{_SPACE}{_p(p)}, adjusted for nothing" if p is not None else "no log-rank test"
    return f"{text[:1].upper()}{text[1:]}; {test}. {_DRAWN}"


def panel_told(panel: pd.DataFrame) -> str:
    """How far the rules of `estimands.panel` move the median, and the number of patients."""
    medians = panel["estimate"].dropna()
    if medians.empty:
        return f"Under no rule is there a median of {number(FEWEST)} patients or more."
    low, high, n = medians.min(), medians.max(), panel["n"][panel["estimate"].notna()]
    patients = f"{n.min():,} to {n.max():,}" if n.min() < n.max() else f"{n.min():,}"
    if low == high:
        return f"The median is {months(high)} under each rule that has one, of {patients} patients."
    return f"Over {len(medians)} rules the median goes from {low:.3g} to {months(high)}, of {patients} patients."


def _numbers(own: pd.DataFrame, event: str) -> str:
    text = f", {int(own['event'].sum()):,} {event}" if len(own) else ""
    if len(own) < FEWEST:
        return text
    middle = median(own)
    if middle.months is None:
        return f"{text}, median not reached"
    return f"{text}, median {months(middle.months)} (95{_SPACE}% {limits(middle)})"


def _p(p: float) -> str:
    return f"<{_SPACE}0.001" if p < 0.001 else f"={_SPACE}{p:.2g}" if p < 0.1 else f"={_SPACE}{p:.2f}"
