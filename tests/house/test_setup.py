"""`make setup` on a machine that lacks something says so in one line."""

import subprocess

import pytest

from house.tree import ROOT

NO_VENV = "#!/bin/sh\ncase \"$2\" in *ensurepip*) echo \"No module named 'ensurepip'\" >&2; exit 1;; esac\n"


@pytest.mark.parametrize(
    "script, message",
    [
        ("#!/bin/sh\nexit 1\n", "no Python 3.11 or newer found"),
        (NO_VENV, "apt-get install python3-venv"),
    ],
)
def test_one_clear_line(tmp_path, script, message):
    python = tmp_path / "python-of-the-machine"
    python.write_text(script)
    python.chmod(0o755)
    done = subprocess.run(["bash", ROOT / ".ci" / "setup", tmp_path / "venv"], capture_output=True, text=True,
                          env={"PATH": "/usr/bin:/bin", "PYTHON": str(python)})
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not done.stdout
    assert not (tmp_path / "venv").exists()
