"""The map of the body, the combinations, the lesions and the shares: drawn from few and from many."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from casebook import charts
from casebook.charts.body import _apart, _sides
from casebook.charts.bodyplan import outline
from casebook.charts.detection import MARKS

COMBINATIONS = pd.DataFrame(
    [(1, "bone", 4, 6, 8), (2, "bone", 2, 6, 8), (2, "lung", 2, 3, 8), (3, "lung", 1, 3, 8), (4, "skin", 1, 1, 8)],
    columns=["combination", "site", "n", "total", "of"],
)
PLACES = pd.DataFrame(
    [("lung", True, 9, 12), ("femur", True, 3, 12), ("skin", False, 1, 12)], columns=["place", "drawn", "n", "of"]
)
TOLD = pd.DataFrame(
    [
        ("sacrum", True, 2, 2, "Patient 1", None),
        ("sacrum", True, 2, 2, "Patient 2", None),
        ("rib", True, 1, 2, "Patient 2", "bilateral"),
        ("skin", False, 1, 2, "Patient 1", None),
    ],
    columns=["place", "drawn", "n", "of", "patient", "laterality"],
)
ANSWERS = pd.DataFrame(
    [
        ("Patient 1", "rib", "metastasis", "histology", "MRI", "shown", "bone"),
        ("Patient 1", "rib", "metastasis", "histology", "CT", "missed", None),
        ("Patient 1", "rib", "metastasis", "histology", "SPECT", "not looked", None),
        ("Patient 2", "lung", "primary", None, "MRI", "not looked", None),
        ("Patient 2", "lung", "primary", None, "CT", "equivocal", None),
        ("Patient 2", "lung", "primary", None, "SPECT", "not looked", None),
    ],
    columns=["patient", "site", "role", "reference", "modality", "answer", "told_of"],
)
SHARES = pd.DataFrame(
    [
        ("MRI", "every lesion", 9, 10, 60.0, 98.0, "9/10 (90 %, 60 to 98)", 1, 0, 8),
        ("MRI", "proven by histology or autopsy", 5, 6, 44.0, 97.0, "5/6 (83 %, 44 to 97)", 1, 0, 6),
        ("CT", "every lesion", 1, 2, None, None, "1/2", 1, 0, 2),
    ],
    columns=["modality", "group", "n", "of", "low", "high", "share", "missed", "equivocal", "patients"],
)
FIGURES = {
    "combinations": (lambda: charts.upset(COMBINATIONS, "C."), "bone with lung 2"),
    "map": (lambda: charts.body(PLACES, "C."), "lung 9; femur 3; skin 1"),
    "map of few": (lambda: charts.body(TOLD, "C."), "sacrum: Patient 1, Patient 2"),
    "lesions": (lambda: charts.lesions(ANSWERS, "C."), "Patient 1, rib: MRI shown, CT looked, not seen"),
    "shares": (lambda: charts.shares(SHARES, "C."), "MRI, every lesion: 9/10"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_drawn_the_same_each_time_and_told_in_words(name):
    draw, words = FIGURES[name]
    shown = draw()
    assert shown.kind == "figure" and words in shown.alt and shown.details["width"] <= 720
    assert draw().data == shown.data
    ElementTree.fromstring(shown.data["image/svg+xml"])


def test_captions_say_n_and_what_is_left_out():
    assert "8 patients" in FIGURES["combinations"][0]().caption
    assert "12 patients" in FIGURES["map"][0]().caption and "area of a circle" in FIGURES["map"][0]().caption
    assert "2 lesions of 2 patients" in FIGURES["lesions"][0]().caption
    assert "No study of these places by SPECT is told." in FIGURES["lesions"][0]().caption
    assert "Too few patients for an interval: CT 1/2." in FIGURES["shares"][0]().caption
    assert "the others are in 2 patients" in charts.upset(COMBINATIONS, "C.", first=2).caption
    assert "The first 1 are drawn" in charts.lesions(ANSWERS, "C.", first=1).caption


def test_too_few_are_listed_in_a_table():
    few = charts.upset(pd.DataFrame({"patient": ["Patient 1"], "sites": ["bone, lung"]}), "C.")
    assert few.kind == "table" and "bone, lung" in few.data["text/html"]
    listed = charts.shares(SHARES[SHARES["low"].isna()], "C.")
    assert listed.kind == "table" and "1/2" in listed.data["text/html"] and "%" not in listed.data["text/html"]


@pytest.mark.parametrize(
    "empty",
    [
        lambda: charts.upset(COMBINATIONS.head(0), "C."),
        lambda: charts.body(PLACES.head(0), "C."),
        lambda: charts.lesions(ANSWERS[ANSWERS["modality"].eq("SPECT")], "C."),
        lambda: charts.shares(SHARES.head(0), "C."),
        lambda: charts.rolled(pd.DataFrame(columns=["label", "of", "patients", "proven"]), "C."),
    ],
)
def test_nothing_to_draw_is_a_sentence(empty):
    assert empty().kind == "nothing"


def test_a_rolled_up_table_says_how_its_patients_are_counted():
    row = {"label": "bone", "of": 7, "low": 10.0, "patients": "3/7 (43 %, 10 to 82)", "proven": "1"}
    assert "exact 95 % interval" in charts.rolled(pd.DataFrame([row]), "C.").caption
    two = charts.rolled(pd.DataFrame([row | {"of": 2, "low": None, "patients": "Patient 1"}]), "C.").caption
    assert two.endswith("n = 2 with a metastasis whose place is told, too few for an interval.")


def test_the_four_answers_differ_by_shape_alone():
    assert len({marker for marker, *_ in MARKS.values()}) == len(MARKS) == 4


def test_labels_beside_the_map_keep_a_line_apart_and_stay_inside():
    for heights in ([50.0] * 9, [100.0, 99.0, 98.0], [6.0, 5.0, 4.0, 3.0], [90.0, 50.0, 49.0] + [5.0] * 28):
        moved = _apart(heights)
        line = min(3.2, 98 / len(heights)) - 1e-9
        assert all(above - below >= line for above, below in zip(moved, moved[1:], strict=False))
        assert max(moved) <= 100 and min(moved) >= 0


def test_sides_are_those_of_the_patient():
    assert _sides(-4.0, "right") == (-4.0,) and _sides(-4.0, "left") == (4.0,)
    assert _sides(6.0, "bilateral") == (-6.0, 6.0) and _sides(0.5, "left") == (0.5,)
    assert _sides(6.0, None) == (6.0,)


def test_the_body_is_the_same_on_both_sides_and_its_places_lie_in_it():
    path = outline()
    points = {(round(x, 6), round(y, 6)) for x, y in path.vertices}
    assert {(-x, y) for x, y in points} == points
    near = (-1.2, 0.0, 1.2)
    outside = [
        place
        for place, (x, y) in charts.PLACES.items()
        if not any(path.contains_point((x + right, y + up)) for right in near for up in near)
    ]
    assert outside == []
