"""A line per patient: every kind of mark, marks of one month, and what has no date."""

import pandas as pd
import pytest

from casebook import charts
from casebook.charts.swimmer import MARKS, _course


def courses(*rows):
    return pd.DataFrame(rows, columns=["patient", "mark", "months", "n"]).astype({"months": "Float64"})


def levels(*rows, scale=1.0):
    return {mark: level for _, mark, level in _course("Patient 1", courses(*rows), scale).marks}


def test_every_kind_of_mark_is_drawn_and_told():
    shown = charts.swimmer(courses(*(("Patient 1", mark, at, 1) for at, mark in enumerate(MARKS))), "Courses.")
    assert all(f"{name} {at}" in shown.alt for at, (*_, name) in enumerate(MARKS.values()))


def test_no_two_marks_look_alike():
    assert len({(marker, face, edge) for marker, face, edge, _ in MARKS.values()}) == len(MARKS)
    grey = [(marker, face == "white" or face == "none") for marker, face, _, _ in MARKS.values()]
    assert len(set(grey)) == len(MARKS), "two marks differ by colour alone"


def test_what_has_no_date_stands_beside_the_scale():
    shown = charts.swimmer(courses(("Patient 1", "spread", 4, 1), ("Patient 1", "dead", None, 1)), "Courses.")
    assert "Patient 1: spread 4, death without a date" in shown.alt


def test_marks_of_one_month_do_not_hide_each_other():
    found = levels(("Patient 1", "spread", 6, 1), ("Patient 1", "recurrence", 6, 1), ("Patient 1", "operation", 6, 1))
    assert len(set(found.values())) == 3


def test_a_mark_near_the_end_gives_way_to_it():
    found = levels(("Patient 1", "spread", 11, 1), ("Patient 1", "dead", 12, 1), scale=0.01)
    assert found == {"dead": 0, "spread": 1}
    far = levels(("Patient 1", "spread", 11, 1), ("Patient 1", "dead", 12, 1), scale=1.0)
    assert far == {"dead": 0, "spread": 0}


@pytest.mark.parametrize("patients", [1, 2, 17, 60])
def test_it_is_as_tall_as_its_patients_and_as_wide_as_the_page(patients):
    rows = [(f"Patient {n}", mark, at, 1) for n in range(patients) for mark, at in (("spread", n), ("dead", n + 3))]
    shown = charts.swimmer(courses(*rows), "Courses.")
    assert shown.details["width"] <= 720 and shown.details["height"] < 110 + patients * 40
    assert shown.data == charts.swimmer(courses(*rows), "Courses.").data


def test_nobody_is_a_sentence():
    assert "There are none." in charts.swimmer(courses(), "Courses.").data["text/plain"]


def test_patients_without_any_date_have_a_line_of_nothing():
    assert "symptom without a date" in charts.swimmer(courses(("Patient 1", "symptom", None, 2)), "C.").alt


def test_no_line_is_lower_than_its_name():
    rows = [(f"Patient {n}", "spread", 5, 1) for n in range(40)]
    assert charts.swimmer(courses(*rows), "C.").details["height"] >= 40 * 0.12 * 96
