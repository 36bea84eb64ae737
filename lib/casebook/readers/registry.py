"""The formats that can be read, in the order in which they are tried, and those that are known but not read yet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from casebook.errors import InputError
from casebook.readers import pdf_text, plain, revision
from casebook.readers.encoding import decode
from casebook.readers.received import Received
from casebook.text.document import Document


@dataclass(frozen=True)
class Format:
    """`detect` may look at the bytes or the text; the first format that detects a report reads it."""

    name: str
    detect: Callable[[Received], bool]
    read: Callable[[Received], Document]


FORMATS: tuple[Format, ...] = tuple(Format(one.NAME, one.detect, one.read) for one in (revision, pdf_text, plain))
SUFFIXES = (".txt", ".text", ".md", ".markdown", "")


def read_bytes(data: bytes, source_id: str, path: str) -> Document:
    """The document in `data`. Raises InputError saying why there is none."""
    if data and (name := _not_read(data, PurePath(path).suffix.lower())):
        raise InputError(f"format not read yet: {name}")
    received = Received(source_id, path, data, decode(data))
    for format in FORMATS:
        if format.detect(received):
            return format.read(received)
    raise InputError("unknown format: no reader takes it")


def _not_read(data: bytes, suffix: str) -> str:
    """The name of the format where it is one that no reader takes."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    start = head[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if start.startswith((b"<?xml", b"<!doctype", b"<article")):
        return "XML"
    if suffix not in SUFFIXES:
        return suffix
    return ""


_MARKS = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP archive (.docx, .odt, .zip)"), (b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (b"\x7fELF", "executable"), (b"MZ\x90", "executable"), (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"),
    (b"\x1f\x8b", "gzip archive"), (b"BZh9", "bzip2 archive"), (b"7z\xbc\xaf", "7z archive"),
    (b"{\\rtf", "RTF"), (b"%!PS", "PostScript"),
)
