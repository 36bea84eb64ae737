"""Checksums of what decides the rows of a report beside its own bytes."""

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

import casebook
from casebook.vocabulary import checksum

_CODE = (
    "text", "schema", "readers", "extract", "asked.py", "wordfiles.py", "vocabulary.py", "lines.py", "rows.py",
    "kept.py", "touched.py", "batch.py", "cache.py", "fingerprint.py",
)  # fmt: skip
_LIBRARIES = ("ahocorasick-rs", "charset-normalizer", "lxml", "pypdfium2", "rapidfuzz", "rispy")


def code() -> str:
    """A checksum of the code that the rows of a report depend on, with the Python and libraries that read and match."""
    made_of = hashlib.sha256(" ".join((sys.version, *map(version, _LIBRARIES))).encode())
    package = Path(casebook.__file__).parent
    for part in _CODE:
        path = package / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            made_of.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return made_of.hexdigest()[:16]


def fingerprint(vocabulary: Path) -> str:
    """Of the code and all of the vocabulary."""
    return hashlib.sha256(f"{code()} {checksum(vocabulary)}".encode()).hexdigest()[:16]
