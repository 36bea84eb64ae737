"""Cells that a spreadsheet would run as a formula get an apostrophe, and lose it when they are read again."""

import re

BEGINS = r"^'*[=+\-@\t\r]"  # looks ahead at nothing, so that a whole column is searched at once
FORMULA = re.compile(r"^(?='*[=+\-@\t\r])")
GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")


def guard(text: str) -> str:
    """A text cell that no spreadsheet runs."""
    return FORMULA.sub("'", text)


def unguarded(text: str) -> str:
    """A text cell as it was before `guard` or a spreadsheet's user guarded it."""
    return GUARDED.sub("", text)
