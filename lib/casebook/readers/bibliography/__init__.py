"""Exports of bibliographic databases beside the reports: what they state of each, and how many records there were."""

from casebook.readers.bibliography.folder import FOLDER, Bibliography, exports, is_export, read_bibliography
from casebook.readers.bibliography.once import near, papers
from casebook.readers.bibliography.record import Record, citation_key, surname, words

__all__ = [
    "FOLDER",
    "Bibliography",
    "Record",
    "citation_key",
    "exports",
    "is_export",
    "near",
    "papers",
    "read_bibliography",
    "surname",
    "words",
]
