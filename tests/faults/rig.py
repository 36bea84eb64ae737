"""Runs that are killed, and what must stand afterwards. The tests use it a few times, `make reliability` often."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casebook.curate.decisions import read
from casebook.places import VOCABULARY

REPORT = (
    "A {age}-year-old woman presented with a two-month history of headache. MRI of the brain showed a mass in the left "
    "frontal lobe. It was completely resected. Histopathology was consistent with glioblastoma. She died eight months "
    "later."
)
PROTOCOL = "title: Trees\nquestion: Where do trees spread?\nendpoints: [vital_status]\n"
NOTEBOOK = (
    ("parameters", 'seeds = ""  # reports\nprotocol = ""  # question\ntables = ""  # tables\nvocabulary = ""  # words'),
    ("load", "import casebook\nreview = casebook.load(seeds, protocol, tables, vocabulary)"),
    ("show", "print(len(review.patients), int(review.patients['age_years'].sum()))"),
)
DECIDER = """
import sys
from pathlib import Path
from casebook.curate.decisions import Decision, append
path, run = Path(sys.argv[1]), sys.argv[2]
for at in range(100_000):
    line = Decision(f"2030-01-31T09:30:{at % 60:02d}Z", f"Ada {run}.{at}", "confirm", "cases", "cases-1", "sex", "male")
    print(append(path, line).decision, flush=True)
"""


@dataclass
class Tally:
    """How often each thing was tried, and what did not hold."""

    kills: int = 0
    running: int = 0  # kills that met a run before its end
    reruns: int = 0
    acknowledged: int = 0
    broken: list[str] = field(default_factory=list)


class Rig:
    """A small review in `folder`; `switch` changes a report, so that two good outputs are known."""

    def __init__(self, folder: Path):
        self.folder, self.out = folder, folder / "out"
        self.reports = folder / "reports"
        self.reports.mkdir(parents=True)
        for at in range(3):
            (self.reports / f"r{at}.txt").write_text(REPORT.format(age=40 + at))
        (folder / "review").mkdir()
        (folder / "review" / "protocol.yml").write_text(PROTOCOL)
        (folder / "notebooks").mkdir()
        (folder / "notebooks" / "1_first.ipynb").write_text(notebook(*NOTEBOOK))
        self.vocabulary = shutil.copytree(VOCABULARY, folder / "vocabulary")  # nobody edits it meanwhile
        self.version = 0

    def switch(self) -> None:
        self.version = 1 - self.version
        (self.reports / "r0.txt").write_text(REPORT.format(age=40 + 30 * self.version))

    def command(self, what: str) -> list[str]:
        more = []
        if what == "report":
            review, notebooks = self.folder / "review", self.folder / "notebooks"
            more = ["--protocol", str(review / "protocol.yml"), "--notebooks", str(notebooks), "--before",
                    str(self.folder / "none")]  # fmt: skip
        return [sys.executable, "-c", "import sys; from casebook.cli import main; sys.exit(main())", what,
                str(self.reports), "--out", str(self.out), "--vocabulary", str(self.vocabulary), *more]  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "CASEBOOK_CACHE": str(self.folder / "cache"), "TMPDIR": str(self.folder)}

    def run(self, what: str, **more) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(what), env=self.environment, capture_output=True, text=True, **more)

    def start(self, what: str) -> subprocess.Popen:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(self.command(what), env=self.environment, stdout=quiet, stderr=quiet)

    def files(self) -> dict[str, bytes]:
        found = sorted(path for path in self.out.rglob("*") if path.is_file()) if self.out.is_dir() else []
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}

    def alone(self, seconds: float = 20) -> None:
        """Waits until no process of a killed run is left: its kernel sees within a second that it is an orphan."""
        until = time.monotonic() + seconds
        while any(map(_in_use, self.folder.glob("*.part"))) and time.monotonic() < until:
            time.sleep(0.05)

    def left(self) -> list[str]:
        """What a run has left beside its output."""
        return sorted(path.name for path in self.folder.iterdir() if path.name.endswith((".part", ".old")))


def _in_use(folder: Path) -> bool:
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(held)
    return False


def notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": "code", "id": name, "metadata": {"tags": [name]} if name == "parameters" else {},
         "source": source, "execution_count": None, "outputs": []}
        for name, source in cells
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def kill_runs(rig: Rig, what: str, times: int, seed: int, each: int = 4, say: Callable[[str], None] = print) -> Tally:
    """Kill `casebook what` at random moments; after each kill one of the two good outputs must stand whole, and after
    every `each` of them the next run must bring the new one.
    """
    chance, tally, good, took = random.Random(seed), Tally(), [], 60.0
    for _ in range(2):
        begun = time.monotonic()
        assert (done := rig.run(what)).returncode == 0, done.stderr
        took = min(took, time.monotonic() - begun)
        good.append(rig.files())
        rig.switch()
    rig.run(what)
    for at in range(1, times + 1):
        rig.switch()
        process = rig.start(what)
        try:
            process.wait(chance.uniform(0, took))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            tally.running += 1
        tally.kills += 1
        if rig.files() not in good:
            tally.broken.append(f"{what}, kill {at}: the output is neither the old nor the new one")
        if at % each == 0 or at == times:
            tally.reruns += 1
            rig.alone()
            done = rig.run(what)
            if done.returncode or rig.files() != good[rig.version] or rig.left():
                tally.broken.append(f"{what}, run after kill {at}: {done.returncode} {done.stderr} {rig.left()}")
            say(f"{what}: {at} of {times}")
    return tally


def kill_deciders(folder: Path, times: int, seed: int) -> Tally:
    """Kill a process that appends decisions; each that it was told of must be in the file."""
    chance, tally, path = random.Random(seed), Tally(), folder / "decisions.csv"
    told: list[str] = []
    for at in range(times):
        command: Sequence[str] = [sys.executable, "-c", DECIDER, str(path), str(at)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        tally.kills += 1
        tally.running += 1
    kept = set(read(path)["decision"])
    tally.acknowledged = len(told)
    tally.broken = [f"decision {name} is lost" for name in told if name not in kept]
    return tally
