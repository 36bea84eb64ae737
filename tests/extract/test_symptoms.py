import pytest

from extract.told import rows


def told(words: str) -> list[tuple[object, object]]:
    return [(row.value("symptom"), row.value("status")) for row in rows("A 52-year-old man " + words, "symptoms")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("presented with headache and vomiting.", [("headache", "present"), ("vomiting", "present")]),
        ("complained of headache but denied fever.", [("headache", "present"), ("fever", "absent")]),
        ("had a glioma. Physical examination revealed weakness.", []),
        ("had a glioma. A tremor was noted on examination.", []),
        ("presented with headache. His headache improved.", [("headache", "present")]),
        ("presented with swelling of the left knee.", [("knee swelling", "present")]),
        ("presented with chest and abdominal pain.", [("chest pain", "present"), ("abdominal pain", "present")]),
        ("was seen for gout. His mother suffered from headache.", []),
        ("presented with facial pain and swelling.", [("facial pain", "present"), ("facial swelling", "present")]),
        ("presented with knee pain, fever and chills.",
         [("knee pain", "present"), ("fever", "present"), ("chills", "present")]),
        ("showed lethargy and fever.", [("lethargy", "present"), ("fever", "present")]),
        ("had gout. On examination he was pale. The abdomen was soft with tenderness.", []),
        ("presented with gout and had cardiomegaly on chest X-ray.", []),
        ("had gout. He also had a history of fever.", [("fever", "present")]),
        ("did not report vomiting.", [("vomiting", "absent")]),
        ("without medical history, was the victim of a fall with headache.", [("headache", "present")]),
        ("presented with pain in upper abdomen.", [("epigastric pain", "present")]),
        ("was told of danger signs such as headache and fever.", []),
        ("had a stroke and hypoxia.", []),
        ("presented with hypoxia.", [("hypoxia", "present")]),
        ("presented with thrombotic thrombocytopenic purpura (TTP).", []),
        ("complained of neck and abdominal pain.", [("neck pain", "present"), ("abdominal pain", "present")]),
        ("reporting knee pain was treated.", [("knee pain", "present")]),
        ("presented with jugular venous distension and a bleeding ulcer.", []),
    ],
)
def test_symptoms_had_or_denied(words, expected):
    assert sorted(told(words)) == sorted(expected)


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("presented with headache for six months.", 6),
        ("presented with a 3-month history of headache.", 3),
        ("presented with headache for the previous 2 years.", 24),
        ("presented with headache of 10 days duration.", 0.33),
        ("presented with headache that had begun three weeks earlier.", 0.69),
        ("presented with headache for several months.", None),
        ("presented with headache.", None),
        ("reported the use of paracetamol for headache for one week.", None),
    ],
)
def test_durations(words, months):
    (row,) = rows("A 52-year-old man " + words, "symptoms")
    assert row.value("duration_months") == months


def test_two_durations_go_to_their_own_complaints():
    (text,) = ("A 52-year-old man presented with a 3-month history of headache and a 1-month history of fever.",)
    assert {row.value("symptom"): row.value("duration_months") for row in rows(text, "symptoms")} == {
        "headache": 3,
        "fever": 1,
    }


def test_each_symptom_is_one_row():
    text = "Abstract\n\nA 52-year-old man had headache.\n\nCase report\n\nA 52-year-old man presented with headache."
    assert len(rows(text, "symptoms")) == 1
