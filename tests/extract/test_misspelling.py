import pytest

from casebook.assemble import VOCABULARY
from casebook.extract.matcher import matcher
from casebook.extract.misspelling import misspelt
from casebook.vocabulary import load


def agents(text: str) -> list[str]:
    vocabulary = load(VOCABULARY)
    return [m.label for m in misspelt(text.lower(), matcher(vocabulary).find(text), vocabulary) if m.kind == "agents"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He received carboplaten 300 mg.", ["carboplatin"]),
        ("He was given methotrexat 10 mg.", ["methotrexate"]),
        ("He took dexametasone.", ["dexamethasone"]),
        ("He took levetiracetan 500 mg.", ["levetiracetam"]),
        ("The patient was determined to examine the limestone.", []),
        ("He received treatment 300 mg.", []),
        ("He was examined by his medicine team.", []),
    ],
)
def test_small_slips_only(text, expected):
    assert agents(text) == expected
