import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.assemble import VOCABULARY as SHIPPED
from casebook.extract.matcher import Matcher, matcher
from casebook.text.spelling import fold
from casebook.vocabulary import load
from extract.words import small


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    matcher = Matcher(small(tmp_path_factory.mktemp("words")))
    return lambda text: [(text[m.start : m.end], m.kind, m.label) for m in matcher.find(text)]


def test_the_longest_surface_of_a_kind_wins_and_kinds_overlap(found):
    assert found("PET/CT of a lung cancer") == [
        ("PET/CT", "modalities", "PET-CT"),
        ("lung", "sites", "lung"),
        ("lung cancer", "diagnoses", "lung cancer"),
    ]


def test_words_are_matched_whole_and_not_across_a_stop(found):
    assert found("lungs") == [("lungs", "sites", "lung")]
    assert found("lungfish and CTs") == [("CTs", "modalities", "CT")]
    assert ("lung. Cancer", "diagnoses", "lung cancer") not in found("He smoked for his lung. Cancer was found.")


def test_a_surface_as_written_needs_its_case(found):
    assert found("the LC") == [("LC", "diagnoses", "lung cancer")]
    assert found("the lc") == []


def test_a_false_friend_takes_its_mention_away(found):
    assert found("liver function tests") == []
    assert found("the liver works") == [("liver", "sites", "liver")]
    assert found("liver function tests, the liver works, " * 20_000) == [("liver", "sites", "liver")] * 20_000


VOCABULARY = load(SHIPPED)


@given(st.text(alphabet="lungcaerivPET/CT .-ß\u0130é\n", max_size=200))
@settings(deadline=None)
def test_what_is_found_is_always_a_known_surface(text):
    for mention in matcher(VOCABULARY).find(text):
        assert fold(text)[mention.start : mention.end].strip() in VOCABULARY.surfaces
