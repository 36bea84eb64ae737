"""What a file is, by its first bytes and never by its name; no parser is loaded for it."""

import re

_HEAD = 4096
_JATS = re.compile(rb"<(?:\w+:)?article[\s>]|<(?:\w+:)?pmc-articleset[\s>]")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MARKS = (
    (b"PK\x03\x04", "ZIP archive (.odt, .zip)"), (b"PK\x05\x06", "empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office of before 2007 (.doc); save it as .docx"),
    (b"\x7fELF", "executable"), (b"MZ\x90", "executable"), (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"), (b"RIFF", "RIFF"),
    (b"BZh", "bzip2 archive"), (b"7z\xbc\xaf", "7z archive"), (b"\xfd7zXZ", "xz archive"), (b"Rar!", "RAR archive"),
    (b"{\\rtf", "RTF"), (b"%!PS", "PostScript"), (b"SQLite format 3", "database"), (b"\x80\x02", "pickle"),
    (b"\x80\x03", "pickle"), (b"\x80\x04\x95", "pickle"), (b"\x80\x05\x95", "pickle"),
)


def made(data: bytes) -> str:
    """The reader that makes a text of `data`: pdf, docx, archive, jats, html; empty for everything else."""
    head = _plain(data[:_HEAD])
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return "docx"
    if data.startswith(b"\x1f\x8b"):
        return "archive"
    if head.startswith(b"<"):
        if _JATS.search(head) and b"<front" in _plain(data[:200_000]):
            return "jats"
        if _HTML.search(head):
            return "html"
    return ""


def refused(data: bytes) -> str:
    """What `data` is where no reader takes it."""
    head = _plain(data[:_HEAD])
    for mark, name in _MARKS:
        if data.startswith(mark) or head.startswith(mark):
            return name
    if head[:9].lower().startswith((b"<?xml", b"<!doctype", b"<article")):
        return "XML"
    if head.startswith(b"{") and b'"nbformat"' in data and b'"cells"' in data:
        return "notebook"
    return ""


def _plain(data: bytes) -> bytes:
    """The bytes of a head without marks and blanks before it, those of UTF-16 without every other one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        data = data.replace(b"\0", b"")
    return data.lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
