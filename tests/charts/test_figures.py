"""Every figure: drawn from few and from many, with its words, the same bytes each time, and nobody else's settings."""

import base64
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest

from casebook import charts, stats
from casebook.charts.shown import MIME
from casebook.charts.timeline import LANES
from invented import review_tables

TABLES = review_tables()
PATIENTS = stats.named(TABLES["cases"])[lambda cases: cases["role"].eq("index")]
SPANS = stats.intervals(TABLES["sites"], TABLES["outcomes"], PATIENTS)
MANY = pd.DataFrame(
    {"interval": "diagnosis to death", "patient": [f"Patient {n}" for n in range(40)], "months": range(40)}
)
DECISIONS = TABLES["sources"][["source_id"]].assign(decision=None, reason=None, decided_by=None)
FLOW = stats.prisma(TABLES, DECISIONS, pd.DataFrame(columns=["field", "n", "reason"]), ["vital_status"])

FIGURES = {
    "flow": lambda: charts.prisma(FLOW, "Flow."),
    "spread": lambda: charts.grid(stats.spread(TABLES["sites"], PATIENTS, few=9), "Spread."),
    "spread counted": lambda: charts.grid(stats.spread(TABLES["sites"], PATIENTS, few=1), "Spread."),
    "coverage": lambda: charts.grid(
        stats.coverage(TABLES, PATIENTS, ["cases.sex", "sites.months_from_diagnosis"]), "C."
    ),
    "timeline": lambda: charts.timeline(stats.events(TABLES, PATIENTS, 2), "Course."),
    "swimmer": lambda: charts.swimmer(stats.courses(TABLES, PATIENTS, 9), "Courses."),
    "intervals": lambda: charts.intervals(SPANS, "Intervals."),
    "intervals of many": lambda: charts.intervals(MANY, "Intervals."),
}
WORDS = {
    "flow": "Reports without a patient of their own (n = 1)",
    "spread": "liver: Patient 1 metastasis", "spread counted": "liver 1 of 2",
    "coverage": "sex: Patient 1 reported",
    "swimmer": "spread 7",
    "timeline": "month 7 liver", "intervals": "Patient 1 7 months", "intervals of many": "median 19.5 months",
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_told_in_words(name):
    shown = FIGURES[name]()
    assert WORDS[name] in shown.alt
    assert shown._repr_mimebundle_()[MIME]["alt"] == shown.alt


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_the_same_bytes_whatever_the_users_settings(name):
    first = FIGURES[name]().data
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": None, "axes.facecolor": "black"}):
        assert FIGURES[name]().data == first


@pytest.mark.parametrize("name", FIGURES)
def test_it_fits_the_page_and_names_no_clock(name):
    shown = FIGURES[name]()
    svg = ElementTree.fromstring(shown.data["image/svg+xml"])
    assert shown.details["width"] <= 720
    assert "dc:date" not in shown.data["image/svg+xml"]
    assert svg.get("width", "").endswith("pt")
    assert base64.b64decode(shown.data["image/png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "empty",
    [
        charts.grid(pd.DataFrame(columns=["row", "column", "answer"]), "Sites."),
        charts.timeline(stats.events(TABLES, PATIENTS, 0), "Course."),
        charts.intervals(SPANS.head(0), "Intervals."),
        charts.bars(pd.DataFrame(columns=["label", "n", "of"]), "Counts."),
    ],
)
def test_nothing_to_draw_is_a_sentence(empty):
    assert empty.kind == "nothing" and "There are none." in empty.data["text/plain"]


def test_a_figure_without_words_is_refused():
    from matplotlib.figure import Figure

    with pytest.raises(ValueError, match="alternative text"):
        charts.shown(Figure(), "Caption.", " ")


def test_formulas_and_markup_in_a_label_stay_text():
    shown = charts.bars(pd.DataFrame({"label": ["$x^2$ <b>bold</b> \\frac"], "n": [1], "of": [2]}), "Labels.")
    ElementTree.fromstring(shown.data["image/svg+xml"])
    assert "$x^2$ <b>bold</b>" in shown.alt


def test_every_lane_of_the_events_can_be_drawn():
    from casebook.stats import events

    lanes = {"disease", "extension", "spread", "imaging", "other treatment", "outcome", "adverse events"}
    assert lanes | set(events.__globals__["_LANE"].values()) <= set(LANES)


def test_labels_of_one_lane_do_not_touch():
    from casebook.charts.timeline import _LETTER, _lane

    rows = pd.DataFrame(
        {"what": ["a long label of a drug", "another one"], "months": pd.array([1.0, 2.0], dtype="Float64")}
    )
    lines = _lane("drugs", rows, scale=0.1, dated=6.0).lines
    assert [[label for _, label, _ in line] for line in lines] == [["a long label of a drug"], ["another one"]]
    far = rows.assign(months=pd.array([1.0, 1.0 + 10 * _LETTER * 30], dtype="Float64"))
    assert len(_lane("drugs", far, scale=0.1, dated=6.0).lines) == 1
