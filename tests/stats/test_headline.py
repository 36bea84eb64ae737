"""The figures that a review is cited for, on a drawn review whose answers are counted by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import MultiLabelBinarizer

from casebook.stats.headline import counted_as, headline
from casebook.stats.proportions import wilson
from invented import frames

WIDER = {"T4 vertebra": "thoracic vertebra", "thoracic vertebra": "vertebra", "vertebra": "bone", "rib": "bone"}
SPREAD = {  # of each patient the sites of metastasis
    "a/1": ["T4 vertebra", "rib"], "b/1": ["rib", "lung"], "c/1": ["lung"], "d/1": ["lung", "liver", "T4 vertebra"],
    "e/1": ["liver"], "f/1": ["unspecified"], "g/1": [],
}  # fmt: skip
AGES = {"a/1": 60, "b/1": 40, "c/1": 50, "d/1": 30, "e/1": 20, "f/1": "", "g/1": 70}


def drawn() -> dict[str, pd.DataFrame]:
    people = "\n".join(f"{case} | index | {age} | {'male' if age in (60, 40) else 'female' if age else ''}"
                       for case, age in AGES.items())  # fmt: skip
    met = [f"{case} | metastasis | {site} | present | {4 + at}"
           for at, (case, sites) in enumerate(SPREAD.items()) for site in sites]  # fmt: skip
    ends = [f"{case} | vital_status | dead | {10 + at} | diagnosis | true" for at, case in enumerate(SPREAD)]
    return frames(
        cases=f"case_id | role | age_years | sex\n{people}\nz/c1 | cited | 99 | male",
        sites="\n".join(["case_id | role | site | status | months_from_diagnosis", *met,
                         "g/1 | metastasis | lung | absent | 3", "z/c1 | metastasis | skin | present | 1"]),
        outcomes="\n".join(["case_id | endpoint | value | months | origin | observed", *ends]),
    )  # fmt: skip


FOUND = headline(drawn(), WIDER).set_index("figure")


def test_ages_are_those_of_who_has_one():
    row, stated = FOUND.loc["median age"], [age for age in AGES.values() if age]
    assert (row["n"], row["of"], row["left_out"]) == (6, 7, "age not reported (1)")
    assert (row["estimate"], row["low"], row["high"]) == tuple(np.percentile(stated, [50, 25, 75]))


def test_men_among_those_whose_sex_is_told():
    row = FOUND.loc["share male"]
    assert (row["n"], row["of"]) == (6, 7)
    assert row["estimate"] == pytest.approx(100 * 2 / 6)
    assert (row["low"] / 100, row["high"] / 100) == pytest.approx(wilson(2, 6))


def test_sites_roll_up_and_count_a_patient_once():
    shares = FOUND[FOUND.index.str.startswith("share with")]
    assert shares["estimate"].round(6).to_dict() == {
        "share with bone metastasis": 60.0,
        "share with lung metastasis": 60.0,
        "share with liver metastasis": 40.0,
        "share with rib metastasis": 40.0,
        "share with vertebra metastasis": 40.0,
    }
    assert set(shares["n"]) == {5} and set(shares["of"]) == {7}
    assert set(shares["left_out"]) == {"without metastasis (1); site not named (1)"}


def test_shares_of_sites_are_those_of_scikit_learns_indicator_matrix():
    named = {case: sites for case, sites in SPREAD.items() if sites and "unspecified" not in sites}
    labels = [{label for site in sites for label in counted_as(site, WIDER)} for sites in named.values()]
    binarizer = MultiLabelBinarizer()
    shares = dict(zip(binarizer.fit(labels).classes_, 100 * binarizer.transform(labels).mean(axis=0), strict=True))
    for figure, row in FOUND[FOUND.index.str.startswith("share with")].iterrows():
        assert row["estimate"] == pytest.approx(shares[figure.split()[2]])


def test_a_site_counts_as_its_widest_organ_and_the_one_below():
    assert counted_as("T4 vertebra", WIDER) == ("vertebra", "bone")
    assert counted_as("lung", WIDER) == ("lung",)
    assert counted_as("unspecified", WIDER) == ()
    assert counted_as("a", {"a": "b", "b": "a"}) == ("a", "b")


def test_a_wider_site_of_the_same_patients_is_no_figure_of_its_own():
    tables = drawn()
    tables["sites"] = tables["sites"][tables["sites"]["site"].ne("T4 vertebra")]
    figures = set(headline(tables, WIDER)["figure"])
    assert "share with rib metastasis" in figures and "share with bone metastasis" not in figures


def test_a_part_of_the_patients_is_asked_for_the_sites_of_all():
    asked = headline(drawn(), WIDER, sites=("lung", "heart")).set_index("figure")
    assert asked.loc["share with heart metastasis", "estimate"] == 0
    assert asked.loc["share with lung metastasis", "estimate"] == 60
    assert "share with liver metastasis" not in asked.index


def test_medians_of_times():
    assert FOUND.loc["median diagnosis to metastasis", "estimate"] == np.median([4, 5, 6, 7, 8, 9])
    assert FOUND.loc["median overall survival", "estimate"] == np.median(range(10, 17))
    row = FOUND.loc["median metastasis to death"]
    assert (row["estimate"], row["n"], row["of"], row["unit"]) == (6, 6, 7, "months")
    assert row["left_out"] == "no metastasis reported (1)"


def test_too_few_have_a_row_with_their_n_and_no_figure():
    tables = drawn()
    few = {"a/1", "b/1"}
    part = {name: frame[frame["case_id"].isin(few)] if "case_id" in frame else frame for name, frame in tables.items()}
    found = headline(part, WIDER)
    assert found[["estimate", "low", "high"]].isna().all(axis=None)
    assert set(found["n"]) == {2} and "median metastasis to death" in set(found["figure"])


def test_nobody_has_rows_without_figures():
    found = headline(frames())
    assert set(found["n"]) == {0} and found["estimate"].isna().all()


def test_cited_patients_enter_no_figure():
    without = {name: frame[~frame["case_id"].eq("z/c1").fillna(False)] if "case_id" in frame else frame
               for name, frame in drawn().items()}  # fmt: skip
    pd.testing.assert_frame_equal(headline(without, WIDER).set_index("figure"), FOUND)


def test_each_figure_opens_the_cells_it_was_made_of():
    assert FOUND.loc["median age", "estimate@"].split("\n")[0] == "cases-1.age_years"
    assert FOUND.loc["share with lung metastasis", "estimate@"].split("\n") == [
        "sites-4.site",
        "sites-5.site",
        "sites-6.site",
    ]
    assert "outcomes-1.months" in FOUND.loc["median metastasis to death", "estimate@"]
