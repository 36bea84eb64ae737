"""Tables of a PDF: the words below a caption, in rows and columns by their places."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from casebook.readers.legends import opens_legend
from casebook.readers.pdf_lines import TABLE, Page, Printed, Word

Join = Callable[[Iterable[str]], str]


@dataclass(frozen=True)
class Table:
    """`caption` in lines, and the words of the cells; `rules` are the lines drawn across it, from the top down."""

    caption: tuple[Printed, ...]
    words: tuple[Word, ...]
    rules: tuple[float, ...]

    @property
    def box(self) -> tuple[float, ...]:
        return (min(word.left for word in self.words), min(word.bottom for word in self.words),
                max(word.right for word in self.words), max(word.top for word in self.words))

    def rows(self, join: Join) -> list[list[str]]:
        """The cells of each row; what stands over several columns stands in each of them."""
        lines = [_runs(line) for line in _lines(self.words)]
        if not lines:
            return []
        strips = _strips(lines)
        placed = [[(range(bisect(strips, run[0].left + 1), bisect(strips, run[-1].right - 1) + 1), run) for run in line]
                  for line in lines]
        opens = self._opens(lines, [len({at for over, _ in line for at in over}) for line in placed],
                            [any(0 in over for over, _ in line) for line in placed], len(strips) + 1)
        rows: list[list[list[str]]] = []
        for line, first in zip(placed, opens, strict=True):
            if first:
                rows.append([[] for _ in range(len(strips) + 1)])
            for over, run in line:
                for at in over:
                    rows[-1][at].append(" ".join(word.text for word in run))
        return _without_empty([[join(cell) for cell in row] for row in rows])

    def _opens(self, lines: Sequence[list], filled: Sequence[int], named: Sequence[bool], width: int) -> list[bool]:
        """Whether a row begins at each line: below a drawn line or a wide gap, or where the columns are filled anew."""
        middles = [line[0][0].middle for line in lines]
        gaps = [above - below for above, below in zip(middles, middles[1:], strict=False)]
        ruled = [any(below < rule < above for rule in self.rules)
                 for above, below in zip(middles, middles[1:], strict=False)]
        base = min((gap for gap in gaps if gap > _SMALL * lines[0][0][0].height), default=0.0)
        wide = [gap > _WIDE * base for gap in gaps]
        even = not any(far and not cut for far, cut in zip(wide, ruled, strict=True))
        return [True] + [
            ruled[at - 1] or wide[at - 1] or named[at] and filled[at] >= (2 if even else max(2, 0.75 * width))
            for at in range(1, len(lines))
        ]


def lift(page: Page, body: float) -> tuple[list[Table], list[Printed]]:
    """The tables of a page, and its other lines. What has a caption but no columns stays among the lines."""
    tables: list[Table] = []
    left = list(page.lines)
    for caption in [line for line in page.lines if TABLE.match(line.text)]:
        found = _ruled(page, caption) or _set_smaller(page, caption, body)
        if found is None:
            continue
        top, bottom, low, high, rules = found
        words = tuple(w for w in page.words if bottom < w.middle < top and low - 3 < w.left and w.right < high + 3)
        inside = [line for line in left if bottom < line.middle < top and low - 3 < line.left and line.right < high + 3]
        told = tuple(line for line in left if top <= line.middle <= caption.middle + 1
                     and line.right > low and line.left < high and abs(line.size - caption.size) < 1)
        table = Table(tuple(sorted(told, key=lambda line: -line.middle)), words, rules)
        if len(_strips([_runs(line) for line in _lines(words)])) and table.caption:
            tables.append(table)
            left = [line for line in left if line not in inside and line not in told]
    return tables, left


Region = tuple[float, float, float, float, tuple[float, ...]]
"""Top, bottom, left, right, and the heights of the lines drawn in it."""


def _ruled(page: Page, caption: Printed) -> Region | None:
    """The region between the first and the last line that is drawn right across the table below a caption."""
    under = sorted((rule for rule in page.rules if rule.at < caption.middle), key=lambda rule: -rule.at)
    top = next((rule for rule in under if rule.left < caption.right and rule.right > caption.left), None)
    if top is None or caption.bottom - top.at > _CAPTION:
        return None
    after = max((line.middle for line in page.lines if line.middle < top.at and TABLE.match(line.text)
                 and line.left < top.right and line.right > top.left), default=0.0)
    within = [rule for rule in under if rule.at <= top.at and rule.at > after
              and rule.left > top.left - 4 and rule.right < top.right + 4]
    across = [rule for rule in within if rule.right - rule.left > 0.97 * (top.right - top.left)]
    bottom = across[-1].at
    if bottom > top.at - 2 * caption.size:
        return None
    rules = tuple(rule.at for rule in across if bottom < rule.at < top.at)
    return top.at, bottom, top.left, top.right, rules


def _set_smaller(page: Page, caption: Printed, body: float) -> Region | None:
    """The region below a caption without drawn lines, where the cells are set in smaller letters than the prose."""
    below = sorted((line for line in page.lines if line.middle < caption.bottom), key=lambda line: -line.middle)
    last = caption
    for line in below:  # the caption's other lines
        beside = any(one is not line and abs(one.middle - line.middle) < 2 for one in below)
        if line.left < caption.right and line.right > caption.left and (
                beside or abs(line.size - caption.size) > 0.3 or last.bottom - line.top > 0.5 * line.size):
            break
        last = line if line.left < caption.right and line.right > caption.left else last
    below = [line for line in below if line.middle < last.bottom]
    first = next((line for line in below if line.size < body - 0.6 and last.bottom - line.top < _CAPTION
                  and line.right > caption.left), None)
    if first is None:
        return None
    cells: list[Printed] = []
    for line in below:
        if abs(line.size - first.size) > 0.3:
            if cells and line.size > first.size and line.left < first.right and line.right > first.left:
                break
        elif line.middle < first.middle + 1:
            far = min((one.bottom for one in cells), default=line.top) - line.top
            if far > _FAR * line.size or opens_legend(line.text) or TABLE.match(line.text):
                break
            cells.append(line)
    if len(cells) < 4:
        return None
    left, right = min(line.left for line in cells), max(line.right for line in cells)
    return last.bottom, min(line.bottom for line in cells) - 0.5, left, right, ()


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of each line from the top down, from left to right, small raised ones on the line that they touch."""
    height = _SMALL * median([word.height for word in words] or [0])
    lines: list[list[Word]] = []
    for word in sorted((word for word in words if word.height >= height), key=lambda word: -word.middle):
        if not lines or lines[-1][0].middle - word.middle > 0.4 * max(word.height, lines[-1][0].height):
            lines.append([])
        lines[-1].append(word)
    for word in words:
        if word.height < height:
            min(lines, key=lambda line: abs(line[0].middle - word.middle)).append(word)
    return (sorted(line, key=lambda one: one.left) for line in lines)


def _runs(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line in groups that only a blank parts."""
    runs = [[line[0]]]
    for word in line[1:]:
        if word.left - runs[-1][-1].right > _BLANK * word.height:
            runs.append([])
        runs[-1].append(word)
    return runs


def _without_empty(rows: list[list[str]]) -> list[list[str]]:
    """The rows without columns that hold nothing but what spans the column on their left."""
    kept = [at for at in range(len(rows[0])) if any(row[at] and (not at or row[at] != row[at - 1]) for row in rows)]
    return [[row[at] for at in kept] for row in rows]


def _strips(lines: Sequence[Sequence[list[Word]]]) -> list[float]:
    """The middles of the upright strips in which no line has a word; in a long table one line may cross a wide one."""
    height = max((run[0].height for line in lines for run in line), default=0.0)
    edges = sorted({edge for line in lines for run in line for edge in (run[0].left, run[-1].right)})
    strips: list[tuple[float, float, int]] = []
    for low, high in zip(edges, edges[1:], strict=False):
        middle = (low + high) / 2
        crossed = sum(any(run[0].left < middle < run[-1].right for run in line) for line in lines)
        if crossed <= (len(lines) > _LONG):
            if strips and strips[-1][1] == low and strips[-1][2] == crossed:
                strips[-1] = (strips[-1][0], high, crossed)
            else:
                strips.append((low, high, crossed))
    best: list[tuple[float, float, int]] = []
    for strip in strips:  # of two that touch, the one that nothing crosses
        if strip[1] - strip[0] < (_BLANK if not strip[2] else 1.0) * height:
            continue
        if best and best[-1][1] == strip[0]:
            best[-1] = min(best[-1], strip, key=lambda one: (one[2], one[0] - one[1]))
        else:
            best.append(strip)
    return [(low + high) / 2 for low, high, _ in best]


_CAPTION = 60.0  # points over which a caption goes on
_FAR = 3.0
_SMALL = 0.85
_WIDE = 1.25
_BLANK = 0.5  # of the letters' height
_LONG = 4
