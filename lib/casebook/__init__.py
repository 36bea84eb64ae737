"""A folder of case reports becomes a living, evidence-linked review."""

__version__ = "0.1.0"


def __getattr__(name: str):
    """`casebook.load` and `casebook.Review`, imported when first used: the command line does without them."""
    if name in ("load", "Review"):
        from casebook import workbook

        return getattr(workbook, name)
    raise AttributeError(f"module 'casebook' has no attribute {name!r}")
