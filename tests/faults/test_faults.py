"""Full disks, locked folders, two runs at once, edits while a report is read, a clock set back, endless notebooks."""

import os
import resource
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from casebook.cli import main
from casebook.curate.decisions import Decision, append, next_time, read
from casebook.folder import beside, swap
from casebook.readers import folder as reading
from faults.rig import NOTEBOOK, Rig, notebook


@pytest.fixture
def rig(tmp_path):
    return Rig(tmp_path)


def test_a_full_disk_leaves_the_last_good_tables(rig):
    assert rig.run("tables").returncode == 0
    good = rig.files()
    rig.switch()
    (rig.reports / "long.txt").write_text("A man of 40 had a cyst. " * 4_000)

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = rig.run("tables", preexec_fn=full)
    assert (done.returncode, done.stdout) == (10, "") and done.stderr.count("\n") == 1
    assert "out: cannot be written: File too large; what stood there is as it was" in done.stderr
    assert rig.files() == good and rig.left() == []
    assert rig.run("tables").returncode == 0 and "texts/long.txt" in rig.files()


def test_a_file_system_without_room(rig, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount, and not in every container")
    try:
        rig.out = small / "out"
        (rig.reports / "long.txt").write_text("A man of 40 had a cyst. " * 4_000)
        done = rig.run("tables")
        assert done.returncode == 10 and "No space left on device" in done.stderr
        assert list(small.iterdir()) == []
        (rig.reports / "long.txt").unlink()
        assert rig.run("tables").returncode == 0
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.parametrize("what", ["tables", "report"])
def test_a_folder_that_cannot_be_written_is_told_in_one_line(rig, tmp_path, monkeypatch, capsys, what):
    rig.out = tmp_path / "locked" / "out"
    rig.out.parent.mkdir()
    rig.out.parent.chmod(0o555)
    if os.access(rig.out.parent, os.W_OK):  # root may write everywhere
        def refuse(*args, **more):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.mkdtemp", refuse)
    monkeypatch.setenv("CASEBOOK_CACHE", str(tmp_path / "cache"))
    assert main(rig.command(what)[3:]) == 10
    error = capsys.readouterr().err
    assert "out: cannot be written: Permission denied" in error and error.count("\n") == 1
    assert list(rig.out.parent.iterdir()) == []
    rig.out.parent.chmod(0o755)


@pytest.mark.parametrize("what", ["tables", "report"])
def test_two_runs_into_one_folder(rig, what):
    running = [rig.start(what), rig.start(what)]
    assert [process.wait() for process in running] == [0, 0]
    both = rig.files()
    assert rig.left() == []
    shutil.rmtree(rig.out)
    rig.run(what)
    assert rig.files() == both


def test_a_folder_that_another_run_works_in_is_not_removed(tmp_path):
    with beside(tmp_path / "out") as one:
        (one / "file").write_text("mine")
        with beside(tmp_path / "out") as two:
            assert one != two
        assert (one / "file").read_text() == "mine"
    assert list(tmp_path.iterdir()) == []


def test_another_run_was_first(tmp_path, monkeypatch):
    for name in ("new", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    monkeypatch.setattr(Path, "exists", lambda path: False)  # it was not there a moment ago
    swap(tmp_path / "new", tmp_path / "out")
    assert (tmp_path / "out" / "file").read_text() == "new"


def test_a_report_that_is_edited_while_it_is_read_is_read_whole_or_not(tmp_path, monkeypatch):
    path, edits = tmp_path / "a.txt", iter(["two", "three"])
    path.write_text("one")
    os.utime(path, ns=(1, 1))
    whole = Path.read_bytes

    def edited(self):
        data = whole(self)
        if more := next(edits, ""):
            self.write_text(more)
            os.utime(self, ns=(len(more), len(more) + 7))
        return data

    monkeypatch.setattr(Path, "read_bytes", edited)
    assert reading._whole(path) == b"three"
    edits = iter([f"{'x' * n}" for n in range(2, 9)])
    with pytest.raises(reading.InputError, match="changed while it was read"):
        reading._whole(path)


def test_a_report_edited_while_the_review_is_written_publishes_nothing_of_both(rig):
    assert rig.run("report").returncode == 0
    good = rig.files()
    edits = f"open({str(rig.reports / 'r1.txt')!r}, 'a').write(' She was 41.')"
    (rig.folder / "notebooks" / "1_first.ipynb").write_text(notebook(*NOTEBOOK, ("edit", edits)))
    done = rig.run("report")
    assert done.returncode == 10 and "changed while the review was written" in done.stderr
    assert rig.files() == good and rig.left() == []


def test_a_clock_set_back_changes_no_output_and_loses_no_order(rig, tmp_path):
    assert rig.run("tables").returncode == 0
    good = rig.files()
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "sitecustomize.py").write_text(
        "import time, itertools\n_at = itertools.count(1e9, -3600)\ntime.time = lambda: next(_at)\n"
    )
    back = {**rig.environment, "PYTHONPATH": str(tmp_path / "back"), "CASEBOOK_CACHE": str(tmp_path / "new")}
    assert subprocess.run(rig.command("tables"), env=back, capture_output=True).returncode == 0
    assert rig.files() == good
    path = tmp_path / "decisions.csv"
    cell = {"action": "change", "table": "cases", "row_id": "cases-1", "column": "sex"}
    append(path, Decision("2099-01-31T09:30:00Z", "Ada", new="male", **cell))
    append(path, Decision(next_time(read(path)), "Ada", new="female", **cell))
    assert read(path)["new"].tolist() == ["male", "female"]


def test_a_notebook_that_never_ends_is_stopped(rig):
    endless = notebook(NOTEBOOK[0], ("wait", "import time\nwhile True:\n    time.sleep(0.1)"))
    (rig.folder / "notebooks" / "2_endless.ipynb").write_text(endless)
    begun = time.monotonic()
    done = subprocess.run([*rig.command("report"), "--notebook-seconds", "3"], env=rig.environment, capture_output=True,
                          text=True)  # fmt: skip
    assert done.returncode == 13 and time.monotonic() - begun < 60
    assert "2_endless.ipynb: not finished after 3 s; --notebook-seconds allows more" in done.stderr
    assert rig.files() == {} and rig.left() == []
    assert (rig.folder / "out.failed" / "2_endless.ipynb").is_file()


def test_the_kernel_of_a_killed_run_does_not_live_on(rig):
    mark = rig.folder / "pid"
    waits = notebook(NOTEBOOK[0], ("wait", f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\n"
                                           "time.sleep(600)"))  # fmt: skip
    (rig.folder / "notebooks" / "1_first.ipynb").write_text(waits)
    process = rig.start("report")
    deadline = time.monotonic() + 60
    while not (mark.is_file() and mark.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    status = Path("/proc", mark.read_text(), "stat")
    while status.is_file() and status.read_text().split(") ")[1][0] != "Z" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not status.is_file() or status.read_text().split(") ")[1][0] == "Z"


def test_a_damaged_report_is_written_anew(rig):
    rig.run("report")
    good = rig.files()
    (rig.out / "manifest.json").write_text("{")
    assert rig.run("report").returncode == 0
    assert rig.files() == good


def test_a_damaged_cache_changes_nothing(rig):
    rig.run("tables")
    good = rig.files()
    for path in (rig.folder / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:40])
    assert rig.run("tables").returncode == 0
    assert rig.files() == good


def test_no_seconds_are_no_limit(capsys):
    assert main(["report", "--notebook-seconds", "0"]) == 2
    assert "notebook-seconds" in capsys.readouterr().err
