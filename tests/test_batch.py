"""The same tables whatever the number of processes and whatever is kept from runs before."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import deadly
from casebook import batch
from casebook.assemble import build
from casebook.cache import opened
from casebook.errors import InputError
from casebook.kept import Kept
from casebook.places import VOCABULARY
from casebook.readers import entries

AGES = range(31, 55)


def report(age: int, organ: str = "lung") -> str:
    return f"A {age}-year-old man presented with cough. CT showed a mass of the {organ}. He died {age} days later.\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    for age in AGES:
        (made / f"r{age}.txt").write_text(report(age))
    return made


def same(one, other) -> bool:
    frames = all(one.frames[name].equals(frame) for name, frame in other.frames.items())
    as_lists = [{key: [[list(p) for p in s] for s in v] for key, v in t.sentences.items()} for t in (one, other)]
    return frames and one.texts == other.texts and as_lists[0] == as_lists[1]


def test_two_processes_give_what_one_gives(folder, monkeypatch):
    monkeypatch.setattr(batch, "_FEW", 5)
    assert same(build(folder, jobs=2), build(folder, jobs=1))


def test_reports_read_together_give_what_each_gives_alone(folder, monkeypatch):
    """Rows, and what each asked of the vocabulary, which another one beside it must not take over."""
    for age, organ in zip(AGES, ("liver", "left femur", "brain", "T11 vertebra"), strict=False):
        (folder / f"r{age}.txt").write_text(report(age, organ))
    found, terms = list(entries(folder)), batch.ready(VOCABULARY)
    alone = [one for entry in found for one in batch.each_of([entry], terms)]
    assert list(batch.each_of(found, terms)) == alone
    assert len({frozenset(questions.questions) for _, questions in alone}) > 1
    monkeypatch.setattr(batch, "_TOGETHER", 0)  # long reports
    assert list(batch.each_of(found, terms)) == alone


def test_what_is_kept_gives_the_same_and_is_not_made_again(folder, tmp_path, monkeypatch):
    first = build(folder, cache=tmp_path / "cache")
    monkeypatch.setattr(batch, "each_of", None)  # nothing may be read now
    assert same(build(folder, cache=tmp_path / "cache"), first)


def test_never_a_stale_cell_after_random_edits(folder, tmp_path):
    dice = random.Random(4)
    for _ in range(12):
        name = folder / f"r{dice.choice(AGES)}.txt"
        match dice.randrange(5):
            case 0:
                name.unlink(missing_ok=True)
            case 1:
                name.write_text(report(dice.choice(AGES), dice.choice(("liver", "kidney", "bone"))))
            case 2 if name.exists():
                name.rename(folder / f"moved{dice.randrange(99)}.txt")
            case 3 if name.exists():
                (folder / "sources.csv").write_text(f"file,title\n{name.name},Title {dice.randrange(9)}\n")
            case _ if name.exists():
                shutil.copy(name, folder / f"copy{dice.randrange(99)}.txt")
        if (folder / "sources.csv").exists():
            named = (folder / "sources.csv").read_text().splitlines()[1].split(",")[0]
            if not (folder / named).exists():
                (folder / "sources.csv").unlink()
        assert same(build(folder, cache=tmp_path / "cache"), build(folder))


def test_another_vocabulary_shares_nothing(folder, tmp_path):
    own = shutil.copytree(VOCABULARY, tmp_path / "vocabulary")
    build(folder, own, cache=tmp_path / "cache")
    sites = own / "sites.csv"
    sites.write_text(sites.read_text().replace(",lung,", ",lung,lung ".replace("lung ", ""), 1) + "", encoding="utf-8")
    with open(own / "sites.csv", "a", encoding="utf-8") as file:
        file.write("st-9999,coughing place,cough,,,,\n")
    assert same(build(folder, own, cache=tmp_path / "cache"), build(folder, own))


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40, None])
def test_a_damaged_file_of_the_cache_counts_as_absent(folder, tmp_path, damage):
    first = build(folder, cache=tmp_path / "cache")
    for file in (tmp_path / "cache").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    assert same(build(folder, cache=tmp_path / "cache"), first)


def test_what_was_read_is_kept_under_the_bytes_that_were_read(folder, tmp_path):
    """The file changes after it was read and before its rows are kept."""
    entry = entries(folder)[0]
    with opened(tmp_path / "cache", VOCABULARY) as cache:
        _, key = cache.put(entry, Kept(b'{"sha256": "0", "status": "included"}'))
        assert cache.get(key) and not cache.get(cache.key(entry))


def test_what_could_not_be_kept_is_there_for_this_run(folder, tmp_path):
    """The disk is full, or another run removed the file."""
    entry = entries(folder)[0]
    with opened(tmp_path / "cache", VOCABULARY) as cache:
        place, _ = cache.put(entry, Kept(b'{"sha256": "0", "status": "included"}', b"groups"))
        cache._give_up(sqlite3.OperationalError("database or disk is full"))
        assert cache.column(place, "groups") == b"groups"
        other, _ = cache.put(entry, Kept(b'{"sha256": "1", "status": "included"}', b"more"))
        assert cache.column(other, "groups") == b"more"


def test_two_runs_share_one_cache(folder, tmp_path):
    with opened(tmp_path / "cache", VOCABULARY) as one, opened(tmp_path / "cache", VOCABULARY) as other:
        entry = entries(folder)[0]
        _, key = one.put(entry, Kept(b'{"sha256": "0", "status": "included"}', b"groups"))
        one.commit()
        assert other.get(key)[1].groups == b"groups"


def test_a_cache_that_cannot_be_written_is_no_error(folder, tmp_path):
    (tmp_path / "cache").write_text("a file stands here")
    assert len(build(folder, cache=tmp_path / "cache").texts) == len(AGES)


def test_old_generations_are_removed_and_nothing_else(folder, tmp_path):
    for name in (*(f"{number:016x}" for number in range(6)), "photos"):
        (tmp_path / "cache" / name).mkdir(parents=True)
        os.utime(tmp_path / "cache" / name, (1, 1))
    build(folder, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 5 and (tmp_path / "cache" / "photos").is_dir()


def test_a_wrong_vocabulary_is_told_and_no_report_is_blamed(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "_FEW", 5)
    words = shutil.copytree(VOCABULARY, tmp_path / "words")
    with open(words / "sites.csv", "a", encoding="utf-8") as file:
        file.write("st-9999,,,,,,\n")
    with pytest.raises(InputError, match=r"sites\.csv row"):
        build(folder, words, jobs=2)


_KILLED = """
import os, signal, sys, time
from pathlib import Path
from casebook import batch
from casebook.vocabulary import checksum
if __name__ == "__main__":
    words = Path(sys.argv[1])
    pool = batch._Pool(words, checksum(words), 1)._start(1)
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_worker_outlives_its_killed_parent(tmp_path):
    (tmp_path / "killed.py").write_text(_KILLED)
    run = [sys.executable, tmp_path / "killed.py", VOCABULARY]
    worker = Path("/proc", subprocess.run(run, capture_output=True, text=True, timeout=60).stdout.strip(), "stat")
    ends = time.monotonic() + 30
    while worker.is_file() and worker.read_text().split(") ")[1][0] != "Z" and time.monotonic() < ends:
        time.sleep(0.1)
    assert time.monotonic() < ends


def test_a_report_that_kills_its_process_is_set_aside(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(batch, "_FEW", 5)
    monkeypatch.setattr(batch, "_CHUNK", 2)
    monkeypatch.setattr(batch, "_AHEAD", 1)
    monkeypatch.setattr(batch, "_prepare", deadly.prepare)
    tables = build(folder, jobs=2)
    sources = tables.frames["sources"].set_index("source_id")
    assert sources["reason"]["r40"] == "the process that read it died"
    assert set(sources["status"].drop("r40")) == {"included"}
    assert len(sources) == len(AGES)


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="holds no report"):
        build(tmp_path, cache=tmp_path / "cache")


def test_progress_counts_every_file(folder):
    told: list[tuple[int, int]] = []
    build(folder, progress=lambda done, of: told.append((done, of)))
    assert told == [(n, len(AGES)) for n in range(1, len(AGES) + 1)]
    assert isinstance(build(folder).frames["cases"], pd.DataFrame)
