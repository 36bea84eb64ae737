"""Write benchmarks/results.md and docs/scale.md: what the work costs here, beside a floor measured in the same run.

    python benchmarks/run.py [--texts FOLDER] [--runs 3] [--huge 80000] [--medspacy PYTHON]

Without a folder of texts it takes the E3C case texts in ../shared. A second of one machine is not one of another, and
a machine may have other work to do: read the ratios.
"""

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from extraction import TOKEN
from opening import opened
from scale import costs, page

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpora" / "e3c_ccby.jsonl.gz"
BIN = Path(sys.executable).parent
CASEBOOK = str(BIN / "casebook")
PLOT = "import pandas as pd\nimport matplotlib.pyplot as plt\npd.Series([1, 3, 2]).plot()\nplt.show()"
WORD = "sy-bench,borborygmi,borborygmi|borborygmus,\n"
FEW, MANY = 1_000, 8_000


@dataclass(frozen=True)
class Run:
    """Seconds, and the megabytes of the largest process."""

    seconds: float
    megabytes: float


def timed(command: list[str], cache: Path) -> Run:
    """Raises CalledProcessError with what the command said."""
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        environment = {**os.environ, "CASEBOOK_CACHE": str(cache)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, said.read())
        return Run(taken, used.ru_maxrss / 1024)


def median(runs: int, work: Callable[[], Run]) -> Run:
    several = [work() for _ in range(runs)]
    return Run(statistics.median(run.seconds for run in several), statistics.median(run.megabytes for run in several))


class Bench:
    """The folders of one run, and the lines of its table."""

    def __init__(self, work: Path, runs: int):
        self.work, self.runs = work, runs
        self.cache = work / "cache"
        self.lines: list[str] = []

    def say(self, what: str, run: Run, floor: Run | None = None, of: str = "") -> Run:
        ratio = f"{run.seconds / floor.seconds:.2f} × {of}" if floor else ""
        self.lines.append(f"| {what} | {run.seconds:.2f} | {ratio} | {run.megabytes:.0f} |")
        print(self.lines[-1], flush=True)
        return run

    def tables(self, reports: Path, *options: str, cold: bool = False) -> Run:
        if cold:
            shutil.rmtree(self.cache, ignore_errors=True)
        return timed([CASEBOOK, "tables", str(reports), "--out", str(self.work / "out"), *options], self.cache)

    def report(self) -> None:
        plot, made = self.work / "plot.ipynb", self.work / "plot_made.ipynb"
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PLOT)], metadata=kernel), plot)
        papermill = [str(BIN / "papermill"), "--no-progress-bar", str(plot), str(made)]
        floor = self.say("papermill, one notebook with a plot", median(self.runs, lambda: timed(papermill, self.cache)))
        out = self.work / "report"
        command = [CASEBOOK, "report", "seeds", "--out", str(out)]

        def cold() -> Run:
            shutil.rmtree(out, ignore_errors=True)
            shutil.rmtree(self.cache, ignore_errors=True)
            return timed(command, self.cache)

        first = self.say("`casebook report` on the seeds, cold", median(self.runs, cold), floor, "papermill")
        again = median(self.runs, lambda: timed(command, self.cache))
        self.say("`casebook report`, nothing changed", again, first, "cold")
        named = [str(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
        convert = [
            str(BIN / "jupyter"),
            "nbconvert",
            "--execute",
            "--to",
            "html",
            "--output-dir",
            str(self.work / "html"),
        ]
        self.say(
            "`jupyter nbconvert --execute` on the same notebooks", timed([*convert, *named], self.cache), first, "cold"
        )

    def reading(self, texts: list[str]) -> dict[int, Run]:
        """Peak and seconds of `casebook tables` in one process, by number of reports."""
        folders = {size: self._folder(size, texts) for size in (FEW, MANY) if size <= len(texts)}
        one = {}
        for size, folder in folders.items():
            tokens = self._tokens(texts[:size])
            alone = self.tables(folder, "--no-cache", "--jobs", "1")
            one[size] = self.say(f"{size:,} texts, one process, nothing kept", alone, tokens, "tokens")
            cold = self.tables(folder, "--jobs", "2", cold=True)
            self.say(f"{size:,} texts, two processes, all kept for later", cold, one[size], "one process")
        self.say(f"{size:,} texts, nothing changed", self.tables(folder), cold, "cold")
        (folder / "added.txt").write_text(f"Added. {texts[0]}", encoding="utf-8")
        self.say(f"one report added to {size:,}", self.tables(folder), cold, "cold")
        words = Path(shutil.copytree(ROOT / "data" / "vocabulary", self.work / "words"))
        with open(words / "symptoms.csv", "a", encoding="utf-8") as file:
            file.write(WORD)
        self.say("one word added to the vocabulary", self.tables(folder, "--vocabulary", str(words)), cold, "cold")
        page = self.work / "many"
        command = [CASEBOOK, "report", str(folder), "--out", str(page)]
        whole = timed(command, self.cache)
        megabytes = (page / "index.html").stat().st_size / 1e6
        self.say(f"`casebook report` on these, all kept; its page has {megabytes:.1f} MB", whole, cold, "cold tables")
        if times := opened(page / "index.html"):
            self.say("this page in Chromium, to its first words on the screen", Run(times[0], 0))
            self.say("this page in Chromium, to the end of loading", Run(times[1], 0))
        self.say("`casebook report` on these, nothing changed", timed(command, self.cache), whole, "all kept")
        return one

    def huge(self, size: int, texts: list[str]) -> Run:
        """The corpus again and again: each copy names its number, or it would count as the same paper."""
        repeated = [f"{texts[at % len(texts)]}\nCopy {at}.\n" for at in range(size)]
        folder = self._folder(size, repeated)
        alone = self.tables(folder, "--no-cache", "--jobs", "1")
        return self.say(f"{size:,} texts, one process, nothing kept", alone)

    def _folder(self, size: int, texts: list[str]) -> Path:
        folder = self.work / f"reports{size}"
        folder.mkdir()
        for number, text in enumerate(texts[:size]):
            (folder / f"r{number:06}.txt").write_text(text, encoding="utf-8")
        return folder

    def _tokens(self, texts: list[str]) -> Run:
        start = time.perf_counter()
        for text in texts:
            TOKEN.findall(text)
        return self.say(f"{len(texts):,} texts, bare tokenizer in memory", Run(time.perf_counter() - start, 0))


def extraction(medspacy: str | None) -> str:
    """What extraction.py prints, which holds the ratio to medspaCy where that is given."""
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "extraction.py"),
        *(["--medspacy", medspacy] if medspacy else []),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip()


def machine() -> str:
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}; "
        f"load {busy:.1f} when it began"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--huge", type=int, default=80_000, help="the corpus repeated to so many; 0 leaves it out")
    parser.add_argument("--medspacy", metavar="PYTHON", help="interpreter of an environment with medspaCy, to compare")
    args = parser.parse_args()
    if args.texts:
        texts = [path.read_text(encoding="utf-8") for path in sorted(args.texts.glob("*.txt"))[:MANY]]
    else:
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines][:MANY]
    where = machine()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), args.runs)
        bench.report()
        one = bench.reading(texts)
        kept = sum(path.stat().st_size for path in bench.cache.rglob("*") if path.is_file())
        written = sum(path.stat().st_size for path in (bench.work / "out").rglob("*") if path.is_file())
        if args.huge:
            one[args.huge] = bench.huge(args.huge, texts)
    head = (
        f"# What the work costs\n\nWritten by `make bench` (`benchmarks/run.py`) on {where}. papermill and "
        f"`casebook report` are medians of {args.runs} runs; the others are single. Seconds depend on the machine and "
        "on what else it does: compare ratios.\n\n"
        "| what | seconds | ratio | MB of the largest process |\n|---|---|---|---|\n"
    )
    (ROOT / "benchmarks" / "results.md").write_text(
        head + "\n".join(bench.lines) + f"\n\n```\n{extraction(args.medspacy)}\n```\n", encoding="utf-8"
    )
    size = {number: (run.seconds, run.megabytes) for number, run in one.items()}
    (ROOT / "docs" / "scale.md").write_text(page(costs(size), size, kept, written, len(texts), where), encoding="utf-8")


if __name__ == "__main__":
    main()
