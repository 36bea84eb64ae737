"""The lines of a PDF's pages with their boxes, as the file draws them."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casebook.errors import InputError
from casebook.readers.pdf_raised import mended

_MOST_CHARACTERS = 200_000  # of one page
_BOLD = re.compile(r"bold|black|heavy|demi|\bbd\b|cmbx", re.IGNORECASE)
TABLE = re.compile(r"(?:Table|TABLE)\s?(?:\d{1,2}|[IVX]{1,4})\s?(?:[.:|]|$)")
"""How the caption of a table begins."""
_MOST_DRAWN = 20_000
_SHORTEST, _THICKEST, _MEET = 20.0, 3.0, 12.0  # points
_GAP = 9.0  # points between two pieces of one line that are not of one column


@dataclass(frozen=True, slots=True)
class Printed:
    """A run of words on one line of one page. The box is in points from the page's lower left corner."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line that the page draws."""

    left: float
    at: float
    right: float


@dataclass(frozen=True)
class Page:
    """`lines` in the order in which the file draws them; words and rules of pages with the caption of a table only."""

    number: int
    width: float
    height: float
    lines: tuple[Printed, ...]
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()


def pages(data: bytes, most: int) -> list[Page]:
    """Raises InputError for a file that is no PDF, is locked, has too many pages, or no text at all."""
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "a locked PDF: save it without its password" if locked else f"not a PDF that can be read: {error}"
        raise InputError(reason) from None
    try:
        if not len(file):
            raise InputError("a PDF without pages")
        if len(file) > most:
            raise InputError(f"a PDF of {len(file)} pages, more than the {most} that a report can have")
        found = [_page(file, number) for number in range(len(file))]
    finally:
        file.close()
    if not any(page.lines for page in found):
        raise InputError(f"a PDF without text ({len(found)} pages): it was scanned; recognise its text first")
    return found


def _page(file: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = file[number]
        words = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise InputError(f"page {number + 1} of the PDF cannot be read: {error}") from None
    width, height = page.get_size()
    count = words.count_chars()
    if count > _MOST_CHARACTERS:
        raise InputError(f"page {number + 1} of the PDF holds {count} characters, more than a page can")
    text = words.get_text_range() if count else ""
    lines = tuple(_lines(words, text, number))
    tabled = any(TABLE.match(line.text) for line in lines)
    own = tuple(_words(words, count)) if tabled else ()
    rules = tuple(_rules(page)) if tabled else ()
    words.close()
    page.close()
    return Page(number, width, height, lines, own, rules)


def _words(words: pdfium.PdfTextPage, count: int) -> Iterator[Word]:
    letters: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(words.raw, at)
        letter = "\x02" if code in (0xFFFE, 2) else chr(min(code, 0x10FFFF))
        if not letter.strip():
            if letters:
                yield Word(_whole(letters), *box)
            letters = []
            continue
        loose = words.get_charbox(at, loose=True)
        apart = letters and (loose[0] - box[2] > 0.35 * (box[3] - box[1]) or loose[0] < box[0]
                             or abs(loose[1] - box[1]) > 0.6 * (box[3] - box[1]))
        if apart:
            yield Word(_whole(letters), *box)
            letters = []
        box = loose if not letters else (box[0], box[1], max(box[2], loose[2]), box[3])
        letters.append(letter)
    if letters:
        yield Word(_whole(letters), *box)


def _whole(letters: list[str]) -> str:
    """The word, the halves of a character beyond the first plane put together."""
    return "".join(letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    """Level lines, those that meet end to end as one."""
    found: list[Rule] = []
    for one in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), _MOST_DRAWN):
        left, bottom, right, top = one.get_bounds()
        if right - left > _SHORTEST and top - bottom < _THICKEST:
            found.append(Rule(left, (bottom + top) / 2, right))
    found.sort(key=lambda rule: (-round(rule.at), rule.left))
    for at, rule in enumerate(found):
        if at + 1 < len(found) and abs(found[at + 1].at - rule.at) < 1 and found[at + 1].left - rule.right < _MEET:
            found[at + 1] = Rule(rule.left, rule.at, max(rule.right, found[at + 1].right))
        else:
            yield rule


def _lines(words: pdfium.PdfTextPage, text: str, number: int) -> Iterator[Printed]:
    """The lines of one page; what stands on one line far apart comes as several."""
    at = 0
    for line in text.split("\r\n"):
        length = len(line.encode("utf-16-le")) // 2
        if line.strip():
            yield from _printed(words, line, at, length, number)
        at += length + 2


def _printed(words: pdfium.PdfTextPage, line: str, at: int, length: int, number: int) -> Iterator[Printed]:
    """What the tool calls a line goes on below where a hyphen ended the line, and over wide gaps: each piece apart."""
    boxes = [words.get_rect(index) for index in range(words.count_rects(at, length))]
    boxes = [box for box in boxes if box[2] > box[0]]
    if not boxes:
        return
    size, bold = _font(words, at + len(line) - len(line.lstrip()))
    parts = [part for row in _rows(boxes) for part in _apart(sorted(row))]
    changes = mended(words, line, at)
    for part in parts:
        left, bottom, right, top = _around(part)
        words_of = line
        if len(parts) > 1:
            words_of = words.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5).replace("\r\n", " ")
        for old, new in changes:
            words_of = words_of.replace(old, new, 1)
        if cleaned := _clean(words_of):
            yield Printed(number, cleaned, left, bottom, right, top, size, bold)


def _rows(boxes: list[tuple]) -> list[list[tuple]]:
    """Boxes in groups that stand on one line: they share at least half of the lower one's height."""
    rows: list[list[tuple]] = []
    for box in boxes:
        low, high = _around(rows[-1])[1::2] if rows else (0.0, 0.0)
        shared = min(high, box[3]) - max(low, box[1])
        if rows and shared >= 0.4 * min(high - low, box[3] - box[1]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _apart(boxes: list[tuple]) -> list[list[tuple]]:
    """Boxes from left to right in groups that a wide gap parts."""
    parts = [[boxes[0]]]
    for box in boxes[1:]:
        if box[0] - max(one[2] for one in parts[-1]) > _GAP:
            parts.append([])
        parts[-1].append(box)
    return parts


def _around(boxes: list[tuple]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _font(words: pdfium.PdfTextPage, at: int) -> tuple[float, bool]:
    """Height in points of the letters' own box, and whether they are bold."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(words.raw, at, ctypes.byref(box))
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(words.raw, at, name, 128, ctypes.byref(ctypes.c_int()))
    bold = bool(_BOLD.search(name.value.decode("utf-8", "replace"))) or raw.FPDFText_GetFontWeight(words.raw, at) >= 600
    return round(abs(box.top - box.bottom), 1), bold


def _clean(line: str) -> str:
    """One line of words; a hyphen at its end is \x02, as pdfium marks it."""
    text = " ".join(line.replace("\ufffe", "\x02").split())
    return text.replace("\u0131\u0301", "\u00ed")
