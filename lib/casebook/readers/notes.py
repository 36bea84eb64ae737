"""Notes at the foot of a page: whom to write to, when the report was received, under which licence it stands."""

import re
from collections.abc import Sequence

from casebook.readers.lines import Line
from casebook.readers.zones import heading


def notes(found: Sequence[Line]) -> set[int]:
    """The lines of notes that stand within the report; those before its first section are no concern here."""
    lifted: set[int] = set()
    kinds = [(mark.kind, at) for at in range(len(found)) if (mark := heading(found, at))]
    opens = [at for kind, at in kinds if kind == "introduction"]  # a "Case report" above it names the kind of article
    at = min(opens or [at for kind, at in kinds if kind in ("case", "discussion")], default=len(found)) + 1
    while at < len(found):
        end = _end(found, at) if _NOTE.match(found[at].words) else at
        lifted.update(range(at, end))
        at = max(end, at + 1)
    return lifted


def _end(found: Sequence[Line], first: int) -> int:
    """One past the last line of the note that begins at line `first`; `first` if the text does not tell."""
    cut = not found[first - 1].finished
    for at in range(first + 1, min(len(found), first + _LINES) + 1):
        if at == len(found) or found[at].after_blank:
            return at if found[first].after_blank or cut else first
        if cut and found[at].words[0].islower() and _CLOSED.search(found[at - 1].words):
            return at
    return first


_LINES = 12
_CLOSED = re.compile(r"(?:[.!?)]|\d|@\S{3,80})$")
_NOTE = re.compile(
    r"\W{0,3}(?:Corresponding [Aa]uthor\b|Correspondence\b.{0,20}(?:to\b|:)|Address\b.{0,20}(?:correspondence|reprint)"
    r"|Reprint requests\b|(?:Received|Accepted):?\s(?:in\s|\d{1,2}\s[A-Z]|[A-Z][a-z]{2,8}\.?\s\d)|E-?mail:"
    r"|Tel(?:ephone)?[.:]|From the Departments?\b|©|Copyright\b|This is an [Oo]pen|(?:How to )?[Cc]ite this article"
    r"|Access this article)")
