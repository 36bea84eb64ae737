"""Report files to documents: `read_bytes` for one, `read_folder` or `iter_folder` for all of a folder."""

from casebook.readers.folder import Folder, entries, iter_folder, read_entry, read_folder
from casebook.readers.registry import read_bytes

__all__ = ["Folder", "entries", "iter_folder", "read_bytes", "read_entry", "read_folder"]
