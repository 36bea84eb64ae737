"""The extraction on a Dask cluster that the user already has: this process sends reports and keeps what comes back."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.batch import died
from casebook.chunk import Sent, checksum, packed, read, sent
from casebook.errors import InputError, UsageError
from casebook.fingerprint import fingerprint
from casebook.parts import Counts, Parts, publish
from casebook.places import VOCABULARY
from casebook.readers import entries
from casebook.readers.folder import Entry

if TYPE_CHECKING:
    from distributed import Client, Future

_REPORTS = 50  # of a chunk; a death costs one chunk
_BYTES = 8_000_000  # of a chunk, where reports are large
_AHEAD = 3  # chunks per thread of the workers that wait there
_SECONDS = 20  # until a scheduler that does not answer is given up

Progress = Callable[[int, int], None]


def run(
    reports: str, out: Path, address: str, vocabulary: Path | None, cache: Path | None, progress: Progress
) -> Counts:
    """The tables of `reports`, a folder or an fsspec URL, to `out` as partitioned Parquet.

    Chunks that came back are kept in `cache`, so that a run that failed goes on where it was. A report on which the
    workers die is quarantined. Raises InputError, UsageError or TableError.
    """
    with _connected(address) as client, _local(reports) as folder, tempfile.TemporaryDirectory() as own:
        made_by = fingerprint(vocabulary or VOCABULARY)
        parts = Parts((cache or Path(own)) / made_by / "parts")
        work = _Work(client, address, parts, vocabulary, made_by, progress)
        found = entries(folder)
        return publish(parts, work.all(found), folder, out)


class _Work:
    def __init__(
        self, client: "Client", address: str, parts: Parts, vocabulary: Path | None, made_by: str, progress: Progress
    ):
        self._client, self._address, self._parts = client, address, parts
        self._vocabulary, self._made_by, self._progress = vocabulary, made_by, progress
        self._done = 0

    def all(self, found: Sequence[Entry]) -> list[str]:
        """The names of the chunks of all reports, in order, each of which is kept by now."""
        names: list[str] = []
        doubtful: list[tuple[str, list[Sent]]] = []
        under_way: dict[Future, tuple[str, list[Sent]]] = {}
        room = _AHEAD * max(1, sum(self._client.nthreads().values()))
        for chunk in _chunks(found):
            names.append(name := checksum(chunk))
            if self._parts.has(name):
                self._count(len(chunk), len(found))
                continue
            under_way[self._send(chunk)] = (name, chunk)
            while len(under_way) >= room:
                doubtful += self._take(under_way, len(found))
        while under_way:
            doubtful += self._take(under_way, len(found))
        for name, chunk in doubtful:
            self._parts.put(name, self._one_by_one(chunk))
            self._count(len(chunk), len(found))
        return names

    def _send(self, chunk: Sequence[Sent]) -> "Future":
        """Under a key of its own: the scheduler may still know that of an earlier run."""
        return self._client.submit(read, list(chunk), self._vocabulary, self._made_by, pure=False)

    def _take(self, under_way: "dict[Future, tuple[str, list[Sent]]]", of: int) -> Iterator[tuple[str, list[Sent]]]:
        """Keep what is done by now, at least one chunk; those on which workers died are given back."""
        for future in self._done_of(list(under_way)):
            name, chunk = under_way.pop(future)
            tables = self._result(future)
            if tables is None:
                yield name, chunk
            else:
                self._parts.put(name, tables)
                self._count(len(chunk), of)

    def _done_of(self, futures: "Sequence[Future]") -> "list[Future]":
        """Waits as long as there are workers."""
        from distributed import wait

        with self._told(), self._client.as_current():
            while True:
                try:
                    wait(futures, timeout=_SECONDS, return_when="FIRST_COMPLETED")
                except TimeoutError:
                    if not self._client.nthreads():
                        raise InputError(
                            f"{self._address}: the workers are gone after {self._done} reports, which are kept; start "
                            "some and run the same command again to go on from there"
                        ) from None
                else:
                    return [future for future in futures if future.done()]

    def _result(self, future: "Future") -> dict[str, bytes] | None:
        """None where the workers died on it, too often to try again."""
        from distributed import KilledWorker

        self._done_of([future])
        with self._told():
            try:
                return future.result()
            except KilledWorker:
                return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A scheduler that is lost, in words."""
        from distributed.comm import CommClosedError

        try:
            yield
        except (CancelledError, CommClosedError, OSError, TimeoutError) as error:
            raise InputError(
                f"{self._address}: the scheduler was lost after {self._done} reports, which are kept; "
                "run the same command again to go on from there"
            ) from error

    def _one_by_one(self, chunk: Sequence[Sent]) -> dict[str, bytes]:
        """Each report alone, with nothing else under way, so that a death is its own."""
        import io

        import pyarrow
        import pyarrow.parquet

        several: list[dict[str, bytes]] = []
        for one in chunk:
            tables = self._result(self._send([one]))
            several.append(packed([died(one.entry)]) if tables is None else tables)
        joined = {}
        for name in several[0]:
            into = io.BytesIO()
            whole = pyarrow.concat_tables([pyarrow.parquet.read_table(io.BytesIO(one[name])) for one in several])
            pyarrow.parquet.write_table(whole, into, compression="zstd")
            joined[name] = into.getvalue()
        return joined

    def _count(self, more: int, of: int) -> None:
        self._done += more
        self._progress(self._done, of)


def _chunks(found: Sequence[Entry]) -> Iterator[list[Sent]]:
    chunk: list[Sent] = []
    size = 0
    waiting = deque(found)
    while waiting:
        chunk.append(one := sent(waiting.popleft()))
        size += len(one.data)
        if len(chunk) >= _REPORTS or size >= _BYTES or not waiting:
            yield chunk
            chunk, size = [], 0


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--scheduler needs Dask, which is not here: pip install 'casebook[cluster]'") from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: no Dask scheduler answers there ({error})") from None
    try:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError:
            raise InputError(f"{address}: the scheduler has no workers; start some, or leave --scheduler out") from None
        yield client
    finally:
        client.close(timeout=2)


@contextmanager
def _local(reports: str) -> Iterator[Path]:
    """`reports` as a folder of this machine; what stands behind a URL is copied for as long as the run takes."""
    if "://" not in reports:
        yield Path(reports)
        return
    import fsspec

    with tempfile.TemporaryDirectory() as copy:
        try:
            files, path = fsspec.url_to_fs(reports)
            for file in files.ls(path, detail=False):
                if files.isfile(file):
                    files.get_file(file, str(Path(copy, Path(file).name)))
        except (ImportError, OSError, ValueError) as error:
            raise InputError(f"{reports}: cannot be read: {error}") from None
        yield Path(copy)
