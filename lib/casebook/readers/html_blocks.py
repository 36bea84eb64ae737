"""Blocks of prose in lines of HTML, by raw offsets, so that what is read can be quoted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

Run = tuple[int, int] | str
"""A raw range to copy, or characters to insert."""


@dataclass
class Block:
    """A heading (`level` 1 to 6), a list item (`depth` of its list, `mark` before it) or a paragraph (neither)."""

    level: int = 0
    depth: int = 0
    mark: str = ""
    runs: list[Run] = field(default_factory=list)


def blocks(text: str, ranges: Iterable[tuple[int, int]]) -> list[Block]:
    """The blocks of the HTML that stands in the raw `ranges`, in order; struck words are left out."""
    reader = _Reader(text)
    for start, end in ranges:
        reader.read(start, end)
    return [block for block in reader.blocks if _trimmed(text, block)]


def words_of(text: str, block: Block) -> str:
    """What the block reads."""
    return "".join(run if isinstance(run, str) else text[run[0]:run[1]] for run in block.runs)


class _Reader:
    def __init__(self, text: str):
        self._text = text
        self._lists: list[int] = []  # of each open list the number of its last item, -1 for bullets
        self._struck = 0
        self.blocks = [Block()]

    def read(self, start: int, end: int) -> None:
        for hit in _TOKEN.finditer(self._text, start, end):
            if hit["tag"]:
                self._tag(hit["tag"].lower(), bool(hit["close"]))
            elif self._struck:
                continue
            elif hit["cited"]:
                cited = hit.span("cited")
                self.blocks[-1].runs += [cited] if self._after_digit() else ["[", cited, "]"]
            elif hit["entity"]:
                self._add(unescape(hit[0]).replace("\xa0", " "))
            elif hit["words"]:
                self._add(hit.span())
        self._add(" ")  # for the line break

    def _add(self, run: Run) -> None:
        """Append to the open block what is more than a blank at its beginning."""
        runs = self.blocks[-1].runs
        if runs or (run if isinstance(run, str) else self._text[run[0]:run[1]]).strip():
            runs.append(run)

    def _tag(self, name: str, close: bool) -> None:
        if name in _STRUCK:
            self._struck = max(0, self._struck + (-1 if close else 1))
        elif name in ("ul", "ol"):
            if not close:
                self._lists.append(-1 if name == "ul" else 0)
            elif self._lists:
                self._lists.pop()
            self.blocks.append(Block())
        elif name == "li":
            self.blocks.append(Block() if close else self._item())
        elif name in _HEADINGS:
            self.blocks.append(Block(level=0 if close else int(name[1])))
        elif name in _BREAKS and self.blocks[-1].runs:
            self.blocks.append(Block())
        elif name in ("td", "th"):
            self._add(" ")

    def _item(self) -> Block:
        if not self._lists:
            self._lists.append(-1)
        if self._lists[-1] < 0:
            return Block(depth=len(self._lists), mark="• ")
        self._lists[-1] += 1
        return Block(depth=len(self._lists), mark=f"{self._lists[-1]}. ")

    def _after_digit(self) -> bool:
        last = self.blocks[-1].runs[-1] if self.blocks[-1].runs else ""
        return (last if isinstance(last, str) else self._text[last[0]:last[1]])[-1:].isdigit()


def _trimmed(text: str, block: Block) -> bool:
    """Take the blanks off both ends of the block; false if nothing is left."""
    def words(run: Run) -> str:
        return run if isinstance(run, str) else text[run[0]:run[1]]

    while block.runs and not words(block.runs[-1]).strip():
        block.runs.pop()
    if not block.runs:
        return False
    if not isinstance(first := block.runs[0], str):
        block.runs[0] = (first[0] + len(words(first)) - len(words(first).lstrip()), first[1])
    if not isinstance(last := block.runs[-1], str):
        block.runs[-1] = (last[0], last[0] + len(words(last).rstrip()))
    return True


_TOKEN = re.compile(
    r"<sup>\s*(?P<cited>\d[\d,\s–-]{0,30})</sup>(?![A-Za-z])|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})\b[^<>]{0,2000}>"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,15});)|(?P<comment><!--[^<>]{0,2000}>)|(?P<words>[^<&]+|[<&])")
_STRUCK = ("del", "s", "strike")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BREAKS = ("p", "div", "br", "tr", "table", "tbody", "section", "blockquote", "figure", "figcaption")
