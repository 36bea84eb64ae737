"""Tables written report by report have the bytes of those that are written from memory."""

import os
from pathlib import Path

import pytest

from casebook import publish, streamed
from casebook.assemble import build
from casebook.errors import InputError, TableError
from casebook.publish import write_tables
from casebook.streamed import stream

TEXT = "A {age}-year-old woman had a cough for 7 weeks. She received cisplatin 50 mg and died {age} days later.\n"


@pytest.fixture
def reports(tmp_path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, age in (("a", 41), ("a-b", 52), ("a b", 63), ("b", 33)):  # "a-b/1" comes before "a/1"
        (folder / f"{name}.txt").write_text(TEXT.format(age=age))
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("as_parquet", [False, True])
@pytest.mark.parametrize("cached", [False, True])
def test_the_same_bytes_as_from_memory(reports, tmp_path, as_parquet, cached):
    (reports / "odd.txt").write_bytes(b'Case\r\n"A 30-year-old\rman, who had = cough" was seen; CT showed a mass.\r')
    (reports / "b.md").write_text((reports / "b.txt").read_text() + "Again.\n")
    listed = "file,title,decision,reason\na.txt,-Title,include,\na-b.txt,\"'=1, 2\",exclude,other\n"
    (reports / "sources.csv").write_text(listed)
    write_tables(build(reports, jobs=1), tmp_path / "memory", as_parquet=as_parquet)
    cache = tmp_path / "cache" if cached else None
    for _ in range(2):
        counts = stream(reports, tmp_path / "out", jobs=1, cache=cache, as_parquet=as_parquet)
        assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "memory")
    assert counts.stood is cached
    assert counts.reports == len(list((tmp_path / "out" / "texts").iterdir()))
    assert counts.quotes == len(build(reports, jobs=1).frames["evidence"])


def test_what_stands_is_left_alone_until_something_changes(reports, tmp_path):
    def written() -> bool:
        return not stream(reports, tmp_path / "out", jobs=1, cache=tmp_path / "cache").stood

    assert written()
    assert not written()
    (tmp_path / "out" / "cases.csv").write_text("edited\n")
    assert written()
    (tmp_path / "out" / "texts" / "a.txt").unlink()
    assert written()
    (tmp_path / "out" / "texts" / "more.txt").write_text("more")
    assert written()
    (reports / "a.txt").write_text(TEXT.format(age=44))
    assert written()
    (reports / "sources.csv").write_text("file,title\na.txt,Title\n")
    assert written()
    (reports / "a.txt").rename(reports / "c.txt")
    (reports / "sources.csv").unlink()
    assert written()
    (reports / "b.ris").write_text("TY  - JOUR\nTI  - A paper of some length that stands nowhere\nER  - \n")
    assert written()
    assert not written()
    assert "41-year" not in (tmp_path / "out" / "texts" / "c.txt").read_text()


def test_a_text_that_stands_is_not_written_again(reports, tmp_path):
    stream(reports, tmp_path / "out", jobs=1)
    before = (tmp_path / "out" / "texts" / "a.txt").stat().st_ino
    (reports / "b.txt").write_text(TEXT.format(age=34))
    outside = tmp_path / "outside.txt"
    outside.write_text((reports / "a-b.txt").read_text())
    (tmp_path / "out" / "texts" / "a-b.txt").unlink()
    (tmp_path / "out" / "texts" / "a-b.txt").symlink_to(outside)
    stream(reports, tmp_path / "out", jobs=1)
    assert (tmp_path / "out" / "texts" / "a.txt").stat().st_ino == before
    assert (tmp_path / "out" / "texts" / "b.txt").read_text() == TEXT.format(age=34)
    assert not (tmp_path / "out" / "texts" / "a-b.txt").is_symlink()
    assert (tmp_path / "out" / "texts" / "a-b.txt").stat().st_ino != outside.stat().st_ino


def test_where_no_file_can_be_linked_it_is_written(reports, tmp_path, monkeypatch):
    stream(reports, tmp_path / "out", jobs=1)
    expected = bytes_of(tmp_path / "out")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    stream(reports, tmp_path / "out", jobs=1)
    assert bytes_of(tmp_path / "out") == expected


def test_a_row_id_that_stands_twice_is_an_error(reports, tmp_path, monkeypatch):
    monkeypatch.setattr(streamed, "_short", lambda row_id: 1)
    with pytest.raises(TableError, match="a row_id stands twice"):
        stream(reports, tmp_path / "out", jobs=1)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_else_is_not_replaced(reports, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files but no tables"):
        stream(reports, tmp_path / "out")


def test_a_large_review_has_parquet(reports, tmp_path, monkeypatch):
    monkeypatch.setattr(streamed, "FROM_REPORTS", 4)
    stream(reports, tmp_path / "out", jobs=1)
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 10
    assert publish.FROM_REPORTS > 4


def test_strict_stops_at_a_report_that_cannot_be_read(reports, tmp_path):
    (reports / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert stream(reports, tmp_path / "out", jobs=1).quarantined[0][0] == "broken.pdf"
    with pytest.raises(InputError, match="broken.pdf"):
        stream(reports, tmp_path / "out", jobs=1, strict=True)
