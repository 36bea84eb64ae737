"""What a file does to its parser stays with that file: crashes, hangs, bombs, and the others go on."""

import subprocess
import sys
import time
import zlib

import pytest

from casebook.errors import InputError, UsageError
from casebook.readers import read_bytes, read_folder
from casebook.readers.limits import Limits, limits
from casebook.readers.outline import Outline
from casebook.readers.worker import Worker
from readers.papers import paper, pdf
from readers.test_jats import article

FAKE = """
import json, os, sys, time
def exactly(n): return sys.stdin.buffer.read(n) or sys.exit()
while True:
    kind = exactly(8).decode().strip()
    data = exactly(int.from_bytes(exactly(8), "big"))
    if kind == "crash": os.abort()
    if kind == "leave": sys.exit(3)
    if kind == "hang": time.sleep(600)
    out = b"{" if kind == "noise" else json.dumps(
        {"name": "x", "title": str(os.getpid()), "blocks": [data.decode()], "fields": {}, "places": []}).encode()
    sys.stdout.buffer.write(len(out).to_bytes(8, "big") + out)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def worker():
    own = Worker((sys.executable, "-c", FAKE))
    yield own
    own.stop()


@pytest.mark.parametrize(("format", "told"), [
    ("crash", "died of SIGABRT"), ("leave", "ended with code 3"), ("hang", "longer than 1 seconds"),
    ("noise", "no outline")])
def test_after_a_fault_the_next_file_is_read(worker, format, told):
    bounds = Limits(seconds=1)
    before = worker.outline("fine", b"one", bounds)[1].title
    assert worker.outline("fine", b"two", bounds) == ("x", Outline(before, ["two"]))
    with pytest.raises(InputError, match=told):
        worker.outline(format, b"three" * 100_000, bounds)
    name, found = worker.outline("fine", b"four", bounds)
    assert found.blocks == ["four"] and found.title != before


def test_a_process_that_reads_nothing_is_given_up():
    deaf = Worker((sys.executable, "-c", "import time; time.sleep(600)"))
    with pytest.raises(InputError, match="longer than 1 seconds"):
        deaf.outline("fine", bytes(5_000_000), Limits(seconds=1))
    deaf.stop()


def bomb(megabytes: int) -> bytes:
    """A PDF of one page of which the content grows to many times its size."""
    content = zlib.compress(zlib.compress(b"q Q " * (250_000 * megabytes), 9), 9)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
             b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(content), content)]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(out))


def test_bombs_crashes_and_great_files_are_quarantined_and_the_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_SECONDS", "20")
    monkeypatch.setenv("CASEBOOK_MEMORY", "700")
    (tmp_path / "good.xml").write_bytes(article())
    (tmp_path / "good too.pdf").write_bytes(pdf(paper()))
    (tmp_path / "bomb.pdf").write_bytes(bomb(900))
    (tmp_path / "pages.pdf").write_bytes(pdf("#for n in range(10000) [#pagebreak(weak: false)]"))
    with (tmp_path / "line.txt").open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    (tmp_path / "long.txt").write_bytes(b"mass " * 1_000_000)
    (tmp_path / "deep.html").write_bytes(b"<html><body>" + b"<div>" * 100_000)
    (tmp_path / "deep.xml").write_bytes(b"<article><front/>" + b"<sec>" * 100_000)
    start = time.monotonic()
    found = read_folder(tmp_path)
    assert time.monotonic() - start < 60
    assert [document.source_id for document in found.documents] == ["good", "good too"]
    reasons = {row["path"]: row["reason"] for row in found.sources if row["status"] == "quarantined"}
    for path, told in (("bomb.pdf", "pars|PDF"), ("pages.pdf", "10001 pages"), ("line.txt", "larger than a report"),
                       ("long.txt", "5000000 characters"), ("deep.html", "nested|web page"), ("deep.xml", "XML")):
        assert any(word in reasons.pop(path) for word in told.split("|")), path
    assert not reasons


def test_one_endless_line_of_text_is_read_in_bounded_time():
    start = time.monotonic()
    assert len(read_bytes(b"The mass was excised, " * 80_000, "a", "a.txt").text) == 1_760_000
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_a_bound_is_a_whole_number(monkeypatch, value):
    monkeypatch.setenv("CASEBOOK_SECONDS", value)
    with pytest.raises(UsageError, match="CASEBOOK_SECONDS"):
        limits()


def test_folders_of_text_load_no_parser(tmp_path):
    (tmp_path / "a.txt").write_text("A 44-year-old man presented with a cough.")
    told = ("import sys; from pathlib import Path; from casebook.readers import read_folder;"
            f"read_folder(Path({str(tmp_path)!r}));"
            "print(sorted({'lxml', 'pypdfium2', 'tarfile', 'zipfile'} & sys.modules.keys() - before))")
    done = subprocess.run([sys.executable, "-c", f"import sys, pandas; before = set(sys.modules); {told}"],
                          capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
