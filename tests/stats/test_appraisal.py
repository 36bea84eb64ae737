"""Appraisal: people's answers as they gave them, open questions as open, and the items those of the standard."""

import re

import pandas as pd
import pytest

from casebook import stats
from casebook.reviewfiles import ITEMS
from casebook.stats.appraisal import INSTRUMENTS, OPEN, unplaced
from house.tree import ROOT
from invented import frames

STANDARDS = ROOT.parent / "shared" / "standards" / "README.md"
CASES = frames(
    cases="""case_id | role
             a/1 | index
             a/2 | index
             b/1 | index
             b/c1 | cited"""
)["cases"]


def answers(*rows):
    columns = ["case_id", "instrument", "item", "answer", "note", "who"]
    return pd.DataFrame(rows, columns=columns).astype({name: "string" for name in columns if name != "item"})


def standard(heading):
    if not STANDARDS.is_file():
        pytest.skip("the standards stand outside the project and are not here")
    return " ".join(STANDARDS.read_text("utf-8").partition(f"## {heading}")[2].partition("\n## ")[0].split())


# a word of the standard that each of our short items keeps
KEPT = {
    "JBI": ["demographic", "history", "presentation", "diagnostic tests", "intervention or treatment",
            "intervention", "unanticipated events", "takeaway lessons"],
    "Murad": ["whole experience of the centre", "exposure", "outcome", "alternative causes ruled out", "challenge",
              "dose-response", "follow-up long enough", "enough detail to replicate or"],
}  # fmt: skip


@pytest.mark.parametrize(("instrument", "heading"), [("JBI", "JBI appraisal"), ("Murad", "Murad 2018 tool")])
def test_the_items_are_those_of_the_standard(instrument, heading):
    told = standard(heading)
    numbered = re.split(r"(?:^|[\s,;])(\d) ", told.partition(")")[2])
    items = dict(zip(numbered[1::2], numbered[2::2], strict=True))
    if instrument == "Murad":
        assert "4-6" in told and {"1", "2", "3", "4", "5", "6", "7", "8"} <= items.keys()
    for number, ((_, words), kept) in enumerate(zip(INSTRUMENTS[instrument], KEPT[instrument], strict=True), 1):
        assert kept in words and kept in items[str(number)], (number, words)
    assert len(INSTRUMENTS[instrument]) == ITEMS[instrument] == 8


def test_the_domains_of_murad_are_those_of_the_standard():
    told = standard("Murad 2018 tool")
    ours = list(dict.fromkeys(domain for domain, _ in INSTRUMENTS["Murad"]))
    assert ours == re.findall(r"(\w+): \d", told)
    first = {domain: told.index(f"{domain}: ") for domain in ours}
    for number, (domain, _) in enumerate(INSTRUMENTS["Murad"], 1):
        at = re.search(rf"[ ,]{number} [a-z]", told[first["selection"]:]).start() + first["selection"]
        assert domain == max((d for d in ours if first[d] <= at), key=first.__getitem__)


def test_what_nobody_answered_is_open_and_cited_patients_are_not_asked():
    found = stats.appraised(CASES, answers(), "JBI")
    assert len(found) == 3 * 8 and set(found["answer"]) == {OPEN}
    assert stats.appraisal_table(found).empty
    assert stats.appraisal_told(CASES, answers(), "JBI").startswith("0 of 24 items of 3 patients answered; a person")


def test_an_answer_for_a_source_holds_for_each_of_its_patients():
    given = answers(("a", "JBI", 2, "no", None, "Ada"), ("b/1", "Murad", 2, "yes", None, "Ada"))
    found = stats.appraised(CASES, given, "JBI")
    assert found[found["answer"].ne(OPEN)][["item", "case_id", "answer"]].to_numpy().tolist() == [
        [2, "a/1", "no"], [2, "a/2", "no"],
    ]  # fmt: skip


def test_two_who_differ_are_both_told():
    given = answers(("b/1", "JBI", 1, "yes", None, "Ada"), ("b/1", "JBI", 1, "no", "no age", "Ben"),
                    ("a/1", "JBI", 1, "yes", None, "Ada"), ("a/1", "JBI", 1, "yes", None, "Ben"))
    found = stats.appraised(CASES, given, "JBI").query("item == 1").set_index("case_id")
    assert found.loc["b/1", "answer"] == "appraisers differ"
    assert found.loc["b/1", "note"] == "Ada: yes; Ben: no: no age"
    assert found.loc["a/1", "answer"] == "yes"
    (remark,) = stats.remarks(CASES, given)[["patient", "answer"]].to_numpy().tolist()
    assert remark == ["Patient 3", "appraisers differ"]


def test_an_answer_that_names_nobody_is_counted_and_not_lost():
    given = answers(("a/7", "JBI", 1, "yes", None, "Ada"), ("b/c1", "JBI", 1, "yes", None, "Ada"))
    assert list(unplaced(CASES, given)["case_id"]) == ["a/7", "b/c1"]
    assert stats.appraisal_told(CASES, given, "JBI").endswith(" 2 answers name no patient of this review.")
    assert "name no patient" not in stats.appraisal_told(CASES, given, "Murad")


def test_the_share_of_yes_leaves_out_who_is_not_asked():
    given = answers(("a/1", "Murad", 5, "yes", None, "Ada"), ("a/2", "Murad", 5, "unclear", None, "Ada"),
                    ("b/1", "Murad", 5, "not applicable", None, "Ada"))
    found = stats.appraised(CASES, given, "Murad")
    row = stats.appraisal_table(found).query("item.str.startswith('5')").iloc[0]
    assert (row["domain"], row["unclear"], row["not applicable"]) == ("causality", 1, 1)
    assert row["yes"] == "1/2 (50 %, 9 to 91)"  # Wilson by hand: (0.5 + 0.96) / 2.92 ± 0.405
    told = stats.marks(found, "yes").query("row.str.startswith('5')")["told"].unique()
    assert list(told) == ["1/2"]
    assert set(stats.marks(found, "yes").query("row.str.startswith('6')")["told"]) == {"–"}


def test_more_patients_than_fit_are_counted():
    given = answers(("a/1", "JBI", 1, "yes", None, "Ada"))
    counted = stats.marks(stats.appraised(CASES, given, "JBI"), "yes", most=2)
    assert counted.iloc[0].to_list() == ["1 demographic characteristics described", 1, 1]
    assert counted.iloc[1].to_list() == ["2 history described, as a timeline", 0, 0]
