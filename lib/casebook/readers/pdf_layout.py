"""Reading order of a page: running heads out, columns one after the other, what spans them in its place."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from casebook.readers.pdf_lines import Page, Printed
from casebook.readers.pdf_tables import Table, lift

_EDGE = 0.1  # of the page's height, in which a running head or foot stands
_LEAST = 3  # lines that make a column
_COUNTED = 5  # numbers of lines that stand below one another
_SELDOM = 0.3
_FULL = 0.6  # of the page's width: what is wider spans the columns


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most of the file's letters are set."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size))


def ordered(pages: Sequence[Page]) -> Iterator[tuple[list[Printed], list[Table]]]:
    """The lines of each page as they are read, page by page, and the tables that stood among them."""
    body = body_size(pages)
    pages = [replace(page, lines=_without_numbers(page.lines)) for page in pages]
    furniture = _furniture(pages)
    before: list[float] = []
    for page in pages:
        tables, lines = lift(page, body)
        lines = [line for line in lines if (page.number, line.text, round(line.bottom)) not in furniture]
        gutters = _gutters(page, lines)
        if not gutters and sum(_crosses(line, before) for line in lines) < _SELDOM * len(lines):
            gutters = before  # the last page of a paper fills its first column only
        before = gutters
        yield _columns(lines, gutters), tables


def _furniture(pages: Sequence[Page]) -> set[tuple[int, str, int]]:
    """Lines in the margins that come back on other pages, figures aside, and page numbers."""
    seen: dict[str, list[tuple[int, str, int]]] = {}
    for page in pages:
        for line in page.lines:
            if line.middle > (1 - _EDGE) * page.height or line.middle < _EDGE * page.height:
                key = _DIGITS.sub("0", line.text)
                key = key.strip(" 0") or key  # the page's number stands left of the head on one page, right on the next
                seen.setdefault(key, []).append((page.number, line.text, round(line.bottom)))
    for page in pages:  # a page number takes with it what stands on its line
        numbered = [line for line in page.lines if _is_number(line, page)]
        for line in page.lines:
            if any(abs(line.middle - one.middle) < 3 for one in numbered):
                seen.setdefault("0", []).append((page.number, line.text, round(line.bottom)))
    return {
        place
        for key, places in seen.items()
        if len({page for page, _, _ in places}) > 1 or _PAGE.fullmatch(key)
        for place in places
    }


def _is_number(line: Printed, page: Page) -> bool:
    margin = line.middle > (1 - _EDGE) * page.height or line.middle < _EDGE * page.height
    return margin and bool(_PAGE.fullmatch(_DIGITS.sub("0", line.text)))


def _without_numbers(lines: Sequence[Printed]) -> tuple[Printed, ...]:
    """Lines without the numbers of lines that a manuscript has beside its text: figures that count down a margin."""
    bare = [line for line in lines if line.text.isdecimal() and len(line.text) < 5]
    numbers: set[Printed] = set()
    for edge in ("left", "right"):
        for at in {round(getattr(line, edge)) for line in bare}:
            beside = [line for line in bare if abs(getattr(line, edge) - at) <= 1.5]
            told = [int(line.text) for line in sorted(beside, key=_down)]
            steps = [after - before for before, after in zip(told, told[1:], strict=False)]
            if len(told) >= _COUNTED and steps.count(steps[0]) > 0.9 * len(steps) and steps[0] in (1, 2, 5, 10):
                numbers.update(beside)
    return tuple(line for line in lines if line not in numbers)


def _crosses(line: Printed, gutters: Sequence[float]) -> bool:
    return any(line.left < at - 4 and line.right > at + 4 for at in gutters)


def _columns(lines: list[Printed], gutters: Sequence[float]) -> list[Printed]:
    """Lines from top to bottom; between two that span columns, each column before the one on its right."""
    if not gutters:
        return sorted(lines, key=_down)
    wide = [line for line in lines if _crosses(line, gutters)]
    narrow = [line for line in lines if line not in wide]
    found: list[Printed] = []
    for line in sorted(wide, key=_down):
        above = [one for one in narrow if one.middle > line.middle]
        found += _side_by_side(above, gutters)
        narrow = [one for one in narrow if one.middle <= line.middle]
        found.append(line)
    return found + _side_by_side(narrow, gutters)


def _side_by_side(lines: list[Printed], gutters: Sequence[float]) -> list[Printed]:
    return sorted(lines, key=lambda line: (bisect(gutters, (line.left + line.right) / 2), *_down(line)))


def _gutters(page: Page, lines: list[Printed]) -> list[float]:
    """The middles of the blank strips between columns, none where the page has one column."""
    long = [line for line in lines if line.width > 0.25 * page.width]
    half = page.width / 2
    left = [line for line in long if line.right < half + 0.06 * page.width and line.width < _FULL * page.width]
    right = [line for line in long if line.left > half - 0.06 * page.width]
    if len(between := _between(page, lines)) > 1:
        return between
    if len(left) >= _LEAST and len(right) >= _LEAST:
        return [(median(line.right for line in left) + median(line.left for line in right)) / 2]
    return [half] if left and right and len(left) + len(right) > len(long) / 2 else between


def _between(page: Page, lines: list[Printed]) -> list[float]:
    """The middles of the strips between columns that most lines stand in, as the left edges of the lines show them."""
    long = sorted((line for line in lines if line.width > 0.15 * page.width), key=lambda line: line.left)
    columns: list[list[Printed]] = []
    for line in long:
        if line.width < _FULL * page.width:
            if not columns or line.left - columns[-1][0].left > 0.04 * page.width:
                columns.append([])
            columns[-1].append(line)
    columns = [column for column in columns if len(column) >= _LEAST]
    if sum(len(column) for column in columns) < 0.6 * len(long):
        return []
    strips = [(median(line.right for line in one), other[0].left)
              for one, other in zip(columns, columns[1:], strict=False)]
    return [(left + right) / 2 for left, right in strips] if all(left < right for left, right in strips) else []


def _down(line: Printed) -> tuple[float, float]:
    return (-round(line.middle, 1), line.left)


_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:page\s)?0(?:\s?(?:of|/)\s?0)?", re.IGNORECASE)
