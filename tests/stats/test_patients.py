from casebook import stats
from invented import frames, review_tables

CASES = """
    case_id | role  | age_years | sex    | diagnosis
    a/1     | index | 61.5      | female | glioma
    a/c1    | cited |           |        | ependymoma
    b/1     | index |           | male   |
"""


def test_patients_are_numbered_apart_from_cited_ones():
    named = stats.named(frames(cases=CASES)["cases"])
    assert list(named["patient"]) == ["Patient 1", "Cited 1", "Patient 2"]
    assert list(named["who"]) == ["Patient 1, woman of 61.5, glioma", "Cited 1, ependymoma", "Patient 2, man"]


def test_no_patients_are_no_error():
    assert stats.named(frames()["cases"]).empty


def test_few_patients_stand_side_by_side_with_the_cells_behind_them():
    tables = review_tables()
    patients = stats.named(tables["cases"])[lambda cases: cases["role"].eq("index")]
    table = stats.side_by_side(patients, tables["symptoms"], few=2).set_index("field")
    assert table.loc["age, years", "Patient 1"] == "61"
    assert table.loc["age, years", "Patient 1@"] == "cases-1.age_years"
    assert table.loc["symptoms", "Patient 1"] == "headache (2 months)"
    assert table.isna().loc["symptoms", "Patient 2"]
    assert "latest diagnosis" not in table.index


def test_more_patients_have_a_row_each_with_the_cells_behind_it():
    tables = frames(cases=CASES, symptoms="case_id | symptom | status\na/1 | fever | absent\na/1 | cough | present")
    cases = stats.named(tables["cases"])
    table = stats.side_by_side(cases[cases["role"].eq("index")], tables["symptoms"], few=1)
    assert table[["patient", "age, years", "sex", "first diagnosis", "symptoms"]].fillna("-").values.tolist() == [
        ["Patient 1", "61.5", "female", "glioma", "no fever; cough"],
        ["Patient 2", "-", "male", "-", "-"],
    ]
    assert list(table["age, years@"]) == ["cases-1.age_years", ""]
    assert list(table["symptoms@"]) == ["symptoms-1.symptom\nsymptoms-2.symptom", ""]
    assert len(stats.side_by_side(cases.head(0), tables["symptoms"].head(0), few=-1)) == 0


def test_cited_patients_keep_what_their_report_says():
    tables = review_tables()
    cited = stats.cited(tables["cases"], tables["sites"])
    assert cited[["patient", "diagnosis", "spread", "spread@"]].values.tolist() == [
        ["Cited 1", "ependymoma", "rib", "sites-5.site"]
    ]


def test_a_denied_symptom_says_so():
    tables = frames(cases="case_id\na/1", symptoms="case_id | symptom | status\na/1 | fever | absent")
    table = stats.side_by_side(stats.named(tables["cases"]), tables["symptoms"], few=1)
    assert table.iloc[0]["Patient 1"] == "no fever"
