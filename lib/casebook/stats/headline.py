"""The figures that a review of case reports is cited for, each with its own denominator.

The names are those by which published reviews give theirs, so that ours can stand beside them.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.stats.estimands import MAIN, Rule, entered, reasons, times
from casebook.stats.proportions import wilson
from casebook.stats.refs import joined, refs
from casebook.stats.spread import UNNAMED, chain
from casebook.stats.survival import FEWEST, median

_COLUMNS = ["figure", "estimate", "low", "high", "unit", "n", "of", "left_out", "method", "estimate@"]
TIMES = {
    "median diagnosis to metastasis": Rule("diagnosis", "metastasis"),
    "median metastasis to death": MAIN,
    "median overall survival": Rule("diagnosis", "death"),
}
_SITES = 5  # so many of the most frequent sites of metastasis are headline figures


def headline(
    tables: Mapping[str, pd.DataFrame], wider: Mapping[str, str] | None = None, sites: tuple[str, ...] = ()
) -> pd.DataFrame:
    """A row per figure: estimate, low, high, unit, n (patients it rests on), of (patients asked), left_out and method.

    Only patients of the reports themselves; `estimate` is empty where fewer than `survival.FEWEST` enter. `low` and
    `high` are 95 % limits, of the age its quartiles. `wider` maps a site to the next wider one: a vertebra counts as
    vertebra and as bone. The sites are the five most frequent, or `sites`, so that a part of the patients can be
    compared with all of them.
    """
    cases = tables["cases"][tables["cases"]["role"].eq("index")]
    found = [_ages(cases), _men(cases), *_sites(tables["sites"], cases, wider or {}, sites)]
    found += [_time(tables, name, rule) for name, rule in TIMES.items()]
    return pd.DataFrame(found, columns=_COLUMNS).astype(dict.fromkeys(("estimate", "low", "high"), "Float64"))


def counted_as(site: str, wider: Mapping[str, str]) -> tuple[str, ...]:
    """The labels by which a metastasis counts: the widest organ or tissue that holds `site`, and the one below it.

    An L1 vertebra counts as vertebra and as bone, a lobe of the lung as lung.
    """
    return () if site == UNNAMED else chain(site, wider)[-2:]


def _ages(cases: pd.DataFrame) -> dict:
    ages = cases["age_years"].dropna()
    quartiles = ages.quantile([0.5, 0.25, 0.75]) if len(ages) >= FEWEST else (None, None, None)
    middle, low, high = quartiles
    return {
        "figure": "median age",
        "estimate": middle,
        "low": low,
        "high": high,
        "unit": "years",
        "n": len(ages),
        "of": len(cases),
        "left_out": _silent(len(cases) - len(ages), "age not reported"),
        "method": "median and quartiles",
        "estimate@": joined(refs(cases, "age_years")),
    }


def _men(cases: pd.DataFrame) -> dict:
    stated = cases[cases["sex"].notna()]
    n = int(stated["sex"].eq("male").sum())
    cells = joined(refs(stated, "sex"))
    left_out = _silent(len(cases) - len(stated), "sex not reported")
    return _share("share male", n, len(stated), len(cases), left_out, cells)


def _sites(
    sites: pd.DataFrame, cases: pd.DataFrame, wider: Mapping[str, str], asked: tuple[str, ...]
) -> Iterator[dict]:
    without = len(cases) - _present(sites, cases)["case_id"].nunique()
    met = metastases(sites, cases, wider)
    of = met["case_id"].nunique()
    left_out = _listed(_silent(without, "without metastasis"), _silent(len(cases) - without - of, "site not named"))
    for site in asked or frequent(met):
        own = met[met["as_"].eq(site)]
        n, cells = own["case_id"].nunique(), joined(refs(own, "site"))
        yield _share(f"share with {site} metastasis", n, of, len(cases), left_out, cells)


def _present(sites: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    own = sites["case_id"].isin(cases["case_id"])
    return sites[own & sites["role"].eq("metastasis") & sites["status"].eq("present")]


def metastases(sites: pd.DataFrame, cases: pd.DataFrame, wider: Mapping[str, str]) -> pd.DataFrame:
    """The metastases of `cases` whose organ or tissue is named; a row per label in `as_` by which one counts."""
    met = _present(sites, cases)
    return met.assign(as_=[counted_as(site, wider) for site in met["site"]]).explode("as_").dropna(subset="as_")


def frequent(met: pd.DataFrame) -> list[str]:
    """The most frequent sites of `metastases`, ties by name; of two in the same patients only the narrower."""
    who = {str(site): frozenset(own) for site, own in met.groupby("as_")["case_id"]}
    narrower = {str(row.as_): str(row.site) for row in met.itertuples() if row.as_ != row.site}
    same = {site for site, below in narrower.items() if who.get(below) == who[site]}
    return sorted(who.keys() - same, key=lambda site: (-len(who[site]), site))[:_SITES]


def _share(figure: str, n: int, of: int, asked: int, left_out: str, cells: str) -> dict:
    low, high = wilson(n, of)
    enough = of >= FEWEST
    return {
        "figure": figure,
        "estimate": 100 * n / of if enough else None,
        "low": 100 * low if enough else None,
        "high": 100 * high if enough else None,
        "unit": "%",
        "n": of,
        "of": asked,
        "left_out": left_out,
        "method": "share and Wilson's interval",
        "estimate@": cells,
    }


def _time(tables: Mapping[str, pd.DataFrame], name: str, rule: Rule) -> dict:
    found = times(tables, rule)
    own = entered(found)
    middle = median(own) if len(own) >= FEWEST else None
    return {
        "figure": name,
        "estimate": middle.months if middle else None,
        "low": middle.low if middle else None,
        "high": middle.high if middle else None,
        "unit": "months",
        "n": len(own),
        "of": len(found),
        "left_out": reasons(found),
        "method": "median" if len(own) and own["event"].all() else "Kaplan-Meier median, log-log interval",
        "estimate@": joined(own["months@"]),
    }


def _listed(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _silent(n: int, why: str) -> str:
    return f"{why} ({n:,})" if n else ""
