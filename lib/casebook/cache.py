"""What each report gave, kept by content: the file's bytes, what sources.csv says of it, the code, and of the
vocabulary what it asked.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.errors import InputError
from casebook.fingerprint import code
from casebook.kept import Kept
from casebook.readers.folder import Entry
from casebook.vocabulary import checksum
from casebook.wordfiles import packed

_GENERATION = re.compile("[0-9a-f]{16}")
_GENERATIONS = 4  # of code; older ones are removed
_VOCABULARIES = 6  # whose reports are kept
_AT_MOST = 1.0  # seconds of work that a killed run loses
_OWN_MEMORY = 64_000  # kB
_SECONDS = 20  # to wait for another run that writes
_COLUMNS = "source, groups, body, sentences, asked"
_TABLES = f"""
CREATE TABLE IF NOT EXISTS records(id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB, {_COLUMNS});
CREATE TABLE IF NOT EXISTS valid(vocabulary TEXT, key BLOB, record INTEGER, PRIMARY KEY(vocabulary, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vocabularies(checksum TEXT PRIMARY KEY, files BLOB, used REAL);
CREATE TABLE IF NOT EXISTS made(key BLOB PRIMARY KEY, digest TEXT, said TEXT);
"""
_FIND = f"SELECT id, digest, {_COLUMNS} FROM valid JOIN records ON id = record WHERE vocabulary = ? AND key = ?"
_KNOWN = "SELECT 1 FROM vocabularies WHERE checksum = ?"
_FORGET = (
    "DELETE FROM vocabularies WHERE checksum NOT IN "
    f"(SELECT checksum FROM vocabularies ORDER BY used DESC LIMIT {_VOCABULARIES})",
    "DELETE FROM valid WHERE vocabulary NOT IN (SELECT checksum FROM vocabularies)",
    "DELETE FROM records WHERE id NOT IN (SELECT record FROM valid)",
    "DELETE FROM made WHERE rowid NOT IN (SELECT rowid FROM made ORDER BY rowid DESC LIMIT 20)",
)


def default_folder() -> Path:
    """CASEBOOK_CACHE, else the user's cache folder: all worktrees share it."""
    if named := os.environ.get("CASEBOOK_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "casebook"


@dataclass(frozen=True)
class Place:
    """Where a report is kept: by this run alone, or for later ones."""

    own: bool
    record: int


class Cache:
    """Safe to delete at any time; a damaged or foreign file counts as absent. What cannot be kept for later runs is
    kept for this one.
    """

    def __init__(self, folder: Path | None, vocabulary: Path):
        self.vocabulary = checksum(vocabulary)
        self._files = vocabulary
        self._waiting: dict[int, Kept] = {}  # until they are on the disk
        self._moved: dict[int, int] = {}
        self._damaged: Path | None = None
        self._shared = self._prepared(folder) if folder else None
        self._writable = self._shared is not None
        self._since = time.monotonic()

    def key(self, entry: Entry) -> bytes:
        """Of the bytes that the file has now, or of why it must not be opened; empty where it cannot be read."""
        if entry.fault:
            return _key(entry, entry.fault)
        try:
            with open(entry.folder / entry.name, "rb") as file:
                return _key(entry, hashlib.sha256(file.read()).hexdigest())
        except OSError:
            return b""

    def get(self, key: bytes, vocabulary: str = "") -> tuple[Place, Kept] | None:
        """What is kept of a file whose rows are those of `vocabulary`, a checksum; by default our own."""
        for row in self._rows(_FIND, vocabulary or self.vocabulary, key):
            if all(isinstance(part, bytes) for part in row[1:]):
                found = Kept(*row[2:])
                if _digest(key, found) == row[1]:
                    return Place(False, row[0]), found
        return None

    def put(self, entry: Entry, kept: Kept) -> tuple[Place, bytes]:
        """Its place and key. Keep what was read from bytes of the checksum that its row of `sources` names, whatever
        the file holds by now; what was quarantined may be the bounds' doing, and is kept for this run only.
        """
        source = json.loads(kept.source)
        sha256 = source.get("sha256")
        key = self.key(entry) if entry.fault else b""
        if sha256 and source["status"] != "quarantined":
            key = _key(entry, sha256)
        if self._writable and self._shared and key and not entry.fault:
            try:
                record = _insert(self._shared, key, kept)
                self._waiting[record] = kept
                self._shared.execute("REPLACE INTO valid VALUES(?, ?, ?)", (self.vocabulary, key, record))
                if time.monotonic() - self._since > _AT_MOST:
                    self.commit()
                return Place(False, record), key
            except sqlite3.DatabaseError as error:
                self._give_up(error)
        return Place(True, self._for_this_run(kept)), key

    def stamp(self, key: bytes, place: Place) -> None:
        """The rows kept there are those of our vocabulary too."""
        self._write("REPLACE INTO valid VALUES(?, ?, ?)", self.vocabulary, key, place.record)

    def column(self, place: Place, name: str) -> bytes:
        """One part of what is kept. Raises InputError where somebody took it away meanwhile."""
        statement = f"SELECT {name} FROM records WHERE id = ?"
        if place.own or place.record in self._moved:
            number = place.record if place.own else self._moved[place.record]
            return self._own.execute(statement, (number,)).fetchone()[0]
        if found := self._rows(statement, place.record):
            return found[0][0]
        raise InputError("the cache was changed while it was in use: run it again")

    def others(self, keys: Collection[bytes]) -> Iterator[tuple[str, bytes, set[bytes]]]:
        """Vocabularies of earlier runs, the latest first: checksum, their files as `unpacked` reads them, and those of
        `keys` that are kept with their rows.
        """
        for (name,) in self._rows("SELECT checksum FROM vocabularies WHERE checksum != ? ORDER BY used DESC",
                                  self.vocabulary):
            held = {key for (key,) in self._rows("SELECT key FROM valid WHERE vocabulary = ?", name)}
            for (whole,) in self._rows("SELECT files FROM vocabularies WHERE checksum = ?", name):
                yield name, whole, held.intersection(keys)

    def made(self, key: bytes) -> tuple[str, str] | None:
        """The checksum of the tables that a run with this `key` wrote, and what it said."""
        return next(iter(self._rows("SELECT digest, said FROM made WHERE key = ?", key)), None)

    def put_made(self, key: bytes, digest: str, said: str) -> None:
        self._write("REPLACE INTO made VALUES(?, ?, ?)", key, digest, said)

    def commit(self) -> None:
        self._since = time.monotonic()
        try:
            if self._shared:
                self._shared.commit()
                self._waiting.clear()
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def close(self) -> None:
        self.commit()
        for one in (self._shared, self.__dict__.get("_own")):
            if one is not None:
                one.close()
        if self._damaged:
            _remove(self._damaged)

    @cached_property
    def _own(self) -> sqlite3.Connection:
        made = _connected("", "OFF")  # in memory, and in the temporary folder what has no room there
        made.execute(f"PRAGMA cache_size = -{_OWN_MEMORY}")
        made.executescript(_TABLES)
        return made

    def _for_this_run(self, kept: Kept) -> int:
        try:
            return _insert(self._own, b"", kept)
        except sqlite3.DatabaseError as error:
            raise InputError(f"the temporary folder cannot be written: {error}; nothing was changed") from error

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        """No row where nothing is shared, or that is damaged."""
        try:
            return self._shared.execute(statement, values).fetchall() if self._shared else []
        except sqlite3.DatabaseError as error:
            self._give_up(error)
            return []

    def _write(self, statement: str, *values: object) -> None:
        if self._shared and self._writable:
            try:
                self._shared.execute(statement, values)
            except sqlite3.DatabaseError as error:
                self._give_up(error)

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Nothing more goes to later runs; what was not on the disk yet is kept for this one."""
        self._writable = False
        if not isinstance(error, sqlite3.OperationalError) and self._shared:
            self._damaged = Path(self._shared.execute("PRAGMA database_list").fetchone()[2])
        for record, one in self._waiting.items():
            self._moved[record] = self._for_this_run(one)
        self._waiting.clear()
        if self._shared:
            with suppress(sqlite3.DatabaseError):
                self._shared.rollback()

    def _prepared(self, folder: Path) -> sqlite3.Connection | None:
        place = folder / code()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            place.mkdir(mode=0o700, exist_ok=True)
            if place.stat().st_uid != os.getuid():
                return None  # what another user wrote there would go into our tables
            os.utime(place)
            generations = [path for path in folder.iterdir() if _GENERATION.fullmatch(path.name) and path.is_dir()]
            for old in sorted(generations, key=lambda path: path.stat().st_mtime)[:-_GENERATIONS]:
                shutil.rmtree(old, ignore_errors=True)
            try:
                return self._joined(place / "kept.db")
            except sqlite3.OperationalError:
                return None  # no place, no right to write, another run that does not end
            except sqlite3.DatabaseError:
                _remove(place / "kept.db")
                return self._joined(place / "kept.db")
        except (OSError, sqlite3.DatabaseError):
            return None

    def _joined(self, file: Path) -> sqlite3.Connection:
        """With our vocabulary among those that are kept."""
        shared = _connected(file, "WAL")
        shared.executescript(_TABLES)
        files = None if shared.execute(_KNOWN, (self.vocabulary,)).fetchone() else packed(self._files)
        if files:
            shared.execute("INSERT INTO vocabularies VALUES(?, ?, ?)", (self.vocabulary, files, 0.0))
        shared.execute("UPDATE vocabularies SET used = ? WHERE checksum = ?", (time.time(), self.vocabulary))
        if shared.execute("SELECT count(*) FROM vocabularies").fetchone()[0] > _VOCABULARIES:
            for statement in _FORGET:
                shared.execute(statement)
        shared.commit()
        return shared


@contextmanager
def opened(folder: Path | None, vocabulary: Path) -> Iterator[Cache]:
    """The cache in `folder`; one for this run alone where there is none, or it cannot be written."""
    cache = Cache(folder, vocabulary)
    try:
        yield cache
    finally:
        cache.close()


def _connected(file: Path | str, journal: str) -> sqlite3.Connection:
    made = sqlite3.connect(file, timeout=_SECONDS)
    made.execute("PRAGMA synchronous = OFF")  # a killed run loses nothing by it
    made.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    return made


def _insert(into: sqlite3.Connection, key: bytes, kept: Kept) -> int:
    values = (_digest(key, kept), *_parts(kept))
    return into.execute(f"INSERT INTO records(digest, {_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?)", values).lastrowid or 0


def _digest(key: bytes, kept: Kept) -> bytes:
    made_of = hashlib.sha256(key)
    for part in _parts(kept):
        made_of.update(len(part).to_bytes(8) + part)
    return made_of.digest()


def _parts(kept: Kept) -> tuple[bytes, ...]:
    return kept.source, kept.groups, kept.body, kept.sentences, kept.asked


def _key(entry: Entry, sha256: str) -> bytes:
    said = entry.citation.cells if entry.citation else None
    key = json.dumps([sha256, entry.name, entry.source_id, said], sort_keys=True)
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def _remove(file: Path) -> None:
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink(missing_ok=True)
