"""What happened when, for the timeline and for the line per patient."""

import pandas as pd

from casebook import stats
from invented import frames

TABLES = frames(
    cases="case_id | diagnosis\na/1 | glioma\nb/1 | glioma\nc/1 | glioma",
    symptoms="case_id | symptom | status | duration_months\na/1 | cough | present | 1\na/1 | fever | absent |",
    sites="""
        case_id | role       | site  | status  | months_from_diagnosis
        a/1     | primary    | brain | present | 0
        a/1     | metastasis | liver | present | 4
        a/1     | metastasis | lung  | present | 4
        a/1     | metastasis | skin  | absent  | 4
        a/1     | recurrence | brain | present | 2
        b/1     | metastasis | bone  | present |
    """,
    modalities="case_id | study | modality | months_from_diagnosis\na/1 | 1 | MRI | 4\na/1 | 1 | MRI | 4",
    treatments="""
        case_id | kind         | status  | months_from_diagnosis
        a/1     | surgery      | given   | 0
        a/1     | chemotherapy | planned | 1
        b/1     | radiotherapy | given   | 3
    """,
    outcomes="""
        case_id | endpoint     | value | months | origin
        a/1     | vital_status | dead  | 5      | metastasis
        b/1     | vital_status | alive | 20     | diagnosis
        c/1     | vital_status | alive | 9      |
    """,
)
PATIENTS = stats.named(TABLES["cases"])


def courses(first=9):
    return stats.courses(TABLES, PATIENTS, first)


def of(patient):
    own = courses()[lambda found: found["patient"].eq(patient)]
    return {(mark, None if pd.isna(months) else months): n for _, mark, months, n in own.itertuples(index=False)}


def test_a_course_has_what_was_reported_once_per_kind_and_month():
    assert of("Patient 1") == {
        ("symptom", None): 1, ("spread", 4): 2, ("recurrence", 2): 1, ("study", 4): 1, ("operation", 0): 1,
        ("dead", 9): 1,
    }  # fmt: skip


def test_the_end_counts_from_diagnosis_whatever_it_was_told_from():
    assert ("dead", 9) in of("Patient 1")  # 4 to the spread, 5 from there


def test_an_end_without_its_origin_has_no_date_and_neither_has_undated_spread():
    assert of("Patient 3") == {("alive", None): 1}
    assert ("spread", None) in of("Patient 2")


def test_the_longest_course_is_first_and_the_shortest_are_left_out():
    assert list(courses()["patient"].unique()) == ["Patient 2", "Patient 1", "Patient 3"]
    assert list(courses(first=1)["patient"].unique()) == ["Patient 2"]


def test_without_patients_there_are_no_courses():
    empty = frames()
    found = stats.courses(empty, stats.named(empty["cases"]), 5)
    assert found.empty and list(found.columns) == ["patient", "mark", "months", "n"]


def test_the_timeline_tells_symptoms_without_a_date():
    found = stats.events(TABLES, PATIENTS, 1)
    told = found[found["lane"].eq("symptoms")]
    assert told["what"].tolist() == ["cough (for 1 month)"] and told["months"].isna().all()


def test_the_timeline_ends_where_the_line_per_patient_does():
    found = stats.events(TABLES, PATIENTS, 3).set_index("what")
    assert found.loc["dead", "months"] == 9
    assert sorted(found.loc["alive", "months"].fillna(-1)) == [-1, 20]


def test_the_timeline_has_the_first_patients_only():
    assert stats.events(TABLES, PATIENTS, 2)["patient"].nunique() == 2
