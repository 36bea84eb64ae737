"""Character ranges, the one currency of evidence."""

from dataclasses import dataclass


@dataclass(init=False, order=True, slots=True, unsafe_hash=True)
class Span:
    """Half-open range [start, end) of code points, non-empty. Never changed, though not frozen: a text makes hundreds,
    and a frozen one takes three times as long to make."""

    start: int
    end: int

    def __init__(self, start: int, end: int):
        if not 0 <= start < end:
            raise ValueError(f"a span needs 0 <= start < end, got [{start}, {end})")
        self.start = start
        self.end = end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end
