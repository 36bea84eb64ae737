"""Curves of survival: what is drawn from many, from few and from nobody, and that it holds without colour."""

import re

import matplotlib
import pandas as pd
import pytest

from casebook import charts
from casebook.charts.survival import LOOKS
from casebook.stats import survival as km

TIMES = pd.DataFrame({"months": [1, 2, 2, 3, 5, 8, 13, 20, 24, 24.0], "event": [True] * 7 + [False] * 3})
FOUND = TIMES.astype({"months": "Float64", "event": "boolean"}).assign(
    patient=[f"Patient {at}" for at in range(1, 11)], why_not=pd.array([None] * 10, dtype="string")
)
STEPS = km.curves(TIMES.assign(group="all patients"), "group")
GROUPS = km.curves(TIMES.assign(group=["with bone"] * 5 + ["without bone"] * 5), "group")
SILENT = FOUND.head(3).assign(
    months=pd.array([7, 4, None], dtype="Float64"),
    event=pd.array([True, False, None], dtype="boolean"),
    why_not=["", "", "vital status not reported"],
)
NONE = STEPS.head(0)
PANEL = pd.DataFrame(
    {
        "rule": ["as the headline counts", "without the lost"],
        "n": [10, 4],
        "of": [12, 12],
        "events": [7, 3],
        "estimate": pd.array([6.5, None], dtype="Float64"),
        "low": pd.array([1, None], dtype="Float64"),
        "high": pd.array([None, None], dtype="Float64"),
        "left_out": ["no metastasis reported (2)", "lost to follow-up (8)"],
    }
)
ESTIMANDS = STEPS.assign(group="as the headline counts")

FIGURES = {
    "one": lambda: charts.survival(FOUND, STEPS, "Survival.", "diagnosis"),
    "groups": lambda: charts.survival(FOUND, GROUPS, "Survival.", "diagnosis"),
    "few": lambda: charts.survival(SILENT, NONE, "Survival.", "diagnosis"),
    "estimands": lambda: charts.estimands(PANEL, ESTIMANDS, "Rules."),
}
TOLD = {
    "one": "10 at 0; 90 % at 1, 70 % at 2",
    "groups": "with bone: 5 at 0; 80 % at 1, 40 % at 2, 20 % at 3, 0 % at 5; watched to 5 months. without bone: 5 at 0",
    "few": "Patient 1: 7 months, event; Patient 2: 4 months, last observation; Patient 3: vital status not reported",
    "estimands": "without the lost: n = 4 of 12, 3 died, no median, left out: lost to follow-up (8)",
}


def written(shown) -> list[str]:
    """The words of a figure, which stand as comments beside their outlines."""
    return [text.strip() for text in re.findall(r"<!-- (.*?) -->", shown.data["image/svg+xml"], re.DOTALL)]


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_told_in_words(name):
    assert TOLD[name] in FIGURES[name]().alt


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_the_same_bytes_whatever_the_users_settings(name):
    first = FIGURES[name]()
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "hatch.linewidth": 7}):
        assert FIGURES[name]().data == first.data
    assert first.details["width"] <= 720


def test_who_is_at_risk_stands_under_the_months():
    watched = [int((TIMES["months"] >= month).sum()) for month in (0, 3, 6, 9, 12, 15, 18, 21, 24)]
    assert written(FIGURES["one"]())[-10:] == ["at risk", *map(str, watched)]


def test_each_group_has_its_own_numbers_at_risk():
    words = written(FIGURES["groups"]())
    at = words.index("at risk")
    months = [0, 3, 6, 9, 12, 15, 18, 21, 24]
    one, other = (TIMES["months"].iloc[:5], TIMES["months"].iloc[5:])
    assert words[at + 1 :] == [str(int((part >= month).sum())) for part in (one, other) for month in months] + [
        "with bone", "without bone",
    ]  # fmt: skip


def test_groups_differ_without_colour():
    one, other = LOOKS
    assert one["linestyle"] != other["linestyle"] and one["hatch"] != other["hatch"]


def test_nobody_with_a_time_is_a_sentence_of_why():
    found = SILENT.assign(months=pd.NA, why_not=["a", "b", "c"])
    shown = charts.survival(found, NONE, "Survival.", "diagnosis")
    assert shown.kind == "prose"
    assert shown.data["text/plain"] == "Survival. Patient 1: a; Patient 2: b; Patient 3: c."


def test_groups_of_too_few_are_a_sentence():
    shown = charts.survival(SILENT.assign(group="with bone"), NONE, "Not compared: 3 < 5.", "diagnosis")
    assert shown.kind == "prose" and "3 &lt; 5" in shown.data["text/html"]


def test_nobody_at_all_is_a_sentence():
    assert charts.survival(FOUND.head(0), NONE, "Survival.", "diagnosis").kind == "prose"


def test_each_rule_stands_with_its_numbers_and_what_is_left_out():
    words = " ".join(written(FIGURES["estimands"]())).replace("\N{NO-BREAK SPACE}", " ")
    assert "n = 10 of 12, 7 died" in words and "median 6.5 (1 to –) months" in words
    assert "no median" in words and "lost to follow-up (8)" in words


def test_no_curve_under_any_rule_is_a_sentence():
    shown = charts.estimands(PANEL, NONE, "Rules.")
    assert shown.kind == "prose" and "no rule" in shown.data["text/plain"]


def test_letters_are_eight_points_or_more(monkeypatch):
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    sizes = []
    drawn = Figure.savefig

    def savefig(self, *args, **kwargs):
        sizes.extend(text.get_fontsize() for text in self.findobj(Text) if text.get_text())
        return drawn(self, *args, **kwargs)

    monkeypatch.setattr(Figure, "savefig", savefig)
    for draw in FIGURES.values():
        draw()
    assert len(sizes) > 40 and min(sizes) >= 8
