"""Small marks in a line of a PDF: citations set above it, accents drawn beside their letters."""

import ctypes
import re
from collections.abc import Iterator
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def mended(words: pdfium.PdfTextPage, line: str, at: int) -> list[tuple[str, str]]:
    """What to read for some words of `line`, of which the first character is number `at` of its page: raised citations
    in brackets ("seen.[1,2]"), accents on their letters.
    """
    if max(line) > "\uffff":  # a character that counts twice for the page
        return []
    found = [] if line.isascii() else list(_accents(words, line, at))
    for hit in _CITED.finditer(line):
        start, end = hit.span("cited")
        if not _UNIT.search(line[max(0, start - 6):start]) and _is_raised(words, at + start, at + start - 1):
            before = line[max(0, start - _BEFORE):start]
            found.append((before + hit["cited"], f"{before}[{''.join(hit['cited'].split())}]"))
    return found


def _is_raised(words: pdfium.PdfTextPage, at: int, before: int) -> bool:
    """Whether the character's foot stands well above the line on which the one before it stands."""
    line, loose = ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(words.raw, before, ctypes.c_double(), line)
    raw.FPDFText_GetLooseCharBox(words.raw, before, loose)
    return bool(words.get_charbox(at)[1] > line.value + _HIGHER * abs(loose.top - loose.bottom) > line.value)


def _accents(words: pdfium.PdfTextPage, line: str, at: int) -> Iterator[tuple[str, str]]:
    """Each accent that stands over the letter beside it, as one character with it."""
    for hit in _ACCENT.finditer(line):
        over = words.get_charbox(at + hit.start())
        middle = (over[0] + over[2]) / 2
        for letter in (hit.end(), hit.start() - 1):
            if not 0 <= letter < len(line) or not line[letter].isalpha():
                continue
            under = words.get_charbox(at + letter)
            one = normalize("NFC", _DOTTED.get(line[letter], line[letter]) + _ACCENTS[hit[0]])
            if under[0] - 1 <= middle <= under[2] + 1 and len(one) == 1:
                low, high = min(letter, hit.start()), max(letter, hit.start()) + 1
                yield line[low:high], one
                break


_BEFORE = 4
_HIGHER = 0.18  # of the letters' height
_CITED = re.compile(
    r"(?<=[a-z)\]”\"’%])[.,;:]?(?P<cited>\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12})(?![\w/^+]|\.\d)")
_UNIT = re.compile(r"(?:^|[\s/·])(?:[kcmdnµμ]?m|[cmdkµμ]?s|min|mol|kg|d?L)$")
_ACCENTS = {"´": "\u0301", "˜": "\u0303", "¨": "\u0308", "ˆ": "\u0302", "`": "\u0300", "¸": "\u0327", "ˇ": "\u030c",
            "˚": "\u030a", "˘": "\u0306", "˝": "\u030b", "˙": "\u0307", "¯": "\u0304", "˛": "\u0328"}
_ACCENT = re.compile(f"[{''.join(_ACCENTS)}]")
_DOTTED = {"\u0131": "i", "\u0237": "j"}
