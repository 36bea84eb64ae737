"""A reference page's revision diff: the newest side, its lists recovered from the HTML of its lines.

The rendered body, in which struck words stand beside the new ones, and the old side stay out of the view.
"""

import re

from casebook.readers.html_blocks import Block, blocks, words_of
from casebook.readers.received import Fields, Received
from casebook.text.document import Document, ViewBuilder, Zone
from casebook.text.span import Span

NAME = "revision of a reference page"


def detect(received: Received) -> bool:
    return "+" in received.text and bool(_NEWEST_TAG.search(received.text))


def read(received: Received) -> Document:
    text = received.text
    page = _Page(text)
    fields: Fields = {"kind": ("reference article", None)}
    title = _FIRST.search(text)
    if title and not _SIDE.match(text, text.rfind("\n", 0, title.start()) + 1):
        span = Span(title.start(), title.end())
        page.section("title", "", [(span.start, span.end)])
        fields = {**fields, "title": (title[0], span)}
    if changed := _CHANGED.search(text):
        page.section("front", "", [changed.span()])
    for block in blocks(text, (hit.span("html") for hit in _SIDE.finditer(text) if hit["sign"] != "-")):
        page.block(block)
    for hit in _CAPTION.finditer(text):
        page.section("legend", hit["image"] or "", [hit.span("caption")])
    return received.document_of(*page.close(), NAME, fields)


class _Page:
    """Sections and blocks written into a view; an item stands on a line of its own under what opens its list."""

    def __init__(self, text: str):
        self._text = text
        self._builder = ViewBuilder(text)
        self._zones: list[Zone] = []
        self._path: list[tuple[int, str]] = []
        self._kind = self._heading = ""
        self._start = 0

    def section(self, kind: str, heading: str, runs: list[tuple[int, int]]) -> None:
        """A section that holds one block."""
        self._begin(kind, heading)
        self._write(Block(runs=list(runs)))

    def block(self, block: Block) -> None:
        """The next block of the body."""
        if block.level:
            self._begin("furniture", "")
            self._write(block)
            self._path = [(level, words) for level, words in self._path if level < block.level]
            self._path.append((block.level, " ".join(words_of(self._text, block).split())))
            self._begin("discussion", " > ".join(words for _, words in self._path))
            return
        if self._kind != "discussion":
            self._begin("discussion", "")
        if self._builder.length > self._start:
            self._builder.insert("\n" if block.depth else "\n\n")
        self._builder.insert("  " * (block.depth - 1) + block.mark)
        self._write(block)

    def close(self) -> tuple[ViewBuilder, tuple[Zone, ...]]:
        self._begin("", "")
        return self._builder, tuple(self._zones)

    def _begin(self, kind: str, heading: str) -> None:
        if self._builder.length > self._start:
            if kind:
                self._builder.insert("\n\n")
            self._zones.append(Zone(self._kind, self._start, self._builder.length, self._heading))
        self._kind, self._heading, self._start = kind, heading, self._builder.length

    def _write(self, block: Block) -> None:
        for run in block.runs:
            if isinstance(run, str):
                self._builder.insert(run)
            else:
                self._builder.copy(*run)


_BULLET = r"^[ \t]*(?:[•·▪◦‣*][ \t\xa0]*)?"
_NEWEST_TAG = re.compile(_BULLET + r"\+[ \t]*</?[A-Za-z][^<>\n]{0,2000}>", re.MULTILINE)
_SIDE = re.compile(
    _BULLET + r"(?:(?P<sign>[+-])|(?=</?[A-Za-z]))(?P<html>(?<=-)(?=[ \t]*</?[A-Za-z]).*|(?<!-).+)$", re.MULTILINE)
_FIRST = re.compile(r"[^\s\ufeff].*")
_CHANGED = re.compile(r"^(?:Changed|Updated|Edited|Revised) by .+$", re.MULTILINE)
_CAPTION = re.compile(
    r"(?:^(?P<image>Image \d{1,3}.{0,100}?)(?:[ \t]*\([ \t]?(?:create|update)[ \t]?\))?[ \t]*\n\s{0,10})?"
    r"^Caption was (?:added|set):?[ \t]*\n\s{0,10}(?P<caption>\S.*)$", re.MULTILINE)
