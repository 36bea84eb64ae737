"""Notebooks side by side give what they give one after the other, and none goes on when another has failed."""

import importlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casebook.errors import InputError, NotebookError
from casebook.report import parameters, run
from casebook.report.kernels import warm_kernels
from report.conftest import notebook

RUN = importlib.import_module("casebook.report.run")


def test_two_kernels_give_what_one_gives(small, monkeypatch):
    made = []
    monkeypatch.setattr(RUN.os, "cpu_count", lambda: 2)
    for most in (1, 2):
        monkeypatch.setattr(RUN, "_KERNELS", most)
        run(small)
        made.append({path.name: path.read_bytes() for path in small.out.rglob("*") if path.is_file()})
        (small.out / "index.html").write_text("touched")
    assert made[0] == made[1]


def test_names_of_one_notebook_do_not_reach_the_next_of_its_kernel(small, monkeypatch):
    monkeypatch.setattr(RUN, "_KERNELS", 1)
    (small.notebooks / "1_first.ipynb").write_text(notebook("secret = 1"))
    (small.notebooks / "2_second.ipynb").write_text(notebook("secret"))
    with pytest.raises(NotebookError, match="NameError"):
        run(small)


def test_a_failure_ends_the_notebook_beside_it_and_begins_no_other(small, monkeypatch):
    monkeypatch.setattr(RUN.os, "cpu_count", lambda: 2)
    (small.notebooks / "1_first.ipynb").write_text(notebook("import time", "time.sleep(3)", "1 / 0"))
    (small.notebooks / "2_second.ipynb").write_text(notebook("import time", "time.sleep(600)"))
    (small.notebooks / "3_third.ipynb").write_text(notebook("1"))
    said = []
    begun = time.monotonic()
    with pytest.raises(NotebookError, match=r"1_first\.ipynb: ZeroDivisionError"):
        run(small, said.append)
    assert time.monotonic() - begun < 200
    assert not any("3_third" in line for line in said)
    assert (small.failed / "1_first.ipynb").is_file() and not small.out.exists()


def test_kernels_that_nobody_needs_end_at_once(small):
    with pytest.raises(InputError), warm_kernels(small.notebooks, 2) as kernels:
        raise InputError("no report can be read")
    assert kernels._process.returncode == 0


def test_what_a_notebook_started_ends_with_it(small):
    (small.notebooks / "1_first.ipynb").write_text(
        notebook("import subprocess", "open('../started', 'w').write(str(subprocess.Popen(['sleep', '600']).pid))")
    )
    run(small)
    status = Path("/proc", (small.notebooks.parent / "started").read_text(), "stat")
    assert not status.is_file() or status.read_text().split(") ")[1][0] == "Z"


def test_the_end_of_the_process_that_runs_them_is_told(small):
    with warm_kernels(small.notebooks, 1) as kernels:
        kernels._process.kill()
        kernels.give([(found, small.out / found.path.name, {}) for found in parameters.find(small.notebooks)])
        with pytest.raises(NotebookError, match="has ended"):
            kernels.finish()


def test_a_kernel_has_no_part_in_what_its_process_is_told(small):
    (small.notebooks / "1_first.ipynb").write_text(
        notebook("import os, sys", "os.write(1, b'not for the report')", "print(repr(os.read(0, 10)))")
    )
    run(small)
    assert "b&#x27;&#x27;" in (small.out / "index.html").read_text(encoding="utf-8")


def test_a_frame_prints_as_in_a_kernel_of_its_own(small):
    (small.notebooks / "1_first.ipynb").write_text(
        notebook("import pandas", "print(pandas.DataFrame({f'column {n}' * 3: [n] for n in range(9)}))")
    )
    run(small)
    page = (small.out / "index.html").read_text(encoding="utf-8")
    assert all(f"column {n}" in page for n in range(9))


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("casebook.report.run, casebook.cli.commands", "pandas numpy matplotlib jupyter_client casebook.extract"),
        ("casebook.batch", "pandas numpy pyarrow matplotlib lxml pypdfium2"),
    ],
)
def test_what_changes_nothing_loads_nothing_and_a_process_that_reads_no_tables(module, without):
    asked = f"import sys, {module}; print(*(set({without.split()}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
