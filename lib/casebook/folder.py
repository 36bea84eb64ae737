"""Folders published whole: the new one stands, or the old one."""

import ctypes
import os
import shutil
from pathlib import Path

_AT_FDCWD, _EXCHANGE = -100, 2  # of renameat2, which Linux has


def swap(new: Path, out: Path) -> None:
    """Put folder `new` in the place of `out`, and remove what stood there; both must be on one file system.

    On Linux the two change places in one step, so that a run killed at any moment leaves one of them whole at `out`.
    """
    if not out.exists():
        os.rename(new, out)
    elif _exchange(new, out):
        shutil.rmtree(new)
    else:
        old = new.with_name(f"{new.name}.old")
        os.rename(out, old)
        try:
            os.rename(new, out)
        except OSError:
            os.rename(old, out)
            raise
        shutil.rmtree(old)


def _exchange(one: Path, two: Path) -> bool:
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two), _EXCHANGE) == 0
