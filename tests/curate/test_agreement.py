import math

import krippendorff
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from casebook.curate import Decision, append, read
from casebook.curate.agreement import agreement, alpha, disagreements, kappa

ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


@given(ANSWERS)
def test_kappa_is_that_of_scikit_learn(both):
    first, second = zip(*both, strict=True)
    if len({*first, *second}) > 1:
        expected = cohen_kappa_score(first, second)
        assert kappa(first, second) == pytest.approx(expected) or math.isnan(expected)


@given(ANSWERS)
def test_alpha_is_that_of_krippendorff(both):
    first, second = zip(*both, strict=True)
    if len({*first, *second}) > 1:
        coded = [["abc".index(value) for value in side] for side in (first, second)]
        assert alpha(first, second) == pytest.approx(krippendorff.alpha(coded, level_of_measurement="nominal"))


def test_no_variation_gives_no_figure():
    assert math.isnan(kappa("aa", "aa")) and math.isnan(alpha("aa", "aa"))


@pytest.fixture
def decisions(tmp_path) -> pd.DataFrame:
    """Ada and Bo on six sexes: they agree on four."""
    said = {"Ada": ["male"] * 3 + ["female"] * 3, "Bo": ["male"] * 2 + ["female"] * 3 + [""]}
    for who, values in said.items():
        for at, value in enumerate(values):
            action = "reject" if not value else "confirm" if value == "male" else "change"
            cell = {"table": "cases", "row_id": f"cases-{at}", "column": "sex", "old": "male", "new": value}
            append(tmp_path / "d.csv", Decision(f"2030-01-01T00:00:{at:02d}Z", who, action, **cell))
    return read(tmp_path / "d.csv")


def test_agreement_of_two_persons(decisions):
    row, = agreement(decisions, "Ada", "Bo").to_dict("records")
    assert (row["field"], row["n"], row["same"], round(row["percent"], 1)) == ("cases.sex", 6, 4, 66.7)
    assert row["kappa"] == pytest.approx((4 / 6 - 15 / 36) / (1 - 15 / 36))
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"]


def test_the_machine_can_be_one_of_the_two(decisions):
    row, = agreement(decisions, "Bo", "machine").to_dict("records")
    assert (row["n"], row["same"]) == (6, 2)


def test_the_same_interval_each_time(decisions):
    assert agreement(decisions, "Ada", "Bo").equals(agreement(decisions, "Ada", "Bo"))


def test_disagreements_side_by_side(decisions):
    found = disagreements(decisions, "Ada", "Bo")
    assert list(zip(found["row_id"], found["first"], found["second"], strict=True)) == [
        ("cases-2", "male", "female"), ("cases-5", "female", "(none)"),
    ]  # fmt: skip


def test_nobody_and_nothing(decisions):
    assert agreement(decisions, "Ada", "Nobody").empty
    assert agreement(decisions.head(0), "Ada", "Bo").empty
