"""A folder of reports: every file gets a row of `sources`, and every included report a Document."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError, UsageError
from casebook.readers.bibliography import is_export
from casebook.readers.limits import largest
from casebook.readers.registry import SUFFIXES, read_bytes
from casebook.readers.settle import better, settle
from casebook.readers.sources_csv import CITATION, FILE, Citation, read_sources_csv
from casebook.text.document import Document


@dataclass(frozen=True)
class Entry:
    """One file of the folder before it is read; `fault` says why it cannot be."""

    folder: Path
    name: str
    source_id: str
    citation: Citation | None
    fault: str = ""


@dataclass(frozen=True)
class Folder:
    """Included reports by source_id, and the rows of `sources` of all files."""

    documents: list[Document]
    sources: list[dict]


def read_folder(path: Path) -> Folder:
    """All reports of the folder at once. Raises InputError if it holds none that can be read and is included."""
    documents, sources = [], []
    for row, document in iter_folder(path):
        sources.append(row)
        if document:
            documents.append(document)
    settle(path, sources, {document.source_id: document.text for document in documents})
    kept = {row["source_id"] for row in sources if row["status"] == "included"}
    return Folder([document for document in documents if document.source_id in kept], sources)


def iter_folder(path: Path) -> Iterator[tuple[dict, Document | None]]:
    """The row of `sources` of each file, by source_id, and its document if it is included; one is in memory at a time.

    Raises InputError at once if sources.csv is wrong or the folder empty, and at the end if no report was included.
    """
    included, first_fault = 0, ""
    for entry in entries(path):
        row, document = read_entry(entry)
        included += document is not None
        first_fault = first_fault or f"{row['path']}: {row.get('reason')}"
        yield row, document
    if not included:
        raise InputError(f"{path} holds no report that can be used; {first_fault}")


def entries(path: Path) -> list[Entry]:
    """The files of the folder by source_id, checked against sources.csv; hidden files, folders and exports of
    bibliographic databases are passed over.

    A file of another format (annotations beside a text) takes no stem from a report; it is listed by its whole name. So
    is a report of which another format lies beside it: `settle` sees whether the two are one paper.
    """
    names = [name for name in _names(path) if not is_export(path / name)]
    citations = read_sources_csv(path)
    for name, citation in citations.items():
        if name not in names:
            raise InputError(f"{FILE} line {citation.line}, column file: {name!r} is not in {path}")
    if not names:
        raise InputError(f"{path} holds no report: the folder is empty")
    found: list[Entry] = []
    stems: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (Path(name).suffix.lower() not in SUFFIXES, better(name), name)):
        stem = Path(name).stem.removesuffix(".tar")
        fault = _fault(path, name)
        first = stems.setdefault(unicodedata.normalize("NFC", stem).casefold(), name)
        if first != name and Path(name).suffix.lower() in SUFFIXES and better(name) == better(first):
            fault = fault or f"its stem {stem!r} is that of {_shown(first)}: rename one of the two"
        shown = _shown(name)
        found.append(Entry(path, name, stem if first == name and shown == name else shown, citations.get(name), fault))
    return sorted(found, key=lambda entry: entry.source_id)


def read_entry(entry: Entry) -> tuple[dict, Document | None]:
    """The row of `sources` of one file, and its document if it is included.

    Raises InputError if the file is not the one that sources.csv gives the checksum of.
    """
    row: dict = {"row_id": f"sources/{entry.source_id}", "source_id": entry.source_id, "path": _shown(entry.name)}
    if entry.fault:
        return _quarantined(row, entry.fault), None
    try:
        data = _whole(entry.folder / entry.name)
    except OSError as error:
        return _quarantined(row, f"the file cannot be read: {error.strerror}"), None
    except InputError as error:
        return _quarantined(row, str(error)), None
    row["sha256"] = hashlib.sha256(data).hexdigest()
    if entry.citation:
        _cite(row, entry.citation, entry.name)
    try:
        document = read_bytes(data, entry.source_id, entry.name)
    except InputError as error:
        return _quarantined(row, str(error)), None
    row["characters"] = len(document.text)
    for column, (value, _) in document.fields.items():
        row.setdefault(column, int(value) if column == "year" else value)
    if entry.citation and not entry.citation.included:
        return {**row, "status": "excluded", "reason": entry.citation["reason"]}, None
    return {**row, "status": "included"}, document


def _whole(path: Path) -> bytes:
    """The bytes of a file that nobody wrote to meanwhile."""
    for _ in range(_TRIES):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(data)):
            return data
    raise InputError("the file changed while it was read: run again when it is complete")


def _cite(row: dict, citation: Citation, name: str) -> None:
    """Add to the row what sources.csv says of it."""
    if (expected := citation["sha256"]) and expected != row["sha256"]:
        raise InputError(f"{FILE} line {citation.line}, column sha256: {name} has {row['sha256'][:12]}…, "
                         f"expected {expected[:12]}…; was the report file edited?")
    for column in CITATION:
        if value := citation[column]:
            row[column] = int(value) if column == "year" else value


def _quarantined(row: dict, reason: str) -> dict:
    return {**row, "status": "quarantined", "reason": reason}


def _names(path: Path) -> list[str]:
    if not path.exists():
        raise UsageError(f"there is no folder {path}")
    if not path.is_dir():
        raise UsageError(f"{path} is a file, expected a folder of reports")
    try:
        with os.scandir(path) as found:
            return sorted(e.name for e in found if not e.name.startswith(".") and e.name != FILE and not e.is_dir())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def _fault(folder: Path, name: str) -> str:
    """Why the file must not even be opened."""
    path = folder / name
    if why := unfit(name):
        return why
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return "a link that leaves the folder"
    if not path.is_file():
        return "not a regular file"
    if path.stat().st_size > largest():
        return f"larger than a report can be ({path.stat().st_size} bytes)"
    return ""


def unfit(name: str) -> str:
    """Why a report cannot be called so."""
    if _ODD.search(name) or len(name) > _LONGEST:
        return "its name holds control characters, is too long or is not Unicode: rename it"
    return ""


def _shown(name: str) -> str:
    """The name with what cannot be printed written as escapes."""
    return _ODD.sub(lambda hit: f"\\x{ord(hit[0]):02x}", name)


_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
_LONGEST = 200
_TRIES = 3
