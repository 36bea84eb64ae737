"""What differs between two readings, why, and which figure it moved: one change made by hand at a time."""

import pandas as pd
import pytest

from casebook import stats
from casebook.schema import TABLES
from casebook.stats.changes import changes, compared
from casebook.stats.movers import MOST_CAUSES, grouped, swapped
from invented import frames

N = 7


def tables(*drop, n=N, **sha):
    """`n` reports of one patient each, aged 40, 41 …, with one metastasis to the lung in month 1, 2 …"""
    people = [at for at in range(n) if at not in drop]
    drawn = frames(
        sources="source_id | sha256\n" + "\n".join(f"r{at} | {sha.get(f'r{at}', 'aa')}{at}" for at in people),
        cases="row_id | case_id | age_years | sex\n"
        + "\n".join(f"cases-{at} | r{at}/1 | {40 + at} | male" for at in people),
        sites="row_id | case_id | role | site | months_from_diagnosis\n"
        + "\n".join(f"sites-{at} | r{at}/1 | metastasis | lung | {1 + at}" for at in people),
    )
    rows = [
        {"table": table, "row_id": f"{table}-{at}", "column": column, "source_id": f"r{at}", "start": 0, "end": 1,
         "quote": "x", "rule": rule, "status": "machine"}
        for at in people
        for table, column, rule in (("cases", "age_years", "age.stated"), ("cases", "role", "patients.index"),
                                    ("sites", "site", "st-0001"), ("sites", "months_from_diagnosis", "months.after"))
    ]  # fmt: skip
    return {**drawn, "evidence": TABLES["evidence"].frame(rows)}


def aged(whole, case, years):
    cases = whole["cases"].copy()
    cases.loc[cases["case_id"].eq(case), "age_years"] = years
    return {**whole, "cases": cases}


def decided(whole, row, status):
    evidence = whole["evidence"].copy()
    evidence.loc[evidence["row_id"].eq(row), "status"] = status
    return {**whole, "evidence": evidence}


def by_rule(whole, row, column, rule):
    evidence = whole["evidence"].copy()
    evidence.loc[evidence["row_id"].eq(row) & evidence["column"].eq(column), "rule"] = rule
    return {**whole, "evidence": evidence}


def causes(before, now):
    return {change.cause for change in changes(before, now)}


def moved(before, now, figure="median age"):
    found = stats.movers(before, now)
    return found[found["figure"].eq(figure)].set_index("cause")


def test_the_same_tables_moved_nothing():
    assert changes(tables(), tables()) == []
    told = " ".join(stats.what_changed(tables(), tables())["sentence"])
    assert "No row differs" in told
    assert stats.movers(tables(), tables()).empty and stats.changed_rows(tables(), tables()).empty


def test_another_order_or_identity_of_the_rows_is_no_change():
    now = tables()
    turned = {**now, "cases": now["cases"].iloc[::-1].assign(row_id="cases-x").reset_index(drop=True)}
    assert changes(now, turned) == []


def test_without_earlier_tables_nothing_is_compared_and_that_is_said():
    told = stats.what_changed(frames(), tables())
    assert list(told["sentence"]) == ["There are no earlier tables to compare with."]
    assert stats.movers(frames(), tables()).empty and stats.changed_figures(frames(), tables()).empty


def test_another_reviews_tables_are_not_compared():
    other = tables()
    other = {**other, "sources": other["sources"].assign(source_id="z" + other["sources"]["source_id"], sha256="none")}
    assert "another review's" in compared(other, tables())
    assert stats.changed_rows(other, tables()).empty


def test_a_source_that_was_added_takes_all_its_rows_with_it():
    found = stats.changed_rows(tables(6), tables())
    assert set(found["cause"]) == {"source r6 added"} and set(found["table"]) == {"cases", "sites"}
    assert list(found["added"]) == [1, 1] and found["removed"].sum() == 0
    row = moved(tables(6), tables()).loc["source r6 added"]
    assert (row["before"], row["alone"], row["undone"], row["now"]) == (42.5, 43, 42.5, 43)
    assert row["how"] == "by itself"


def test_a_source_that_was_removed_and_one_that_was_edited():
    assert causes(tables(), tables(0)) == {"source r0 removed"}
    edited = aged(tables(r3="bb"), "r3/1", 80)
    assert causes(tables(), edited) == {"source r3 edited"}
    row = moved(tables(), edited).loc["source r3 edited"]
    assert (row["before"], row["now"]) == (43, 44)


@pytest.mark.parametrize("status", ["confirmed", "corrected", "added", "rejected"])
def test_a_reviewers_decision_is_the_cause(status):
    now = decided(aged(tables(), "r0/1", 70), "cases-0", status)
    assert causes(tables(), now) == {f"{status} by a reviewer"}
    assert moved(tables(), now).loc[f"{status} by a reviewer", "now"] == 44


def test_a_rule_is_the_cause_where_nobody_decided_and_the_text_is_the_same():
    now = aged(tables(), "r0/1", 70)
    assert causes(tables(), now) == {"rule age.stated"}
    assert causes(tables(), by_rule(now, "cases-0", "age_years", "age.told")) == {"rule age.stated → age.told"}
    found = stats.changed_rows(tables(), now)
    assert found[["source", "table", "edited", "cells"]].values.tolist() == [["r0", "cases", 1, 1]]


def test_a_cell_that_a_rule_no_longer_fills_is_that_rules_change():
    now = aged(tables(), "r0/1", None)
    evidence = now["evidence"]
    own = evidence["row_id"].eq("cases-0") & evidence["column"].eq("age_years")
    assert causes(tables(), {**now, "evidence": evidence[~own]}) == {"rule age.stated"}


def test_a_patient_found_anew_brings_all_rows_for_one_cause():
    before = tables()
    gone = {**before, "cases": before["cases"].iloc[:-1], "sites": before["sites"].iloc[:-1]}
    assert causes(gone, before) == {"rule patients.index"}
    assert len(changes(gone, before)) == 2


def test_two_changes_of_two_ages_interact_in_a_median():
    now = decided(aged(aged(tables(), "r0/1", 70), "r1/1", 80), "cases-1", "corrected")
    found = moved(tables(), now)
    assert set(found.index) == {"corrected by a reviewer", "rule age.stated"}
    assert (found["before"] == 43).all() and (found["now"] == 45).all()
    assert (found["alone"] == 44).all() and (found["undone"] == 44).all()
    assert set(found["how"]) == {"by itself"}  # 43 + 1 + 1: these two add up


def test_what_acts_only_with_others_is_called_so():
    """Four of 40 and three of 60: the median stays until the older are more than half."""
    whole = tables()
    cases = whole["cases"].assign(age_years=pd.array([40.0] * 5 + [60.0] * 2, dtype="Float64"))
    before = {**whole, "cases": cases}
    now = decided(aged(aged(before, "r0/1", 60), "r1/1", 60), "cases-1", "corrected")
    found = moved(before, now)
    assert set(found["how"]) == {"only together with others"}
    assert (found["alone"] == 40).all() and (found["undone"] == 40).all() and (found["now"] == 60).all()


def test_all_changes_together_are_the_tables_of_now():
    now = decided(aged(tables(2), "r0/1", 70), "cases-0", "corrected")
    made = swapped(tables(6), now, changes(tables(6), now))
    assert sorted(made["cases"]["age_years"]) == sorted(now["cases"]["age_years"])
    assert sorted(made["sites"]["case_id"]) == sorted(now["sites"]["case_id"])
    assert [sorted(made["cases"]["case_id"])] == [sorted(now["cases"]["case_id"])]


def test_nothing_done_leaves_the_earlier_tables():
    pd.testing.assert_frame_equal(swapped(tables(6), tables(), [])["cases"], tables(6)["cases"])


def test_many_causes_of_one_kind_are_swapped_as_one():
    n = MOST_CAUSES + 6
    groups = grouped(changes(tables(*range(1, n), n=n), tables(n=n)))
    assert list(groups) == [f"{n - 1} sources added"]
    assert len(groups[f"{n - 1} sources added"]) == 2 * (n - 1)


def test_the_figures_of_both_sides():
    found = stats.changed_figures(tables(6), tables()).set_index("figure").loc["median age"]
    assert (found["before"], found["now"], found["n_before"], found["n_now"]) == (42.5, 43, 6, 7)
    told = " ".join(stats.what_changed(tables(6), tables())["sentence"])
    assert "median age (from 42.5 to 43 years)" in told
