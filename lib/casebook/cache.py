"""What each report gave, kept by content: the file's bytes, what sources.csv says of it, the vocabulary, the code."""

import hashlib
import json
import os
import shutil
import tempfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import casebook
from casebook.readers.folder import Entry

_CODE = ("text", "schema", "readers", "extract", "wordfiles.py", "vocabulary.py", "rows.py", "batch.py", "cache.py")
_GENERATIONS = 4  # of code and vocabulary together; older ones are removed
_DIGEST = 32  # bytes of the checksum that a file begins with


@dataclass(frozen=True)
class Kept:
    """Plain values, so that reading them back can run nothing. `tables` is None for a report that is not included."""

    source: dict
    text: str = ""
    tables: dict[str, list[dict]] | None = None
    sentences: list[list[tuple[int, int]]] = field(default_factory=list)
    pages: list[list] = field(default_factory=list)


def default_folder() -> Path:
    """CASEBOOK_CACHE, else the user's cache folder: all worktrees share it."""
    if named := os.environ.get("CASEBOOK_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "casebook"


def fingerprint(vocabulary: Path) -> str:
    """Of the code and the vocabulary that the rows of a report depend on."""
    made_of = hashlib.sha256()
    package = Path(casebook.__file__).parent
    for root, parts in ((package, _CODE), (vocabulary, (".",))):
        for part in parts:
            path = root / part
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in files:
                if file.suffix in (".py", ".csv"):
                    made_of.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return made_of.hexdigest()[:16]


class Cache:
    """Safe to delete at any time; a damaged or foreign file counts as absent, a folder that cannot be written as
    empty.
    """

    def __init__(self, folder: Path, vocabulary: Path):
        self._folder = folder / fingerprint(vocabulary)
        self._writable = self._prepare(folder)

    def get(self, entry: Entry) -> Kept | None:
        if entry.fault:
            return None
        try:
            with open(entry.folder / entry.name, "rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            data = self._path(entry, sha256).read_bytes()
            if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
                return None
            return Kept(**json.loads(zlib.decompress(data[_DIGEST:])))
        except (OSError, ValueError, TypeError, zlib.error):
            return None

    def put(self, entry: Entry, kept: Kept) -> None:
        """Keep what was read from bytes of the checksum that its row of `sources` names, whatever the file holds by
        now.
        """
        sha256 = kept.source.get("sha256")
        if not sha256 or not self._writable:
            return
        path = self._path(entry, sha256)
        content = zlib.compress(json.dumps(vars(kept), ensure_ascii=False, separators=(",", ":")).encode(), 1)
        try:
            path.parent.mkdir(exist_ok=True)
            file, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(file, "wb") as new:
                new.write(hashlib.sha256(content).digest() + content)
            os.replace(name, path)
        except (OSError, UnicodeEncodeError):
            self._writable = False

    def _path(self, entry: Entry, sha256: str) -> Path:
        said = entry.citation.cells if entry.citation else None
        key = json.dumps([sha256, entry.name, entry.source_id, said], sort_keys=True)
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / name[2:]

    def _prepare(self, folder: Path) -> bool:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            os.utime(self._folder)
            generations = [path for path in folder.iterdir() if path.is_dir()]
            for old in sorted(generations, key=lambda path: path.stat().st_mtime)[:-_GENERATIONS]:
                shutil.rmtree(old, ignore_errors=True)
        except OSError:
            return False
        return True
