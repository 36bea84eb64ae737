"""Reports put among the others: whole or not at all, never over another, each with its line in sources.csv."""

import csv
import hashlib
import io
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError, UsageError
from casebook.readers import read_bytes
from casebook.readers.folder import unfit
from casebook.readers.limits import largest
from casebook.readers.settle import better
from casebook.readers.sources_csv import CITATION, COLUMNS, FILE, fits, read_sources_csv
from casebook.rows import Rows, rows_of
from casebook.text.document import Document
from casebook.text.formula import guard
from casebook.vocabulary import load


@dataclass(frozen=True)
class Screened:
    """What a person decided on the reports: include, exclude with its reason, or nothing yet."""

    decision: str = ""
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True)
class Added:
    """A report that was added: its name, what it states of itself, and the rows that it gives."""

    name: str
    cells: Mapping[str, str]
    rows: Rows


def add(files: Sequence[Path], folder: Path, vocabulary: Path, screened: Screened) -> list[Added]:
    """Copy `files` into `folder` and give each a line in its sources.csv, all of them or none.

    A report that lies there already and has no line yet gets one, so that a run which was killed can be repeated.
    Raises UsageError or InputError before anything is written.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    if screened.decision and not screened.decided_by.strip():
        raise UsageError("a decision needs the person who made it: --by WHO")
    if screened.decision == "exclude" and not screened.reason.strip():
        raise UsageError("an excluded report needs its reason: --exclude REASON")
    with _alone(folder):
        new: dict[str, tuple[bytes, Document]] = {}
        for file in files:
            data = _checked(file, folder, new)
            try:
                new[file.name] = (data, read_bytes(data, file.stem, file.name))
            except InputError as error:
                raise InputError(f"{file.name}: {error}; nothing was added") from None
        terms = load(vocabulary)
        found = [Added(name, _cells(name, data, document, screened), rows_of(document, terms))
                 for name, (data, document) in new.items()]  # fmt: skip
        _write(folder, {name: data for name, (data, _) in new.items()}, [one.cells for one in found])
    return found


def _checked(file: Path, folder: Path, new: Mapping[str, object]) -> bytes:
    """The bytes of a file that can be added under its name. Raises InputError."""
    if why := unfit(file.name):
        raise InputError(f"{file.name!r}: {why}")
    if file.name.startswith(".") or file.name == FILE:
        raise InputError(f"{file.name}: a file of this name is never read as a report: rename it")
    try:
        if not file.is_file():
            raise InputError(f"{file}: there is no such file")
        if file.stat().st_size > largest():
            raise InputError(f"{file.name}: larger than a report can be ({file.stat().st_size} bytes)")
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    if file.name in new:
        raise InputError(f"{file.name}: named twice")
    listed = read_sources_csv(folder)
    sha256 = hashlib.sha256(data).hexdigest()
    for name in [*sorted(os.listdir(folder)), *new]:
        if name.startswith(".") or not (name in new or (folder / name).is_file()):
            continue
        same = name not in new and (folder / name).stat().st_size == len(data) and _sha256(folder / name) == sha256
        if name == file.name and same and name not in listed:
            continue  # copied by a run that was killed before it wrote the line
        if same:
            raise InputError(f"{file.name}: lies there already, as {name}")
        if _plain(name) == _plain(file.name) or (
            _plain(Path(name).stem) == _plain(file.stem) and better(name) == better(file.name)
        ):
            raise InputError(f"{file.name}: {folder.name} has another report of this name, {name}: rename the file")
    return data


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _cells(name: str, data: bytes, document: Document, screened: Screened) -> dict[str, str]:
    own = {column: document.fields[column][0] for column in CITATION if column in document.fields}
    stated = {column: value for column, value in own.items() if fits(column, value)}
    decided = {"decision": screened.decision, "reason": screened.reason, "decided_by": screened.decided_by}
    cells = {"file": name, **stated, "sha256": hashlib.sha256(data).hexdigest(), **decided}
    return {column: " ".join(value.split()) for column, value in cells.items()}


def _write(folder: Path, reports: Mapping[str, bytes], lines: Sequence[Mapping[str, str]]) -> None:
    """The reports first: without its line a report is read all the same, a line without its report is an error."""
    copied: list[Path] = []
    try:
        content = _list_with(folder / FILE, lines)
        for name, data in reports.items():
            if not (folder / name).exists():
                _put(folder / name, data, replace=False)
                copied.append(folder / name)
        _put(folder / FILE, content, replace=True)
    except OSError as error:
        for path in copied:
            with suppress(OSError):
                path.unlink()
        raise InputError(f"{folder}: nothing was added: {error.strerror}") from error


def _list_with(path: Path, lines: Sequence[Mapping[str, str]]) -> bytes:
    """sources.csv with these lines after its own, which stay as they are unless it lacks a column."""
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = [cell.strip() for cell in rows[0]] if rows else list(COLUMNS)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    if missing := [column for column in COLUMNS if column not in header]:
        header += missing
        writer.writerows([header, *([*row, *[""] * len(missing)] for row in rows[1:] if row)])
    else:
        made.write(text if text.endswith("\n") or not text else text + "\n")
        if not rows:
            writer.writerow(header)
    writer.writerows([guard(line.get(column, "")) for column in header] for line in lines)
    return made.getvalue().encode()


def _put(path: Path, data: bytes, replace: bool) -> None:
    """The file whole, or not there; without `replace` never in the place of another."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(name, path)
        else:
            os.link(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One run at a time, where the system can see to it."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def told(one: Added) -> Iterator[str]:
    """What was read of the report, in a few lines."""
    tables = one.rows.tables
    own = [row for row in tables["cases"] if row.get("role") == "index"]
    cited = len(tables["cases"]) - len(own)
    title = one.cells.get("title") or "no title stated"
    yield f"{one.name}: {title}" + (f" ({one.cells['year']})" if one.cells.get("year") else "")
    for row in own:
        person = [_value(row.get(column)) for column in ("age_years", "sex", "diagnosis", "primary_site")]
        yield f"  patient {row['case_id']}: {', '.join(filter(None, person)) or 'nothing stated'}"
    if not own:
        yield "  no patient of its own"
    counts = {name: len(rows) for name, rows in tables.items() if name not in ("cases", "evidence") and rows}
    shown = [f"{n} {name}" for name, n in counts.items()] + ([f"{cited} cited patients"] if cited else [])
    yield f"  {', '.join(shown) or 'nothing else'}; {len(tables['evidence'])} quotes"
    yield f"  decision: {one.cells['decision'] or f'open, for a person to write into {FILE}'}"


def _value(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
