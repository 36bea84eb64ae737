"""Style and types are clean."""

import subprocess
import sys

from house.tree import ROOT


def run(*command: str) -> str:
    """What a tool reports; empty if it has nothing to say."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff():
    assert run("ruff", "check", "--output-format=concise", ".") == ""


def test_mypy():
    assert run("mypy", "--no-error-summary") == ""
