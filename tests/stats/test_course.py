from casebook import stats
from invented import frames, review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]


def test_intervals_are_those_with_a_date():
    spans = stats.intervals(TABLES["sites"], TABLES["outcomes"], PATIENTS)
    assert spans.values.tolist() == [
        ["diagnosis to metastasis", "Patient 1", 7.0],
        ["diagnosis to death", "Patient 1", 9.0],
    ]


def test_the_first_metastasis_counts_and_a_living_patient_is_no_death():
    tables = frames(
        cases="case_id\na/1",
        sites="""
            case_id | role       | site  | status  | months_from_diagnosis
            a/1     | metastasis | bone  | present | 9
            a/1     | metastasis | liver | present | 4
            a/1     | metastasis | lung  | absent  | 1
        """,
        outcomes="case_id | endpoint | value | months | origin\na/1 | vital_status | alive | 20 | surgery",
    )
    spans = stats.intervals(tables["sites"], tables["outcomes"], stats.named(tables["cases"]))
    assert spans[["interval", "months"]].values.tolist() == [
        ["diagnosis to metastasis", 4.0],
        ["surgery to last observation", 20.0],
    ]


def test_amounts_are_told_with_their_units():
    table = stats.case_treatments(TABLES["treatments"], PATIENTS)
    assert list(table["what"].fillna("")) == ["gross total", "", "temozolomide"]
    assert list(table["amount"].fillna("")) == ["", "60 Gy, 30 fractions", ""]
    assert table["amount@"].iloc[1] == "treatments-2.dose\ntreatments-2.fractions"


def test_outcomes_follow_the_protocol():
    table = stats.case_outcomes(TABLES["outcomes"], PATIENTS, ["vital_status", "metastasis"])
    assert list(table["endpoint"]) == ["vital status", "metastasis"]
    assert list(table["when"]) == ["9 months from diagnosis", "7 months from diagnosis"]
    assert stats.case_outcomes(TABLES["outcomes"], PATIENTS, ["response"]).empty


def test_cited_patients_stay_out():
    assert set(stats.of_patients(TABLES["sites"], PATIENTS)["case_id"]) == {"elm/1", "oak/1"}


def test_events_have_a_month_only_where_the_report_gives_one():
    events = stats.events(TABLES, PATIENTS, first=1)
    assert events[["lane", "what", "months"]].dropna().values.tolist() == [
        ["disease", "glioblastoma, grade 4", 0.0],
        ["spread", "liver", 7.0],
        ["imaging", "MRI", 0.0],
        ["imaging", "CT", 7.0],
        ["surgery", "gross total resection", 0.0],
        ["radiotherapy", "radiotherapy 60 Gy", 1.0],
        ["outcome", "dead", 9.0],
    ]
    assert set(events["patient"]) == {"Patient 1, woman of 61, glioblastoma"}


def test_what_was_only_planned_is_no_event():
    events = stats.events(TABLES, PATIENTS, first=2)
    assert "temozolomide" not in set(events["what"])
    undated = events[events["months"].isna()]
    assert undated[["patient", "what"]].values.tolist() == [
        ["Patient 1, woman of 61, glioblastoma", "headache (for 2 months)"],
        ["Patient 2, man of 12, medulloblastoma", "femur"],
        ["Patient 2, man of 12, medulloblastoma", "bone scintigraphy"],
    ]
