"""Folders published whole: the new one stands, or the old one."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casebook.errors import InputError

_AT_FDCWD, _EXCHANGE = -100, 2  # of renameat2, which Linux has
TEMPORARY, OWN = Path(tempfile.gettempdir()), "casebook-"  # where a folder stands that needs a short name, its name
_PART = ".part"  # how the name of a folder ends that a run works in
_NO_PLACE = {
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR,
    errno.ENAMETOOLONG,
}  # fmt: skip


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """An empty folder on the file system of `out`, to be put in its place by `swap`; it is gone when the block ends.

    What killed runs left beside `out` is removed. Raises InputError where nothing can be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with own_folder(out.parent, f".{out.name}.") as (work, _):
            yield work
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        raise InputError(
            f"{out}: cannot be written: {error.strerror}; what stood there is as it was, or still nothing"
        ) from error


@contextmanager
def own_folder(parent: Path, prefix: str) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """A new folder in `parent` that no other run takes, and the descriptors that lock it.

    A process that works in the folder and may outlive this one is given them, so that it keeps the folder. What runs
    that were killed left is removed before and after.
    """
    _clear(parent, prefix)
    made, held = _held(parent, prefix)
    try:
        made.chmod(0o755)
        yield made, () if held is None else (held,)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if held is not None:
            os.close(held)
        _clear(parent, prefix)


def tidy(out: Path) -> None:
    """Remove what killed runs left beside `out` and in the temporary folder; where nothing can be removed it stays."""
    if out.parent.is_dir():
        _clear(out.parent, f".{out.name}.")
    _clear(TEMPORARY, OWN)


def swap(new: Path, out: Path) -> None:
    """Put folder `new` in the place of `out`, and remove what stood there; both must be on one file system.

    On Linux the two change places in one step, so that a run killed at any moment leaves one of them whole at `out`.
    """
    if not out.exists():
        try:
            os.rename(new, out)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise  # else another run has put its own there just now
        else:
            return
    if _exchange(new, out):
        shutil.rmtree(new, ignore_errors=True)
    else:
        old = new.with_name(f"{new.name}.old")
        os.rename(out, old)
        try:
            os.rename(new, out)
        except OSError:
            os.rename(old, out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, two: Path) -> bool:
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two), _EXCHANGE) == 0


def _held(parent: Path, prefix: str) -> tuple[Path, int | None]:
    """A new folder and the lock that says it is in use; None where the system has no such locks."""
    while True:
        made = Path(tempfile.mkdtemp(_PART, prefix, parent))
        held = _lock(made)
        if made.is_dir():
            return made, held
        if held is not None:
            os.close(held)  # another run saw it before it was locked, and removed it


def _lock(folder: Path, wait: bool = True) -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(held)
        return None
    return held


def _clear(parent: Path, prefix: str) -> None:
    """Remove the folders of runs that are no longer there: nobody holds their lock."""
    with os.scandir(parent) as found:
        left = [Path(entry) for entry in found if entry.name.startswith(prefix) and entry.name.endswith(_PART)]
    for folder in left:
        if (held := _lock(folder, wait=False)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)
