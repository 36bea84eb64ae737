"""A paper that a reader took apart, written as plain text: headings, paragraphs, legends, tables, references."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casebook.readers import plain
from casebook.readers.received import Fields, Received
from casebook.text.document import Document, Place
from casebook.text.span import Span

Printed = tuple[int, int, int, tuple[float, float, float, float]]
"""Number of the block (-1: the title), offset in it, page (from 1), and box of what is printed from there on."""


@dataclass
class Outline:
    """`blocks` are headings, paragraphs and tables in reading order; `fields` the columns of `sources` that the file
    states; `places` where lines of the blocks stand on its pages.
    """

    title: str = ""
    blocks: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    places: list[Printed] = field(default_factory=list)

    @classmethod
    def of(cls, answer: dict) -> "Outline":
        """The outline that a parser's answer holds."""
        places = [(number, at, page, tuple(box)) for number, at, page, box in answer["places"]]
        return cls(answer["title"], answer["blocks"], answer["fields"], places)

    @property
    def length(self) -> int:
        return len(self.title) + sum(map(len, self.blocks))

    def heading(self, words: str, places: Iterable[tuple] = ()) -> None:
        if words:
            self._place(places, len(_HEADING))
            self.blocks.append(_HEADING + words)

    def paragraph(self, words: str, places: Iterable[tuple] = ()) -> None:
        """`places`: offset in the words, page and box of each line."""
        if words:
            self._place(places, 0)
            self.blocks.append(words)

    def _place(self, places: Iterable[tuple], before: int) -> None:
        self.places += [(len(self.blocks), at + before, page, box) for at, page, box in places]

    def table(self, rows: Sequence[Sequence[str]], places: Iterable[tuple] = ()) -> None:
        """Rows of cells, each row a line between bars; a bar inside a cell is written as a broken one."""
        lines = ["| " + " | ".join(cell.replace("|", "¦") for cell in row) + " |" for row in rows if any(row)]
        if lines:
            self._place(places, 0)
            self.blocks.append("\n".join(lines))

    def document(self, received: Received, format: str) -> Document:
        """The document whose text is this outline; the file's own checksum stays."""
        text = "\n\n".join([self.title, *self.blocks] if self.title else self.blocks) + "\n"
        found = plain.read(replace(received, text=text))
        fields = {**found.fields, **_stated(self.fields, text)}
        return replace(found, format=format, fields=fields, pages=tuple(self._pages()))

    def _pages(self) -> Iterator[Place]:
        """The places as ranges of the text: each ends where the next one of its block begins, or with the block."""
        starts: dict[int, int] = {}
        at = 0
        if self.title:
            starts[-1] = 0
            at = len(self.title) + 2
        for number, block in enumerate(self.blocks):
            starts[number] = at
            at += len(block) + 2
        following = [*self.places[1:], (len(self.blocks), 0, 0, (0.0, 0.0, 0.0, 0.0))]
        for (number, offset, page, box), after in zip(self.places, following, strict=False):
            block = self.blocks[number] if number >= 0 else self.title
            end = after[1] if after[0] == number else len(block)
            if offset < end:
                yield Place(starts[number] + offset, starts[number] + end, page, box)


_HEADING = "## "


def _stated(fields: dict[str, str], text: str) -> Fields:
    """Each field with its place in the text, where its words stand there."""
    found: dict[str, tuple[str, Span | None]] = {}
    for column, value in fields.items():
        at = text.find(value)
        found[column] = (value, Span(at, at + len(value)) if value and at >= 0 else None)
    return found
