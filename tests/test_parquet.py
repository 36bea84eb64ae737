"""Parquet holds what the CSV beside it holds, or is not read."""

import pandas as pd
import pytest

from casebook import csvfile, parquet, publish
from casebook.assemble import Tables, build
from casebook.errors import InputError
from casebook.publish import write_tables
from casebook.schema import TABLES


@pytest.fixture
def made(tmp_path) -> Tables:
    reports = tmp_path / "reports"
    reports.mkdir()
    for age in (41, 52):
        text = f"A {age}-year-old woman had a cough for 7 weeks. She received cisplatin and died {age} days later.\n"
        (reports / f"r{age}.txt").write_text(text)
    return build(reports)


def test_the_same_values_and_types_as_from_csv(made, tmp_path):
    write_tables(made, tmp_path / "csv")
    write_tables(made, tmp_path / "both", as_parquet=True)
    for name in TABLES:
        beside = parquet.read(tmp_path / "both" / f"{name}.csv")
        assert beside is not None
        pd.testing.assert_frame_equal(beside, csvfile.read(tmp_path / "csv" / f"{name}.csv"))


def test_awkward_cells_come_back_as_from_csv(tmp_path):
    row = {"row_id": "s", "case_id": "a/1", "symptom": "=1+\r\n'x", "status": "present", "duration_months": 1 / 3}
    path = tmp_path / "symptoms.csv"
    frame = TABLES["symptoms"].frame([row, {"row_id": "t", "case_id": "a/1", "symptom": "", "status": "absent"}])
    csvfile.write(frame, path)
    expected = csvfile.read(path)
    parquet.write(path)
    pd.testing.assert_frame_equal(parquet.read(path), expected)


def test_an_edited_csv_counts(made, tmp_path):
    write_tables(made, tmp_path / "out", as_parquet=True)
    cases = tmp_path / "out" / "cases.csv"
    cases.write_text(cases.read_text().replace(",female,", ",male,"))
    assert set(csvfile.read(cases)["sex"]) == {"male"}


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"nonsense" * 9])
def test_a_damaged_file_beside_a_csv_counts_as_absent(made, tmp_path, damage):
    write_tables(made, tmp_path / "out", as_parquet=True)
    (tmp_path / "out" / "cases.parquet").write_bytes(damage)
    assert len(csvfile.read(tmp_path / "out" / "cases.csv")) == 2


def test_a_damaged_file_in_the_place_of_a_csv_is_told(tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "1.parquet").write_bytes(b"nonsense" * 9)
    with pytest.raises(InputError, match="this table cannot be read"):
        csvfile.read(tmp_path / "cases.csv")


def test_a_large_review_has_parquet(made, tmp_path, monkeypatch):
    write_tables(made, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.parquet"))
    monkeypatch.setattr(publish, "FROM_REPORTS", 2)
    write_tables(made, tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out").glob("*.parquet")} == set(TABLES)


@pytest.mark.parametrize("block", [700, 50])
def test_blocks_of_a_file_are_put_together(made, tmp_path, monkeypatch, block):
    monkeypatch.setattr(parquet, "_BLOCK", block)
    write_tables(made, tmp_path / "out", as_parquet=True)
    evidence = tmp_path / "out" / "evidence.csv"
    assert evidence.stat().st_size > 1400
    beside = parquet.read(evidence)
    evidence.with_suffix(".parquet").unlink()
    pd.testing.assert_frame_equal(beside, csvfile.read(evidence))
