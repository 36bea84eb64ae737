"""kill -9 at random moments: `make reliability` does the same two hundred times."""

import signal
import time

from faults.rig import Rig, kill_deciders, kill_runs


def test_tables_stand_whole_whenever_the_run_is_killed(tmp_path):
    tally = kill_runs(Rig(tmp_path), "tables", 8, seed=6)
    assert tally.broken == [] and tally.kills == 8 and tally.reruns == 2


def test_the_report_stands_whole_whenever_the_run_is_killed(tmp_path):
    tally = kill_runs(Rig(tmp_path), "report", 4, seed=6)
    assert tally.broken == [] and tally.kills == 4 and tally.reruns == 1


def test_a_decision_that_was_acknowledged_is_never_lost(tmp_path):
    tally = kill_deciders(tmp_path, 4, seed=6)
    assert tally.broken == [] and tally.acknowledged >= 4


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path):
    rig = Rig(tmp_path)
    process = rig.start("report")
    deadline = time.monotonic() + 60
    while not any(name.startswith(".out.") for name in rig.left()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert rig.left()
    rig.alone()
    assert rig.run("report").returncode == 0
    assert rig.left() == [] and "index.html" in rig.files()
