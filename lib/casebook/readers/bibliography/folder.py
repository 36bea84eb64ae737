"""The exports that lie in a folder of reports, or in its folder `records`."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.errors import InputError
from casebook.readers.bibliography import bibtex, europepmc, nbib, ris
from casebook.readers.bibliography.once import papers
from casebook.readers.bibliography.record import Record
from casebook.readers.encoding import decode

FOLDER = "records"
FORMATS = (ris, nbib, bibtex, europepmc)
_SUFFIXES = (".ris", ".nbib", ".bib", ".bibtex", ".json", ".txt", "")
_HEAD = 4096
_LARGEST = 200_000_000


@dataclass(frozen=True)
class Bibliography:
    """`records` in the order of the files and of their lines; `faults` is why a file could not be read, by its name."""

    records: tuple[Record, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()

    @cached_property
    def papers(self) -> list[list[Record]]:
        return papers(self.records)


def is_export(path: Path) -> bool:
    """Whether the file is one of a database, by how it begins."""
    if path.suffix.lower() not in _SUFFIXES or path.is_symlink() or not path.is_file():
        return False
    try:
        with open(path, "rb") as file:
            return _format(file.read(_HEAD), path.suffix.lower()) is not None
    except OSError:
        return False


def read_bibliography(folder: Path) -> Bibliography:
    """Every export in `folder` and in its folder `records`; one that cannot be read stops no other."""
    records: list[Record] = []
    faults = []
    for name in exports(folder):
        try:
            records += _read(folder / name, name)
        except InputError as error:
            faults.append((name, str(error)))
    return Bibliography(tuple(records), tuple(faults))


def exports(folder: Path) -> list[str]:
    """Their names, as they stand below `folder`."""
    return [
        f"{below}{name}"
        for below in ("", f"{FOLDER}/")
        for name in _names(folder / below)
        if (below or Path(name).suffix.lower() in _SUFFIXES) and (below or is_export(folder / name))
    ]


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found if not entry.name.startswith(".") and not entry.is_dir())
    except OSError:
        return []


def _read(path: Path, name: str) -> list[Record]:
    if path.is_symlink() or not path.is_file():
        raise InputError("not a regular file")
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"larger than an export can be ({path.stat().st_size} bytes)")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}") from None
    format = _format(data[:_HEAD], path.suffix.lower())
    if format is None:
        raise InputError("no export of a bibliographic database: expected RIS, BibTeX, nbib or Europe PMC's JSON")
    return format.read(decode(data).lstrip("\ufeff"), path.stem)


def _format(head: bytes, suffix: str):
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff")
    found = next((format for format in FORMATS if format.detect(text)), None)
    return None if found in (bibtex, europepmc) and suffix in (".txt", "") else found
