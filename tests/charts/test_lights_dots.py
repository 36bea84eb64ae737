"""Traffic lights and dots: told by shape as well as colour, legible in print, and the same bytes each time."""

import base64
import io

import pandas as pd
import pytest
from matplotlib.image import imread

from casebook import charts, load, stats
from casebook.charts.dots import _MARKS
from casebook.charts.lights import _LIGHTS
from casebook.reviewfiles import ANSWERS
from casebook.stats.appraisal import DIFFER, OPEN
from house.tree import ROOT

CORPUS = ROOT / "tests" / "corpus"


def marks(*rows):
    return pd.DataFrame(rows, columns=["group", "row", "column", "answer", "told"])


@pytest.fixture(scope="module", params=["seeds", "tests/corpus/reports"])
def review(request):
    return load(ROOT / request.param, CORPUS / "protocol.yml" if "corpus" in request.param else "")


def test_every_answer_has_a_light_of_its_own_shape_or_lightness():
    appraisal = [*ANSWERS, DIFFER, OPEN]
    reported = ["reported", "not found", "not judged"]
    said = ["reported", "denied", "uncertain", "not reported", "not applicable"]
    assert {*appraisal, *reported, *said} == _LIGHTS.keys()
    assert len({_LIGHTS[answer][:2] for answer in appraisal}) == len(appraisal)
    assert len({_LIGHTS[answer][0] for answer in ("yes", "unclear", "no")}) == 3, "a reader of grey tells them by shape"
    assert len({_LIGHTS[answer][0] for answer in reported}) == 3
    assert len({_LIGHTS[answer][0] for answer in said}) == 5


def test_what_nobody_appraised_yet_is_nothing_to_show():
    assert charts.lights(marks(("", "1 a", "Patient 1", OPEN, "–")), "JBI checklist: each line.").kind == "nothing"


def test_ours_is_a_shape_that_no_review_has():
    reviews = {_MARKS[name][0] for name in ("median", "mean", "share", "")}
    assert _MARKS["ours"][0] not in reviews and _MARKS["patient"][0] not in reviews
    assert _MARKS["ours"][1] != _MARKS["patient"][1]


def test_the_words_tell_each_mark():
    found = marks(("1 g", "a", "Patient 1", "yes", "1/2"), ("1 g", "a", "Patient 2", "no", "1/2"),
                  ("", "2 b", "Patient 1", "unclear", "0/1"))
    alt = charts.lights(found, "Lights.").alt
    assert alt == "Grid of marks, one line per item. 1 g, a: Patient 1 yes, Patient 2 no; 2 b: Patient 1 unclear."


def test_too_many_patients_become_bars():
    counted = pd.DataFrame({"label": ["1 a"], "n": [3], "of": [70]})
    drawn = charts.lights(counted, "Lights.", counted="Of those judged.")
    assert drawn.caption == "Lights. Of those judged." and "1 a 3 of 70" in drawn.alt


def test_nothing_to_draw_is_said():
    assert charts.lights(marks(), "Lights.").kind == "nothing"
    assert charts.dots(stats.literature(*nothing()), "Dots.").kind == "nothing"


def nothing():
    empty = load(ROOT / "seeds")
    return empty.tables, {}, empty.anchors.iloc[:0]


def drawn(review):
    figures = stats.literature(review.tables, review.wider, review.anchors)
    care = stats.care(review.tables, review.texts, review.zones, review.care)
    yield charts.dots(figures, "Dots.")
    yield charts.lights(stats.marks(care, "reported"), "CARE.")
    for instrument in ("JBI", "Murad") if len(review.appraisal.dropna(subset="answer")) else ():
        yield charts.lights(stats.marks(stats.appraised(review.cases, review.appraisal, instrument), "yes"), "Lights.")


def test_every_figure_is_drawn_inside_its_page_the_same_each_time(review):
    for first, again in zip(drawn(review), drawn(review), strict=True):
        assert first.kind == "figure" and first.data["image/svg+xml"] == again.data["image/svg+xml"]
        assert first.details["width"] <= 7.2 * 96 + 1
        pixels = imread(io.BytesIO(base64.b64decode(first.data["image/png"])))[:, :, :3]
        for edge in (pixels[:, 0], pixels[:, -1], pixels[0], pixels[-1]):
            assert edge.min() == 1.0, "something is cut off at the edge"


def test_the_dots_tell_every_figure_in_words(review):
    figures = stats.literature(review.tables, review.wider, review.anchors)
    alt = charts.dots(figures, "Dots.").alt
    for row in figures[figures["kind"].eq("review")].itertuples():
        assert f"{row.label} " in alt and f"{row.estimate:.4g}" in alt
    assert figures["kind"].eq("patient").any() == (len(review.patients) == 2), "single values only for want of a median"


def test_the_corpus_has_every_answer():
    review = load(CORPUS / "reports", CORPUS / "protocol.yml")
    found = pd.concat(stats.appraised(review.cases, review.appraisal, name) for name in ("JBI", "Murad"))
    assert set(found["answer"]) == {*ANSWERS, DIFFER, OPEN}
