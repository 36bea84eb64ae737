import pytest

from casebook import csvfile
from casebook.assemble import Tables
from casebook.errors import InputError
from casebook.publish import write_tables
from casebook.schema import TABLES


def tables(text="One."):
    frames = {name: table.empty() for name, table in TABLES.items()}
    frames["symptoms"] = TABLES["symptoms"].frame(
        [{"row_id": "s", "case_id": "a/1", "symptom": "=cough", "status": "present", "duration_months": 1.5}]
    )
    return Tables(frames, {"a": text}, {})


def test_tables_and_texts_come_back_as_they_were(tmp_path):
    write_tables(tables("Naïve\r\n"), tmp_path / "out")
    assert (tmp_path / "out" / "texts" / "a.txt").read_bytes() == "Naïve\r\n".encode()
    read = csvfile.read(tmp_path / "out" / "symptoms.csv")
    assert read.to_dict("records") == tables().frames["symptoms"].to_dict("records")


def test_a_spreadsheet_gets_no_formula(tmp_path):
    write_tables(tables(), tmp_path / "out")
    assert "'=cough" in (tmp_path / "out" / "symptoms.csv").read_text()


def test_the_folder_is_replaced_whole_and_nothing_stays_beside_it(tmp_path):
    write_tables(tables(), tmp_path / "out")
    (tmp_path / "out" / "stale.csv").write_text("old")
    write_tables(tables(), tmp_path / "out")
    assert not (tmp_path / "out" / "stale.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_the_last_good_tables(tmp_path):
    write_tables(tables(), tmp_path / "out")
    broken = tables("\ud800")  # a lone surrogate has no UTF-8
    with pytest.raises(UnicodeEncodeError):
        write_tables(broken, tmp_path / "out")
    assert (tmp_path / "out" / "texts" / "a.txt").read_text() == "One."
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "out").write_text("a letter")
    with pytest.raises(InputError, match="is a file, expected a folder"):
        write_tables(tables(), tmp_path / "out")


def test_a_folder_that_holds_something_else_is_not_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("my work")
    with pytest.raises(InputError, match="holds files but no tables"):
        write_tables(tables(), tmp_path / "out")
    assert (tmp_path / "out" / "thesis.doc").read_text() == "my work"
