import pytest

from casebook.extract.acronyms import long_form
from extract.told import read


def labels(text: str, kind: str) -> list[tuple[str, str]]:
    reading, _ = read(text)
    return [(reading.text[m.start : m.end], m.label) for m in reading.mentions if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "He took vindesine (VDS). VDS was stopped.",
            "agents",
            [("vindesine", "vindesine")] + [("VDS", "vindesine")] * 2,
        ),
        ("VDS was stopped. He took vindesine (VDS).", "agents", [("vindesine", "vindesine"), ("VDS", "vindesine")]),
        ("He took vindesine (table VDS). VDS was stopped.", "agents", [("vindesine", "vindesine")]),
        ("He took vindesine (XYZ). XYZ was stopped.", "agents", [("vindesine", "vindesine")]),
    ],
)
def test_a_defined_short_form_stands_for_its_term(text, kind, expected):
    assert labels(text, kind) == expected


def test_a_regimen_stands_for_all_its_drugs():
    found = labels("He had lomustine, cisplatin and vincristine (LCV). Four courses of LCV followed.", "agents")
    assert sorted(label for words, label in found if words == "LCV")[::2] == ["cisplatin", "lomustine", "vincristine"]


def test_a_text_may_define_an_acronym_otherwise():
    assert not [
        m
        for m in labels("Glomerular basement membrane (GBM) was thick. GBM was stained.", "diagnoses")
        if m[0] == "GBM"
    ]


@pytest.mark.parametrize(
    ("text", "short", "begin"),
    [("with magnetic resonance imaging", "MRI", 5), ("a weak pulse", "BP", None), ("the heat shock protein", "HSP", 4)],
)
def test_long_forms_are_read_from_right_to_left(text, short, begin):
    assert long_form(text, len(text), short) == begin
