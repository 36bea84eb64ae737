from textwrap import shorten

import pandas as pd
from matplotlib.figure import Figure

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, MUTED, PALE, WIDTH, bare, style


def bars(counts: pd.DataFrame, caption: str) -> Shown:
    """One bar of n before a pale one of its own denominator: columns label, n, of; first on top."""
    if counts.empty:
        return nothing(caption)
    with style():
        figure = Figure(figsize=(WIDTH, 0.5 + 0.26 * len(counts)), layout="constrained")
        axes = figure.subplots()
        bare(axes)
        axes.barh(range(len(counts)), counts["of"], color=PALE, height=0.66)
        axes.barh(range(len(counts)), counts["n"], color=BLUE, height=0.66)
        for at, row in enumerate(counts.itertuples()):
            axes.annotate(
                f"{row.n:,} of {row.of:,}",
                (row.of, at),
                (5, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                color=MUTED,
            )
        axes.set_yticks(range(len(counts)), [shorten(str(label), 44, placeholder=" …") for label in counts["label"]])
        axes.set_xlim(0, max(1, int(counts["of"].max())) * 1.17)
        axes.set_xlabel("patients", color=MUTED)
        axes.invert_yaxis()
        words = "; ".join(f"{row.label} {row.n:,} of {row.of:,}" for row in counts.itertuples())
        return shown(figure, caption, f"Bars of patients: {words}.")
