import pytest

from casebook.extract.context import modifiers
from casebook.extract.matcher import Matcher
from extract.words import small


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    matcher = Matcher(small(tmp_path_factory.mktemp("words")))

    def read(text, label="fever"):
        mentions = matcher.find(text)
        cues = [m for m in mentions if m.kind == "cues"]
        target = next(m for m in mentions if m.label == label)
        return {category: text[m.cue.start : m.cue.end] for category, m in modifiers(target, cues, text).items()}

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had no fever", {"negation": "no"}),
        ("fever was ruled out", {"negation": "was ruled out"}),
        ("no pain but fever", {}),
        ("no pain; fever", {}),
        ("no change of the fever", {}),
        ("possible fever", {"uncertainty": "possible"}),
        ("possible slow and steady rise of fever", {}),
        ("fever without end", {}),
    ],
)
def test_cues_reach_as_far_as_their_row_allows(around, text, expected):
    assert around(text) == expected
