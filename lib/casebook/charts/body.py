"""Where in the body the metastases are."""

from dataclasses import dataclass
from math import sqrt
from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch

from casebook.charts.bodyplan import MIDDLE, PLACES, outline
from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, GREEN, INK, MUTED, ORANGE, PALE, WIDTH, style
from casebook.text.amounts import counted

_COLOURS = (BLUE, ORANGE, GREEN, INK)
_HIGH = 5.6  # inches of the map
_LINE = 3.2  # of the body's height, between two labels
_LARGEST, _MARK = 3.6, 1.75  # radius of the circle of the most frequent place, and of a patient's mark
_TOLD = "The number in a mark is the patient's; a mark whose side is not stated stands at the right of the patient."
_COUNTED = "The area of a circle is the number of patients, written beside it; sides are not told apart."
_LETTERS = 104  # of a line below the map


@dataclass(frozen=True)
class _Place:
    label: str
    x: float
    y: float


def body(places: pd.DataFrame, caption: str) -> Shown:
    """`places`: columns place, drawn, n, of; one circle each, whose area is n. With patient and laterality too: one
    mark for each patient, with its number, on its side of the body.
    """
    if places.empty:
        return nothing(caption)
    told = "patient" in places
    caption += f" {counted(int(places['of'].iloc[0]), 'patient')} with metastasis. " + (_TOLD if told else _COUNTED)
    on = [
        _Place(_label(str(place), own, told), *PLACES[str(place)])
        for place, own in places[places["drawn"]].groupby("place", sort=False)
    ]
    off = [
        _label(str(place), own, told) for place, own in places[~places["drawn"]].groupby("place", sort=False)
    ]
    foot = wrap(f"No place on the map: {'; '.join(off)}.", _LETTERS) if off else []
    below = 0.17 * len(foot) + 0.08 * bool(foot)
    with style():
        figure = Figure(figsize=(WIDTH, _HIGH + below))
        axes = figure.add_axes((0, below / (_HIGH + below), 1, _HIGH / (_HIGH + below)))
        axes.axis("off")
        wide = 53 * WIDTH / _HIGH
        axes.set_xlim(-wide, wide)
        axes.set_ylim(-2, 104)
        axes.add_patch(PathPatch(outline(), facecolor=PALE, edgecolor="#a8b2bc", linewidth=1.1, zorder=0))
        axes.text(-24, 1, "right of the patient", ha="center", fontsize=8, color=MUTED)
        axes.text(24, 1, "left of the patient", ha="center", fontsize=8, color=MUTED)
        (_marks if told else _circles)(axes, places[places["drawn"]])
        _labels(axes, on)
        for at, line in enumerate(foot):
            figure.text(0.01, (below - 0.04 - 0.17 * at) / (_HIGH + below), line, va="top", fontsize=8)
        return shown(figure, caption, _words(places, told))


def _circles(axes: Axes, places: pd.DataFrame) -> None:
    most = places["n"].max() if len(places) else 1
    for row in places.to_dict("records"):
        axes.add_patch(
            Circle(
                PLACES[row["place"]],
                _LARGEST * sqrt(row["n"] / most),
                facecolor=BLUE,
                edgecolor="white",
                linewidth=0.9,
                alpha=0.85,
                zorder=3,
            )
        )


def _marks(axes: Axes, places: pd.DataFrame) -> None:
    numbers = {name: at for at, name in enumerate(sorted(places["patient"].unique()))}
    taken: dict[tuple[float, float], int] = {}
    for row in places.to_dict("records"):
        x, y = PLACES[row["place"]]
        for side in _sides(x, row["laterality"]):
            at = taken.get((side, y), 0)
            taken[side, y] = at + 1
            axes.add_patch(
                Circle(
                    (side, y - 2 * _MARK * at),
                    _MARK,
                    facecolor=_COLOURS[numbers[row["patient"]] % len(_COLOURS)],
                    edgecolor="white",
                    linewidth=0.9,
                    zorder=3,
                )
            )
            axes.text(
                side,
                y - 2 * _MARK * at - 0.08,
                row["patient"].split()[-1],
                ha="center",
                va="center",
                fontsize=8,
                fontweight="bold",
                color="white",
                zorder=4,
            )


def _sides(x: float, laterality: object) -> tuple[float, ...]:
    if abs(x) < MIDDLE or pd.isna(laterality):
        return (x,)
    return {"right": (-abs(x),), "left": (abs(x),)}.get(str(laterality), (-abs(x), abs(x)))


def _labels(axes: Axes, places: list[_Place]) -> None:
    """Labels on both sides, in the order from head to foot, each with a line to its place; none touches another."""
    sides: dict[int, list[_Place]] = {-1: [], 1: []}
    for place in sorted(places, key=lambda place: (-place.y, place.label)):
        side = (1 if place.x > 0 else -1) if abs(place.x) >= MIDDLE else min(sides, key=lambda side: len(sides[side]))
        sides[side].append(place)
    for side, own in sides.items():
        for place, height in zip(own, _apart([place.y for place in own]), strict=True):
            axes.plot(
                [place.x, 24 * side, 26 * side],
                [place.y, height, height],
                color=MUTED,
                linewidth=0.6,
                zorder=2,
                solid_capstyle="round",
            )
            axes.text(27 * side, height, place.label, ha="left" if side > 0 else "right", va="center", fontsize=8.5)


def _apart(heights: list[float]) -> list[float]:
    """`heights`, falling, moved as little as needed so that any two are a line apart, inside the map."""
    line = min(_LINE, 98 / max(1, len(heights)))
    out: list[float] = []
    for height in heights:
        out.append(min(height, out[-1] - line) if out else min(height, 100))
    low = 4.0
    for at in range(len(out) - 1, -1, -1):
        if out[at] >= low:
            break
        out[at] = low
        low += line
    return out


def _label(place: str, own: pd.DataFrame, told: bool) -> str:
    if not told:
        return f"{place} {own['n'].iloc[0]:,}"
    return f"{place}: {', '.join(dict.fromkeys(own['patient']))}"


def _words(places: pd.DataFrame, told: bool) -> str:
    said = [_label(str(place), own, told) for place, own in places.groupby("place", sort=False)]
    whose = counted(int(places["of"].iloc[0]), "patient")
    return f"Outline of a body from the front with marks where metastases are, of {whose}. {'; '.join(said)}."
