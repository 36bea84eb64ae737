"""Builds the report of the seeds under each Python at hand and writes docs/pythons.md: `make pythons`.

    python benchmarks/pythons.py [PYTHON …]

Without names it takes python3.11 to python3.14 on the PATH, and those of pyenv. Each gets its own environment from the
lock, which needs a package source and about two minutes.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from report.same import differences  # noqa: E402

_WANTED = re.compile(r"3\.1[1-4]\b")
_MANIFEST = "manifest.json"  # it names the Python and the checksums of the others
PAGE = """# The same bytes under each Python

Written by `make pythons`: an environment from requirements.lock for each Python at hand, the report of the seeds in
each, and all files but manifest.json compared with those of the first, byte by byte.

| Python | libraries of another version than under the first | files compared | first differing byte |
|---|---|---:|---|
{rows}

manifest.json names the Python and the version of every library that may change a byte.
"""


def at_hand() -> Iterator[str]:
    for minor in range(11, 15):
        if found := shutil.which(f"python3.{minor}"):
            yield found
    yield from (str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.*/bin/python")))


def built(python: str, work: Path) -> Path:
    """The report under `python`. Raises CalledProcessError."""
    environment = {**os.environ, "CASEBOOK_CACHE": str(work / "cache"), "PYTHON": python}
    environment.pop("PYTHONPATH", None)
    for command in (
        ["bash", str(ROOT / ".ci" / "setup"), str(work / "venv")],
        [str(work / "venv" / "bin" / "casebook"), "report", "seeds", "--out", str(work / "report")],
    ):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return work / "report"


def main() -> int:
    pythons: dict[str, str] = {}
    for name in sys.argv[1:] or at_hand():
        asked = [name, "-c", "import platform; print(platform.python_version())"]
        version = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
        if _WANTED.match(version):
            pythons.setdefault(version, name)
    rows, failed, first = [], 0, None
    with tempfile.TemporaryDirectory() as folder:
        for version, python in pythons.items():
            work = Path(folder) / version
            work.mkdir()
            try:
                made = built(python, work)
            except subprocess.CalledProcessError as error:
                rows.append(f"| {version} | | | no report: {(error.stderr.strip().splitlines() or ['?'])[-1]} |")
                failed += 1
                continue
            first = first or made
            here, there = (json.loads((one / _MANIFEST).read_text("utf-8"))["libraries"] for one in (made, first))
            other = ", ".join(f"{name} {here[name]} ({there[name]})" for name in here if here[name] != there[name])
            found = list(differences(first, made, without=(_MANIFEST,)))
            failed += bool(found)
            count = sum(path.is_file() for path in made.rglob("*")) - 1
            rows.append(f"| {version} | {other or 'none'} | {count} | {found[0] if found else 'none'} |")
            print(rows[-1], flush=True)
    (ROOT / "docs" / "pythons.md").write_text(PAGE.format(rows="\n".join(rows)), encoding="utf-8")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
