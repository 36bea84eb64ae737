"""Figures of several reviews on one scale per measure: a dot, its interval where there is one, and n in its label."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.prose import bullets
from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, ORANGE, RULE, WIDTH, bare, style

# statistic or kind: marker, face, edge, size
_MARKS = {
    "median": ("o", INK, INK, 6),
    "mean": ("D", "white", INK, 5.5),
    "share": ("o", INK, INK, 6),
    "": ("v", "#a8b2bc", INK, 6.5),
    "ours": ("s", ORANGE, INK, 8),
    "patient": ("s", "white", ORANGE, 7),
}
_NAMES = {
    "median": "median or share",
    "": "statistic not stated",
    "ours": "this review",
    "patient": "one patient of ours",
}
_ROW, _AXIS, _HEAD, _LEGEND = 0.235, 0.3, 0.27, 0.3  # inches: a line, the scale below, the name above, the legend
OURS = "this review"
_LETTER, _RIGHT = 0.064, 1.25  # inches: a letter of a label, the numbers beside a panel


def dots(found: pd.DataFrame, caption: str) -> Shown:
    """`found` of `stats.literature`: a panel per measure, a line per label; ours are squares, first of each panel."""
    if found.empty:
        return nothing(caption)
    if not found["kind"].eq("review").any():
        return bullets(pd.DataFrame({"sentence": [caption]}))
    panels = [(panel, unit, own) for (panel, unit), own in found.groupby(["panel", "unit"], sort=False)]
    labels = {label: _label(own) for label, own in found.groupby(["panel", "label"], sort=False)}
    left = 0.2 + max(_LETTER * len(text) * (1.12 if OURS in text else 1) for text in labels.values())
    across = WIDTH - left - _RIGHT
    lines = [own["label"].nunique() for _, _, own in panels]
    height = _LEGEND + sum(_HEAD + _ROW * count + _AXIS for count in lines)
    used = [
        name
        for name in _MARKS
        if name != "share" and any(name == _kind(row) and pd.notna(row.estimate) for row in found.itertuples())
    ]
    with style():
        figure = Figure(figsize=(WIDTH, height))
        top = height
        for (panel, unit, own), count in zip(panels, lines, strict=True):
            top -= _HEAD + _ROW * count
            axes = figure.add_axes((left / WIDTH, top / height, across / WIDTH, _ROW * count / height))
            _panel(axes, own, unit, {label: labels[panel, label] for label in own["label"].unique()})
            head, name = (top + _ROW * count + 0.05) / height, f"{panel[:1].upper()}{panel[1:]}, {unit}"
            figure.text(left / WIDTH, head, name, ha="left", va="bottom", fontweight="bold", fontsize=9)
            top -= _AXIS
        handles = [axes.plot([], [], label=_NAMES.get(name, name), **_style(name))[0] for name in used]
        figure.legend(
            handles=handles,
            loc="lower left",
            ncols=len(handles),
            handletextpad=0.3,
            columnspacing=1.4,
            borderaxespad=0.3,
        )
        return shown(figure, caption, _words(panels))


def _panel(axes: Axes, own: pd.DataFrame, unit: str, labels: dict) -> None:
    bare(axes, "bottom")
    high = float(own[["estimate", "high"]].max(axis=None))
    high = 100.0 if unit == "%" else high * 1.06
    place = {label: at for at, label in enumerate(labels)}
    axes.set_xlim(-0.025 * high, high)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.hlines(range(len(labels)), -0.025 * high, high, color=RULE, linewidth=0.7, zorder=0)
    for row in own.itertuples():
        at = place[row.label]
        if pd.notna(row.low):
            axes.plot([row.low, row.high], [at, at], color=ORANGE if row.kind == "ours" else BLUE, linewidth=1.6)
            axes.plot([row.low, row.high], [at, at], "|", color=INK, markersize=6)
        if pd.notna(row.estimate):
            axes.plot(row.estimate, at, zorder=3, clip_on=False, **_style(_kind(row)))
    for label, part in own.groupby("label", sort=False):
        axes.annotate(
            part["told"].iloc[0],
            (1, place[label]),
            (9, 0),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    axes.set_yticks(range(len(labels)), list(labels.values()))
    for tick, label in zip(axes.get_yticklabels(), labels, strict=True):
        tick.set_fontweight("bold" if own["kind"][own["label"].eq(label)].iloc[0] == "ours" else "normal")
    axes.tick_params(axis="x", pad=2)
    axes.locator_params(axis="x", nbins=6)


def _kind(row) -> str:
    if row.kind != "review":
        return row.kind
    return row.statistic if pd.notna(row.statistic) else ""


def _style(name: str) -> dict:
    marker, face, edge, size = _MARKS[name]
    return {
        "marker": marker,
        "markersize": size,
        "markerfacecolor": face,
        "markeredgecolor": edge,
        "markeredgewidth": 1.2,
        "linestyle": "none",
    }


def _label(own: pd.DataFrame) -> str:
    first = own.iloc[0]
    return f"{first['label']} (n = {first['n']:,}{', few' if first['small'] and first['n'] else ''})"


def _words(panels: list) -> str:
    said = []
    for panel, unit, own in panels:
        lines = []
        for row in own.itertuples():
            if row.kind == "patient":
                lines.append(row.note)
                continue
            range_ = f", {row.low:.3g} to {row.high:.3g}" if pd.notna(row.low) else ""
            value = f"{row.estimate:.4g}{range_}" if pd.notna(row.estimate) else row.note
            statistic = row.statistic if pd.notna(row.statistic) else "statistic not stated"
            lines.append(f"{row.label} {statistic} {value} (n = {row.n:,})")
        said.append(f"{panel}, {unit}: {'; '.join(lines)}")
    return f"Dots by measure. {'. '.join(said)}."
