"""How much each headline figure rests on one patient: every patient is left out once."""

from collections.abc import Mapping

import pandas as pd

from casebook.stats.estimands import entered, times
from casebook.stats.headline import TIMES, frequent, headline, metastases
from casebook.stats.patients import named
from casebook.stats.refs import joined, refs
from casebook.stats.survival import FEWEST, median
from casebook.text.amounts import counted

FEWEST_TO_LEAVE = FEWEST + 1  # of fewer patients, those who stay are too few for the figure

_COLUMNS = [
    "figure", "estimate", "low", "high", "unit", "n", "moved_by", "moved_to", "without", "why_not", "estimate@",
    "moved_by@",
]  # fmt: skip
_SAME = 1e-9


def robust(tables: Mapping[str, pd.DataFrame], wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The `headline` figures, with the lowest and highest value that each takes when one patient is left out.

    Leave-one-out after Tukey (1958), as in influence analyses of reviews (Viechtbauer and Cheung 2010). `moved_by` is
    the patient without whom the figure moves most, and the first of several that move it alike; `moved_to` its value
    then. `without` counts the patients without whom there is no median. A figure that rests on fewer than
    `FEWEST_TO_LEAVE` patients, or has no estimate, has `why_not` and no range.
    """
    shares = headline(tables, wider)
    parts = entering(tables, wider or {}, sites_of(shares))
    patients = named(tables["cases"]).set_index("case_id")["patient"]
    rows = []
    for figure in shares.to_dict("records"):
        row = {name: figure.get(name) for name in _COLUMNS}
        own = parts[figure["figure"]]
        if len(own) < FEWEST_TO_LEAVE:
            row.update(low=None, high=None, why_not=f"rests on {len(own)}, fewer than {FEWEST_TO_LEAVE} patients")
        elif pd.isna(figure["estimate"]):
            row.update(low=None, high=None, why_not="not reached")
        else:
            row.update(_range(own, figure["unit"], float(figure["estimate"]), patients))
        rows.append(row)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    kinds = dict.fromkeys(("estimate", "low", "high", "moved_to"), "Float64") | {"without": "Int64"}
    return frame.astype({**kinds, "moved_by": "string", "why_not": "string"})


def entering(
    tables: Mapping[str, pd.DataFrame], wider: Mapping[str, str], sites: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Of each headline figure the patients who enter it: columns case_id, value (years, 0 or 1, months), event,
    cells.
    """
    cases = tables["cases"][tables["cases"]["role"].eq("index")]
    aged, sexed = cases[cases["age_years"].notna()], cases[cases["sex"].notna()]
    found = {
        "median age": _part(aged["case_id"], aged["age_years"], refs(aged, "age_years")),
        "share male": _part(sexed["case_id"], sexed["sex"].eq("male"), refs(sexed, "sex")),
    }
    met = metastases(tables["sites"], cases, wider)
    met = met.assign(cells=refs(met, "site"))
    every = met.groupby("case_id", sort=False)["cells"].agg(joined)
    for site in sites or tuple(frequent(met)):
        own = met[met["as_"].eq(site)].groupby("case_id")["cells"].agg(joined)
        cells = own.reindex(every.index).fillna(every)
        found[f"share with {site} metastasis"] = _part(every.index, every.index.isin(own.index), cells)
    for name, rule in TIMES.items():
        timed = entered(times(tables, rule))
        found[name] = _part(timed["case_id"], timed["months"], timed["months@"]).assign(event=timed["event"].to_numpy())
    return found


def sites_of(figures: pd.DataFrame) -> tuple[str, ...]:
    """The sites of which `headline` gave a share."""
    named_ = figures["figure"].str.extract(r"^share with (.+) metastasis$")[0]
    return tuple(named_.dropna())


def estimate(part: pd.DataFrame, unit: str) -> float | None:
    """The figure of the patients in `part` of `entering`; None under `survival.FEWEST` of them."""
    if len(part) < FEWEST:
        return None
    if unit == "months":
        return median(part.rename(columns={"value": "months"})).months
    return float(part["value"].median() if unit == "years" else 100 * part["value"].mean())


def _part(case: pd.Series | pd.Index, value, cells: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_id": list(case),
            "value": [float(one) for one in value],
            "event": True,
            "cells": list(cells),
        }
    ).astype({"value": "float64", "event": "bool"})


def _range(part: pd.DataFrame, unit: str, whole: float, patients: pd.Series) -> dict:
    """Patients with the same value leave the same figure behind: each distinct value is left out once."""
    left = {}
    for at, key in enumerate(zip(part["value"], part["event"], strict=True)):
        if key not in left:
            left[key] = estimate(part.drop(index=at).reset_index(drop=True), unit)
    each = [left[key] for key in zip(part["value"], part["event"], strict=True)]
    reached = [value for value in each if value is not None]
    if not reached:
        return {"low": None, "high": None, "without": len(each), "why_not": "not reached without any one patient"}
    far = [abs(value - whole) if value is not None else -1.0 for value in each]
    most = max(far)
    alike = [at for at, value in enumerate(far) if abs(value - most) <= _SAME]
    same = {"low": min(*reached, whole), "high": max(*reached, whole), "without": len(each) - len(reached)}
    if most <= _SAME:
        return same
    first = alike[0]
    others = len(alike) - 1
    who = patients[part["case_id"].iloc[first]] + (f" or {counted(others, 'other')}" if others else "")
    return {**same, "moved_by": who, "moved_to": each[first], "moved_by@": part["cells"].iloc[first]}
