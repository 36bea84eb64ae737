import pytest

from extract.told import rows


def conflicts(text: str) -> list[tuple[object, object]]:
    return [(row.value("statement"), row.value("why")) for row in rows(text, "conflicts")]


def report(abstract: str, case: str, legend: str = "") -> str:
    return f"Abstract\n\n{abstract}\n\nCase report\n\n{case}\n\n{legend}"


DATED = (
    "A 44-year-old man was operated for a glioma in March 2010. In September 2011, CT showed metastases of the liver."
)


@pytest.mark.parametrize(
    ("interval", "contradicts"),
    [
        ("in less than one year", True),
        ("in less than two years", False),
        ("within 18 months", False),
        ("within 6 months", True),
        ("after more than 2 years", True),
        ("after more than one year", False),
    ],
)
def test_an_interval_against_the_dates(interval, contradicts):
    abstract = f"A 44-year-old man was operated for a glioma. Then, {interval}, CT showed metastases of the liver."
    told = conflicts(report(abstract, DATED))
    assert bool(told) == contradicts
    if contradicts:
        assert told[0][0].startswith(interval)
        assert told[0][1] == "the dates give 18 months (March 2010 to September 2011)"


@pytest.mark.parametrize(
    ("case", "legend", "expected"),
    [
        ("Histology revealed a fibrous meningioma (Figure 2A).", "Figure 2. A: secretory meningioma. B: control.", 1),
        ("Histology revealed a fibrous meningioma (Figure 2A).", "Figure 2. A: fibrous meningioma. B: control.", 0),
        ("Histology revealed a fibrous meningioma (Figure 2B).", "Figure 2. A: secretory meningioma. B: control.", 0),
        ("Histology revealed a meningioma (Figure 2A).", "Figure 2. A: secretory meningioma. B: control.", 0),
        ("It measured 30 × 20 mm (Figure 2).", "Figure 2. The specimen of 35 × 20 mm.", 1),
        ("It measured 30 × 20 mm (Figure 2).", "Figure 2. The specimen of 3 × 2 cm.", 0),
    ],
)
def test_prose_against_the_legend(case, legend, expected):
    text = report("A 44-year-old man had a tumour.", "A 44-year-old man had a tumour. " + case, legend)
    assert len(conflicts(text)) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("We report a 54-year-old man with gout.", [("45-year-old", "the abstract says 54-year-old")]),
        ("We report a 45-year-old woman with gout.", [("man", "the abstract says woman")]),
        ("We report a 45-year-old man with gout.", []),
    ],
)
def test_one_patient_two_descriptions(abstract, expected):
    assert conflicts(report(abstract, "A 45-year-old man presented with pain of the toe.")) == expected
