"""How far one patient moves each figure: a dot, and the range it runs through when each patient is left out once."""

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.prose import bullets
from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, MUTED, RULE, WIDTH, bare, style

_ROW, _AXIS, _TOP = 0.27, 0.56, 0.1  # inches: a figure's line, the scale below a panel, above the first panel
_LETTER, _RIGHT = 0.066, 2.4  # inches: a letter of a figure's name, who moves the figures


def robust(figures: pd.DataFrame, caption: str) -> Shown:
    """`figures` of `stats.robust`: a panel per unit, a line per figure; those without a range are named in the caption,
    and where none has one a sentence stands for the chart.
    """
    drawn = figures[figures["low"].notna()]
    out = _left_out(figures[figures["low"].isna()])
    if drawn.empty:
        said = f"To leave one patient out leaves too little of every headline figure: {out}."
        return bullets(pd.DataFrame({"sentence": [said]})) if out else nothing(caption)
    caption += f" Not drawn: {out}." * bool(out)
    left = 0.2 + _LETTER * max(map(len, map(_name, drawn.itertuples())))
    panels = [(str(unit), own) for unit, own in drawn.groupby("unit", sort=False)]
    height = _TOP + sum(_ROW * len(own) + _AXIS for _, own in panels)
    with style():
        figure = Figure(figsize=(WIDTH, height))
        top = height - _TOP
        for unit, own in panels:
            top -= _ROW * len(own)
            across = WIDTH - left - _RIGHT
            axes = figure.add_axes((left / WIDTH, top / height, across / WIDTH, _ROW * len(own) / height))
            _panel(axes, own, unit)
            top -= _AXIS
        return shown(figure, caption, _words(drawn))


def _panel(axes: Axes, own: pd.DataFrame, unit: str) -> None:
    bare(axes, "bottom")
    low, high = float(own["low"].min()), float(own["high"].max())
    margin = max(0.08 * (high - low), 0.02 * abs(high), 0.5)
    low, high = max(0.0, low - margin) if unit == "years" else 0.0, high + margin
    axes.set_xlim(low, high)
    axes.set_ylim(len(own) - 0.5, -0.5)
    axes.hlines(range(len(own)), low, high, color=RULE, linewidth=0.7, zorder=0)
    for at, row in enumerate(own.itertuples()):
        axes.plot([row.low, row.high], [at, at], color=BLUE, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot([row.low, row.high], [at, at], "|", color=BLUE, markersize=9, markeredgewidth=1.6)
        axes.plot(row.estimate, at, "o", color=INK, markersize=5.5)
        axes.annotate(
            _moved(row),
            (1, at),
            (8, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=8,
            annotation_clip=False,
        )
    axes.set_yticks(range(len(own)), [_name(row) for row in own.itertuples()])
    axes.set_xlabel("% of patients" if unit == "%" else unit, color=MUTED, loc="left")
    axes.locator_params(axis="x", nbins=6)


def _name(row) -> str:
    return f"{shorten(row.figure, 40, placeholder=' …')} (n = {row.n:,})"


def _left_out(figures: pd.DataFrame) -> str:
    """The figures without a range, by their reason."""
    why = figures.groupby("why_not", sort=False)["figure"].agg(", ".join)
    return "; ".join(f"{names} ({reason})" for reason, names in why.items())


def _moved(row) -> str:
    if pd.isna(row.moved_by):
        return "no patient moves it"
    return f"{row.moved_to:.3g} without {row.moved_by}"


def _words(drawn: pd.DataFrame) -> str:
    said = []
    for row in drawn.itertuples():
        text = f"{row.figure} {row.estimate:.3g} {row.unit} (n = {row.n:,}), {row.low:.3g} to {row.high:.3g}"
        text += f", {row.moved_to:.3g} without {row.moved_by}" if pd.notna(row.moved_by) else ", no patient moves it"
        said.append(text + (f", no median without {row.without} of them" if row.without else ""))
    return f"Dots with the range when each patient is left out once. {'; '.join(said)}."
