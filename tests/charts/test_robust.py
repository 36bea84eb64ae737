"""The range of each figure without one patient: what is drawn, what is only said."""

import base64
import io

import pandas as pd
import pytest
from matplotlib.image import imread

from casebook import charts

COLUMNS = ["figure", "estimate", "low", "high", "unit", "n", "moved_by", "moved_to", "without", "why_not"]


def figures(*rows):
    kinds = dict.fromkeys(("estimate", "low", "high", "moved_to"), "Float64")
    return pd.DataFrame(rows, columns=COLUMNS).astype({**kinds, "moved_by": "string", "why_not": "string"})


AGE = ("median age", 44, 42.5, 47, "years", 7, "Patient 1 or 2 others", 47, 0, None)
MEN = ("share male", 85.7, 83.3, 100, "%", 7, "Patient 4", 100, 0, None)
STILL = ("median overall survival", 12, 12, 12, "months", 7, None, None, 1, None)
FEW = ("median metastasis to death", None, None, None, "months", 3, None, None, None, "rests on 3")


def test_every_figure_is_told_with_its_n_its_range_and_who_moves_it():
    shown = charts.robust(figures(AGE, MEN, STILL), "Ranges.")
    assert "median age 44 years (n = 7), 42.5 to 47, 47 without Patient 1 or 2 others" in shown.alt
    assert "no patient moves it, no median without 1 of them" in shown.alt
    assert shown.kind == "figure" and shown.caption == "Ranges."


def test_there_is_a_panel_for_each_unit_and_a_line_for_each_figure():
    one = charts.robust(figures(AGE), "R.").details["height"]
    two = charts.robust(figures(AGE, ("age at death", *AGE[1:])), "R.").details["height"]
    units = charts.robust(figures(AGE, MEN), "R.").details["height"]
    assert one < two < units


def test_a_figure_without_a_range_is_named_in_the_caption():
    shown = charts.robust(figures(AGE, FEW), "Ranges.")
    assert shown.caption == "Ranges. Not drawn: median metastasis to death (rests on 3)."
    assert "metastasis to death" not in shown.alt


def test_where_no_figure_has_a_range_there_is_a_sentence_only():
    shown = charts.robust(figures(FEW), "Ranges.")
    assert shown.kind == "prose"
    assert "too little of every headline figure: median metastasis to death (rests on 3)." in shown.data["text/plain"]


@pytest.mark.parametrize("value", [0.0, 50.0, 100.0])
def test_a_range_of_nothing_is_still_drawn(value):
    row = ("share male", value, value, value, "%", 9, None, None, 0, None)
    assert f"share male {value:.3g} %" in charts.robust(figures(row), "R.").alt


def test_the_longest_name_has_room():
    long = ("share with contralateral supraclavicular lymph node metastasis", *MEN[1:])
    for row in (MEN, ("share with chest wall bone metastasis", *MEN[1:]), long):
        pixels = imread(io.BytesIO(base64.b64decode(charts.robust(figures(row), "R.").data["image/png"])))[:, :, :3]
        assert pixels[:, 0].min() == 1.0, "something is cut off at the edge"
