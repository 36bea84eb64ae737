"""Word files: headings by their style, tables, what was deleted left out."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from casebook.errors import InputError
from casebook.readers.limits import Limits
from casebook.readers.outline import Outline
from casebook.readers.xml import name, parse

NAME = "Word"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_FILES = 5000
_CITED = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20}")
_HEADING = re.compile(r"heading\s?\d|berschrift\s?\d|titre\s?\d", re.IGNORECASE)


def outline(data: bytes, bounds: Limits) -> Outline:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if len(packed.infolist()) > _MOST_FILES:
                raise InputError(f"a Word file of more than {_MOST_FILES} parts")
            body = _part(packed, "word/document.xml", bounds)
            styles = _styles(_part(packed, "word/styles.xml", bounds)) if "word/styles.xml" in packed.namelist() else {}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise InputError(f"not a Word file that can be read: {error}") from None
    found = Outline()
    for element in _blocks(body):
        if name(element) == "tbl":
            found.table(_rows(element))
            continue
        words, style = _words(element), _style(element, styles)
        if style == "title" and not found.title and not found.blocks:
            found.title = words
        elif _HEADING.match(style) or _level(element):
            found.heading(words)
        else:
            found.paragraph(words)
    if not found.title and not found.blocks:
        raise InputError("a Word file without text")
    if found.title:
        found.fields["title"] = found.title
    return found


def _part(packed: zipfile.ZipFile, path: str, bounds: Limits) -> etree._Element:
    most = bounds.inflated * 1_000_000
    with packed.open(path) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise InputError(f"a Word file that unpacks to more than {bounds.inflated} megabytes")
    return parse(data)


def _styles(root: etree._Element) -> dict[str, str]:
    """Identifier of each style -> its name, in lower case."""
    return {
        style.get(f"{_W}styleId", ""): named.get(f"{_W}val", "").lower()
        for style in root.iter(f"{_W}style") if (named := style.find(f"{_W}name")) is not None
    }


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, those of text boxes and tracked deletions left out."""
    for child in parent:
        if name(child) in ("p", "tbl"):
            yield child
        elif name(child) in ("body", "sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _blocks(child)


def _style(paragraph: etree._Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    stated = style.get(f"{_W}val", "") if style is not None else ""
    return styles.get(stated, stated.lower())


def _level(paragraph: etree._Element) -> bool:
    level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    return level is not None and level.get(f"{_W}val", "9") != "9"


def _words(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if any(name(above) in ("del", "moveFrom", "txbxContent") for above in run.iterancestors()):
            continue
        words = "".join(
            inside.text or "" if name(inside) == "t" else "-" if name(inside) == "noBreakHyphen" else " "
            for inside in run if name(inside) in ("t", "tab", "br", "cr", "noBreakHyphen")
        )
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        before = "".join(parts)[-1:]
        if raised is not None and raised.get(f"{_W}val") == "superscript" and _CITED.fullmatch(words.strip()) and (
                before and not before.isdigit() and not re.search(r"(?:^|\s)[cmkd]?m$", "".join(parts)[-4:])):
            words = f"[{words.strip()}]"
        parts.append(words)
    return " ".join("".join(parts).split())


def _rows(table: etree._Element) -> list[list[str]]:
    """The cells of each row; a cell that spans several rows or columns stands in each of them."""
    rows: list[list[str]] = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            words = " ".join(filter(None, (_words(paragraph) for paragraph in cell.iter(f"{_W}p"))))
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            if down is not None and down.get(f"{_W}val") != "restart" and rows and len(cells) < len(rows[-1]):
                words = rows[-1][len(cells)]
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = span.get(f"{_W}val", "1") if span is not None else "1"
            cells += [words] * (min(int(wide), 50) if wide.isdecimal() and int(wide) else 1)
        rows.append(cells)
    return rows
