"""What happened to each patient, on one scale of months; what has no date is listed apart, never placed by guess."""

from dataclasses import dataclass
from textwrap import shorten, wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, GREEN, INK, MUTED, ORANGE, RULE, WIDTH, bare, style

LANES = {
    "symptoms": ("*", ORANGE),
    "disease": ("o", INK),
    "extension": ("^", GREEN),
    "spread": ("s", ORANGE),
    "imaging": ("D", GREEN),
    "surgery": ("v", BLUE),
    "radiotherapy": ("P", BLUE),
    "drugs": ("h", BLUE),
    "other treatment": ("p", BLUE),
    "adverse events": ("d", ORANGE),
    "outcome": ("X", INK),
}
_LINE, _HEAD, _FOOT, _LETTER = 0.185, 0.42, 0.28, 0.062  # inches: a line of text, above a panel, below it, one letter
_LEFT, _ASIDE, _LABEL = (
    1.02,
    2.0,
    1.5,
)  # inches: names of the lanes, the panel of what has no date, room right of the last event


@dataclass(frozen=True)
class _Lane:
    """One lane of one patient: lines of (months, label, whether its event begins here) that do not touch, and what has
    no date.
    """

    name: str
    lines: list[list[tuple[float, str, bool]]]
    loose: list[str]

    @property
    def height(self) -> int:
        return max(len(self.lines), len(self.loose))


def timeline(events: pd.DataFrame, caption: str) -> Shown:
    """`events`: columns patient, lane (a key of LANES), what, months (missing: not dated). One panel per patient, in
    order.
    """
    if events.empty:
        return nothing(caption)
    last = max(1.0, float(events["months"].fillna(0).max()))
    aside = _ASIDE if events["months"].isna().any() else 0.0
    dated = WIDTH - _LEFT - aside - 0.1
    scale = (dated - _LABEL - 0.1) / last  # inches per month
    patients = {
        name: [_lane(lane, own[own["lane"].eq(lane)], scale, dated) for lane in LANES if own["lane"].eq(lane).any()]
        for name, own in events.groupby("patient", sort=False)
    }
    tall = {name: _LINE * sum(lane.height for lane in lanes) for name, lanes in patients.items()}
    height = sum(tall.values()) + len(patients) * (_HEAD + _FOOT) + 0.14
    with style():
        figure = Figure(figsize=(WIDTH, height))
        top = height
        for name, lanes in patients.items():
            top -= _HEAD + tall[name]
            axes = figure.add_axes((_LEFT / WIDTH, top / height, dated / WIDTH, tall[name] / height))
            figure.text(
                0.06 / WIDTH, (top + tall[name] + 0.3) / height, str(name), fontweight="bold", fontsize=9.5, va="top"
            )
            _dated(axes, lanes, -0.1 / scale, dated / scale - 0.1 / scale, last)
            if aside:
                panel = figure.add_axes(((WIDTH - aside) / WIDTH, top / height, aside / WIDTH, tall[name] / height))
                _undated(panel, lanes)
            top -= _FOOT
        axes.set_xlabel("months from diagnosis", color=MUTED, loc="left")
        return shown(figure, caption, _words(events))


def _lane(name: str, events: pd.DataFrame, scale: float, dated: float) -> _Lane:
    lines: list[list[tuple[float, str, bool]]] = []
    ends: list[float] = []  # where each line is taken up to, in inches
    for when, group in events[events["months"].notna()].groupby("months"):
        start = float(when) * scale
        room = max(14, min(40, int((dated - start - 0.3) / _LETTER)))
        labels = wrap(", ".join(dict.fromkeys(group["what"])), room, break_on_hyphens=False)
        free = next(
            (at for at in range(len(ends)) if all(end < start for end in ends[at : at + len(labels)])), len(ends)
        )
        for at, label in enumerate(labels, free):
            if at == len(ends):
                ends.append(0.0)
                lines.append([])
            lines[at].append((float(when), label, at == free))
            ends[at] = start + 0.2 + _LETTER * len(label)
    words = list(dict.fromkeys(events[events["months"].isna()]["what"]))
    return _Lane(
        name,
        lines,
        wrap(shorten(", ".join(words), 220, placeholder=" …"), int((_ASIDE - 0.3) / _LETTER), break_on_hyphens=False),
    )


def _dated(axes: Axes, lanes: list[_Lane], low: float, high: float, last: float) -> None:
    _frame(axes, lanes)
    bare(axes, "bottom")
    axes.set_xlim(low, high)
    months = [
        tick for tick in MaxNLocator(7, integer=True, steps=[1, 2, 3, 6, 10]).tick_values(0, last) if 0 <= tick <= high
    ]
    axes.set_xticks(months)
    axes.spines["bottom"].set_bounds(0, months[-1])
    top, ticks = 0.0, []
    for lane in lanes:
        marker, colour = LANES[lane.name]
        ticks.append(top)
        for at, line in enumerate(lane.lines):
            for when, label, begins in line:
                if begins:
                    axes.plot(when, top + at, marker, color=colour, markersize=6, clip_on=False)
                axes.annotate(
                    label,
                    (when, top + at),
                    (7, -0.5),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                    annotation_clip=False,
                )
        top += lane.height
    axes.set_yticks(ticks, [lane.name for lane in lanes])


def _undated(panel: Axes, lanes: list[_Lane]) -> None:
    _frame(panel, lanes)
    bare(panel)
    panel.set_xlim(0, 1)
    panel.set_xticks([])
    panel.set_yticks([])
    panel.set_title("no date stated", fontsize=8, fontweight="normal", color=MUTED, pad=3)
    top = 0.0
    for lane in lanes:
        marker, colour = LANES[lane.name]
        if lane.loose:
            panel.plot(0.05, top, marker, markerfacecolor="white", markeredgecolor=colour, markersize=6)
        for at, words in enumerate(lane.loose):
            panel.text(0.11, top + at, words, va="center", fontsize=8, color=INK)
        top += lane.height


def _frame(axes: Axes, lanes: list[_Lane]) -> None:
    axes.set_ylim(sum(lane.height for lane in lanes) - 0.5, -0.5)
    top = -0.5
    for lane in lanes:
        axes.axhline(top, color=RULE, linewidth=0.7, zorder=0)
        top += lane.height


def _words(events: pd.DataFrame) -> str:
    said = []
    for patient, own in events.groupby("patient", sort=False):
        ordered = own.sort_values("months", kind="stable", na_position="last").head(40)
        said.append(
            f"{patient}: "
            + "; ".join(
                f"{'no date' if pd.isna(e.months) else f'month {e.months:.3g}'} {e.what}" for e in ordered.itertuples()
            )
        )
    return "Timeline in months from diagnosis. " + ". ".join(said) + "."
