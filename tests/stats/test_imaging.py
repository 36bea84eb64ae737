from casebook import stats
from invented import frames, review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]


def test_denied_and_silent_are_two_things():
    table = stats.detection(TABLES["modalities"], PATIENTS, few=5)
    assert table.values.tolist() == [
        ["frontal lobe", "MRI", "present", "Patient 1"],
        ["liver", "CT", "present", "Patient 1"],
        ["lung", "CT", "absent", "Patient 1"],
        ["femur", "bone scintigraphy", "present", "Patient 2"],
    ]


def test_present_outweighs_absent_of_one_modality():
    tables = frames(
        cases="case_id\na/1",
        modalities="""
            case_id | modality | site  | finding | status
            a/1     | CT       | liver | cyst    | absent
            a/1     | CT       | liver | mass    | present
        """,
    )
    table = stats.detection(tables["modalities"], stats.named(tables["cases"]), few=5)
    assert list(table["answer"]) == ["present"]


def test_many_patients_are_counted_of_those_whom_the_modality_studied():
    table = stats.detection(TABLES["modalities"], PATIENTS, few=1)
    assert ["CT: liver", 1, 1] in table.values.tolist()
    assert not table["label"].str.contains("lung").any()


def test_signals_of_patients_stand_beside_the_typical_ones():
    table = stats.signals(TABLES["modalities"], PATIENTS, few=5).set_index("study")
    assert table.loc["MRI T2", "own"] == "Patient 1, frontal lobe (primary): hyperintense"
    assert table.loc["MRI T1", "typical"] == "dura (metastasis): isointense"
    assert table.isna().loc["MRI T1", "own"]
    assert "modalities-1.finding" in table.loc["MRI T2", "own@"].split("\n")


def test_signals_of_many_are_counted():
    table = stats.signals(TABLES["modalities"], PATIENTS, few=1).set_index("study")
    assert table.loc["MRI T2", "own"] == "hyperintense (1)"


def test_every_row_of_a_study_is_told():
    said = stats.findings(TABLES["modalities"], PATIENTS)[["study", "place", "said"]].fillna("").values.tolist()
    assert said == [
        ["MRI T2", "frontal lobe (primary)", "hyperintense"],
        ["CT", "liver (metastasis)", "seen"],
        ["CT", "lung (metastasis)", "not seen"],
        ["bone scintigraphy", "femur (metastasis)", "increased uptake"],
    ]
