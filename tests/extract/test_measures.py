import pytest

from casebook.extract.measures import measures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a mass of 63 x 53 mm", [("size", 63, "mm")]),
        ("a 2 cm mass", [("size", 2, "cm")]),
        ("nodules of 2,5 to 4 cm", [("size", 4, "cm")]),
        ("SUVmax of 12.3", [("uptake", 12.3, "SUV")]),
        ("a standardized uptake value as high as 5.8", [("uptake", 5.8, "SUV")]),
        ("a density of 32 HU", [("attenuation", 32, "HU")]),
        ("an ejection fraction of 35%", [("fraction", 35, "%")]),
    ],
)
def test_a_measure(text, expected):
    assert [(m.kind, m.value, m.unit) for m in measures(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "a pressure of 12 cm H2O",
        "at a distance of 5 cm",
        "3 cm of intestine were resected",
        "blood pressure 120 mm Hg",
        "no number",
    ],
)
def test_no_measure_of_a_finding(text):
    assert list(measures(text, 0, len(text))) == []


def test_long_lines_of_figures_are_read_in_linear_time():
    text = "1 x " * 20_000
    assert list(measures(text, 0, len(text))) == []
