"""Writes a report's parts into a view: sections in order, then the legends that were lifted out, then the furniture."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from casebook.readers.hyphens import Hyphens
from casebook.readers.lines import Line, stops_short
from casebook.text.document import ViewBuilder, Zone


@dataclass
class Part:
    """Lines of one kind; the flag of a line says that something stood between it and the line before: a blank line, a
    legend, a running head."""

    kind: str
    heading: str = ""
    lines: list[tuple[Line, bool]] = field(default_factory=list)


class Writer:
    def __init__(self, text: str, width: float):
        """`width` is that of the column into which the prose is broken, 0 where it is not."""
        self._text = text
        self._builder = ViewBuilder(text)
        self._hyphens = Hyphens(text) if width else None
        self._width = width
        self._zones: list[Zone] = []

    def write(self, parts: Iterable[Part]) -> tuple[ViewBuilder, tuple[Zone, ...]]:
        for part in parts:
            if not part.lines:
                continue
            if self._zones:
                self._builder.insert("\n\n")
                last = self._zones[-1]
                self._zones[-1] = Zone(last.kind, last.start, self._builder.length, last.heading)
            start = self._builder.length
            self._write_lines(part)
            self._zones.append(Zone(part.kind, start, self._builder.length, part.heading))
        return self._builder, tuple(self._zones)

    def _write_lines(self, part: Part) -> None:
        for at, (line, apart) in enumerate(part.lines):
            after, broke = part.lines[at + 1] if at + 1 < len(part.lines) else (None, False)
            joint = "" if after is None else "\n" if part.kind == "table" else self._joint(line, after, broke)
            if joint == " " and (apart or part.lines[at - 1][0].finished) and self._is_label(line, after):
                joint = ". " if part.kind == "legend" else "\n\n"
            end = line.end
            if joint == _HYPHEN:
                joint = ""
                if not self._keeps_hyphen(line, after):
                    end -= 1
            self.copy(line.start, end)
            if joint:
                self._builder.insert(joint)

    def _joint(self, line: Line, after: Line, broke: bool) -> str:
        """What stands between two lines in the view."""
        goes_on = after.words[0].islower()
        if after.item and (broke or line.finished or line.item or not self._width):
            return "\n"
        if line.hyphenated and (not broke or goes_on) and (goes_on or self._width):
            return _HYPHEN
        if _OPEN.search(line.words[-2:]) and (not broke or goes_on):
            return ""
        if broke:
            open_end = not line.finished or line.words[-1] in ":;"
            cut = open_end and bool(self._width) and len(line.words) > _FULL * self._width
            return " " if goes_on or cut else "\n\n"
        if self._width:
            return "\n\n" if line.finished and not goes_on and stops_short(line, after, self._width) else " "
        return " " if line.goes_on or (goes_on and not line.finished) else "\n"

    def _is_label(self, line: Line, after: Line | None) -> bool:
        """Whether the first line of a paragraph stops so short of the column that it is the heading of the next."""
        short = not line.finished and not line.goes_on and len(line.words) < _SHORT * self._width
        return short and after is not None and after.words[0].isupper()

    def _keeps_hyphen(self, line: Line, after: Line | None) -> bool:
        if line.words[-1] == "\xad" or after is None:
            return False
        if self._hyphens is None:
            self._hyphens = Hyphens(self._text)
        return self._hyphens.stays(line.words[:-1], after.words)

    def copy(self, start: int, end: int) -> None:
        """Copy raw [start, end) without soft hyphens, with plain blanks, without ligatures and slanted letters."""
        for hit in () if self._text.isascii() else _ODD.finditer(self._text, start, end):
            self._builder.copy(start, hit.start())
            self._builder.insert(_plain(hit[0]))
            start = hit.end()
        self._builder.copy(start, end)


def _plain(char: str) -> str:
    """What is read for an odd character: a blank for a blank, a degree for a ring, nothing for a mark of no width."""
    if char.isspace():
        return " "
    return _RINGS[char] if char in _RINGS else normalize("NFKC", char) if char.isalnum() else ""


_HYPHEN = "-"
_OPEN = re.compile(r"\w[–—/]$")  # "8.6–", "fever/": what follows belongs to it
_FULL = 0.7
_SHORT = 0.5
_ODD = re.compile("[\xa0\xad\u1680\u2000-\u200d\u202f\u205f\u2060\u2218\u3000\ufb00-\ufb04\ufeff\U0001d400-\U0001d7ff]"
                  "|\xc2(?=\\s)")
_RINGS = {"∘": "°", "\xc2": ""}
