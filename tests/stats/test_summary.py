from casebook import stats
from casebook.protocol import Protocol
from invented import frames, review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]


def told(tables, few):
    return list(stats.found(tables, few, stats.headline(tables))["sentence"])


def test_few_patients_are_named():
    assert told(TABLES, few=12) == [
        "Two case reports and one reference article describe two patients of their own and cite one more, who enter no "
        "figure.",
        "They are Patient 1 (woman of 61, glioblastoma) and Patient 2 (man of 12, medulloblastoma).",
        "Metastasis is reported in two of two patients: Patient 1 (7 months after diagnosis) and Patient 2 (no date "
        "stated).",
        "Looked for and not found: lung (Patient 1).",
        "Metastases were seen on CT (Patient 1) and bone scintigraphy (Patient 2).",
        "At the end of the reports: dead (Patient 1) and not stated (Patient 2).",
    ]


def test_many_patients_are_counted():
    assert told(TABLES, few=1)[1:] == [
        "Metastasis is reported in two of two patients.",
        "Metastases were seen on CT (1) and bone scintigraphy (1) (patients, of 2 with metastasis).",
        "At the end of the reports: dead (1) and not stated (1).",
    ]


def test_the_cells_behind_a_sentence_are_named():
    assert stats.found(TABLES, 12, stats.headline(TABLES))["sentence@"].iloc[3] == "sites-3.site"


def test_nothing_read_is_told_as_such():
    assert told(frames(), few=12) == ["No source is included.", "No metastasis is reported."]


def test_limits_name_what_is_missing():
    states = stats.coverage(TABLES, PATIENTS, ["cases.who_grade"])
    assert list(stats.limits(TABLES, states)["sentence"]) == [
        "Two patients support no estimate of a frequency or of survival; what was found is told patient by patient.",
        "Of the 2 answers that the protocol asks for, one is not in the reports.",
        "The values were read by machine from the words of the reports; none has been checked by a person.",
    ]


def test_contradictions_are_a_limit():
    tables = TABLES | {
        "conflicts": frames(conflicts="source_id | statement | why\nelm | aged 61 | aged 62 below")["conflicts"]
    }
    sentence = stats.limits(tables, stats.coverage(tables, PATIENTS, []))["sentence"].iloc[1]
    assert sentence == "One source contradicts itself in one place; both readings are shown."


def test_eligibility_is_that_of_the_protocol():
    asked = Protocol("T", "Q?", include=("Reports of oaks",), exclude=("Poems",))
    assert list(stats.eligibility(asked)["sentence"]) == ["Included: Reports of oaks.", "Excluded: Poems."]


def test_sources_are_called_by_title_or_name():
    assert list(stats.numbered(TABLES["sources"])["called"]) == [
        "Source 1: Dural metastases", "Source 2: A liver metastasis", "Source 3: oak",
    ]  # fmt: skip
    assert list(stats.by_source(TABLES["claims"], TABLES["sources"])["source"]) == ["Source 1"]


def test_spread_names_roles_or_counts_metastases():
    few = stats.spread(TABLES["sites"], PATIENTS, few=2)
    assert few.values.tolist() == [
        ["frontal lobe", "Patient 1", "primary"], ["liver", "Patient 1", "metastasis"], ["lung", "Patient 1", "absent"],
        ["femur", "Patient 2", "metastasis"],
    ]  # fmt: skip
    assert stats.spread(TABLES["sites"], PATIENTS, few=1).values.tolist() == [["femur", 1, 2], ["liver", 1, 2]]


def test_several_series_are_series():
    drawn = frames(sources="source_id | kind\na | case series\nb | case series", cases="case_id\na/1\nb/1")
    assert told(drawn, few=12)[0] == "Two case series describe two patients of their own."
