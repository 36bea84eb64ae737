"""The words of a report with marks on them: one source for the report page and for the reader in a notebook."""

from importlib.resources import files


def asset(name: str) -> str:
    """A script or style of the viewer. viewer.* is what page and reader share, reader.* the notebook's own."""
    return files("casebook.viewer").joinpath("assets", name).read_text(encoding="utf-8")
