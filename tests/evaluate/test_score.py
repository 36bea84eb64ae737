from casebook.evaluate.items import Item, same
from casebook.evaluate.score import compare


def test_hand_worked_precision_recall_and_f1():
    gold = [Item("a", "1", "cough"), Item("a", "1", "fever"), Item("b", "1", "rash")]
    answers = [Item("a", "1", "cough"), Item("b", "1", "itch")]
    score, misses = compare(gold, answers, {"a", "b", "c"})
    assert (score.precision, score.recall, score.f1) == (1 / 2, 1 / 3, 2 / 5)
    assert [(m.kind, m.item.value) for m in misses] == [("missed", "fever"), ("missed", "rash"), ("surplus", "itch")]
    assert 0 <= score.low <= score.f1 <= score.high <= 1


def test_places_match_by_overlap_and_one_answer_may_serve_repeated_mentions():
    gold = [
        Item("a", "", "TMZ", ((10, 13),)),
        Item("a", "", "temozolomide", ((40, 52),)),
        Item("a", "", "steroid", ((60, 67),)),
    ]
    score, misses = compare(gold, [Item("a", "1", "temozolomide", ((10, 13),))], {"a"})
    assert (score.hit, score.wanted, score.answered) == (2, 3, 2)
    assert [m.item.value for m in misses] == ["steroid"]


def test_an_answer_serves_one_annotation_without_a_place():
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
