"""The files of the project as the house tests see them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lib" / "casebook"


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is committed or would be, in a fixed order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")
    return tuple(path for name in sorted(set(listed)) if name and (path := ROOT / name).is_file())


def named(*patterns: str) -> list[Path]:
    """The project's files that match one of `patterns`, which are relative to the root."""
    return [path for path in project_files() if any(path.relative_to(ROOT).match(pattern) for pattern in patterns)]


def modules() -> list[Path]:
    return [path for path in project_files() if PACKAGE in path.parents and path.suffix == ".py"]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
