"""How the reader tests look at a document."""

from casebook.readers import read_bytes
from casebook.text.document import Document
from casebook.text.sentences import split


def read(text: str, name: str = "report.txt") -> Document:
    return read_bytes(text.encode(), name.rsplit(".", 1)[0], name)


def zones(document: Document) -> list[tuple[str, str, str]]:
    """Kind, heading and words of each zone, headings left out."""
    return [(zone.kind, zone.heading, document.view.text[zone.start:zone.end].strip()) for zone in document.zones
            if zone.kind != "furniture" or zone.heading]


def sentences(document: Document, kind: str = "") -> list[str]:
    """The sentences of the zones of a kind (of all if it is empty)."""
    found = split(document.view.text, document.zones)
    return [document.view.text[s.start:s.end] for s in found if not kind or s.zone == kind]


def quoted(document: Document, words: str) -> list[str]:
    """What the raw text reads where the view reads `words`."""
    at = document.view.text.index(words)
    return [document.text[span.start:span.end] for span in document.view.raw_spans(at, at + len(words))]
