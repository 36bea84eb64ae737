"""Quotes against annotated words, hand-worked on invented reports."""

import pytest

from casebook.assemble import build
from casebook.evaluate import evaluate
from casebook.publish import write_tables

REPORT = (
    "A 52-year-old man presented with fever. He denied weight loss. Chest CT showed a nodule of the left lung. "
    "Computed tomography was repeated and the nodule was unchanged. He underwent lobectomy. "
    "He received chemotherapy with cisplatin. Cisplatin was stopped after two cycles. "
    "Ultrasonography of the neck was refused."
)
OTHER = "A 31-year-old woman presented with cough. She was treated with amoxicillin."


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    beside = tmp_path_factory.mktemp("reports")
    for name, text in (("one", REPORT), ("two", OTHER)):
        (beside / f"{name}.txt").write_text(text, encoding="utf-8")
    write_tables(build(beside, jobs=1), beside / "tables")
    return beside / "tables"


@pytest.fixture
def measured(tables, tmp_path):
    def against(**marked):
        """The evaluation where `marked` words of the first report are annotated: type=[words or (words, polarity)]."""
        lines = []
        pairs = [(kind, word) for kind, words in marked.items() for word in words]
        for number, (kind, word) in enumerate(pairs, start=1):
            words, polarity = word if isinstance(word, tuple) else (word, "")
            start = REPORT.index(words)
            lines += [f"T{number}\t{kind} {start} {start + len(words)}\t{words}", f"E{number}\t{kind}:T{number} "]
            lines += [f"A{number}\tPOLARITY E{number} {polarity}"] * bool(polarity)
        (tmp_path / "one.ann").write_text("\n".join([*lines, ""]), encoding="utf-8")
        return evaluate(tables, tmp_path)

    return against


def counts(found, line):
    score = found.scores[line]
    return score.hit, score.wanted, score.right, score.answered


def test_age_and_sex_are_found_where_they_stand_and_reports_without_annotations_do_not_count(measured):
    found = measured(Age=["52-year-old"], Sex=["man", "He"])
    assert found.sources == 1
    assert counts(found, "Age") == (1, 1, 1, 1)
    assert counts(found, "Sex") == (1, 2, 1, 1)
    assert [(miss.kind, miss.item.value) for miss in found.misses["Sex"]] == [("missed", "He")]


def test_only_imaging_is_wanted_and_each_mention_of_a_study_is_found(measured):
    found = measured(Diagnostic_procedure=["CT", "Computed tomography", "fever", "Ultrasonography"])
    assert counts(found, "imaging") == (2, 3, 2, 2)  # the refused study is none; "fever" names no imaging
    assert counts(found, "imaging, once per report") == (2, 3, 2, 2)


def test_drugs_and_procedures_are_told_apart_for_precision_only(measured):
    found = measured(Medication=["cisplatin", "Cisplatin"], Therapeutic_procedure=["lobectomy", "chemotherapy"])
    assert counts(found, "Medication") == (2, 2, 3, 3)  # chemotherapy is right as either
    assert counts(found, "Medication, once per report") == (1, 1, 3, 3)
    assert counts(found, "Therapeutic_procedure") == (2, 2, 1, 1)
    assert counts(found, "treatments of the kind surgery") == (0, 0, 1, 1)
    assert counts(found, "treatments of the kind chemotherapy") == (0, 0, 3, 3)


def test_a_word_that_nobody_marked_is_surplus(measured):
    found = measured(Medication=["cisplatin"])
    assert counts(found, "Medication")[2:] == (1, 3)
    assert {miss.item.value for miss in found.misses["Medication"]} == {"chemotherapy", "cisplatin"}


def test_a_denied_sign_counts_where_its_row_is_absent(measured):
    found = measured(Sign_symptom=["fever", ("weight loss", "NEG"), ("unchanged", "NEG"), ("nodule", "MAYBE_POS")])
    hit, wanted, right, answered = counts(found, "negation")
    assert (hit, wanted, right, answered) == (1, 2, 1, 1)
    assert counts(found, "negation, of words that both have")[2:] == (1, 1)


def test_structures_are_right_alone_or_within_a_term(measured):
    found = measured(Biological_structure=["lung"], Sign_symptom=["Chest"])
    alone, within = (
        counts(found, "Biological_structure"),
        counts(found, "Biological_structure, or a term that names it"),
    )
    assert alone[:2] == (1, 1) and within[0] == within[1] == 0
    assert alone[2] <= within[2] and alone[3] == within[3]
