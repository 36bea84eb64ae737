"""One look for all figures: safe for colour-blind readers, told apart by shape and lightness too, the same bytes each
time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes

INK = "#1f2933"
MUTED = "#66727f"
RULE = "#d5dae0"
BLUE = "#0b5a8f"
ORANGE = "#c8601a"
GREEN = "#2f7f6b"
PALE = "#e8edf2"
WIDTH = 7.2  # inches; the text column of the report

_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "figure.facecolor": "white",
    "svg.hashsalt": "casebook",
    "svg.fonttype": "path",
    "text.parse_math": False,
}


@contextmanager
def style() -> Iterator[None]:
    """Draw and save inside this; nobody else's settings take part."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        with matplotlib.rc_context(_SETTINGS):
            yield


def bare(axes: Axes, *keep: str) -> None:
    """Take away all spines but those named."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
