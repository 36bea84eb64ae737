"""A report as received, and the cleaned view of it that is read for facts."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casebook.text.span import Span

ZONES = (
    "front",
    "title",
    "abstract",
    "keywords",
    "introduction",
    "case",
    "legend",
    "table",
    "discussion",
    "references",
    "furniture",
)


@dataclass(slots=True, unsafe_hash=True)
class Piece:
    """A run of view characters [view, view + length) copied from raw [raw, raw + length)."""

    view: int
    raw: int
    length: int


class View:
    """Cleaned text of which every copied character knows its offset in the raw text.

    Characters that the reader inserted (the blank that re-joins two lines) belong to no piece and map to nothing.
    """

    def __init__(self, text: str, pieces: tuple[Piece, ...]):
        self.text = text
        self.pieces = pieces
        self._starts = [piece.view for piece in pieces]

    def raw_spans(self, start: int, end: int) -> tuple[Span, ...]:
        return tuple(Span(low, high) for low, high in self.raw_ranges(start, end))

    def raw_ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """The raw ranges behind view [start, end), in view order.

        Ranges of which the raw text between them is only white space or a line-end hyphen come back as one; a legend
        or running head that was lifted out leaves two.
        """
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < end:
            first = self.pieces[index]
            if end <= first.view + first.length:
                moved = first.raw - first.view
                return [(start + moved, end + moved)]
        ranges: list[tuple[int, int]] = []
        for piece in self._from(start):
            if piece.view >= end:
                break
            low, high = max(start, piece.view), min(end, piece.view + piece.length)
            if low >= high:
                continue
            low, high = piece.raw + low - piece.view, piece.raw + high - piece.view
            if ranges and 0 <= low - ranges[-1][1] <= _JOIN:
                ranges[-1] = (ranges[-1][0], high)
            else:
                ranges.append((low, high))
        return ranges

    def raw_offset(self, at: int) -> int:
        """The raw offset of the copied character at or after view offset `at` (the end of the raw text if none)."""
        index = bisect_right(self._starts, at) - 1
        if index >= 0:
            piece = self.pieces[index]
            if at < piece.view + piece.length:
                return piece.raw + at - piece.view
        for piece in self._from(at):
            if at < piece.view + piece.length:
                return piece.raw + max(0, at - piece.view)
        last = self.pieces[-1] if self.pieces else Piece(0, 0, 0)
        return last.raw + last.length

    def _from(self, at: int) -> Iterator[Piece]:
        """The piece that holds view offset `at`, or the last before it, and all after."""
        for index in range(max(0, bisect_right(self._starts, at) - 1), len(self.pieces)):
            yield self.pieces[index]


_JOIN = 6  # a hyphen, blanks and a line break may stand between two pieces of one word


class ViewBuilder:
    """Writes a view from left to right out of ranges of the raw text."""

    def __init__(self, raw: str):
        self.raw = raw
        self._out: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []

    def copy(self, start: int, end: int) -> None:
        """Copy raw [start, end) as it stands."""
        if end <= start:
            return
        last = self._pieces[-1] if self._pieces else None
        if last and last.raw + last.length == start and last.view + last.length == self._length:
            self._pieces[-1] = Piece(last.view, last.raw, last.length + end - start)
        else:
            self._pieces.append(Piece(self._length, start, end - start))
        self._out.append(self.raw[start:end])
        self._length += end - start

    def insert(self, text: str) -> None:
        """Add characters that the raw text does not have."""
        self._out.append(text)
        self._length += len(text)

    @property
    def length(self) -> int:
        return self._length

    def build(self) -> View:
        return View("".join(self._out), tuple(self._pieces))


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the view: what kind of prose it is, [start, end) in view offsets, and its heading's words."""

    kind: str
    start: int
    end: int
    heading: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ZONES:
            raise ValueError(f"unknown zone {self.kind!r}, expected one of {', '.join(ZONES)}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where [start, end) of the text as received stands: page from 1, box in points from its lower left corner."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Document:
    """One report. `text` is what evidence offsets index; zones tile the view in order."""

    source_id: str
    path: str
    sha256: str
    text: str
    view: View
    zones: tuple[Zone, ...]
    format: str
    fields: Mapping[str, tuple[str, Span | None]] = field(default_factory=dict)
    """Bibliographic facts the file itself states: column of `sources` -> value and its raw span, where it has one."""
    pages: tuple[Place, ...] = ()
    """Of a file that has pages, in the order of the text."""
