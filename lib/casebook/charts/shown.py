"""What a notebook cell shows: a figure or a table with its caption and its words for those who do not see it."""

import base64
import io
from dataclasses import dataclass, field
from html import escape

import typst
from matplotlib.figure import Figure

from casebook.charts.style import style

MIME = "application/vnd.casebook+json"
_PIXELS = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
_PER_INCH = 110


@dataclass(frozen=True)
class Shown:
    """Displays well in JupyterLab and on GitHub; the report reads `caption` and `alt` from it and numbers it.

    `kind` is figure, table, prose, nothing (it would be empty), or title (the review's own).
    """

    kind: str
    data: dict[str, str]
    caption: str = ""
    alt: str = ""
    details: dict = field(default_factory=dict)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {**self.data, MIME: {"kind": self.kind, "caption": self.caption, "alt": self.alt, **self.details}}


def shown(figure: Figure, caption: str, alt: str) -> Shown:
    """`figure` with its caption (what to see, and n) and its alternative text (what a reader who cannot see it must
    know).
    """
    if not alt.strip():
        raise ValueError("a figure needs its alternative text")
    with style():
        svg = io.StringIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    width, height = figure.get_size_inches()
    data = {
        "image/svg+xml": svg.getvalue(),
        "image/png": base64.b64encode(_pixels(svg.getvalue())).decode("ascii"),
        "text/plain": f"{caption}\n{alt}",
    }
    return Shown("figure", data, caption, alt, {"width": round(width * 96), "height": round(height * 96)})


def _pixels(svg: str) -> bytes:
    """A PNG of what was drawn; to draw it a second time would take ten times as long."""
    return typst.compile(_PIXELS, sys_inputs={"svg": svg}, ignore_system_fonts=True, format="png", ppi=_PER_INCH)


def nothing(caption: str) -> Shown:
    """Stands where a figure or table would have been empty; a report names it in one list with others."""
    text = f"{caption} There are none."
    return Shown("nothing", {"text/html": f'<p class="none">{escape(text)}</p>', "text/plain": text}, caption)
