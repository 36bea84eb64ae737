"""Rows that two persons added for the same thing under two names are one row."""

import pandas as pd
import pytest

import casebook
from invented import TEXTS, review_tables, write

CELLS = {"symptom": "nausea", "status": "present"}


@pytest.fixture
def load(tmp_path):
    write(tmp_path / "tables", review_tables(), TEXTS)
    (tmp_path / "protocol.yml").write_text("title: T\nquestion: Q?\n")

    def loaded(who, alone=True):
        review = casebook.load(tmp_path / "tables", tmp_path / "protocol.yml", tmp_path / "tables",
                               decisions=tmp_path / "decisions.csv", reviewer=who if alone else None)  # fmt: skip
        review.who = who
        return review

    return loaded


def words(text, source="elm"):
    return source, TEXTS[source].index(text), TEXTS[source].index(text) + len(text)


def add(load, who, text, table="symptoms", **cells):
    return load(who).add(table, "elm/1", {**CELLS, **cells} if table == "symptoms" else cells, words(text)).row_id


def test_the_same_from_overlapping_words_stands_once(load):
    names = add(load, "Ada", "headache"), add(load, "Bo", "presented with headache for")
    review = load("Cy", alone=False)
    assert names[0] != names[1] and list(review.symptoms["row_id"])[1:] == [names[0]]
    assert review.open.empty and review.agreement("Ada", "Bo").set_index("field").loc["all fields", "same"] == 2
    assert list(load("Bo").symptoms["row_id"])[1:] == [names[1]], "whoever works alone sees the own name"


def test_what_differs_is_a_disagreement_on_a_cell_and_can_be_settled(load):
    name = add(load, "Ada", "headache for 2 months", duration_months=2)
    add(load, "Bo", "headache", symptom="vomiting")
    review = load("Cy", alone=False)
    assert len(review.symptoms) == 1 and set(review.open["row_id"]) == {name}
    found = review.disagreements("Ada", "Bo").set_index("column")
    assert found[["first", "second"]].T.to_dict("list") == {
        "symptom": ["nausea", "vomiting"], "duration_months": ["2", "(none)"],
    }  # fmt: skip
    assert found.loc["symptom", "sentence"].startswith("A 61-year-old woman")
    review.settle(name, "symptom", "vomiting")
    review = load("Cy", alone=False)
    row = review.symptoms.set_index("row_id").loc[name]
    assert review.open.empty and (row["symptom"], row["duration_months"]) == ("vomiting", 2)


def test_other_words_another_table_or_one_person_are_other_rows(load):
    add(load, "Ada", "headache")
    add(load, "Bo", "MRI showed")
    add(load, "Ada", "presented with headache")
    assert len(load("Cy", alone=False).symptoms) == 4


def test_of_several_rows_from_the_same_words_those_that_say_the_same_are_one(load):
    said = {"role": "metastasis", "status": "present"}
    for who, site, text in (
        ("Ada", "brain", "the liver"), ("Ada", "bone", "the liver"), ("Ada", "skin", "the liver"),
        ("Bo", "skin", "of the liver"), ("Bo", "brain", "of the liver"),
    ):  # fmt: skip
        add(load, who, text, "sites", site=site, **said)
    review = load("Cy", alone=False)
    added = review.sites[review.sites["row_id"].str.startswith("sites-added")]
    assert sorted(added["site"]) == ["bone", "brain", "skin"] and review.open.empty


def test_three_who_add_it_add_one_row_and_an_undo_leaves_the_others(load):
    add(load, "Ada", "headache")
    second = add(load, "Bo", "with headache")
    add(load, "Cy", "headache for")
    ada = load("Ada")
    assert len(load("Eve", alone=False).symptoms) == 2
    ada.undo(ada.decisions["decision"].iloc[0])
    assert list(load("Eve", alone=False).symptoms["row_id"])[1:] == [second]


def test_without_words_nothing_is_put_together(load):
    for who, months in (("Ada", 2), ("Bo", 3)):
        load(who).add("symptoms", "elm/1", {**CELLS, "duration_months": months})
    review = load("Cy", alone=False)
    assert len(review.symptoms) == 3 and isinstance(review.open, pd.DataFrame) and review.open.empty
