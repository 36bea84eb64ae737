"""What one report may take. CASEBOOK_SECONDS=120 and the like set another bound."""

import os
from dataclasses import dataclass, fields

from casebook.errors import UsageError


@dataclass(frozen=True)
class Limits:
    """`seconds` and `memory` (megabytes) for the parser of one file; `size` of the file and `inflated`, what an archive
    unpacks to (megabytes); `pages` of a PDF; `characters` of the text.
    """

    seconds: int = 60
    memory: int = 2000
    size: int = 50
    inflated: int = 300
    pages: int = 400
    characters: int = 2_000_000


def largest() -> int:
    """Bytes that a file may have."""
    return limits().size * 1_000_000


def limits() -> Limits:
    """The bounds, as the environment sets them. Raises UsageError."""
    stated = {}
    for field in fields(Limits):
        name = f"CASEBOOK_{field.name.upper()}"
        value = os.environ.get(name, "")
        if value and not (value.isascii() and value.isdecimal() and int(value)):
            raise UsageError(f"{name} is {value!r}, expected a whole number above 0")
        if value:
            stated[field.name] = int(value)
    return Limits(**stated)
