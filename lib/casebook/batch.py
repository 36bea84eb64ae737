"""Reports one after the other, or several at a time: the same results in the same order."""

import gc
import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from casebook.asked import Asked
from casebook.cache import Cache, Place
from casebook.errors import InputError
from casebook.kept import Kept, kept
from casebook.readers import entries, read_entry
from casebook.readers.folder import Entry
from casebook.rows import Rows, rows_of_each, stated
from casebook.text.document import Document
from casebook.touched import untouched
from casebook.vocabulary import Vocabulary, current, unchanged

_MADE_BY_A_FEW_REPORTS = 50_000  # objects; Python looks for garbage after 700
_FEW = 750  # reports, for which one process needs longer than another needs to start and load the vocabulary
_CHUNK = 16
_TOGETHER = 100_000  # characters of short reports that are read at the same time
_AHEAD = 4  # chunks per worker that wait or whose results wait

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class One:
    """What one file of the folder gives: its row of `sources`, and text and rows if it is included."""

    source: dict
    text: str = ""
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One file of the folder: its row of `sources`, and where all that it gave is kept."""

    source: dict
    groups: bytes
    place: Place
    key: bytes
    """Of the bytes that were read, empty where none could be; see `Cache.key`."""


Listed = list[tuple[Entry, bytes]]
"""The files of a folder by source_id, with the keys of what they hold now."""


def listed(folder: Path, cache: Cache) -> Listed:
    """Raises InputError or UsageError where the folder or its sources.csv is wrong."""
    return [(entry, cache.key(entry)) for entry in entries(folder)]


def read(
    folder: Path, found: Listed, vocabulary: Path, strict: bool, jobs: int | None, cache: Cache, progress: Progress
) -> list[Read]:
    """Every file `found` in the folder. `jobs` processes share the work, as many as there are cores where None.

    Raises InputError at the end if no report was included, and at once for one that cannot be read if `strict`. A
    report on which a process dies is quarantined.
    """
    known = {at: _read(*own, key) for at, (_, key) in enumerate(found) if (own := cache.get(key))}
    missing = {at: key for at, (_, key) in enumerate(found) if key and at not in known}
    known |= {at: _read(*same, missing[at]) for at, same in untouched(cache, missing, vocabulary)}
    cache.commit()  # another run need not wait while this one reads
    fresh = [entry for at, (entry, _) in enumerate(found) if at not in known]
    made = _made(fresh, vocabulary, cache.vocabulary, min(jobs or os.cpu_count() or 1, 1 + len(fresh) // _FEW))
    out: list[Read] = []
    for at, (entry, _) in enumerate(found):
        if at in known:
            one = known.pop(at)
        else:
            new = next(made)
            place, key = cache.put(entry, new)
            one = _read(place, new, key)
        strictly(one.source, strict)
        out.append(one)
        progress(at + 1, len(found))
    cache.commit()
    if not any(one.source["status"] == "included" for one in out):
        first = next(f"{one.source['path']}: {one.source.get('reason')}" for one in out)
        raise InputError(f"{folder} holds no report that can be used; {first}")
    return out


def strictly(source: dict, strict: bool) -> None:
    if strict and source["status"] == "quarantined":
        raise InputError(f"{source['path']}: {source['reason']}")


def _read(place: Place, one: Kept, key: bytes) -> Read:
    return Read(json.loads(one.source), one.groups, place, key)


def _made(fresh: Sequence[Entry], vocabulary: Path, made_by: str, jobs: int) -> Iterator[Kept]:
    if not fresh:
        return
    if jobs < 2:
        terms = _same(vocabulary, made_by)
        yield from _kept(fresh, terms)
    else:
        unchanged(current(vocabulary), vocabulary, made_by)
        yield from _Pool(vocabulary, made_by, jobs).map(fresh)


def _same(vocabulary: Path, made_by: str) -> Vocabulary:
    return unchanged(ready(vocabulary), vocabulary, made_by)


def _kept(entries: Sequence[Entry], terms: Vocabulary) -> Iterator[Kept]:
    return (kept(one.source, one.text, one.rows, questions) for one, questions in each_of(entries, terms))


def ready(vocabulary: Path) -> Vocabulary:
    """The vocabulary, with all that reading needs loaded: it stays, and looking through it for garbage would take a
    tenth of the time. A report makes many objects and hardly a cycle of them, so that garbage is looked for less often.
    """
    from casebook.extract.matcher import matcher

    terms = current(vocabulary)
    matcher(terms)
    gc.freeze()
    gc.set_threshold(_MADE_BY_A_FEW_REPORTS)
    return terms


def each_of(entries: Sequence[Entry], terms: Vocabulary) -> Iterator[tuple[One, Asked]]:
    """The files, read, each with what it asked of the vocabulary."""
    for at in range(0, len(entries), _CHUNK):
        found = [(*read_entry(entry), Asked()) for entry in entries[at : at + _CHUNK]]
        read = [(document, questions) for _, document, questions in found if document is not None]
        short = sum(len(document.text) for document, _ in read) <= _TOGETHER
        made = (rows for some in ([read] if short else [[one] for one in read]) for rows in _rows_of(some, terms))
        for source, document, questions in found:
            yield _one(source, document, made), questions


def _rows_of(some: Sequence[tuple[Document, Asked]], terms: Vocabulary) -> list[Rows]:
    return rows_of_each([document for document, _ in some], terms, [questions for _, questions in some])


def _one(source: dict, document: Document | None, made: Iterator[Rows]) -> One:
    if document is None:
        return One(source)
    rows = next(made)
    rows.tables["evidence"].extend(stated(document, source))
    return One(source, document.text, rows)


def died(entry: Entry) -> One:
    """What stands for a report on which a process died."""
    row = {"row_id": f"sources/{entry.source_id}", "source_id": entry.source_id, "path": entry.name}
    return One({**row, "status": "quarantined", "reason": "the process that read it died"})


class _Pool:
    """Processes that have loaded the vocabulary; they are started anew after one of them has died."""

    def __init__(self, vocabulary: Path, made_by: str, jobs: int):
        self._vocabulary, self._made_by, self._jobs = vocabulary, made_by, jobs

    def map(self, fresh: Sequence[Entry]) -> Iterator[Kept]:
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
                        running.append((chunks[0], pool.submit(_chunk, chunks[0])))  # it raises where a process died
                        chunks.popleft()
                    yield from running[0][1].result()
                    running.popleft()
            except BrokenProcessPool:
                for chunk in [chunk for chunk, _ in running][: self._jobs]:
                    running.popleft()
                    yield from map(self._alone, chunk)
                chunks.extendleft(chunk for chunk, _ in reversed(running))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, entry: Entry) -> Kept:
        with self._start(1) as pool:
            try:
                return pool.submit(_chunk, [entry]).result()[0]
            except BrokenProcessPool:
                return kept(died(entry).source, "", None, Asked())

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (self._vocabulary, self._made_by))


_terms: Vocabulary | InputError | None = None  # of a worker process, or what is wrong with them


def _prepare(vocabulary: Path, made_by: str) -> None:
    global _terms
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        _terms = _same(vocabulary, made_by)
    except InputError as error:  # raised here it would count as the death of the process
        _terms = error


def _end_with_parent() -> None:
    """A worker holds both ends of its queues: it would wait for ever for a parent that was killed."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _chunk(chunk: Sequence[Entry]) -> list[Kept]:
    if isinstance(_terms, InputError):
        raise _terms
    assert _terms is not None, "a worker is prepared before it works"
    return list(_kept(chunk, _terms))
