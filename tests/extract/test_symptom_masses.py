"""Masses that patients come with, and complaints told after what the history lacks; all texts invented."""

import pytest

from extract.told import rows


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("consulted for a soft mass in the right upper abdomen.", {("abdominal mass", "present")}),
        ("was referred for a growth in her vulva.", {("vulvar mass", "present")}),
        ("presented with a firm mass on the inner side of the right thigh.", {("thigh mass", "present")}),
        ("presented with a swelling on the outer side of the left ankle.", {("ankle swelling", "present")}),
        ("was referred for a mass in the liver.", set()),
        ("had fever. MRI showed a firm mass on the inner side of the thigh.", {("fever", "present")}),
        ("without any medical history presented to us for a dry cough.", {("cough", "present")}),
        ("was admitted. She described having palpitations before her admission.", {("palpitations", "present")}),
        (
            "complained of pain in the right shoulder and chest.",
            {("shoulder pain", "present"), ("chest pain", "present")},
        ),
        ("without any medical history, nor under treatment, was referred for cough.", {("cough", "present")}),
        ("presented with oedema of the legs.", {("leg oedema", "present")}),
    ],
)
def test_a_complaint_with_its_place(words: str, expected: set[tuple[str, str]]) -> None:
    told = rows(f"A 40-year-old woman {words}", "symptoms")
    assert {(row.value("symptom"), row.value("status")) for row in told} == expected


def test_what_the_authors_report_is_their_own_case() -> None:
    told = rows("The authors report a 62-year-old woman, admitted with flank pain.", "symptoms")
    assert [row.value("symptom") for row in told] == ["flank pain"]
