"""Several warm kernels that share the notebooks of a report, each in a thread of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

from casebook.places import SECONDS
from casebook.report.kernel import warm_kernel
from casebook.report.parameters import Notebook

Task = tuple[Notebook, Path, Mapping[str, object]]


@contextmanager
def warm_kernels(folder: Path, count: int, seconds: float = SECONDS) -> Iterator["Kernels"]:
    """`count` kernels, each like that of `warm_kernel`. They end with the block; where it fails, at once."""
    kernels = Kernels(folder, count, seconds)
    try:
        yield kernels
        kernels.end()
    except BaseException:
        kernels.end(at_once=True)
        raise


class Kernels:
    def __init__(self, folder: Path, count: int, seconds: float):
        self._folder, self._seconds = folder, seconds
        self._waiting: Iterator[tuple[int, Task, Future]] = iter(())
        self._say: Callable[[int], None] = lambda at: None
        self._given, self._one_at_a_time, self._ended = Event(), Lock(), False
        self._kill: list[Callable[[], None]] = []
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def execute(self, tasks: Sequence[Task], say: Callable[[int], None]) -> Iterator[Future]:
        """What becomes of each notebook, in their order; after a failure no other is begun. To be called once.

        `say` is told the place of each that begins.
        """
        futures: list[Future] = [Future() for _ in tasks]
        self._say = say
        self._waiting = iter([(at, *pair) for at, pair in enumerate(zip(tasks, futures, strict=True))])
        self._given.set()
        yield from futures

    def end(self, at_once: bool = False) -> None:
        with self._one_at_a_time:
            self._ended = True
            if at_once:
                for kill in self._kill:
                    kill()
        self._given.set()
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        try:
            with warm_kernel(self._folder, self._seconds, self._started) as execute:
                for task, future in iter(self._next, None):
                    try:
                        execute(*task)
                        future.set_result(None)
                    except BaseException as error:
                        self._waiting = iter(())  # of those before this one each has begun
                        future.set_exception(error)
        except BaseException as error:  # no kernel could be started, or it cannot be ended
            for _, future in iter(self._next, None):
                future.set_exception(error)

    def _started(self, kill: Callable[[], None]) -> None:
        with self._one_at_a_time:
            self._kill.append(kill)
            if self._ended:
                kill()

    def _next(self) -> tuple[Task, Future] | None:
        self._given.wait()
        with self._one_at_a_time:
            if self._ended or (found := next(self._waiting, None)) is None:
                return None
            at, task, future = found
            self._say(at)
            return task, future
