import pytest

from casebook.evaluate.items import Item, same
from casebook.evaluate.page import table
from casebook.evaluate.score import Count, compare, summary


def test_hand_worked_precision_recall_and_f1():
    gold = [Item("a", "1", "cough"), Item("a", "1", "fever"), Item("b", "1", "rash")]
    answers = [Item("a", "1", "cough"), Item("b", "1", "itch")]
    score, misses = compare(gold, answers, {"a", "b", "c"})
    assert (score.precision, score.recall, score.f1) == (1 / 2, 1 / 3, 2 / 5)
    assert [(m.kind, m.item.value) for m in misses] == [("missed", "fever"), ("missed", "rash"), ("surplus", "itch")]
    assert 0 <= score.low <= score.f1 <= score.high <= 1


def test_an_answer_serves_one_annotation():
    score, _ = compare([Item("a", "1", "bone"), Item("a", "1", "bone")], [Item("a", "1", "bone")], {"a"})
    assert (score.hit, score.wanted) == (1, 2)


def test_another_patient_is_no_match():
    score, _ = compare([Item("a", "2", "bone")], [Item("a", "1", "bone")], {"a"})
    assert score.hit == 0


def test_labels_and_numbers_are_compared_as_reviewers_would():
    assert same("temporal glioblastoma", "glioblastoma") and same("haemangioma", "hemangiomas") and same("60", "60.4")
    assert not same("lung", "liver") and not same("60", "63")


def test_no_sources_and_nothing_to_find():
    assert compare([], [], set())[0].f1 == 1.0
    assert compare([], [], {"a"})[0].f1 == 1.0


def test_any_accepted_value_is_right_and_an_optional_one_may_be_missing():
    gold = [Item("a", "1", "glioma|astrocytoma"), Item("b", "1", "alive|")]
    score, misses = compare(gold, [Item("a", "1", "astrocytoma")], {"a", "b"})
    assert (score.hit, score.wanted, misses) == (1, 1, [])


def test_precision_and_recall_count_apart():
    score = summary([Count(hit=1, wanted=4, right=3, answered=4), Count(hit=1, wanted=1, right=0, answered=1)])
    assert (score.recall, score.precision) == (2 / 5, 3 / 5)
    assert score.f1 == pytest.approx(2 * 0.4 * 0.6 / (0.4 + 0.6))
    assert summary([Count(0, 3, 0, 0)]).f1 == 0.0


def test_a_line_without_annotations_prints_its_precision_alone():
    shown = table({"rows": summary([Count(0, 0, 3, 4)]), "words": summary([Count(1, 2, 1, 1)])})
    assert "| rows | 0 | 0.750 of 4 | | | |" in shown and "| words | 2 | 1.000 | 0.500 |" in shown
