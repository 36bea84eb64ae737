"""Lines of a page to paragraphs, headings, legends and tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casebook.readers.hyphens import Hyphens
from casebook.readers.legends import opens_legend
from casebook.readers.pdf_lines import TABLE, Printed
from casebook.readers.pdf_tables import Table
from casebook.readers.zones import kind_of

_INDENT = 5.0  # points
_LEADING = 1.75  # of the letters' height: more between two lines parts paragraphs
_SIZE = 0.6  # points by which letters of one block may differ
_LABEL = 0.35  # of the column: a line of figures' labels is shorter


@dataclass
class Block:
    """Lines that belong together, and the `rows` of a table of which they are the caption, with the box `around`
    the rows.

    kind: body, small (set smaller than the body), note, heading, legend, table, scrap.
    """

    kind: str
    join: "Joiner"
    lines: list[Printed] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    around: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        return self.join(line.text for line in self.lines)

    @property
    def places(self) -> list[tuple]:
        """Offset in the text, page (from 1) and box of each line."""
        starts = self.join.starts(line.text for line in self.lines)
        return [(start, line.page + 1, (line.left, line.bottom, line.right, line.top))
                for start, line in zip(starts, self.lines, strict=True)]

    @property
    def first(self) -> Printed:
        return self.lines[0]

    @property
    def last(self) -> Printed:
        return self.lines[-1]


def blocks(pages: Iterable[tuple[Sequence[Printed], Sequence[Table]]], size: float) -> list[Block]:
    """The blocks of all pages in reading order, paragraphs that a column or page cut put together again."""
    pages = list(pages)
    join = Joiner([lines for lines, _ in pages])
    found: list[Block] = []
    for lines, tables in pages:
        found += _of_page(lines, size, join)
        found += [Block("table", join, list(table.caption), table.rows(join), table.box) for table in tables]
    return _mended(found)


def _of_page(lines: Sequence[Printed], size: float, join: "Joiner") -> Iterator[Block]:
    block: Block | None = None
    for line in lines:
        if block is not None and _goes_on(block, line):
            block.lines.append(line)
            continue
        if block is not None:
            yield _named(block, size)
        block = Block("", join, [line])
    if block is not None:
        yield _named(block, size)


def _goes_on(block: Block, line: Printed) -> bool:
    last = block.last
    drop = last.middle - line.middle
    if drop < -2 or drop > _LEADING * max(last.size, line.size):
        return False
    if abs(last.size - line.size) > _SIZE and drop > 3:
        return False
    if last.bold != line.bold and drop > 3 and (_short(block) or _NUMBERED.match(line.text)):
        return False
    if opens_legend(line.text) or TABLE.match(line.text):
        return False
    left = min(one.left for one in block.lines)
    first_indented = len(block.lines) == 1 and block.first.left > line.left + _INDENT
    indented = line.left > left + _INDENT and drop > 3 and line.left < left + 6 * _INDENT
    return not (indented and not first_indented and not _legend(block))


def _short(block: Block) -> bool:
    return len(block.lines) <= 3


def _legend(block: Block) -> bool:
    return opens_legend(block.first.text) or bool(TABLE.match(block.first.text))


def _named(block: Block, size: float) -> Block:
    words = block.text
    letters = sum(letter.isalpha() for letter in words)
    smaller = block.first.size < size - _SIZE
    if TABLE.match(words):
        block.kind = "table"
    elif opens_legend(words):
        block.kind = "legend"
    elif len(words) < 120 and len(block.lines) <= 3 and not words.endswith((".", ",", ";", ":")) and letters > 2 and (
        kind_of(words) or _NUMBERED.match(words) and (block.first.bold or block.first.size > size + _SIZE)
        or block.first.bold and block.first.size >= size - _SIZE and words[0].isupper() and len(block.lines) <= 2
    ):
        block.kind = "heading"
    elif letters < 4 or (len(words) < 40 and not _SENTENCE.search(words) and smaller):
        block.kind = "scrap"
    elif smaller:
        block.kind = "note" if block.first.bottom < _FOOT and _NOTE.match(words) else "small"
    else:
        block.kind = "body"
    return block


def _mended(found: list[Block]) -> list[Block]:
    """Paragraphs that a column, a page or a figure cut, each as one."""
    whole: list[Block] = []
    open_end: Block | None = None  # a paragraph of the body that has not ended
    for block in found:
        if block.kind == "body" and open_end is not None and _continues(open_end, block):
            open_end.lines += block.lines
        else:
            whole.append(block)
            if block.kind == "body":
                open_end = block
        if block.kind == "heading" or (open_end is not None and _ENDED.search(open_end.text)):
            open_end = None
    return whole


def _continues(before: Block, block: Block) -> bool:
    text, words = before.text, block.text
    if abs(before.last.size - block.first.size) > 2 * _SIZE:
        return False
    if before.last.text.endswith("\x02") or text.endswith((",", "-", "–", "/", "(")):
        return True
    return words[0].islower() or not words[0].isalpha() or not block.first.bold


class Joiner:
    """Puts broken lines together again; whether a line's last hyphen stays follows from how the file writes the word
    elsewhere.
    """

    def __init__(self, pages: Sequence[Sequence[Printed]]):
        self._hyphens = Hyphens("\n".join(line.text.rstrip("\x02") for lines in pages for line in lines))

    def __call__(self, lines: Iterable[str]) -> str:
        return self._joined(lines)[0]

    def starts(self, lines: Iterable[str]) -> list[int]:
        """Where each line begins in the text that they make."""
        return self._joined(lines)[1]

    def _joined(self, lines: Iterable[str]) -> tuple[str, list[int]]:
        text, starts = "", []
        for line in lines:
            if text.endswith("\x02"):
                kept = "-" if self._hyphens.stays(text[:-1], line) else ""
                text = text[:-1] + kept + line
            elif text.endswith(("-", "–", "/")) and text[-2:-1].isalnum():
                text += line
            else:
                text = f"{text} {line}" if text else line
            starts.append(len(text) - len(line))
        return text.replace("\x02", "-"), starts


_FOOT = 300.0  # points from the lower edge, within which a note stands
_NOTE = re.compile(r"(?:\[?\d{1,2}\]?|[*†‡§¶]{1,2}|[a-z]\))\s?[A-Z]")
_NUMBERED = re.compile(r"(?:\d{1,2}\.(?:\d{1,2}\.){0,3}|[IVX]{1,4}\.)\s?[A-Z]")
_SENTENCE = re.compile(r"[a-z]{3,}\s[a-z]{2,}\s.*[.;]$")
_ENDED = re.compile(r"[.!?:][)\]”\"']{0,2}(?:\s?\[[\d,–\s-]{1,20}\]\.?)?$")
