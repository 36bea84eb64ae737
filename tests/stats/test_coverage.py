from casebook import stats
from invented import frames, review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]


def answers(*fields):
    states = stats.coverage(TABLES, PATIENTS, fields)
    return [tuple(row) for row in states[["row", "column", "answer"]].values]


def test_reported_and_not_reported():
    assert answers("cases.who_grade") == [
        ("WHO grade", "Patient 1", "reported"),
        ("WHO grade", "Patient 2", "not reported"),
    ]


def test_a_detail_of_nothing_does_not_apply():
    assert answers("symptoms.symptom")[1][2] == "not reported"
    assert answers("symptoms.duration_months")[1][2] == "not applicable"


def test_denied_in_all_rows_is_denied():
    tables = frames(
        cases="case_id\na/1\nb/1",
        symptoms="case_id | symptom | status\na/1 | fever | absent\nb/1 | fever | absent\nb/1 | cough | uncertain",
    )
    states = stats.coverage(tables, stats.named(tables["cases"]), ["symptoms.symptom"])
    assert list(states["answer"]) == ["denied", "uncertain"]


def test_the_note_says_in_how_many_rows():
    states = stats.coverage(TABLES, PATIENTS, ["sites.months_from_diagnosis"])
    assert list(states["note"]) == ["2 of 3", "0 of 1"]


def test_per_field_the_denominator_leaves_out_what_does_not_apply():
    states = stats.coverage(TABLES, PATIENTS, ["cases.who_grade", "symptoms.duration_months"])
    assert stats.stated(states).values.tolist() == [["WHO grade", 1, 2], ["symptoms: duration months", 1, 1]]


def test_cells_are_quoted_derived_or_neither():
    share = stats.evidence_share(TABLES, TABLES["evidence"]).set_index("table")
    assert "evidence" not in share.index
    assert share.loc["claims"].to_dict() == {
        "rows": 1, "filled cells": 5, "with a sentence": 2, "derived": 0, "neither": 3,
    }  # fmt: skip


def test_no_fields_and_no_patients_are_no_error():
    assert stats.coverage(TABLES, PATIENTS, []).empty
    assert stats.stated(stats.coverage(frames(), stats.named(frames()["cases"]), ["cases.sex"])).values.tolist() == []


def test_of_more_patients_than_have_names_there_is_a_map_and_of_many_a_count():
    states = stats.coverage(TABLES, PATIENTS, ["cases.sex", "sites.site"])
    assert stats.states_drawn(states, few=2) is states
    drawn = stats.states_drawn(states, few=1)
    assert list(drawn.columns) == ["group", "row", "column", "answer", "told"]
    assert list(drawn["answer"]) == list(states["answer"])
    counts = stats.stated(states).set_index("label")
    assert all(row.told == f"{counts.at[row.row, 'n']}/{counts.at[row.row, 'of']}" for row in drawn.itertuples())
    assert list(stats.states_drawn(states, few=0, most=1).columns) == ["label", "n", "of"]
