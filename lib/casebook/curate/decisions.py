"""decisions.csv: one appended line for each thing that a person decided."""

import csv
import errno
import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from pathlib import Path

import pandas as pd

from casebook.errors import InputError
from casebook.schema import TABLES

FILE = "decisions.csv"
ACTIONS = ("confirm", "change", "reject", "add", "settle", "undo", "include", "exclude", "same", "different")
_FORMULA = re.compile(r"^(?='*[=+\-@\t\r])")
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_LETTERS = {written: letter for letter, written in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\[\\nr]")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")


@dataclass(frozen=True)
class Decision:
    """One line. `at` is UTC; `decision` names the line and follows from all its other cells.

    confirm and change answer for one cell (`table`, `row_id`, `column`); reject for one, or for the whole row where
    `column` is empty; add is a new row's cell, its `row_id` chosen by whoever adds; settle ends a disagreement of two
    persons, `new` being the value that holds (empty: none; for a whole row reject or keep); undo names in `new` the
    decision that no longer holds; include and exclude screen the source, with the criterion in `note`; same and
    different say whether the patient `case_id` is the patient `new` of another report. `old` is what the machine had
    when the person looked, [start, end) and `quote` the words of the source that the answer rests on.
    """

    at: str
    who: str
    action: str
    table: str = ""
    row_id: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    case_id: str = ""
    source_id: str = ""
    start: str = ""
    end: str = ""
    quote: str = ""
    note: str = ""
    decision: str = ""

    @property
    def time(self) -> str:
        """`at` in a form that sorts: parts of a second come after the second itself."""
        return self.at.removesuffix("Z")

    def named(self) -> "Decision":
        return replace(self, decision=name_of(astuple(self)[:-1]))


COLUMNS = tuple(field.name for field in fields(Decision))
astuple = attrgetter(*COLUMNS)  # that of dataclasses copies deeply, which ten thousand lines feel


def name_of(cells: Sequence[str]) -> str:
    """The name of the line with these cells before it."""
    return hashlib.sha256("\x1f".join([*cells, ""]).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def append(path: Path, decision: Decision) -> Decision:
    """Add one line, and return it only when it is on the disk. Nothing that stands there is written again."""
    return append_all(path, [decision])[0]


def append_all(path: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Add a line each in one write. Raises InputError where one cannot be, or the file cannot be written."""
    lines = [decision.named() for decision in decisions]
    for line in lines:
        _check(line, f"the decision by {line.who or 'nobody'}")
    text = "".join(_line(tuple(map(_safe, astuple(line)))) for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            with _alone(file):
                size = os.fstat(file).st_size
                half = size > 0 and os.pread(file, 1, size - 1) != b"\n"  # a run that was killed left half a line
                data = ((_line(COLUMNS) if size == 0 else "\n" if half else "") + text).encode("utf-8")
                if os.write(file, data) < len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise InputError(f"{path.name}: the decision was not written: {error.strerror}") from error
    return lines


@contextmanager
def _alone(file: int) -> Iterator[None]:
    """One writer at a time, where the system can see to it."""
    try:
        import fcntl
    except ImportError:  # Windows, where one append is one write all the same
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)  # closing the file ends it
    yield


def read(path: Path) -> pd.DataFrame:
    """Every decision once, by time, person and name, so that the order of the lines does not matter; empty without a
    file.

    Lines that were cut off in writing are passed over, see `torn`. Raises InputError naming line, column, and what was
    expected.
    """
    found: dict[str, Decision] = {}
    for line, cells in _lines(path):
        if _half(cells) or tuple(cells) == COLUMNS:  # a merge may leave the head twice
            continue
        if len(cells) > len(COLUMNS):
            raise InputError(f"{path.name} line {line}: {len(cells)} cells, expected {len(COLUMNS)}")
        decision = Decision(*cells)
        if decision.decision != name_of(cells[:-1]):
            raise InputError(
                f"{path.name} line {line}, column decision: {decision.decision!r} does not fit the rest of the line; "
                "lines are appended, never edited: undo one with another line"
            )
        _check(decision, f"{path.name} line {line}")
        found[decision.decision] = decision
    return _frame(sorted(found.values(), key=attrgetter("time", "who", "decision")))


def next_time(decisions: pd.DataFrame) -> str:
    """Now, or just after the last of `decisions` where the clock is behind it, so that the latest is the latest."""
    now = datetime.now(UTC)
    if len(decisions):
        last = datetime.fromisoformat(decisions["at"].iloc[-1])
        now = max(now, last + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds").replace("+00:00", "Z")


def torn(path: Path) -> list[int]:
    """Numbers of the lines that a killed run left unfinished; their decisions were never acknowledged."""
    return [line for line, cells in _lines(path) if _half(cells)]


def _half(cells: list[str]) -> bool:
    if len(cells) != len(COLUMNS):
        return len(cells) < len(COLUMNS)
    name = name_of(cells[:-1])
    return cells[-1] != name and name.startswith(cells[-1])


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """(number, cells) of each line below the head. A decision is one line whatever its cells hold, so that one that was
    cut off spoils no other, and git merges line by line.
    """
    if not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error
    head, *lines = text.replace("\r\n", "\n").split("\n")
    if head and tuple(_cells(head)) != COLUMNS:
        raise InputError(f"{path.name} line 1: {head}, expected {','.join(COLUMNS)}")
    return [(at, _cells(line)) for at, line in enumerate(lines, start=2) if line]


def _check(decision: Decision, where: str) -> None:
    try:
        "".join(astuple(decision)).encode()
    except UnicodeEncodeError:
        raise InputError(f"{where}: holds half of a character, expected text in Unicode") from None
    if not _AT.fullmatch(decision.at) or not _is_time(decision.at):
        raise InputError(f"{where}, column at: {decision.at!r}, expected a time such as 2030-01-31T09:30:00Z")
    if not decision.who.strip():
        raise InputError(f"{where}, column who: empty, expected the name of the person")
    if decision.action not in ACTIONS:
        raise InputError(f"{where}, column action: {decision.action!r}, expected one of {', '.join(ACTIONS)}")
    if decision.action == "undo":
        if not re.fullmatch(r"[0-9a-f]{12}", decision.new):
            raise InputError(f"{where}, column new: {decision.new!r}, expected the name of the decision to undo")
        return
    if decision.action in ("include", "exclude"):
        if not decision.source_id:
            raise InputError(f"{where}, column source_id: empty, expected the source that is screened")
        return
    if decision.action in ("same", "different"):
        if not (decision.case_id and decision.new) or (decision.table, decision.column) != ("cases", "role"):
            raise InputError(f"{where}: {decision.action} needs cases, role, case_id, and in new the other case_id")
        return
    if decision.action == "settle" and (decision.table, decision.column) == ("sources", "status"):
        return
    if decision.table not in TABLES or decision.table in ("evidence", "sources"):
        raise InputError(f"{where}, column table: {decision.table!r}, expected a table such as cases")
    if decision.column and decision.column not in TABLES[decision.table].names:
        raise InputError(f"{where}, column column: {decision.table} has no column {decision.column!r}")
    if not decision.row_id or not (decision.column or decision.action in ("reject", "settle")):
        raise InputError(f"{where}: {decision.action} needs row_id and column")


def _is_time(at: str) -> bool:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _line(cells: tuple[str, ...]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerow(cells)
    return made.getvalue()


def _safe(cell: str) -> str:
    """One line that no spreadsheet runs."""
    for letter, written in _ESCAPES.items():
        cell = cell.replace(letter, written)
    return _FORMULA.sub("'", cell)


def _cells(line: str) -> list[str]:
    return [_ESCAPED.sub(lambda hit: _LETTERS[hit[0]], _GUARDED.sub("", cell)) for cell in next(csv.reader([line]), [])]


def _frame(decisions: list[Decision]) -> pd.DataFrame:
    return pd.DataFrame([astuple(one) for one in decisions], columns=list(COLUMNS), dtype="string")
