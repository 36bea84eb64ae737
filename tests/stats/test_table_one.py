"""Table 1: each share over the patients of whom it is reported, the others in a row of their own."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from casebook import stats
from invented import frames, review_tables


def many(n=10, men=4, unknown=2):
    cases = [f"a/{i} | index | {30 + i} | {'male' if i < men else 'female' if i < n - unknown else ''} | glioma"
             for i in range(n)]  # fmt: skip
    return frames(
        cases="\n".join(
            ["case_id | role | age_years | sex | diagnosis", *cases, "a/c1 | cited | 50 | male | ependymoma"]
        ),
        sites="case_id | role | site | status\n" + "\n".join(
            ["a/0 | metastasis | T5 vertebra | present", "a/0 | metastasis | T9 vertebra | present",
             "a/1 | metastasis | rib | present", "a/2 | metastasis | lung | absent",
             "a/c1 | metastasis | rib | present"]),
        treatments="case_id | kind | status\na/0 | surgery | given\na/0 | surgery | given\na/1 | surgery | refused",
    )  # fmt: skip


def row(table, field, value):
    [found] = table[table["field"].eq(field) & table["value"].eq(value)].to_dict("records")
    return found


def test_a_share_is_of_those_of_whom_it_is_reported_with_wilsons_interval():
    table = stats.table_one(many(), few=5)
    low, high = proportion_confint(4, 8, method="wilson")
    assert row(table, "sex", "male")["index"] == f"4/8 (50 %, {100 * low:.0f} to {100 * high:.0f})"
    assert row(table, "sex", "not reported")["index"] == "2"
    assert row(table, "sex", "male")["together"].startswith("5/9 (56 %")


def test_few_patients_are_counted_without_percentages():
    table = stats.table_one(many(), few=5)
    assert row(table, "sex", "male")["cited"] == "1/1"
    assert row(stats.table_one(many(), few=12), "sex", "male")["together"] == "5/9"


def test_ages_are_summed_from_five_on_and_listed_below():
    table = stats.table_one(many(), few=5)
    ages = pd.Series(range(30, 40))
    low, high = ages.quantile([0.25, 0.75])
    assert row(table, "age, years", "median (quartiles)")["index"] == f"{ages.median():.3g} ({low:.3g} to {high:.3g})"
    assert row(table, "age, years", "range")["index"] == "30 to 39"
    assert row(table, "age, years", "each")["cited"] == "50"
    assert pd.isna(row(table, "age, years", "range")["cited"])
    two = stats.table_one(review_tables(), few=5)
    assert row(two, "age, years", "each")["index"] == "12, 61"
    assert row(two, "age, years", "not reported")["cited"] == "1"


def test_a_patient_counts_once_per_value_and_a_vertebra_as_bone():
    tables = many()
    wider = {"T5 vertebra": "bone", "T9 vertebra": "bone", "rib": "bone"}
    table = stats.table_one(tables, few=50, wider=wider)
    assert row(table, "metastasis to", "bone")["index"] == "2/2"
    assert row(table, "metastasis to", "bone")["together"] == "3/3"
    assert row(table, "metastasis to", "no metastasis with its place")["index"] == "8"
    assert not table["value"].eq("lung").any()


def test_what_is_denied_or_refused_is_reported_as_well():
    table = stats.table_one(many(), few=50)
    assert row(table, "treatment given", "surgery")["index"] == "1/2"
    assert row(table, "treatment given", "none: planned or refused only")["index"] == "1/2"
    assert row(table, "treatment given", "not reported")["index"] == "8"
    assert [row(table, "metastasis", value)["index"] for value in ("reported", "denied")] == ["2/3", "1/3"]
    assert row(table, "metastasis", "not reported")["index"] == "7"


def test_a_metastasis_without_its_place_is_in_no_share_of_sites():
    rows = ["case_id | role | site", *(f"a/{who} | metastasis" for who in ("1 ", "2 "))]
    sites = "\n".join([rows[0], f"{rows[1]}| unspecified", f"{rows[2]}| unspecified", f"{rows[2]}| lung"])
    table = stats.table_one(frames(cases="case_id\na/1\na/2", sites=sites), few=9)
    assert row(table, "metastasis", "reported")["index"] == "2/2"
    assert row(table, "metastasis to", "lung")["index"] == "1/1"
    assert row(table, "metastasis to", "no metastasis with its place")["index"] == "1"
    assert not table["value"].eq("unspecified").any()


def test_cells_name_the_public_cells_that_they_count():
    table = stats.table_one(many(), few=50)
    assert row(table, "metastasis to", "rib")["together@"] == "sites-3.site\nsites-5.site"
    assert row(table, "metastasis to", "rib")["cited@"] == "sites-5.site"
    assert row(table, "first diagnosis", "ependymoma")["index"] == "0/10"
    assert row(table, "first diagnosis", "ependymoma")["index@"] == ""


def test_values_beyond_the_first_are_one_row_of_patients():
    drawn = "case_id | diagnosis\n" + "\n".join(f"a/{i} | d{i}" for i in range(4))
    values = stats.table_one(frames(cases=drawn), few=9, first=2).query("field == 'first diagnosis'")
    assert values[["value", "index"]].values.tolist() == [["d0", "1/4"], ["d1", "1/4"], ["2 others", "2/4"],
                                                          ["not reported", "0"]][:len(values)]  # fmt: skip
    assert len(values) == 3
    last = stats.table_one(frames(cases=drawn), few=9, first=3).query("field == 'first diagnosis'")
    assert list(last["value"]) == ["d0", "d1", "d2", "d3"]


def test_a_field_that_no_report_speaks_of_is_counted_as_missing():
    table = stats.table_one(frames(cases="case_id | role\na/1 | index\na/c1 | cited"), few=9)
    for field in ("sex", "primary site", "presentation", "WHO grade at first diagnosis", "age, years"):
        own = table[table["field"].eq(field)]
        assert own[["value", "index", "cited", "together"]].values.tolist() == [["not reported", "1", "1", "2"]]


def test_grades_stand_in_their_order():
    drawn = "case_id | who_grade\na/1 | 4\na/2 | 4\na/3 | 1\na/4 | 2"
    grades = stats.table_one(frames(cases=drawn), few=9).query("field.str.startswith('WHO')", engine="python")
    assert list(grades["value"]) == ["grade 1", "grade 2", "grade 4"]


def test_nobody_gives_an_empty_table_of_the_same_columns():
    table = stats.table_one(frames(), few=9)
    assert table.empty and list(table.columns) == list(stats.table_one(many(), few=9).columns)
