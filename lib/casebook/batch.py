"""Reports one after the other, or several at a time: the same results in the same order."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from casebook.cache import Cache, Kept
from casebook.errors import InputError
from casebook.readers import entries, read_entry
from casebook.readers.folder import Entry
from casebook.rows import Rows, rows_of, stated
from casebook.vocabulary import Vocabulary, load

_FEW = 750  # reports, for which one process needs longer than another needs to start and load the vocabulary
_CHUNK = 8
_AHEAD = 4  # chunks per worker that wait or whose results wait

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class One:
    """What one file of the folder gives: its row of `sources`, and text and rows if it is included."""

    source: dict
    text: str = ""
    rows: Rows | None = None


def each(
    folder: Path, vocabulary: Path, jobs: int | None, cache: Path | None, progress: Progress
) -> Iterator[One]:
    """Every file by source_id. `jobs` processes share the work, as many as there are cores where None.

    Raises InputError at the end if no report was included. A report on which a process dies is quarantined.
    """
    found = entries(folder)
    kept = Cache(cache, vocabulary) if cache else None
    known = [kept.get(entry) if kept else None for entry in found]
    fresh = [entry for entry, one in zip(found, known, strict=True) if one is None]
    made = _made(fresh, vocabulary, min(jobs or os.cpu_count() or 1, 1 + len(fresh) // _FEW))
    included, first_fault = 0, ""
    for done, (entry, one) in enumerate(zip(found, known, strict=True), 1):
        result = _restored(one) if one else next(made)
        if kept and one is None and result.source["status"] != "quarantined":  # that may be the bounds' doing
            kept.put(entry, _to_keep(result))
        included += result.rows is not None
        first_fault = first_fault or f"{result.source['path']}: {result.source.get('reason')}"
        progress(done, len(found))
        yield result
    if not included:
        raise InputError(f"{folder} holds no report that can be used; {first_fault}")


def _made(fresh: Sequence[Entry], vocabulary: Path, jobs: int) -> Iterator[One]:
    if not fresh:
        return
    if jobs < 2:
        terms = ready(vocabulary)
        for entry in fresh:
            yield one_of(entry, terms)
    else:
        yield from _Pool(vocabulary, jobs).map(fresh)


def ready(vocabulary: Path) -> Vocabulary:
    """The vocabulary, with all that reading needs loaded: it stays, and looking through it for garbage would take a
    tenth of the time.
    """
    from casebook.extract.matcher import matcher

    terms = load(vocabulary)
    matcher(terms)
    gc.freeze()
    return terms


def one_of(entry: Entry, terms: Vocabulary) -> One:
    """One file, read."""
    source, document = read_entry(entry)
    if document is None:
        return One(source)
    rows = rows_of(document, terms)
    rows.tables["evidence"].extend(stated(document, source))
    return One(source, document.text, rows)


def died(entry: Entry) -> One:
    """What stands for a report on which a process died."""
    row = {"row_id": f"sources/{entry.source_id}", "source_id": entry.source_id, "path": entry.name}
    return One({**row, "status": "quarantined", "reason": "the process that read it died"})


class _Pool:
    """Processes that have loaded the vocabulary; they are started anew after one of them has died."""

    def __init__(self, vocabulary: Path, jobs: int):
        self._vocabulary, self._jobs = vocabulary, jobs

    def map(self, fresh: Sequence[Entry]) -> Iterator[One]:
        """The results in order. After a death the chunks that were under way are done report by report, each in a
        process of its own.
        """
        chunks = deque(fresh[at : at + _CHUNK] for at in range(0, len(fresh), _CHUNK))
        while chunks:
            running: deque[tuple[Sequence[Entry], Future]] = deque()
            pool = self._start(self._jobs)
            try:
                while chunks or running:
                    while chunks and len(running) < self._jobs * _AHEAD:
                        chunk = chunks.popleft()
                        running.append((chunk, pool.submit(_chunk, chunk)))
                    yield from running[0][1].result()
                    running.popleft()
            except BrokenProcessPool:
                for chunk in [chunk for chunk, _ in running][: self._jobs]:
                    running.popleft()
                    yield from map(self._alone, chunk)
                chunks.extendleft(chunk for chunk, _ in reversed(running))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, entry: Entry) -> One:
        with self._start(1) as pool:
            try:
                return pool.submit(_chunk, [entry]).result()[0]
            except BrokenProcessPool:
                return died(entry)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_prepare, initargs=(self._vocabulary,))


_terms: Vocabulary | None = None  # of a worker process


def _prepare(vocabulary: Path) -> None:
    global _terms
    _terms = ready(vocabulary)


def _chunk(chunk: Sequence[Entry]) -> list[One]:
    assert _terms is not None, "a worker is prepared before it works"
    return [one_of(entry, _terms) for entry in chunk]


def _to_keep(one: One) -> Kept:
    if one.rows is None:
        return Kept(one.source)
    return Kept(one.source, one.text, one.rows.tables, one.rows.sentences, one.rows.pages)


def _restored(kept: Kept) -> One:
    if kept.tables is None:
        return One(kept.source)
    return One(kept.source, kept.text, Rows(kept.tables, kept.sentences, kept.pages))
