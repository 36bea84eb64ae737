"""The text of a PDF: prose broken into lines, columns and pages, cut by legends and running heads."""

from casebook.readers.furniture import furniture
from casebook.readers.legends import legends
from casebook.readers.lines import column, wrapped
from casebook.readers.received import Received, stated
from casebook.readers.sections import sections
from casebook.readers.tables import printed_tables, scraps, tables
from casebook.text.document import Document

NAME = "text of a PDF"


def detect(received: Received) -> bool:
    return wrapped(received.lines)


def read(received: Received) -> Document:
    found = received.lines
    width = column(found)
    lifted = furniture(found)
    captions = legends(found, lifted)
    legends_and_page = lifted.union(*captions)
    lifted |= scraps(found, legends_and_page)
    cells = printed_tables(found, legends_and_page | lifted)
    asides = [*(("legend", legend) for legend in captions), *(("table", table) for table in cells)]
    rows = tables(found, legends_and_page.union(lifted, *cells))
    parts = sections(found, asides, rows, lifted, width)
    return received.document(parts, NAME, width, stated(received.text, parts))
