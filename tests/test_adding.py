"""`casebook add`: whole or not at all, never over another report, and a line for each."""

import csv
import hashlib

import pytest

from casebook.cli import main

TEXT = (
    "A Mass of the Frontal Lobe\n\nCase report\n\nA 61-year-old woman presented with headache. MRI of the brain showed "
    "a mass in the left frontal lobe. Histopathology was consistent with glioblastoma."
)


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "old.txt").write_text("A man of 40 came with a cyst.")
    return folder


def given(tmp_path, name, text=TEXT):
    path = tmp_path / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def add(seeds, *argv):
    return main(["add", *map(str, argv), "--seeds", str(seeds)])


def lines(seeds):
    with open(seeds / "sources.csv", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_what_was_read_is_told_and_written_down(tmp_path, seeds, capsys):
    assert add(seeds, given(tmp_path, "new.txt")) == 0
    told = capsys.readouterr().out
    assert "new.txt: A Mass of the Frontal Lobe" in told and "new/1: 61, female, glioblastoma" in told
    row = lines(seeds)["new.txt"]
    assert row["sha256"] == hashlib.sha256((seeds / "new.txt").read_bytes()).hexdigest()
    assert (row["title"], row["decision"], row["decided_by"]) == ("A Mass of the Frontal Lobe", "", "")
    assert main(["tables", str(seeds), "--out", str(tmp_path / "out"), "--no-cache"]) == 0


def test_the_list_keeps_its_lines_and_gets_the_columns_that_it_lacks(tmp_path, seeds):
    (seeds / "sources.csv").write_text('file,title\nold.txt,"A cyst, told"\n')
    assert add(seeds, given(tmp_path, "new.txt"), "--exclude", "no adult", "--by", "Vera") == 0
    found = lines(seeds)
    assert found["old.txt"]["title"] == "A cyst, told"
    assert [found["new.txt"][name] for name in ("decision", "reason", "decided_by")] == ["exclude", "no adult", "Vera"]


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_and_comes_back(tmp_path, seeds):
    assert add(seeds, given(tmp_path, "=new.txt", TEXT.replace("A Mass", "=A Mass"))) == 0
    assert "\n'=new.txt," in (seeds / "sources.csv").read_text()
    assert main(["tables", str(seeds), "--out", str(tmp_path / "out"), "--no-cache"]) == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("old.txt", TEXT, "has another report of this name, old.txt"),
        ("OLD.md", TEXT, "has another report of this name, old.txt"),
        ("copy.txt", "A man of 40 came with a cyst.", "lies there already, as old.txt"),
        ("a\nb.txt", TEXT, "control characters"),
        (".hidden.txt", TEXT, "never read as a report"),
        ("sources.csv", TEXT, "never read as a report"),
        ("a.txt", "", "0 bytes; nothing was added"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is(tmp_path, seeds, capsys, name, text, told):
    assert add(seeds, given(tmp_path, "good.txt", TEXT + " She lived."), given(tmp_path, name, text)) == 10
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert [path.name for path in seeds.iterdir()] == ["old.txt"]


@pytest.mark.parametrize("more", [["--include"], ["--exclude", "x"], ["--by", "Vera"], ["--exclude", "", "--by", "V"]])
def test_a_decision_needs_its_person_and_its_reason(tmp_path, seeds, more):
    assert add(seeds, given(tmp_path, "new.txt"), *more) == 2
    assert not (seeds / "new.txt").exists()


def test_a_full_disk_adds_nothing(tmp_path, seeds, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert add(seeds, given(tmp_path, "new.txt")) == 10
    assert [path.name for path in seeds.iterdir()] == ["old.txt"]


def test_what_a_killed_run_had_copied_gets_its_line(tmp_path, seeds):
    new = given(tmp_path, "new.txt")
    (seeds / "new.txt").write_bytes(new.read_bytes())
    assert add(seeds, new) == 0 and "new.txt" in lines(seeds)
    assert add(seeds, new) == 10
