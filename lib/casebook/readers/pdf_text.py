"""The text of a PDF: prose broken into lines, columns and pages, cut by legends and running heads."""

from statistics import median

from casebook.readers.furniture import furniture
from casebook.readers.legends import legends
from casebook.readers.lines import lines, wrapped
from casebook.readers.received import Received, stated
from casebook.readers.sections import sections
from casebook.text.document import Document

NAME = "text of a PDF"


def detect(received: Received) -> bool:
    return wrapped(lines(received.text))


def read(received: Received) -> Document:
    found = lines(received.text)
    captions = legends(found)
    lifted = furniture(found, {at for first, last in captions for at in range(first, last)})
    parts = sections(found, captions, lifted)
    width = median(len(line.words) for line in found)
    return received.document(parts, NAME, width, stated(received.text, parts))
