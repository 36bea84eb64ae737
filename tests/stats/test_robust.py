"""Every headline figure without each patient in turn: the slow way, by leaving out the rows, says the same."""

import pandas as pd
import pytest

from casebook import stats
from casebook.stats.headline import headline
from casebook.stats.robust import FEWEST_TO_LEAVE, entering, estimate, sites_of
from invented import frames

AGES = [30, 35, 41, 44, 50, 58, 90]
SEXES = ["male", "male", "male", "female", "male", "male", "male"]
SITES = ["lung", "lung", "lung", "liver", "lung", "lung", "L1 vertebra"]
FOUND = [2, 4, 6, 8, 10, 30, ""]
DIED = [3, 6, 9, 12, 14, 60, 20]
WIDER = {"L1 vertebra": "vertebra", "vertebra": "bone"}


def tables(first=7):
    people = range(first)
    return frames(
        cases="case_id | age_years | sex\n" + "\n".join(f"r{n}/1 | {AGES[n]} | {SEXES[n]}" for n in people),
        sites="case_id | role | site | months_from_diagnosis\n"
        + "\n".join(f"r{n}/1 | metastasis | {SITES[n]} | {FOUND[n]}" for n in people),
        outcomes="case_id | endpoint | value | months | origin\n"
        + "\n".join(f"r{n}/1 | vital_status | {'alive' if n == 5 else 'dead'} | {DIED[n]} | diagnosis" for n in people),
    )


def without(whole, case):
    return {
        name: frame[frame["case_id"].ne(case)] if "case_id" in frame and name != "evidence" else frame
        for name, frame in whole.items()
    }


def row(found, figure):
    return found.set_index("figure").loc[figure]


def test_the_range_is_that_of_the_figure_without_each_patient():
    whole = tables()
    found = stats.robust(whole, WIDER)
    sites = sites_of(found)
    slow = pd.concat(
        [headline(without(whole, case), WIDER, sites).assign(case=case) for case in whole["cases"]["case_id"]]
    )
    for figure in found[found["low"].notna()]["figure"]:
        estimates = slow[slow["figure"].eq(figure)]["estimate"].dropna()
        assert row(found, figure)["low"] == pytest.approx(min(estimates.min(), row(found, figure)["estimate"])), figure
        assert row(found, figure)["high"] == pytest.approx(max(estimates.max(), row(found, figure)["estimate"])), figure
    assert found["low"].notna().sum() >= 5


def test_the_patients_who_enter_give_the_headline_figure():
    whole = tables()
    figures = headline(whole, WIDER)
    parts = entering(whole, WIDER, sites_of(figures))
    assert set(parts) == set(figures["figure"])
    for figure in figures.itertuples():
        assert len(parts[figure.figure]) == figure.n
        assert estimate(parts[figure.figure], figure.unit) == pytest.approx(figure.estimate)


def test_the_median_age_by_hand():
    age = row(stats.robust(tables()), "median age")
    assert (age["estimate"], age["low"], age["high"], age["n"]) == (44, 42.5, 47, 7)
    assert (age["moved_by"], age["moved_to"]) == ("Patient 1 or 2 others", 47)  # without any of 30, 35, 41
    assert age["moved_by@"] == "cases-1.age_years"


def test_the_only_woman_moves_the_share_of_men_most():
    men = row(stats.robust(tables()), "share male")
    assert men["estimate"] == pytest.approx(100 * 6 / 7)
    assert (men["moved_by"], men["moved_to"]) == ("Patient 4", 100)
    assert men["low"] == pytest.approx(100 * 5 / 6)


def test_a_figure_that_no_patient_moves_has_a_range_of_nothing():
    same = tables()
    same["cases"]["age_years"] = pd.array([50.0] * 7, dtype="Float64")
    age = row(stats.robust(same), "median age")
    assert (age["low"], age["high"]) == (50, 50) and pd.isna(age["moved_by"])


@pytest.mark.parametrize("n", [0, 1, 2, FEWEST_TO_LEAVE - 1])
def test_fewer_than_the_fewest_have_no_range_but_a_reason(n):
    found = stats.robust(tables(n) if n else frames())
    assert found["low"].isna().all() and found["moved_by"].isna().all()
    assert found["why_not"].notna().all()
    assert f"fewer than {FEWEST_TO_LEAVE}" in row(found, "median age")["why_not"]


def test_a_median_that_is_not_reached_is_said():
    alive = tables()
    alive["outcomes"]["value"] = pd.array(["alive"] * 7, dtype="string")
    assert row(stats.robust(alive), "median overall survival")["why_not"] == "not reached"
