"""What a person means, before it is a line: the cell, its words, the value as it will be written."""

import hashlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebook.curate.agreement import MACHINE
from casebook.curate.anchor import plain
from casebook.errors import InputError

WHO = "CASEBOOK_REVIEWER"


@dataclass(frozen=True)
class Words:
    """[start, end) of a source's text, and what it reads."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Draft:
    """A cell, or a row where `column` is empty: what the machine has there (`old`) and what the tables show."""

    table: str
    row_id: str
    column: str
    old: str
    shown: str
    case_id: str
    source_id: str
    words: Words | None = None

    def line(self, action: str, **more: str) -> dict[str, str]:
        """The cells of a decision on it, without who and when."""
        line = {name: getattr(self, name) for name in ("table", "row_id", "column", "old", "case_id", "source_id")}
        if self.words:
            line |= {"start": str(self.words.start), "end": str(self.words.end), "quote": self.words.quote}
        return {**line, "action": action, **more}


def one_line(value: object) -> str:
    """What was typed as decisions.csv writes it: spaces for line breaks, nothing around it."""
    return " ".join(plain(value).split())


def span_of(quote: Sequence | None, source_id: str, texts: Mapping[str, str]) -> Words | None:
    """The words at (start, end) or (source_id, start, end). Raises InputError where there are none."""
    if not quote:
        return None
    if len(quote) == 3 and quote[0] != source_id:
        raise InputError(f"quote: is of {quote[0]!r}, expected words of {source_id!r}")
    if source_id not in texts:
        raise InputError(f"quote: there is no text of {source_id!r}")
    text, (start, end) = texts[source_id], quote[-2:]
    whole_numbers = all(isinstance(at, int) and not isinstance(at, bool) for at in (start, end))
    if not whole_numbers or not 0 <= start < end <= len(text):
        raise InputError(f"quote: [{start}, {end}) is no range of the text of {source_id}, which has {len(text)}")
    return Words(start, end, text[start:end])


def first_words(stated: Sequence[tuple[str, int, int, str]], column: str) -> Words | None:
    """The first words of the cell, or of any cell of the row where `column` is empty."""
    return next((Words(start, end, quote) for of, start, end, quote in stated if column in ("", of)), None)


def new_row_id(table: str, case_id: str, source_id: str, words: Words | None, cells: Mapping[str, str]) -> str:
    """The name of a row that a person adds: two who add the same from the same words add one row."""
    place = [str(words.start), str(words.end)] if words else []
    content = "\x1f".join([table, case_id, source_id, *place, *(f"{name}={cells[name]}" for name in sorted(cells))])
    return f"{table}-added-{hashlib.sha256(content.encode('utf-8', 'replace')).hexdigest()[:12]}"


def criterion_of(told: str, include: Sequence[str], exclude: Sequence[str], needed: bool) -> str:
    """The criterion of the protocol that `told` is, or is the beginning of."""
    told, known = " ".join(told.split()), [*exclude, *include]
    if not told and not needed:
        return ""
    near = [one for one in known if told and one.casefold().startswith(told.casefold())]
    if told in known or (not known and told):
        return told
    if len(near) == 1:
        return near[0]
    listed = "; ".join(known) or "a reason, for the protocol has no criteria"
    raise InputError(f"criterion: {told!r}, expected one of the protocol's: {listed}")


def who_am_i(named: str = "") -> str:
    """The person `named`, else of CASEBOOK_REVIEWER, else git's user.name. Raises InputError where nobody is."""
    who = " ".join((named or os.environ.get(WHO, "") or _git_name()).split())
    if who.casefold() == MACHINE:
        raise InputError(f"who: {who!r} means the machine's own answers; name the person")
    if not who:
        raise InputError(
            f'who decides is not known: set review.who = "name", the variable {WHO}, or `git config user.name "name"`'
        )
    return who


def _git_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
