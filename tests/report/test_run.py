import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from casebook.errors import NotebookError, UsageError
from casebook.places import VOCABULARY
from casebook.report import manifest, parameters, run
from house.tree import ROOT
from report.conftest import notebook
from report.same import differences

ELSEWHERE = """
import sys
from pathlib import Path
from casebook.places import VOCABULARY
from casebook.report import Job, run
seeds, out, notebooks, protocol = map(Path, sys.argv[1:])
run(Job(seeds, out, notebooks, protocol, VOCABULARY, tables=seeds), say=lambda line: print(line, flush=True))
"""


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def elsewhere(job, **environment):
    command = [sys.executable, "-c", ELSEWHERE, job.seeds, job.out, job.notebooks, job.protocol]
    return subprocess.Popen(
        list(map(str, command)),
        cwd=job.out.parent,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_is_published(report):
    published = files(report)
    assert {
        "index.html",
        "manifest.json",
        "tables/cases.csv",
        "tables/evidence.csv",
        "texts/elm.txt",
    } <= published.keys()
    assert len([name for name in published if name.startswith("tables/")]) == 10
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def test_the_same_bytes_in_another_place_zone_and_hash_seed(report, tables, protocol, tmp_path):
    from casebook.report import Job

    job = Job(tables, tmp_path / "deep" / "er", ROOT / "notebooks", protocol, VOCABULARY, tables=tables)
    job.out.parent.mkdir()
    assert elsewhere(job, PYTHONHASHSEED="11", TZ="Asia/Tokyo", LC_ALL="C", COLUMNS="40").wait() == 0
    assert list(differences(report, job.out)) == []


def test_the_first_differing_byte_is_named(tmp_path):
    for name, content in (("a", b"one two"), ("b", b"one to")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.csv").write_bytes(content)
        (tmp_path / name / "same.csv").write_bytes(b"same")
    (tmp_path / "a" / "more.csv").write_bytes(b"")
    told = list(differences(tmp_path / "a", tmp_path / "b"))
    assert told == ["more.csv: is not in b", "x.csv: byte 5: b'wo' and b'o'"]


def test_the_earlier_tables_are_given_to_the_notebook_that_asks(tables, protocol, tmp_path):
    from casebook.report import Job

    folder = tmp_path / "notebooks"
    folder.mkdir()
    declared = 'tables = ""\nseeds = ""\nprotocol = ""\nbefore = "none"'
    asks = notebook("# # First", "open(f'{before}/cases.csv').close()", parameters=declared)
    (folder / "1_first.ipynb").write_text(asks)
    job = Job(tables, tmp_path / "out", folder, protocol, tables, tables=tables, before=tables)
    run(job)
    assert "cases.csv" in manifest.read(job.out)["inputs"]["before"]
    with pytest.raises(NotebookError, match="FileNotFoundError"):
        run(replace(job, before=None))


def test_no_path_in_anything_published(report):
    for name, content in files(report).items():
        assert str(report.parent.parent).encode() not in content, name
        assert str(ROOT).encode() not in content, name


def test_the_manifest_names_what_it_was_made_of(report):
    made = manifest.read(report)
    assert made["complete"] is True and made["parameters"] == {}
    assert set(made["inputs"]) == {"notebooks", "protocol", "tables", "vocabulary"}
    assert "texts/elm.txt" in made["inputs"]["tables"] and "pandas" in made["libraries"]
    assert made["outputs"].keys() == files(report).keys() - {"manifest.json"}


def test_nothing_changed_is_told_and_not_done_again(small):
    lines = []
    run(small, lines.append)
    before = (small.out / "index.html").stat().st_mtime_ns
    lines.clear()
    run(small, lines.append)
    assert lines == ["nothing changed since this report was written"]
    assert (small.out / "index.html").stat().st_mtime_ns == before
    (small.out / "index.html").write_text("touched")
    run(small, lines.append)
    assert (small.out / "index.html").read_text() != "touched"


def test_running_a_notebook_by_hand_changes_nothing_but_editing_it_does(small):
    first = small.notebooks / "1_first.ipynb"
    before = manifest.wanted(small.inputs, {})
    first.write_text(first.read_text().replace('"outputs": []', '"outputs": [{"output_type": "stream"}]'))
    assert manifest.wanted(small.inputs, {}) == before
    first.write_text(first.read_text().replace("print", "repr"))
    assert manifest.wanted(small.inputs, {}) != before


def test_a_parameter_reaches_every_notebook_that_declares_it(small):
    run(replace(small, values={"rows": 7}))
    page = (small.out / "index.html").read_text()
    assert "rows 7" in page and "rows = 7" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"row": 3}, "no notebook has a parameter row; they have rows"),
        ({"tables": "x"}, "no notebook has a parameter tables"),
        ({"rows": "three"}, "parameter rows is 'three', expected int such as 5"),
    ],
)
def test_a_parameter_that_nobody_declares_is_refused(small, values, told):
    with pytest.raises(UsageError, match=told):
        run(replace(small, values=values))
    assert not small.out.exists()


def test_a_notebook_that_fails_leaves_the_last_good_report(small):
    run(small)
    before = files(small.out)
    (small.notebooks / "2_second.ipynb").write_text(notebook("# # Second", "1 / 0", "'never'"))
    (small.notebooks / "3_third.ipynb").write_text(notebook("# # Third"))
    with pytest.raises(NotebookError, match=r"2_second\.ipynb: ZeroDivisionError: .*1 / 0.*out\.failed") as error:
        run(small)
    assert error.value.exit_code == 13
    assert files(small.out) == before
    assert "ZeroDivisionError" in (small.failed / "2_second.ipynb").read_text()
    assert sorted(path.name for path in small.out.parent.iterdir()) == ["notebooks", "out", "out.failed"]
    (small.notebooks / "2_second.ipynb").write_text(notebook("# # Second"))
    run(small)
    assert not small.failed.exists()


def test_a_dead_kernel_is_told(small):
    (small.notebooks / "1_first.ipynb").write_text(notebook("import os", "os._exit(1)"))
    with pytest.raises(NotebookError, match=r"1_first\.ipynb: "):
        run(small)


def test_a_killed_run_leaves_the_last_good_report(small):
    run(small)
    before = files(small.out)
    (small.notebooks / "2_second.ipynb").write_text(notebook("import time", "time.sleep(60)"))
    process = elsewhere(small)
    for line in process.stdout:
        if "2_second" in line:
            break
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert files(small.out) == before


def test_a_folder_with_other_things_is_not_replaced(small):
    small.out.mkdir()
    (small.out / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match="holds files but no report"):
        run(small)
    assert (small.out / "thesis.docx").exists()


def test_a_file_in_the_place_of_the_report_is_told(small):
    small.out.write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        run(small)


def test_no_notebooks_is_told(small, tmp_path):
    with pytest.raises(UsageError, match="no notebook here"):
        run(replace(small, notebooks=tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not a notebook"),
        ('{"cells": [{}]}', "is not a notebook"),
        (notebook().replace("parameters", "params"), "0 cells are tagged"),
        (notebook(parameters="rows = len('x')"), "more than NAME = VALUE"),
    ],
)
def test_a_broken_notebook_is_told_before_anything_runs(small, text, told):
    (small.notebooks / "1_first.ipynb").write_text(text)
    with pytest.raises(NotebookError, match=told):
        run(small)


def test_settings_are_read_as_the_command_line_writes_them():
    assert parameters.parse(["rows=5", "who=me", "on=True", "x=1e3"]) == {
        "rows": 5,
        "who": "me",
        "on": True,
        "x": 1000.0,
    }
    for wrong in ("rows", "=5", "a b=1"):
        with pytest.raises(UsageError, match="expected NAME=VALUE"):
            parameters.parse([wrong])
