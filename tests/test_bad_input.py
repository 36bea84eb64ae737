"""What a user meets who gives something that cannot be used: one line, the right exit code, nothing damaged."""

import shutil

import pytest

from casebook import csvfile
from casebook.cli import main
from casebook.places import VOCABULARY

TEXT = "A 44-year-old man presented with a cough. Chest CT showed a mass in the right lung."


def good(folder):
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    return folder


def empty(tmp_path):
    (tmp_path / "in").mkdir()
    return "empty"


def without_reports(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return "no report that can be used"


def row_for_a_missing_file(tmp_path):
    (good(tmp_path / "in") / "sources.csv").write_text("file,decision\nlost.txt,include\n", encoding="utf-8")
    return "sources.csv line 2, column file: 'lost.txt'"


def changed_since_it_was_listed(tmp_path):
    (good(tmp_path / "in") / "sources.csv").write_text(f"file,sha256\ngood.txt,{'a' * 64}\n", encoding="utf-8")
    return "was the report file edited?"


@pytest.mark.parametrize("make", [empty, without_reports, row_for_a_missing_file, changed_since_it_was_listed])
def test_a_folder_that_cannot_be_used_leaves_the_last_good_tables(tmp_path, capsys, make):
    told = make(tmp_path)
    out = tmp_path / "out"
    assert main(["tables", str(good(tmp_path / "before")), "--out", str(out)]) == 0
    before = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    capsys.readouterr()
    assert main(["tables", str(tmp_path / "in"), "--out", str(out)]) == 10
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == before


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("nothing.txt", b"", "0 bytes"),
        ("noise.txt", bytes(range(256)) * 20, ""),
        ("paper.pdf", b"%PDF-1.7 ...", "not a PDF that can be read"),
        ("paper.docx", b"PK\x03\x04....", "format not read yet"),
        ("tool.txt", b"\x7fELF\x02\x01", "format not read yet: executable"),
        ("good.md", TEXT.encode(), "stem"),
    ],
)
def test_a_bad_file_is_quarantined_with_its_reason_and_the_others_go_on(tmp_path, capsys, name, data, why):
    (good(tmp_path / "in") / name).write_bytes(data)
    assert main(["tables", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out
    sources = csvfile.read(tmp_path / "out" / "sources.csv").set_index("status")["reason"]
    assert why in sources["quarantined"] and sources["quarantined"] in told
    assert len(csvfile.read(tmp_path / "out" / "cases.csv")) == 1
    assert main(["tables", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--strict"]) == 10


def test_text_in_an_older_encoding_is_read_and_quoted_exactly(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    text = "Une note: the 51-year-old woman had Sjögren's syndrome, a naïve café and a fever of 39 °C. " * 3
    (folder / "old.txt").write_bytes(text.encode("cp1252"))
    assert main(["tables", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "texts" / "old.txt").read_text(encoding="utf-8") == text


def test_a_vocabulary_with_a_repeated_rule_names_file_and_row(tmp_path, capsys):
    words = tmp_path / "words"
    shutil.copytree(VOCABULARY, words)
    rows = (words / "modalities.csv").read_text(encoding="utf-8").splitlines()
    (words / "modalities.csv").write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")
    code = main(["tables", str(good(tmp_path / "in")), "--out", str(tmp_path / "out"), "--vocabulary", str(words)])
    assert code == 10
    assert f"modalities.csv row {len(rows) + 1}, column rule" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
