"""Complaints of the presentation, and those that came later. Every sentence is invented."""

import pytest

from extract.told import rows


def present(words: str) -> list[object]:
    told = rows(f"A 52-year-old man {words}", "symptoms")
    return [row.value("symptom") for row in told if row.value("status") == "present"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("presented with headache. MRI showed a mass. He developed fever.", ["headache"]),
        ("presented with headache. MRI showed a mass. He complained of fever.", ["headache", "fever"]),
        ("presented with headache. A mass was resected. Two days after surgery he complained of fever.", ["headache"]),
        ("had a mass on CT. He had noticed fever before admission.", ["fever"]),
        ("with a medical history of gout was admitted for fever and vomiting.", ["fever", "vomiting"]),
        ("was brought by his relatives with aphasia.", ["aphasia"]),
        ("was referred for a neck mass without pain.", ["neck mass"]),
        ("presented with syncope, not preceded by palpitations.", ["syncope"]),
        ("had hepatomegaly.", []),
        ("presented with a family history of bleeding disorders.", []),
        ("presented with swelling of the left parotid region.", ["parotid swelling"]),
    ],
)
def test_what_brought_the_patient(words, expected):
    assert present(words) == expected
