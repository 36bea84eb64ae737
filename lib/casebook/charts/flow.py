from textwrap import fill

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from casebook.charts.shown import Shown, shown
from casebook.charts.style import BLUE, INK, MUTED, PALE, RULE, WIDTH, style

_ARROW = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}


def flow(steps: pd.DataFrame, caption: str) -> Shown:
    """Boxes from left to right, and below each what leaves the path there.

    `steps`: columns step, n, left_out (text of what leaves, may be empty).
    """
    below = steps["left_out"].ne("").any()
    with style():
        figure = Figure(figsize=(WIDTH, 2.05 if below else 1.05))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(-0.02, len(steps) - 0.14)
        axes.set_ylim(-1.05 if below else -0.03, 1.03)
        for at, step in enumerate(steps.itertuples()):
            axes.add_patch(
                FancyBboxPatch(
                    (at, 0),
                    0.84,
                    1,
                    boxstyle="round,pad=0,rounding_size=0.05",
                    edgecolor=BLUE,
                    linewidth=1.1,
                    facecolor=PALE if at + 1 < len(steps) else "white",
                )
            )
            axes.text(
                at + 0.42, 0.68, f"{step.n:,}", ha="center", va="center", fontsize=15, fontweight="bold", color=BLUE
            )
            axes.text(
                at + 0.42,
                0.28,
                fill(str(step.step), 17),
                ha="center",
                va="center",
                fontsize=8.5,
                color=INK,
                linespacing=1.2,
            )
            if at + 1 < len(steps):
                axes.annotate("", (at + 1, 0.5), (at + 0.85, 0.5), arrowprops=_ARROW)
            if step.left_out:
                axes.annotate("", (at + 0.42, -0.26), (at + 0.42, 0), arrowprops=_ARROW)
                axes.text(
                    at + 0.42,
                    -0.33,
                    fill(str(step.left_out), 20),
                    ha="center",
                    va="top",
                    fontsize=8,
                    color=INK,
                    linespacing=1.3,
                    bbox={"facecolor": "white", "edgecolor": RULE, "boxstyle": "round,pad=0.35", "linewidth": 0.8},
                )
        words = "; then ".join(
            f"{s.n:,} {s.step}" + (f", of which {s.left_out}" if s.left_out else "") for s in steps.itertuples()
        )
        return shown(figure, caption, f"Flow from left to right: {words}.")
