"""The process that runs the notebooks of a report: it imports what their kernels need once, and each is a fork of it.

    python -m casebook.report.server FOLDER HOME COUNT SECONDS

The kernels work in FOLDER. It takes one pickled list of tasks from its standard input and answers with pickled tuples;
the end of its input, which is also that of the process that started it, ends it and its kernels.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event, Lock, Thread
from typing import BinaryIO

import pandas

from casebook.errors import NotebookError
from casebook.report.kernel import Kernel, executor, fork
from casebook.report.parameters import Notebook

Task = tuple[Notebook, Path, dict[str, object]]


class Server:
    """The kernels share the tasks; after one that failed no other is begun. `answer` is told "begun", the place of the
    task and "", later "done" or "failed" with the reason.
    """

    def __init__(self, answer: Callable[[tuple[str, int, str]], None]):
        self._waiting: Iterator[tuple[int, Task]] = iter(())
        self._answer, self._given, self._one_at_a_time = answer, Event(), Lock()

    def give(self, tasks: Sequence[Task]) -> None:
        self._waiting = iter(list(enumerate(tasks)))
        self._given.set()

    def serve(self, kernel: Kernel, seconds: float) -> None:
        at = 0
        try:
            execute = executor(kernel, seconds)
            self._given.wait()
            while found := self._next():
                at, task = found
                execute(*task)
                self._tell("done", at)
        except BaseException as error:  # whatever ends the thread: somebody waits for the answer
            self._waiting = iter(())
            self._tell("failed", at, str(error) if isinstance(error, NotebookError) else f"no kernel: {error!r}")

    def _next(self) -> tuple[int, Task] | None:
        with self._one_at_a_time:
            if found := next(self._waiting, None):
                self._answer(("begun", found[0], ""))
            return found

    def _tell(self, what: str, at: int, words: str = "") -> None:
        with self._one_at_a_time:
            self._answer((what, at, words))


def _imports() -> None:
    """What is imported stays: frozen, it is not looked through for garbage by each `reset`, which takes longer than to
    draw.
    """
    for name in ("casebook.workbook", "casebook.charts", "casebook.stats"):
        import_module(name)
    pandas.options.display.max_columns = 20  # as in a kernel: it was imported as in a terminal, whose width it asks
    gc.freeze()


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Where tasks come from and answers go; what a kernel prints past its notebook does not go there."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return tasks, answers


def main(folder: str, home: str, count: str, seconds: str) -> None:
    incoming, outgoing = _channels()
    _imports()
    kernels: list[Kernel] = []

    def answer(words: tuple[str, int, str]) -> None:
        with suppress(BrokenPipeError):  # nobody listens any more: the end of the input says so too
            pickle.dump(words, outgoing)
            outgoing.flush()

    try:
        for at in range(int(count)):  # before any thread begins
            kernels.append(fork(Path(folder), Path(home) / str(at), (incoming, outgoing)))
        server = Server(answer)
        for kernel in kernels:
            Thread(target=server.serve, args=(kernel, float(seconds)), daemon=True).start()
        with suppress(EOFError):
            server.give(pickle.load(incoming))
            incoming.read()
    finally:
        for kernel in kernels:
            kernel.kill()
        os._exit(0)  # without waiting for what a thread is told by a kernel that is no more


if __name__ == "__main__":
    main(*sys.argv[1:])
