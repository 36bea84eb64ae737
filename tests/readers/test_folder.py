import hashlib
import os
import pickle

import pytest

from casebook.errors import InputError, UsageError
from casebook.readers import iter_folder, read_folder
from casebook.schema.sources import SOURCES

REPORT = "A man of 40 came with a cyst."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.txt").write_text(REPORT)
    (tmp_path / "a.md").write_text("A Cyst\n\n## Case report\n\nA girl of 9.")
    return tmp_path


def sources_csv(folder, text):
    (folder / "sources.csv").write_text(text)
    return folder


def test_every_readable_report_is_included_without_a_sources_file(folder):
    found = read_folder(folder)
    assert [document.source_id for document in found.documents] == ["a", "b"]
    assert [(row["row_id"], row["status"], row["characters"]) for row in found.sources] == [
        ("sources/a", "included", 36), ("sources/b", "included", 29)]
    assert found.sources[0]["title"] == "A Cyst" and "title" not in found.sources[1]
    assert found.documents[1].sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
    SOURCES.check(SOURCES.frame(found.sources))


def test_bad_files_are_quarantined_and_the_others_go_on(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    elsewhere.write_text(REPORT)
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4")
    (folder / "e.txt").symlink_to(elsewhere)
    (folder / "B.text").write_text(REPORT)
    (folder / "f\n.txt").write_text(REPORT)
    (folder / "g.txt").write_bytes(b"A\0B")
    (folder / "h.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "i.txt")
    (folder / ".hidden.txt").write_text(REPORT)
    (folder / "more").mkdir()
    found = read_folder(folder)
    assert [document.source_id for document in found.documents] == ["B", "a"]
    reasons = {row["path"]: row["reason"] for row in found.sources if row["status"] == "quarantined"}
    assert sorted(reasons) == ["b.txt", "c.txt", "d.pdf", "e.txt", "f\\x0a.txt", "g.txt", "h.txt", "i.txt"]
    for path, told in (("b.txt", "stem 'b' is that of B.text"), ("c.txt", "0 bytes"),
                       ("d.pdf", "not a PDF that can be read"),
                       ("e.txt", "leaves the folder"), ("f\\x0a.txt", "control"), ("g.txt", "NUL"),
                       ("i.txt", "not a regular")):
        assert told in reasons[path]
    SOURCES.check(SOURCES.frame(found.sources))


def test_odd_names_are_escaped_and_never_opened(folder):
    odd = ["x\u202egpj.txt", "n" * 230 + ".txt", "line\u2028break.txt", "bell\x07.txt"]
    for name in odd:
        (folder / name).write_text(REPORT)
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "w") as file:
        file.write(REPORT)
    found = read_folder(folder)
    assert [document.source_id for document in found.documents] == ["a", "b"]
    told = {row["path"] for row in found.sources if row["status"] == "quarantined"}
    assert told == {"x\\x202egpj.txt", odd[1], "line\\x2028break.txt", "bell\\x07.txt", "caf\\xdce9.txt"}
    for row in found.sources:
        f"{row['path']}{row['source_id']}".encode()


def test_programs_pickles_and_notebooks_are_listed_and_not_opened(folder):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(folder / "opened"),)

    files = {"a.pkl": pickle.dumps(Trap()), "b.txt.pickle": pickle.dumps(Trap(), 0), "t.txt": pickle.dumps(Trap()),
             "n.ipynb": b'{"cells": [], "nbformat": 4}', "e.bin": b"\x7fELF\x02", "s.sh": b"#!/bin/sh\n"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    found = read_folder(folder)
    assert [document.source_id for document in found.documents] == ["a", "b"] and not (folder / "opened").exists()
    reasons = {row["path"]: row["reason"] for row in found.sources if row["status"] == "quarantined"}
    assert len(reasons) == 6 and all("not opened" in reason or "not read" in reason for reason in reasons.values())


def test_annotations_beside_a_report_take_nothing_from_it(folder):
    (folder / "b.ann").write_text("T1\tAge 0 5\tA man")
    found = read_folder(folder)
    assert [document.source_id for document in found.documents] == ["a", "b"]
    assert [(row["source_id"], row["status"]) for row in found.sources] == [
        ("a", "included"), ("b", "included"), ("b.ann", "quarantined")]


def test_a_link_inside_the_folder_is_followed(folder):
    (folder / "c.txt").symlink_to(folder / "b.txt")
    assert len(read_folder(folder).documents) == 3


def test_a_missing_folder(tmp_path):
    with pytest.raises(UsageError, match="there is no folder"):
        read_folder(tmp_path / "none")


def test_a_file_instead_of_a_folder(folder):
    with pytest.raises(UsageError, match="is a file, expected a folder"):
        read_folder(folder / "b.txt")


def test_an_empty_folder(tmp_path):
    with pytest.raises(InputError, match="the folder is empty"):
        read_folder(tmp_path)


def test_a_folder_without_a_report_that_can_be_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="no report that can be used; a.pdf: not a PDF that can be read"):
        read_folder(tmp_path)


def test_reports_come_one_at_a_time(folder):
    rows = iter_folder(folder)
    assert next(rows)[0]["source_id"] == "a"


def test_a_citation_and_a_decision_come_from_the_sources_file(folder):
    checksum = hashlib.sha256(REPORT.encode()).hexdigest()
    cited = f"Cyst of a man,1999,https://doi.org/10.1234/ab.c,case report,{checksum.upper()}"
    sources_csv(folder, "file,title,year,doi,kind,sha256,decision,reason,decided_by\n"
                        f"b.txt,{cited},include,,Vance\na.md,,,,,,exclude,no adult,Vance\n")
    found = read_folder(folder)
    rows = {row["source_id"]: row for row in found.sources}
    assert [document.source_id for document in found.documents] == ["b"]
    assert (rows["b"]["title"], rows["b"]["year"], rows["b"]["doi"]) == ("Cyst of a man", 1999, "10.1234/ab.c")
    assert (rows["a"]["status"], rows["a"]["reason"], rows["a"]["title"]) == ("excluded", "no adult", "A Cyst")
    SOURCES.check(SOURCES.frame(found.sources))


@pytest.mark.parametrize(("text", "told"), [
    ("file,title\nmissing.txt,x\n", "line 2, column file: 'missing.txt' is not in"),
    ("file,title\nb.txt,x\n\nb.txt,y\n", "line 4, column file: 'b.txt' stands in line 2 already"),
    ("file,sha256\nb.txt," + "0" * 64 + "\n", "line 2, column sha256: .* was the report file edited"),
    ("file,sha256\nb.txt,12ab\n", "line 2, column sha256: '12ab', expected 64 hexadecimal"),
    ("file,year\nb.txt,99\n", "line 2, column year: '99', expected a year"),
    ("file,kind\nb.txt,novel\n", "line 2, column kind: 'novel', expected one of case report"),
    ("file,decision\nb.txt,maybe\n", "line 2, column decision: 'maybe', expected include or exclude"),
    ("file,decision\nb.txt,\n", "line 2, column decision: empty"),
    ("file,decision,reason\nb.txt,exclude,\n", "line 2, column reason: empty"),
    ("file,mood\nb.txt,good\n", "line 1: unknown column 'mood'"),
    ("title\nx\n", "line 1: no column file"),
    ("", "sources.csv: the file has 0 bytes"),
    ("file,file\nb.txt,b.txt\n", "column file stands twice"),
    ("file,title\nb.txt\n", "line 2: 1 cells, expected 2"),
    ('file,title\nb.txt,"open\n', "not a CSV table"),
    ("file\n../b.txt\n", "line 2, column file: '../b.txt', expected the name"),
])
def test_a_wrong_sources_file_is_told_in_one_line(folder, text, told):
    with pytest.raises(InputError, match=told) as caught:
        read_folder(sources_csv(folder, text))
    assert "\n" not in str(caught.value) and caught.value.exit_code == 10


def test_all_reports_excluded(folder):
    sources_csv(folder, "file,decision,reason\nb.txt,exclude,off topic\na.md,exclude,off topic\n")
    with pytest.raises(InputError, match="no report that can be used; a.md: off topic"):
        read_folder(folder)
