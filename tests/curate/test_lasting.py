"""Decisions on disk: killed writers, merged branches, ten thousand lines, and every command that reads them."""

import os
import signal
import subprocess
import sys
import time

import pytest

import casebook
from casebook import csvfile, stats
from casebook.cli import main
from casebook.curate import Decision, Machine, append_all, lay, read, torn
from casebook.curate.queue import FEEDING
from casebook.schema import TABLES
from house.tree import ROOT

TEXT = (
    "A 61-year-old woman presented with a two-month history of headache. MRI of the brain showed a mass "
    "in the left frontal lobe. "
    "It was completely resected. Histopathology was consistent with glioblastoma. She died eight months later."
)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reports" / "two.txt").write_text(TEXT.replace("61", "44"), encoding="utf-8")
    (tmp_path / "protocol.yml").write_text("title: T\nquestion: Q?\neligibility: {exclude: [Animals]}\n")
    return tmp_path


def loaded(place, tables="", reviewer=None):
    review = casebook.load(place / "reports", place / "protocol.yml", tables, reviewer=reviewer)
    if not reviewer:
        review.who = "Ada"
    return review


def run(capsys, *argv):
    code = main([str(part) for part in argv])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_decisions_survive_written_tables_and_can_still_be_undone(capsys, place):
    review, out, lines = loaded(place), place / "out", place / "decisions.csv"
    row = review.cases["row_id"].iloc[0]
    changed = review.change(row, "age_years", 62)
    excluded = review.exclude("two", "Animals")
    code, told, _ = run(capsys, "tables", place / "reports", "--out", out, "--decisions", lines)
    assert code == 0 and "2 decisions, of which 0 need another look" in told
    written = csvfile.read(out / "cases.csv")
    assert written["age_years"].tolist() == [62] and not (out / "texts" / "two.txt").exists()
    evidence = csvfile.read(out / "evidence.csv")
    own = evidence[evidence["row_id"].eq(row) & evidence["column"].eq("age_years")]
    assert set(own["status"]) == {"corrected"}
    later = loaded(place, out)
    assert later.open.empty and later.cases["age_years"].tolist() == [62]
    later.undo(changed)
    later.undo(excluded)
    assert later.cases["age_years"].tolist() == [61, 44] and "44-year-old" in later.texts["two"]


def test_tables_without_decisions_are_written_as_before(capsys, place):
    run(capsys, "tables", place / "reports", "--out", place / "a")
    assert not (place / "a" / "machine").exists()
    assert run(capsys, "tables", place / "reports", "--out", place / "b", "--decisions", place / "none.csv")[0] == 10


def test_check_counts_open_decisions_and_lines_cut_off_and_fails_only_for_drift(capsys, place):
    review, out, lines = loaded(place), place / "out", place / "decisions.csv"
    row = review.cases["row_id"].iloc[0]
    review.change(row, "age_years", 62)
    (place / "reports" / "one.txt").write_text(TEXT.replace("61", "63"), encoding="utf-8")
    lines.write_bytes(lines.read_bytes() + b"2030-01-01T00:00:00Z,Ada,conf")
    run(capsys, "tables", place / "reports", "--out", out, "--decisions", lines)
    code, told, _ = run(capsys, "check", place / "reports", "--tables", out, "--decisions", lines)
    assert code == 0
    assert "decisions.csv line 3: cut off in writing" in told and "1 decisions, of which 1 need another look" in told
    (place / "reports" / "one.txt").write_text(TEXT, encoding="utf-8")
    assert run(capsys, "check", place / "reports", "--tables", out, "--decisions", lines)[0] == 14


def test_the_report_reads_them_and_its_manifest_lists_them(place):
    from casebook.report import Job
    from casebook.report.data import read_or_build

    review = loaded(place)
    review.change(review.cases["row_id"].iloc[0], "age_years", 62)
    job = Job(place / "reports", place / "out", place, place / "protocol.yml", ROOT / "data" / "vocabulary")
    assert job.inputs["decisions.csv"] == place / "decisions.csv"
    made, folder = read_or_build(job, place / "work", lambda line: None)
    assert made.cases["age_years"].tolist() == [62, 44]
    (place / "decisions.csv").unlink()  # a notebook finds them beside the tables that it is given
    assert loaded(place, folder).cases["age_years"].tolist() == [62, 44]
    assert loaded(place, folder).open.empty


def test_the_evidence_section_counts_who_answers(place):
    review = loaded(place)
    first, second = review.cases["row_id"]
    review.change(first, "age_years", 62)
    review.confirm(first, "sex")
    review.reject(second, "diagnosis")
    told = stats.curated(review.tables).set_index("table")
    assert told.loc["cases", ["confirmed", "corrected", "added", "rejected"]].tolist() == [1, 1, 0, 1]
    assert told.loc["all tables"].sum() == len(review.evidence.drop_duplicates(["row_id", "column"]))
    assert stats.persons(review.decisions) == ("", "") and stats.waiting(review.open, review.sources).empty
    review.who = "Bo"
    review.change(first, "age_years", 16)
    assert stats.persons(review.decisions) == ("Ada", "Bo")
    assert stats.waiting(review.open, review.sources)["decision"].tolist() == ["change 62", "change 16"]


def test_the_queue_knows_the_cells_that_headline_figures_rest_on(place):
    review = loaded(place)
    cells = stats.headline(review.tables, review.wider)["estimate@"]
    used = {cell for told in cells.dropna() for cell in told.split()}
    named = {f"{table}.{column}" for table, column, _ in FEEDING}
    columns = {f"{cell.rsplit('.', 1)[0].split('-')[0]}.{cell.rsplit('.', 1)[1]}" for cell in used}
    assert used and columns <= named


def test_two_branches_of_decisions_merge(tmp_path):
    def git(*argv):
        subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *argv], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip

    path = tmp_path / "data" / "review" / "decisions.csv"
    (tmp_path / ".gitattributes").write_bytes(ROOT.joinpath(".gitattributes").read_bytes())
    git("init", "-q", "-b", "main")
    git("add", ".gitattributes")
    git("commit", "-q", "-m", "attributes")
    for start, names in (("main", ("one", "two")), ("one", ("three", "four"))):
        for name in names:  # first both branches make the file, then both append to it
            git("checkout", "-q", "-b", name, start)
            append_all(path, [confirmation(at, name) for at in range(3)])
            git("add", ".")
            git("commit", "-q", "-m", name)
        git("checkout", "-q", names[0])
        git("merge", "-q", "-m", "merge", names[1])
        if start == "main":
            assert read(path)["note"].value_counts().to_dict() == {"one": 3, "two": 3}
    assert read(path)["note"].value_counts().to_dict() == {"one": 3, "two": 3, "three": 3, "four": 3}
    assert torn(path) == []


def confirmation(at: int, who: str, row: str = "cases-1", **more) -> Decision:
    time_ = f"2030-01-{at // 1440 % 28 + 1:02d}T{at // 60 % 24:02d}:{at % 60:02d}:00Z"
    cell = {"table": "cases", "row_id": row, "column": "sex", "old": "male", "note": who}
    return Decision(time_, who, "confirm", **cell | more)


WRITER = """
import sys
from pathlib import Path
from casebook.curate import Decision, append
for at in range(100000):
    cell = dict(table="cases", row_id=f"cases-{at}", column="sex", old="male", note="x" * 3000)
    print(append(Path(sys.argv[1]), Decision("2030-01-01T00:00:00Z", "Ada", "confirm", **cell)).decision, flush=True)
"""


def test_what_was_acknowledged_before_a_kill_is_there(tmp_path):
    path, acknowledged = tmp_path / "decisions.csv", []
    for _ in range(2):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        acknowledged += [writer.stdout.readline().strip() for _ in range(20)]
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    assert set(acknowledged) <= set(read(path)["decision"])


def test_ten_thousand_decisions_apply_in_seconds(tmp_path):
    n, words = 10_000, "A man of 50. "
    texts = {f"s{at}": words for at in range(500)}
    rows = [{"row_id": f"cases-{at}", "case_id": f"s{at % 500}/{at}", "source_id": f"s{at % 500}", "role": "index",
             "sex": "male"} for at in range(n)]  # fmt: skip
    said = {"table": "cases", "column": "sex", "rule": "r", "start": 2, "end": 5, "quote": "man", "status": "machine"}
    evidence = [said | {"row_id": row["row_id"], "source_id": row["source_id"]} for row in rows]
    sources = [{"row_id": f"sources/{name}", "source_id": name, "path": name, "status": "included"} for name in texts]
    given = {"cases": rows, "evidence": evidence, "sources": sources}
    frames = {name: table.frame(given.get(name, [])) for name, table in TABLES.items()}
    where = {"start": "2", "end": "5", "quote": "man"}
    lines = [
        confirmation(at, "Ada", row["row_id"], case_id=row["case_id"], source_id=row["source_id"], **where)
        for at, row in enumerate(rows)
    ]
    append_all(tmp_path / "d.csv", lines)
    begun = time.perf_counter()
    curated = lay(Machine(frames, texts), read(tmp_path / "d.csv"))
    assert time.perf_counter() - begun < 10
    assert curated.open.empty and curated.frames["evidence"]["status"].eq("confirmed").all()
