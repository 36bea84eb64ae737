"""The flow diagram: a box for each count that somebody states, legible with three sources and with thousands."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from casebook import charts, stats
from casebook.charts.prisma import _TALLEST, _Box, _fitted
from invented import frames, review_tables

STATED = {
    "database_results": 8412, "register_results": 118, "website_results": 12, "citations_results": 39,
    "duplicates": 2210, "records_screened": 6015, "records_excluded": 5900, "dbr_sought_reports": 115,
    "dbr_notretrieved_reports": 9, "dbr_assessed": 106, "other_sought_reports": 51, "other_notretrieved_reports": 6,
    "other_assessed": 45,
}  # fmt: skip
REASONS = [(route, n, f"reason {n} of {route}") for route in ("dbr_excluded", "other_excluded") for n in range(1, 9)]


def drawn(tables, stated=()):
    screening = tables["sources"][["source_id"]].assign(decision="include", reason=None, decided_by=None)
    counted = pd.DataFrame(stated, columns=["field", "n", "reason"]).astype({"n": "Int64"})
    return charts.prisma(stats.prisma(tables, screening, counted, ["vital_status", "metastasis"]), "Flow.")


def thousands():
    words = ("excluded | wrong tumour", "excluded | no patient", "quarantined | no text layer", "included | ")
    rows = [f"s{i} | {words[min(i % 8, 3)]}" for i in range(8000)]
    return frames(
        sources="\n".join(["source_id | status | reason", *rows]),
        cases="\n".join(["case_id | role", *(f"s{i}/1 | index" for i in range(3, 8000, 8))]),
    )


def test_without_stated_records_it_says_so_and_invents_none():
    words = drawn(review_tables()).alt
    assert "Records identified and screened: not stated" in words
    assert "databases" not in words and "duplicates" not in words
    assert "Reports in the folder (n = 3) – Reports excluded (n = 0)" in words
    assert "Patients described (n = 2) – Patients cited from elsewhere (n = 1)" in words


def test_all_that_is_stated_is_told_in_order():
    words = drawn(review_tables(), [(name, n, None) for name, n in STATED.items()]).alt
    order = ["databases (n = 8,412)", "duplicates (n = 2,210)", "websites (n = 12)", "Records screened (n = 6,015)",
             "Records excluded (n = 5,900)", "Reports sought (n = 115)", "Reports not retrieved (n = 9)",
             "Reports sought by other methods (n = 51): Reports by other methods not retrieved (n = 6)",
             "Reports assessed (n = 106)",
             "Reports by other methods assessed (n = 45)", "Reports in the folder (n = 3)", "Reports included (n = 3)",
             "Patients described (n = 2)", "Reported, of 2 patients", "Diagnosis to metastasis: 1 of 2 patients enter",
             ]  # fmt: skip
    places = [words.index(text) for text in order]
    assert places == sorted(places)


def test_thousands_of_sources_and_many_reasons_fit_one_page():
    for tables, stated in (
        (thousands(), [(name, n, None) for name, n in STATED.items()] + REASONS),
        (thousands(), [("database_results", 9000, None)]),
    ):
        shown = drawn(tables, stated)
        assert shown.details["height"] <= _TALLEST * 96 + 1
        assert shown.details["width"] <= 720
        assert "Files in the folder (n = 8,000) – Files not readable (n = 1,000): no text layer (1,000)" in shown.alt
        assert "Reports excluded (n = 2,000): no patient (1,000); wrong tumour (1,000)" in shown.alt
    assert "reason 8 of dbr_excluded (8)" not in drawn(thousands()).alt


def test_reasons_beyond_the_first_are_counted():
    words = drawn(review_tables(), REASONS + [("dbr_assessed", 90, None)]).alt
    assert "and 2 more reasons" in words or "and 4 more reasons" in words


@pytest.mark.parametrize(
    "sources",
    ["source_id | status | reason\na | excluded | x\nb | excluded | x", "source_id | status\na | quarantined"],
)
def test_a_review_without_any_included_report_is_drawn(sources):
    words = drawn(frames(sources=sources)).alt
    assert "Reports included (n = 0)" in words and "Patients described (n = 0)" in words
    assert "Analyses" not in words and "enter" not in words


def test_other_methods_alone_leave_the_databases_unstated():
    words = drawn(review_tables(), [("citations_results", 7, None), ("other_assessed", 3, None)]).alt
    assert "databases, registers: not stated – Identified by other methods: citation searching (n = 7)" in words
    assert "Not stated – Reports by other methods assessed (n = 3)" in words


def test_reasons_of_a_reviewer_stay_text_inside_their_box():
    tables = frames(sources="source_id | status | reason\na | excluded | <b>$x$</b> & CAPITALS " + "W" * 90)
    shown = drawn(tables)
    ElementTree.fromstring(shown.data["image/svg+xml"])
    assert "<b>$x$</b> & CAPITALS" in shown.alt
    assert len(_fitted("W" * 90, 40, "")) > len(_fitted("w" * 90, 40, ""))
    assert all(len(line) <= 60 for line, _ in _Box("a", ["w" * 400]).wrapped(3.2))


def test_an_empty_frame_is_a_sentence():
    assert charts.prisma(pd.DataFrame(columns=["field"]), "Flow.").kind == "nothing"
