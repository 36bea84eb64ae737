from casebook import stats
from invented import frames, review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]


def test_signals_of_patients_stand_beside_the_typical_ones():
    table = stats.signals(TABLES["modalities"], PATIENTS, few=5).set_index("study")
    assert table.loc["MRI T2", "own"] == "Patient 1, frontal lobe (primary): hyperintense"
    assert table.loc["MRI T1", "typical"] == "dura (metastasis): isointense"
    assert table.isna().loc["MRI T1", "own"]
    assert "modalities-1.finding" in table.loc["MRI T2", "own@"].split("\n")


def test_signals_of_many_are_counted_apart_for_each_role():
    tables = frames(
        cases="case_id\na/1\nb/1\nc/1",
        modalities="""
            case_id | modality | sequence | site     | role       | finding      | status
            a/1     | MRI      | T1       | vertebra | metastasis | hypointense  | present
            b/1     | MRI      | T1       | rib      | metastasis | hypointense  | present
            b/1     | MRI      | T1       | rib      | metastasis | isointense   | present
            b/1     | MRI      | T1       | brain    | primary    | hyperintense | present
            c/1     | MRI      |          | brain    | primary    | mass         | present
        """,
    )
    row = stats.signals(tables["modalities"], stats.named(tables["cases"]), few=1).iloc[0]
    assert row["own"] == "metastasis: hypointense 2/2; isointense 1/2\nprimary: hyperintense 1/1"
    assert (row["n"], row["of"], row["patients"]) == (2, 3, "2/3")


def test_a_signal_that_only_reference_articles_state_has_no_patients():
    table = stats.signals(TABLES["modalities"], PATIENTS, few=5).set_index("study")
    assert table.loc["MRI T1", ["n", "of", "patients"]].tolist() == [0, 1, "0/1"]
    spectroscopy = frames(modalities="""
        source_id | modality        | site | finding    | status
        ash       | MR spectroscopy | dura | lipid peak | present
        """)["modalities"]  # fmt: skip
    assert stats.signals(spectroscopy, PATIENTS, few=5)["patients"].isna().all()


def test_every_row_of_a_study_is_told():
    said = stats.findings(TABLES["modalities"], PATIENTS)[["study", "place", "said"]].fillna("").values.tolist()
    assert said == [
        ["MRI T2", "frontal lobe (primary)", "hyperintense"],
        ["CT", "liver (metastasis)", "seen"],
        ["CT", "lung (metastasis)", "not seen"],
        ["bone scintigraphy", "femur (metastasis)", "increased uptake"],
    ]
