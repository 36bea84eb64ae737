"""The formats that can be read, in the order in which they are tried."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from casebook.errors import InputError
from casebook.readers import pdf_text, plain, revision, sniff, worker
from casebook.readers.encoding import decode
from casebook.readers.limits import limits
from casebook.readers.received import Received
from casebook.text.document import Document


@dataclass(frozen=True)
class Format:
    """`detect` looks at what came, never at the file's name; the first format that detects a report reads it."""

    name: str
    detect: Callable[[Received], bool]
    read: Callable[[Received], Document]


WRITTEN: tuple[Format, ...] = tuple(Format(one.NAME, one.detect, one.read) for one in (revision, pdf_text, plain))
"""Formats that are text themselves; what `sniff.made` names is taken apart in a process of its own first."""
SUFFIXES = (
    ".txt", ".text", ".md", ".markdown", ".pdf", ".xml", ".nxml", ".html", ".htm", ".xhtml", ".docx", ".gz", ".tgz", "",
)


def read_bytes(data: bytes, source_id: str, path: str) -> Document:
    """The document in `data`. Raises InputError saying why there is none."""
    if not data:
        raise InputError("the file has 0 bytes")
    if made := sniff.made(data):
        name, outline = worker.outline(made, data)
        return outline.document(Received(source_id, path, data, ""), name)
    if name := sniff.refused(data):
        raise InputError(f"format not read yet: {name}")
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"unknown format {suffix}: not opened")
    text = decode(data)
    if len(text) > (most := limits().characters):
        raise InputError(f"{len(text)} characters, more than the {most} that a report can have")
    received = Received(source_id, path, data, text)
    return next(format for format in WRITTEN if format.detect(received)).read(received)
