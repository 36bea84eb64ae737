"""Warm kernels that share the notebooks of a report; they start and import while the tables are made."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from casebook.errors import NotebookError
from casebook.folder import OWN, TEMPORARY, own_folder
from casebook.places import SECONDS
from casebook.report.parameters import Notebook

Task = tuple[Notebook, Path, Mapping[str, object]]
_OWN = {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
_SECONDS_TO_END = 10


@contextmanager
def warm_kernels(folder: Path, count: int, seconds: float = SECONDS) -> Iterator["Kernels"]:
    """`count` kernels that work in `folder` and end with the block, also while they execute a notebook."""
    with own_folder(TEMPORARY, OWN) as (home, locks):
        command = [sys.executable, "-P", "-m", "casebook.report.server", str(folder), str(home), str(count)]
        process = subprocess.Popen(
            [*command, str(seconds)], env={**os.environ, **_OWN}, pass_fds=locks, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            yield Kernels(process)
        finally:
            _end(process)


class Kernels:
    def __init__(self, process: subprocess.Popen):
        assert process.stdin and process.stdout
        self._process, self._tasks, self._answers = process, process.stdin, process.stdout
        self._count = 0

    def give(self, tasks: Iterable[Task]) -> None:
        """Each task is a notebook, the file for its executed copy, and values of its parameters. To be called once."""
        given = [(notebook, target, dict(values)) for notebook, target, values in tasks]
        self._count = len(given)
        with suppress(BrokenPipeError):  # `finish` tells that nobody listens
            pickle.dump(given, self._tasks)
            self._tasks.flush()

    def finish(self, say: Callable[[int], None] = lambda at: None) -> tuple[int, str] | None:
        """Until all tasks are done; `say` is told the place of each that begins. After a failure no other is begun.

        The place of the first task that failed, and why; None where none did.
        """
        done: set[int] = set()
        failed: dict[int, str] = {}
        while len(done) < self._count:
            try:
                what, at, words = pickle.load(self._answers)
            except EOFError:
                raise NotebookError("the process that runs the notebooks has ended") from None
            if what == "begun":
                say(at)
            elif what == "done":
                done.add(at)
            else:
                failed[at] = words
            if failed and done.issuperset(range(min(failed))):
                return min(failed.items())
        return None


def _end(process: subprocess.Popen) -> None:
    with suppress(BrokenPipeError), process.stdin:  # type: ignore[union-attr]
        pass
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()  # type: ignore[union-attr]
