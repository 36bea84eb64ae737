import pandas as pd
import pytest

from casebook.assemble import build, check_quotes
from casebook.errors import EvidenceError
from casebook.schema import TABLES

REPORTS = {
    "one": "A 61-year-old woman presented with a two-month history of headache. MRI of the brain showed a mass in "
    "the left frontal lobe, hyperintense on T2-weighted images, without calcification. It was completely resected. "
    "Histopathology was consistent with glioblastoma. She received radiotherapy of 60 Gy in 30 fractions with "
    "temozolomide. Ten months later CT showed metastases in the liver and the T8 vertebra. She died two months later.",
    "two": "Case 1\n\nA 9-month-old boy was seen for vomiting. Ultrasonography showed a renal mass. Nephrectomy was "
    "done; histology showed Wilms tumour. He was well at the 12-month follow-up.\n\nCase 2\n\nA 44-year-old man "
    "refused surgery for a lipoma of the thigh. There was no recurrence of pain.",
}
KEYS = {"row_id", "case_id", "source_id"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def tables(folder):
    return build(folder)


def test_every_quote_is_the_text_at_its_place(tables):
    for row in tables.frames["evidence"].dropna(subset=["start"]).itertuples():
        assert tables.texts[row.source_id][row.start : row.end] == row.quote


def test_every_cell_has_its_words_or_says_from_what_it_is_derived(tables):
    evidence = tables.frames["evidence"]
    assert (evidence["start"].notna() | evidence["derived_from"].notna()).all()
    known = set(zip(evidence["table"], evidence["row_id"], evidence["column"], strict=True))
    for name in TABLES.keys() - {"sources", "evidence"}:
        for row in tables.frames[name].to_dict("records"):
            bare = [
                c
                for c, value in row.items()
                if c not in KEYS and pd.notna(value) and (name, row["row_id"], c) not in known
            ]
            assert not bare, f"{name} {row['row_id']}: {bare}"


def test_patients_are_numbered_in_reading_order(tables):
    assert list(tables.frames["cases"]["case_id"]) == ["one/1", "two/1", "two/2"]
    assert list(tables.frames["cases"]["age_years"]) == [61, 0.75, 44]


def test_rows_keep_their_names_when_another_report_joins(tables, folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "more.txt").write_text("A 30-year-old man had a cough. Chest CT was normal.", encoding="utf-8")
    more = build(tmp_path)
    for name in TABLES.keys() - {"evidence"}:
        assert set(tables.frames[name]["row_id"]) <= set(more.frames[name]["row_id"])


def test_a_quote_that_its_text_does_not_hold_is_an_error(tables):
    evidence = tables.frames["evidence"].dropna(subset=["start"]).head(1).assign(quote="something else")
    with pytest.raises(EvidenceError, match="evidence quotes 'something else', the text reads"):
        check_quotes(evidence, tables.texts)
