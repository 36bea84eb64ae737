import pandas as pd
from matplotlib.figure import Figure

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, MUTED, RULE, WIDTH, bare, style

_FEWEST = 5  # fewer dots have no bar
_NAMED = 12  # more patients than this are drawn as unnamed dots with a bar at their median


def intervals(spans: pd.DataFrame, caption: str) -> Shown:
    """One line per kind of interval, one dot per patient's interval; few patients are named above their dot.

    `spans`: columns interval, patient, months.
    """
    if spans.empty:
        return nothing(caption)
    kinds = spans.groupby("interval", sort=False)
    few = spans["patient"].nunique() <= _NAMED
    longest = max(1.0, float(spans["months"].max()))
    with style():
        figure = Figure(figsize=(WIDTH, 0.7 + 0.38 * len(kinds)), layout="constrained")
        axes = figure.subplots()
        bare(axes, "bottom")
        axes.set_xlim(-0.07 * longest, 1.07 * longest)
        axes.spines["bottom"].set_bounds(0, longest)
        axes.hlines(range(len(kinds)), 0, longest, color=RULE, linewidth=0.8, zorder=0)
        for at, (_, part) in enumerate(kinds):
            axes.plot(
                part["months"],
                [at] * len(part),
                "o",
                color=BLUE,
                markersize=7 if few else 4,
                alpha=1 if few else 0.3,
                clip_on=False,
            )
            if few:
                for months, named in part.groupby("months")["patient"]:
                    axes.annotate(
                        ", ".join(named.unique()),
                        (float(months), at),
                        (0, 6),
                        textcoords="offset points",
                        ha="center",
                        fontsize=8,
                    )
            elif len(part) >= _FEWEST:
                axes.plot([part["months"].median()] * 2, [at - 0.3, at + 0.3], color=INK, linewidth=2.2)
        axes.set_yticks(range(len(kinds)), [f"{kind} (n = {len(part):,})" for kind, part in kinds])
        axes.set_ylim(len(kinds) - 0.4, -0.75)
        axes.set_xlabel("months" if few else "months; a bar stands at the median, from five patients on", color=MUTED)
        words = [
            f"{kind}: "
            + (
                ", ".join(f"{r.patient} {r.months:.3g} months" for r in part.itertuples())
                if few
                else f"n = {len(part):,}, median {part['months'].median():.3g} months, {part['months'].min():.3g} to "
                f"{part['months'].max():.3g}"
            )
            for kind, part in kinds
        ]
        return shown(figure, caption, f"Dots on a scale of months. {'; '.join(words)}.")
