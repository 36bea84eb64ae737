"""Kaplan and Meier's estimate, its limits and median, and the log-rank test: against statsmodels, published values,
and by hand.
"""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from casebook.stats import survival

# Remission in weeks under 6-mercaptopurine and placebo (Freireich 1963, as in Gehan 1965); + is censored.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
TIMES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


@pytest.fixture(autouse=True)
def _warnings_are_errors():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def times(drawn: str) -> pd.DataFrame:
    rows = [(float(one.rstrip("+")), not one.endswith("+")) for one in drawn.split()]
    return pd.DataFrame(rows, columns=["months", "event"])


def framed(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["months", "event"]).astype({"months": "float64", "event": "bool"})


def falls(frame: pd.DataFrame) -> pd.DataFrame:
    steps = survival.curve(frame)
    return steps[steps["events"] > 0]


def test_freireich_as_published():
    own = falls(times(MERCAPTOPURINE)).set_index("months")
    assert own["at_risk"].to_dict() == {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert own["survival"].round(3).to_dict() == expected
    assert (own.loc[6, "low"], own.loc[6, "high"]) == pytest.approx((0.620, 0.952), abs=1e-3)
    assert survival.median(times(MERCAPTOPURINE)).months == 23
    assert survival.median(times(PLACEBO)).months == 8


def test_freireich_groups_differ_as_published():
    p = survival.logrank(times(MERCAPTOPURINE), times(PLACEBO))
    assert p == pytest.approx(math.erfc(math.sqrt(16.793 / 2)), rel=1e-3)  # chi square 16.79 on 1 degree of freedom


def test_five_patients_by_hand():
    steps = survival.curve(times("1 2+ 2 3+ 4"))
    assert steps[["months", "at_risk", "events", "censored"]].values.tolist() == [
        [0, 5, 0, 0], [1, 5, 1, 0], [2, 4, 1, 1], [3, 2, 0, 1], [4, 1, 1, 0],
    ]  # fmt: skip
    assert steps["survival"].tolist() == pytest.approx([1, 4 / 5, 4 / 5 * 3 / 4, 3 / 5, 0])


def test_log_log_limits_by_hand():
    row = falls(times("1 2+ 2 3+ 4")).iloc[1]
    greenwood = 1 / (5 * 4) + 1 / (4 * 3)
    width = 1.959964 * math.sqrt(greenwood) / abs(math.log(0.6))
    assert row["low"] == pytest.approx(0.6 ** math.exp(width), rel=1e-5)
    assert row["high"] == pytest.approx(0.6 ** math.exp(-width), rel=1e-5)


@given(TIMES)
def test_the_curve_and_its_limits_are_those_of_statsmodels(rows):
    frame = framed(rows)
    if not frame["event"].any():
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = SurvfuncRight(frame["months"], frame["event"].astype(int))
    own = falls(frame)
    assert own["months"].tolist() == list(theirs.surv_times)
    assert own["at_risk"].tolist() == list(theirs.n_risk)
    assert own["survival"].tolist() == pytest.approx(list(theirs.surv_prob))
    for row, share, error in zip(own.itertuples(), theirs.surv_prob, theirs.surv_prob_se, strict=True):
        if 0 < share < 1:
            z = 1.959964 * error / (share * abs(math.log(share)))
            assert (row.low, row.high) == pytest.approx((share ** math.exp(z), share ** math.exp(-z)), rel=1e-4)


@given(TIMES)
def test_a_curve_never_rises_and_its_limits_hold_it(rows):
    steps = survival.curve(framed(rows))
    assert (steps["survival"].diff().dropna() <= 1e-12).all()
    assert (steps["at_risk"].diff().dropna() <= 0).all()
    assert steps["events"].sum() + steps["censored"].sum() == len(rows) == steps["at_risk"].iloc[0]
    limited = steps.dropna()
    assert ((limited["low"] <= limited["survival"]) & (limited["survival"] <= limited["high"])).all()


@given(TIMES)
def test_who_was_watched_longer_takes_nothing_from_the_curve_before(rows):
    frame = framed(rows)
    longer = frame.assign(months=frame["months"].where(frame["event"], 99.0))
    assert (falls(longer)["survival"].to_numpy() >= falls(frame)["survival"].to_numpy() - 1e-12).all()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_the_median_of_all_who_died_is_the_median(months):
    frame = framed([(month, True) for month in months])
    assert survival.median(frame).months == pytest.approx(np.median(months))


@given(TIMES)
def test_the_interval_of_the_median_is_that_of_statsmodels(rows):
    frame = framed(rows)
    own = survival.median(frame)
    steps = survival.curve(frame)
    if not frame["event"].any() or (steps["survival"] < 1e-12).any() or own.low is None:
        return  # statsmodels gives a limit where nobody is left; R and we give none
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low, high = SurvfuncRight(frame["months"], frame["event"].astype(int)).quantile_ci(0.5)
    assert own.low == low
    assert (math.inf if own.high is None else own.high) == high


@given(TIMES, TIMES)
def test_the_log_rank_test_is_that_of_statsmodels(one, other):
    first, second = framed(one), framed(other)
    p = survival.logrank(first, second)
    both = pd.concat([first, second])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = survdiff(both["months"], both["event"].astype(int), [0] * len(first) + [1] * len(second))[1]
        except (np.linalg.LinAlgError, ValueError, IndexError):
            theirs = math.nan
    assert p is None and math.isnan(theirs) or p == pytest.approx(theirs, abs=1e-9)


def test_more_than_12_months_is_watched_for_12():
    steps = survival.curve(times("3 12+ 12 20"))
    row = steps[steps["months"].eq(12)].iloc[0]
    assert (row["at_risk"], row["events"], row["censored"]) == (3, 1, 1)
    assert row["survival"] == pytest.approx(3 / 4 * 2 / 3)  # who left in that month was watched through it


def test_dead_at_0_months_falls_at_once():
    steps = survival.curve(times("0 0 4 5+"))
    assert steps["months"].tolist() == [0, 0, 4, 5]
    assert steps["survival"].tolist() == pytest.approx([1, 1 / 2, 1 / 4, 1 / 4])
    assert survival.median(times("0 0 4 5+")).months == 2  # half are left from 0 to 4


def test_all_censored_stay_at_1_without_limits_or_median():
    steps = survival.curve(times("3+ 5+ 5+"))
    assert steps["survival"].eq(1).all() and steps[["low", "high"]].isna().all(axis=None)
    assert survival.median(times("3+ 5+ 5+")) == survival.Median(None, None, None)
    assert survival.logrank(times("3+ 5+"), times("4+")) is None


def test_one_patient():
    assert survival.curve(times("4"))["survival"].tolist() == [1, 0]
    assert survival.median(times("4")) == survival.Median(4, None, None)
    assert survival.median(times("4+")).months is None


def test_a_curve_that_ends_at_one_half_reaches_its_median_there():
    assert survival.median(times("2 6+")).months == 2


def test_zero_patients():
    none = times("3").head(0)
    assert survival.curve(none).empty and list(survival.curve(none)) == list(survival.curve(times("3")))
    assert survival.median(none) == survival.Median(None, None, None)
    assert survival.at_risk(none, [0, 5]) == [0, 0]
    assert survival.logrank(none, times("3")) is None


def test_deaths_that_nobody_of_the_other_group_could_have_died_at_compare_nothing():
    assert survival.logrank(times("5 6"), times("1+ 2+")) is None


def test_at_risk_just_before():
    assert survival.at_risk(times("1 2+ 2 3+ 4"), [0, 1, 2, 2.5, 4, 5]) == [5, 5, 4, 2, 1, 0]


def test_a_group_of_too_few_leaves_no_curve_at_all():
    drawn = times("1 2 3 4 5 1 2 3 4").assign(kind=["a"] * 5 + ["b"] * 4)
    assert survival.curves(drawn, "kind").empty and "group" in survival.curves(drawn, "kind")
    both = pd.concat([drawn, times("9+").assign(kind="b")])
    found = survival.curves(both, "kind")
    assert found.groupby("group")["at_risk"].max().to_dict() == {"a": 5, "b": 5}
    assert survival.curves(both.head(0), "kind").empty
