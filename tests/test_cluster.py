"""A review read on a Dask cluster: every report exactly once, whatever dies meanwhile."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import deadly
from casebook import cluster, csvfile
from casebook.assemble import build
from casebook.cli import main
from casebook.errors import InputError, UsageError
from casebook.schema import TABLES

distributed = pytest.importorskip("distributed", reason="Dask is not installed: the extra `cluster`")
import dask  # noqa: E402

REPORTS = 24


@pytest.fixture(scope="module")
def local():
    """Two worker processes."""
    quick = {"distributed.scheduler.allowed-failures": 1, "distributed.admin.system-monitor.interval": "2s"}
    options = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with dask.config.set(quick), distributed.LocalCluster(n_workers=2, **options) as made:
        yield made


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(cluster, "_REPORTS", 4)
    made = tmp_path / "reports"
    made.mkdir()
    for age in range(31, 31 + REPORTS):
        text = f"A {age}-year-old man presented with cough. CT showed a mass of the lung. He died {age} days later.\n"
        (made / f"r{age}.txt").write_text(text)
    (made / "r40-b.txt").write_text("A 5-year-old girl had fever. Her kidney was removed in 2003.\n")
    return made


def run(folder: Path, local, out: Path, progress=lambda done, of: None):
    return cluster.run(str(folder), out, local.scheduler_address, None, out.parent / "cache", progress)


def frames(out: Path) -> dict:
    return {name: csvfile.read(out / f"{name}.csv") for name in TABLES}


def same_as_local(out: Path, folder: Path) -> None:
    expected = build(folder)
    for name, frame in frames(out).items():
        assert frame.equals(expected.frames[name]), name
    assert {path.stem: path.read_text() for path in (out / "texts").iterdir()} == expected.texts


def test_the_same_tables_as_without_a_cluster_and_again_from_what_is_kept(folder, local, tmp_path, monkeypatch):
    counts = run(folder, local, tmp_path / "out")
    assert counts.reports == REPORTS + 1
    same_as_local(tmp_path / "out", folder)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.parquet")}
    monkeypatch.setattr(cluster, "read", None)  # nothing may be read now
    run(folder, local, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.parquet")} == first


def test_a_paper_that_lies_there_twice_is_in_it_once(folder, local, tmp_path):
    (folder / "r40.md").write_text((folder / "r40.txt").read_text())
    run(folder, local, tmp_path / "out")
    same_as_local(tmp_path / "out", folder)


def test_a_worker_killed_in_the_middle_costs_nothing(folder, local, tmp_path):
    victim = local.workers[0].pid  # the nanny knows its process
    killed = []

    def kill(done: int, of: int) -> None:
        if not killed:
            os.kill(victim, signal.SIGKILL)
            killed.append(done)

    run(folder, local, tmp_path / "out", kill)
    assert killed[0] < REPORTS
    same_as_local(tmp_path / "out", folder)


def test_a_report_on_which_workers_die_is_set_aside(folder, local, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "read", deadly.read)
    counts = run(folder, local, tmp_path / "out")
    assert counts.quarantined == [("r37.txt", "the process that read it died")]
    assert counts.reports == REPORTS
    assert frames(tmp_path / "out")["sources"]["source_id"].is_unique


def test_workers_that_are_gone_are_told(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 2)
    options = {"processes": False, "threads_per_worker": 1, "dashboard_address": None}
    gone = pytest.raises(InputError, match="the workers are gone after [1-9]")
    with distributed.LocalCluster(n_workers=1, **options) as made, gone:
        run(folder, made, tmp_path / "out", lambda done, of: made.scale(0))


def test_a_lost_scheduler_is_told_and_the_next_run_goes_on(folder, local, tmp_path):
    alone = subprocess.Popen(
        [sys.executable, "-c", "from distributed import LocalCluster; import time\n"
         "if __name__ == '__main__':\n"
         "    made = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None,"
         " protocol='tcp')\n    print(made.scheduler_address, flush=True)\n    time.sleep(600)"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    address = alone.stdout.readline().strip()
    done = []

    def kill(so_far: int, of: int) -> None:
        done.append(so_far)
        if len(done) == 2:
            alone.kill()

    watch = threading.Timer(60, alone.kill)
    watch.start()
    with pytest.raises(InputError, match="the scheduler was lost after"):
        cluster.run(str(folder), tmp_path / "out", address, None, tmp_path / "cache", kill)
    watch.cancel()
    alone.wait()
    assert not (tmp_path / "out").exists()
    kept = {path.name for path in (tmp_path / "cache").glob("*/parts/*")}
    assert kept
    run(folder, local, tmp_path / "out")
    assert kept < {path.name for path in (tmp_path / "cache").glob("*/parts/*")}
    same_as_local(tmp_path / "out", folder)


def test_reports_behind_a_url(folder, local, tmp_path):
    run(f"file://{folder}", local, tmp_path / "out")
    same_as_local(tmp_path / "out", folder)


def test_workers_with_other_code_are_refused(folder, local, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "fingerprint", lambda vocabulary: "another")
    with pytest.raises(InputError, match="another version"):
        run(folder, local, tmp_path / "out")


def test_an_address_where_nobody_answers(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        cluster.run(str(folder), tmp_path / "out", "tcp://127.0.0.1:9", None, None, lambda done, of: None)


def test_without_dask_the_extra_is_named(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["tables", str(folder), "--out", str(tmp_path / "out"), "--scheduler", "tcp://x:1"]) == 2
    assert "casebook[cluster]" in capsys.readouterr().err
    assert UsageError.exit_code == 2
