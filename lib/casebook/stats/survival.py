"""Time to an event with patients who were not watched to the end."""

import warnings
from dataclasses import dataclass

import pandas as pd

FEWEST = 5  # fewer patients are listed one by one: a curve of them would say more than they do

_COLUMNS = ["months", "at_risk", "events", "censored", "survival", "low", "high"]
_HALF = 1e-9  # a product of fractions that is one half may miss it by so much


@dataclass(frozen=True)
class Median:
    """The time by which half have had the event, and its 95 % interval; None where the curve does not get there."""

    months: float | None
    low: float | None
    high: float | None


def curve(times: pd.DataFrame) -> pd.DataFrame:
    """Kaplan and Meier's estimate (1958) from columns months and event (false: watched so long without it).

    A row at 0 and one per distinct time: columns months, at_risk (just before it), events, censored (at it), survival,
    low, high; the limits are log-log (Kalbfleisch and Prentice 1980), empty where they do not exist: from 0 to the
    first event, and where nobody is left.
    """
    if times.empty:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in _COLUMNS})
    months, event = _arrays(times)
    found = _fitted(months, event).sf
    bounds = _limits(found)
    rows: list[tuple] = [(0.0, len(months), 0, 0, 1.0, float("nan"), float("nan"))]
    for at, month in enumerate(found.quantiles):
        here = months == month
        rows.append(
            (
                float(month),
                int((months >= month).sum()),
                int((here & event).sum()),
                int((here & ~event).sum()),
                float(found.probabilities[at]),
                *(float(limit.probabilities[at]) for limit in bounds),
            )
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def curves(times: pd.DataFrame, group: str) -> pd.DataFrame:
    """The `curve` of each group of `times`, with its name in column `group`; none where a group has fewer than
    `FEWEST` patients.
    """
    parts = dict(list(times.groupby(group, sort=False)))
    if not parts or min(map(len, parts.values())) < FEWEST:
        return curve(times.head(0)).assign(group=pd.Series(dtype="str"))
    return pd.concat([curve(own).assign(group=name) for name, own in parts.items()], ignore_index=True)


def median(times: pd.DataFrame) -> Median:
    """The median of `curve`; its interval is where the limits cross one half (Brookmeyer and Crowley 1982).

    A curve that runs at exactly one half between two events has the middle of them as its median, as R's survfit and
    SAS have it: with everybody watched to the end that is the median of the times.
    """
    steps = curve(times)
    return Median(*(_crossing(steps, column) for column in ("survival", "low", "high")))


def limits(middle: Median) -> str | None:
    """The interval of a median in words: "4 to 9", "2 to not reached"."""
    if middle.months is None:
        return None
    return " to ".join("not reached" if month is None else f"{month:.3g}" for month in (middle.low, middle.high))


def at_risk(times: pd.DataFrame, months: list[float]) -> list[int]:
    """How many are still watched, and without the event, just before each of `months`."""
    return [int((times["months"] >= month).sum()) for month in months]


def logrank(one: pd.DataFrame, other: pd.DataFrame) -> float | None:
    """Two-sided P that two groups' curves are one (Mantel 1966; Peto and Peto 1972).

    None where nobody of both had the event while somebody of the other group was still watched: nothing is compared.
    """
    from scipy.stats import CensoredData
    from scipy.stats import logrank as test

    if one.empty or other.empty:
        return None
    groups = [CensoredData.right_censored(months, ~event) for months, event in map(_arrays, (one, other))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy divides by a variance of nothing and warns
        p = float(test(*groups).pvalue)
    return None if p != p else p


def _arrays(times: pd.DataFrame):
    return times["months"].to_numpy(dtype="float64"), times["event"].to_numpy(dtype="bool")


def _fitted(months, event):
    from scipy.stats import CensoredData, ecdf

    return ecdf(CensoredData.right_censored(months, ~event))


def _limits(found) -> tuple:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy warns where a limit does not exist; here it is empty
        interval = found.confidence_interval(method="log-log")
    return interval.low, interval.high


def _crossing(steps: pd.DataFrame, column: str) -> float | None:
    reached = steps["months"][steps[column] <= 0.5 + _HALF]
    if reached.empty:
        return None
    first = float(reached.iloc[0])
    later = steps["months"][steps[column] < 0.5 - _HALF]
    flat = abs(float(steps.loc[reached.index[0], column]) - 0.5) <= _HALF and len(later)
    return (first + float(later.iloc[0])) / 2 if flat else first
