"""A patient of two reports is shown with reasons, decided by a person, and counted once from then on."""

import pytest

import casebook
from casebook.curate.same_patient import same_patients
from casebook.errors import InputError
from invented import frames, write

TEXTS = {
    "elm": "Ada Low\nElmwood University Hospital\n\nIn March 2009 a woman of 61 came with headache.",
    "oak": "Bo Ray\nElmwood University Hospital\n\nA woman of 62 was operated on in March 2009.",
    "ash": "A woman of 61 with glioblastoma.",
}
DRAWN = {
    "sources": "source_id | authors\nash |\nelm | Low, Ada; Ray, Bo\noak | Ray B",
    "cases": """
        case_id | role  | age_years | sex    | diagnosis    | primary_site
        ash/1   | index | 61        | female | glioblastoma | frontal lobe
        elm/1   | index | 61        | female | glioblastoma | frontal lobe
        oak/1   | index | 62        | female | glioblastoma | frontal lobe
        oak/2   | index | 12        | male   | glioblastoma | frontal lobe
        """,
}


@pytest.fixture
def review(tmp_path):
    write(tmp_path / "tables", frames(**DRAWN), TEXTS)
    (tmp_path / "protocol.yml").write_text("title: T\nquestion: Q?\n")
    review = casebook.load(tmp_path / "none", tmp_path / "protocol.yml", tmp_path / "tables")
    review.who = "Vera"
    return review


def test_only_those_with_a_common_author_centre_or_date_are_shown(review):
    row, = review.same_patients.to_dict("records")
    assert (row["case_id"], row["other"]) == ("oak/1", "elm/1")
    for reason in ("age 61 and 62", "female", "glioblastoma", "site frontal lobe", "author ray b",
                   "centre elmwood university hospital", "date March 2009"):
        assert reason in row["why"]


def test_other_sites_are_other_patients():
    tables = frames(**{**DRAWN, "cases": DRAWN["cases"].replace("62        | female | glioblastoma | frontal lobe",
                                                                "62        | female | glioblastoma | cerebellum")})
    assert same_patients(tables, TEXTS, frames()["cases"].assign(action="")).empty


def test_the_same_is_counted_once_and_can_be_undone(review):
    line = review.same("oak/1", "elm/1", "told again in the follow-up")
    assert review.patients["case_id"].tolist() == ["ash/1", "elm/1", "oak/2"]
    assert review.cases.set_index("case_id")["role"]["oak/1"] == "cited"
    assert review.same_patients[["answer", "who"]].values.tolist() == [["same", "Vera"]]
    review.undo(line)
    assert len(review.patients) == 4


def test_different_changes_nothing_and_two_who_differ_are_told(review):
    review.different("oak/1", "elm/1")
    assert len(review.patients) == 4 and review.open.empty
    review.who = "Ben"
    review.same("oak/1", "elm/1")
    assert len(review.patients) == 4 and "two persons differ" in review.open["why"].iloc[0]


@pytest.mark.parametrize("pair", [("oak/1", "oak/2"), ("oak/1", "elm/7")])
def test_what_cannot_be_one_patient_is_refused(review, pair):
    with pytest.raises(InputError):
        review.same(*pair)
