import pytest

from casebook.extract.statement import quoted
from casebook.text.span import Span
from extract.told import rows

DISCUSSION = "Chordomas of the clivus\n\nDiscussion\n\n"


def claims(words: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.value(column) for column in columns) for row in rows(DISCUSSION + words, "claims")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Only 4% of chordomas are found in the thoracic spine (3).", [("frequency", 4, "%", "3")]),
        (
            "About 5 to 10% of chordomas metastasize [2,7].",
            [("frequency", 5, "%", "2,7"), ("frequency", 10, "%", "2,7")],
        ),
        ("MRI had a sensitivity of 95% in chordoma.", []),
        ("Chordomas were fixed in 10% formalin.", []),
    ],
)
def test_shares(words, expected):
    assert claims(words, "kind", "value", "unit", "citation") == expected


def test_an_incidence_has_two_bounds():
    told = claims("The incidence of chordoma is 0.5 to 0.8 per 100,000 people per year.", "statement", "value", "unit")
    assert told == [("lower bound", 0.5, "per 100,000 per year"), ("upper bound", 0.8, "per 100,000 per year")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Only seven reports included MRI findings of chordoma.", [(7, "reports")]),
        ("To date, 31 cases of chordoma have been described.", [(31, "cases")]),
        ("The two cases of the literature were alike.", []),
    ],
)
def test_counts(words, expected):
    assert claims(words, "value", "unit") == expected


def test_a_clause_is_quoted_without_the_rest_of_its_sentence():
    told = claims("While chordomas are rare, only 4% of them are found in the thorax.", "statement")
    assert told == [("only 4% of them are found in the thorax",)]


def test_what_is_said_of_the_patient_is_no_claim():
    assert rows("A 40-year-old man had stenosis of 60% of the artery in 2 of his 3 cases of flu.", "claims") == []


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("Metastases may arise from seeding along the needle track.", "seeding along the needle track"),
        ("Seeding along the needle track may be another mechanism.", "Seeding along the needle track"),
        ("The mechanism of metastasis is still unclear.", None),
    ],
)
def test_mechanisms(words, statement):
    assert [row.value("statement") for row in rows(DISCUSSION + words, "claims")] == ([statement] if statement else [])


def test_the_differential_diagnosis_is_ranked():
    told = claims("The differential diagnosis includes chondrosarcoma and meningioma.", "statement", "rank")
    assert told == [("chondrosarcoma", 1), ("meningioma", 2)]


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("chondrosarcoma [6]", ["chondrosarcoma"]),
        ("chondrosarcoma [6] of bone, (7)", ["chondrosarcoma", " of bone"]),
        ("chondrosarcoma", ["chondrosarcoma"]),
        ("[6]", []),
    ],
)
def test_reference_marks_are_no_words_of_a_statement(words, pieces):
    assert [words[span.start : span.end] for span in quoted(words, Span(0, len(words)))] == pieces
