"""Counts with their noun, the same in a table, a figure, and a sentence."""


def plural(count: float, noun: str, nouns: str = "") -> str:
    """The form of `noun` that stands behind `count`: "patient" of 1, else "patients", or `nouns`."""
    return noun if count == 1 else nouns or f"{noun}s"


def counted(count: int, noun: str, nouns: str = "") -> str:
    """ "1 patient", "1,204 patients"."""
    return f"{count:,} {plural(count, noun, nouns)}"
