"""A person at work on a review: what they decide holds, is checked, and comes back after a restart."""

import pandas as pd
import pytest

import casebook
from casebook.curate import Decision, append, read
from casebook.curate.drafts import WHO
from casebook.errors import InputError
from curate.at_work import again
from invented import TEXTS, review_tables, write


def value(review, row_id: str, column: str):
    frame = review.tables[row_id.split("-")[0]].set_index("row_id")
    return frame.loc[row_id, column]


def status(review, row_id: str, column: str) -> str:
    own = review.evidence[review.evidence["row_id"].eq(row_id) & review.evidence["column"].eq(column)]
    return ", ".join(sorted(set(own["status"])))


def words(source: str, text: str) -> tuple[str, int, int]:
    return source, TEXTS[source].index(text), TEXTS[source].index(text) + len(text)


def test_without_decisions_no_frame_is_copied_or_read(place):
    review = again(place)
    assert review._frames is review._machine.frames and not review._machine.frames._read
    assert review.decisions.empty and review.open.empty and not (place / "decisions.csv").exists()


def test_a_correction_is_one_line_and_lasts(place):
    review = again(place)
    decision = review.change("cases-1", "age_years", 62, note="see the table")
    assert (decision.old, decision.new, decision.who, decision.quote) == ("61", "62", "Ada", "61-year-old")
    assert (place / "decisions.csv").read_text().count("\n") == 2
    for one in (review, again(place)):
        assert value(one, "cases-1", "age_years") == 62
        assert status(one, "cases-1", "age_years") == "corrected"
        assert one.machine["cases"]["age_years"].iloc[0] == 61
    assert repr(review).splitlines()[-1] == "1 decisions by Ada"


def test_confirm_reject_and_undo(place):
    review = again(place)
    review.confirm("cases-1", "sex")
    gone = review.reject("sites-2", note="the spleen")
    empty = review.reject("cases-1", "diagnosis")
    assert status(review, "cases-1", "sex") == "confirmed"
    assert "sites-2" not in set(review.sites["row_id"]) and status(review, "sites-2", "site") == "rejected"
    assert pd.isna(value(review, "cases-1", "diagnosis"))
    back = review.undo(gone)
    review.undo(empty.decision)
    assert value(review, "sites-2", "site") == "liver" and value(review, "cases-1", "diagnosis") == "glioblastoma"
    review.undo(back)
    assert "sites-2" not in set(again(place).sites["row_id"])
    with pytest.raises(InputError, match="no such decision holds"):
        review.undo("0123456789ab")
    with pytest.raises(InputError, match="no such decision holds"):
        review.undo(empty)


def test_a_row_added_from_selected_words_can_be_corrected_and_undone(place):
    review = again(place)
    quote = words("elm", "headache")
    made = review.add("symptoms", "elm/1", {"symptom": "nausea", "status": "present", "duration_months": 2}, quote)
    row_id = made.row_id
    assert value(review, row_id, "duration_months") == 2 and status(review, row_id, "symptom") == "added"
    review.change(row_id, "duration_months", 3)
    assert value(again(place), row_id, "duration_months") == 3
    with pytest.raises(InputError, match="there already"):
        review.add("symptoms", "elm/1", {"symptom": "nausea", "status": "present", "duration_months": 2}, quote)
    review.undo(made)
    assert row_id not in set(review.symptoms["row_id"]) and row_id not in set(again(place).symptoms["row_id"])


def test_two_who_add_the_same_add_one_row_and_one_who_rejects_it_disputes_it(place):
    quote, cells = words("elm", "headache"), {"symptom": "nausea", "status": "present"}
    made = again(place, "Ada").add("symptoms", "elm/1", cells, quote)
    assert again(place, "Bo").add("symptoms", "elm/1", cells, quote).row_id == made.row_id
    review = again(place)
    assert len(review.symptoms) == 2 and review.open.empty
    bo = again(place, "Bo")
    bo.reject(made.row_id)
    review = again(place)
    assert len(review.symptoms) == 1 and "two persons differ" in review.open["why"].iloc[0]


def test_a_rejected_patient_takes_all_that_was_told_of_them(place):
    review = again(place)
    review.reject("cases-2")
    assert not review.tables["sites"]["case_id"].eq("oak/1").any() and "oak/1" not in set(review.cases["case_id"])
    assert len(review.treatments) == 2 and len(review.patients) == 1


@pytest.mark.parametrize(("row", "column", "new", "told"), [
    ("cases-1", "age_years", "old", "age_years: 'old', expected a number"),
    ("cases-1", "age_years", "nan", "expected a number"),
    ("cases-1", "who_grade", 2.5, "expected a whole number"),
    ("cases-1", "sex", "man", "expected one of male, female"),
    ("cases-1", "case_id", "elm/2", "column: 'case_id', expected one of role, age_years"),
    ("cases-1", "height", "2", "column: 'height', expected one of role"),
    ("cases-9", "sex", "male", "there is no row 'cases-9' in cases"),
    ("things-1", "sex", "male", "names no row of cases"),
    ("sites-1", "site", "", "may not be"),
    ("sites-1", "site", "frontal lobus", "did you mean frontal lobe"),
    ("symptoms-1", "symptom", "cephalgia", "did you mean headache"),
])  # fmt: skip
def test_what_cannot_stand_there_is_told_and_not_written(place, row, column, new, told):
    with pytest.raises(InputError, match=told):
        again(place).change(row, column, new)
    assert not (place / "decisions.csv").exists()


def test_a_new_label_needs_a_note_and_is_then_known(place):
    review = again(place)
    with pytest.raises(InputError, match="A new label needs a note"):
        review.change("symptoms-1", "symptom", "wobbly feeling")
    review.change("symptoms-1", "symptom", "wobbly feeling", note="no word for it")
    assert not review.problem("symptoms", "symptom", "wobbly feeling")
    assert review.suggest("symptoms", "symptom", "wobbly feel")[0] == "wobbly feeling"
    assert review.suggest("cases", "sex", "fem") == ["female"]


@pytest.mark.parametrize(("case", "cells", "quote", "told"), [
    ("elm/7", {"symptom": "nausea", "status": "present"}, None, "'elm/7' is not in cases"),
    ("elm/1", {"symptom": "nausea"}, None, "status: empty, which it may not be"),
    ("elm/1", {"symptom": "nausea", "status": "present"}, ("oak", 0, 3), "no patient of the source 'oak'"),
    ("elm/1", {"symptom": "nausea", "status": "present"}, ("elm", 5, 5), "is no range of the text"),
    ("elm/1", {"symptom": "nausea", "status": "present"}, ("elm", 5, 9999), "is no range of the text"),
    ("elm/1", {"symptom": "nausea", "status": "present", "mood": "bad"}, None, "no column 'mood'"),
])  # fmt: skip
def test_a_row_that_cannot_be_is_not_added(place, case, cells, quote, told):
    with pytest.raises(InputError, match=told):
        again(place).add("symptoms", case, cells, quote)
    assert not (place / "decisions.csv").exists()


def test_two_blind_reviewers_then_disagreements_then_a_third(place):
    ada, bo = again(place, "Ada"), again(place, "Bo")
    for one, age in ((ada, 61), (bo, 16)):
        one.confirm("cases-1", "sex")
        one.change("cases-1", "age_years", age)
    ada.reject("sites-2")
    bo = again(place, "Bo")
    bo.confirm("sites-2", "site")
    assert value(bo, "cases-1", "age_years") == 16 and set(bo.decisions["who"]) == {"Bo"} and bo.open.empty
    with pytest.raises(InputError, match="shows the decisions of Bo only"):
        bo.agreement("Ada", "Bo")
    review = again(place)
    assert value(review, "cases-1", "age_years") == 61 and status(review, "cases-1", "age_years") == "machine"
    assert set(review.open["row_id"]) == {"cases-1", "sites-2"} and len(review.sites) == 5
    found = review.disagreements("Ada", "Bo").set_index("column")
    assert found.loc["age_years", ["first", "second"]].tolist() == ["61", "16"]
    assert found.loc["age_years", "sentence"].startswith("A 61-year-old woman")
    assert found.loc["site", ["first", "second"]].tolist() == ["(none)", "liver"]
    measured = review.agreement("Ada", "Bo").set_index("field")
    assert measured.loc["all fields", ["n", "same"]].tolist() == [3, 1]
    assert review.agreement("Bo").set_index("field").loc["cases.age_years", "percent"] == 0
    with pytest.raises(InputError, match="a third person settles it"):
        review.settle("cases-1", "age_years", 16)
    review.who = "Cy"
    review.settle("cases-1", "age_years", 16)
    review.settle("sites-2", None, "keep")
    assert value(again(place), "cases-1", "age_years") == 16 and again(place).open.empty
    assert review.disagreements("Ada", "Bo").set_index("column").loc["age_years", "settled"] == "16"


def test_who_agrees_with_what_is_shown_agrees_with_the_person_before(place):
    review = again(place)
    review.change("cases-1", "age_years", 62)
    review.who = "Bo"
    review.confirm("cases-1", "age_years")
    assert value(review, "cases-1", "age_years") == 62 and review.open.empty


def test_a_changed_answer_of_the_machine_opens_the_decision_until_somebody_looks(place):
    again(place).change("cases-1", "age_years", 62)
    tables = review_tables()
    tables["cases"]["age_years"] = tables["cases"]["age_years"].replace(61, 63)
    tables["cases"]["row_id"] = tables["cases"]["row_id"].replace("cases-1", "cases-new")
    tables["evidence"]["row_id"] = tables["evidence"]["row_id"].replace("cases-1", "cases-new")
    write(place / "later", tables, TEXTS)
    review = casebook.load(place, place / "protocol.yml", place / "later")
    assert value(review, "cases-new", "age_years") == 63
    assert review.open["why"].tolist() == ["the machine's answer was 61 and is 63 now"]
    assert review.queue()["what"].iloc[0] == "open decision" and "1 need another look" in repr(review)
    review.confirm("cases-new", "age_years")
    assert review.open.empty


def test_a_changed_source_opens_the_decision(place):
    again(place).confirm("cases-1", "age_years")
    tables = review_tables()
    write(place / "later", tables, TEXTS | {"elm": "Anew: " + TEXTS["elm"]})
    review = casebook.load(place, place / "protocol.yml", place / "later")
    assert "the source was edited" in review.open["why"].iloc[0]
    assert status(review, "cases-1", "age_years") == "machine"


def test_the_queue_asks_for_what_matters_first_and_shrinks(place):
    review = again(place)
    first = review.queue()
    assert list(first.columns)[:3] == ["what", "why", "table"] and first.progress == f"0 of {len(first)}"
    assert {"cases-1", "cases-2", "sites-2", "outcomes-2"} <= set(first["row_id"])
    age = first[first["row_id"].eq("cases-1") & first["column"].eq("age_years")].iloc[0]
    assert TEXTS["elm"][age["start"]:age["end"]] == age["quote"] == "61-year-old"
    review.confirm("cases-1", "age_years")
    review.reject("sites-2")
    left = review.queue()
    assert left.progress == f"3 of {len(first)}" == again(place).queue().progress
    assert not (left["row_id"].eq("cases-1") & left["column"].eq("age_years")).any()


def test_the_person_is_named_or_asked_for(place, monkeypatch, tmp_path):
    assert again(place).who == "Ada" and again(place, "Bo").who == "Bo"
    monkeypatch.delenv(WHO)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=f"who decides is not known: set review.who = .*{WHO}.*git config user.name"):
        again(place).confirm("cases-1", "sex")
    (tmp_path / "gitconfig").write_text("[user]\nname = Git Person\n")
    assert again(place).confirm("cases-1", "sex").who == "Git Person"
    with pytest.raises(InputError, match="means the machine's own answers"):
        again(place).who = "machine"


def test_decisions_of_another_file_or_none(place):
    again(place).change("cases-1", "age_years", 62)
    assert value(again(place, decisions=""), "cases-1", "age_years") == 61
    with pytest.raises(InputError, match="keeps no decisions"):
        again(place, decisions="").confirm("cases-1", "sex")
    other = again(place, decisions=place / "other.csv")
    other.confirm("cases-1", "sex")
    assert len(read(place / "other.csv")) == 1 and value(other, "cases-1", "age_years") == 61


def test_tab_completion_offers_what_there_is(place):
    methods = "confirm change reject add settle undo include exclude queue open agreement disagreements".split()
    assert {"cases", "evidence", "decisions", *methods} <= set(dir(again(place)))
    assert all(getattr(casebook.Review, name).__doc__ for name in methods)


def test_a_clock_that_runs_behind_does_not_make_the_new_old(place):
    line = {"table": "cases", "row_id": "cases-1", "column": "age_years", "old": "61", "case_id": "elm/1"}
    append(place / "decisions.csv", Decision("2999-01-01T00:00:00Z", "Ada", "change", **line, new="70"))
    review = again(place)
    review.change("cases-1", "age_years", 71)
    assert value(again(place), "cases-1", "age_years") == 71


def test_tables_that_hold_decisions_but_not_the_machine_are_refused(place):
    review = again(place)
    review.confirm("cases-1", "sex")
    write(place / "published", dict(review.tables), TEXTS)
    with pytest.raises(InputError, match="hold decisions already, but not what the machine said"):
        casebook.load(place, place / "protocol.yml", place / "published")
    assert status(casebook.load(place, place / "protocol.yml", place / "published", decisions=""), "cases-1", "sex")


def test_one_person_may_reject_a_row_and_think_better_of_it(place):
    review = again(place)
    review.confirm("sites-2", "site")
    review.reject("sites-2")
    assert "sites-2" not in set(review.sites["row_id"]) and review.open.empty
    review.change("sites-2", "site", "lung")
    assert value(review, "sites-2", "site") == "lung" and review.open.empty
