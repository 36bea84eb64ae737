"""Reading brat: words, events, attributes, pieces."""

import pytest

from casebook.errors import InputError
from casebook.evaluate.brat import read


def written(folder, *lines):
    (folder / "x.ann").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read(folder)["x"]


def test_an_attribute_reaches_the_words_of_its_event(tmp_path):
    fever, rash, cough = written(
        tmp_path,
        "T1\tSign_symptom 10 15\tfever",
        "E1\tSign_symptom:T1 ",
        "T2\tSign_symptom 20 24\trash",
        "E2\tSign_symptom:T2",
        "T3\tSign_symptom 30 35\tcough",
        "A1\tPOLARITY E2 NEG",
        "A2\tPOLARITY T3 UNCERTAIN",
        "R1\tMODIFY Arg1:E1 Arg2:E2\t",
        "*\tOVERLAP E1 E2",
        "#1\tAnnotatorNotes E1\tso it says",
    )
    assert (fever.polarity, rash.polarity, cough.polarity) == ("", "NEG", "UNCERTAIN")
    assert (fever.kind, fever.words, fever.spans, fever.source_id) == ("Sign_symptom", "fever", ((10, 15),), "x")


def test_brats_own_flag_is_a_negation(tmp_path):
    (fever,) = written(tmp_path, "T1\tSign_symptom 10 15\tfever", "A1\tNegation T1")
    assert fever.polarity == "NEG"


def test_words_in_pieces_are_marked_in_each_and_not_between(tmp_path):
    (drug,) = written(tmp_path, "T1\tMedication 50 54;60 64\tpara mol")
    assert drug.on((53, 55)) and drug.on((60, 61)) and not drug.on((54, 60))


def test_a_broken_line_is_named(tmp_path):
    with pytest.raises(InputError, match=r"x.ann line 2: found 'T2 Sex 4 7'"):
        written(tmp_path, "T1\tSex 0 3\tman", "T2 Sex 4 7")


def test_a_folder_without_annotations_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no .ann file"):
        read(tmp_path)
