"""Plain text, headed or not: a paragraph per line or per block of lines."""

from casebook.readers.legends import legends
from casebook.readers.received import Received, stated
from casebook.readers.sections import sections
from casebook.readers.tables import tables
from casebook.text.document import Document

NAME = "plain text"


def detect(received: Received) -> bool:
    return bool(received.text)


def read(received: Received) -> Document:
    found = received.lines
    captions = legends(found)
    rows = tables(found, set().union(*captions))
    parts = sections(found, [("legend", legend) for legend in captions], rows)
    return received.document(parts, NAME, fields=stated(received.text, parts))
