"""Items against patients: shape and lightness tell the answer, colour repeats it."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.bars import bars
from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, GREEN, INK, MUTED, ORANGE, PALE, WIDTH, bare, style

# answer: marker, face, edge, size of the slot that it fills
_LIGHTS = {
    "reported": ("s", BLUE, BLUE, 0.74),
    "denied": ("X", "white", ORANGE, 0.7),
    "uncertain": ("d", "#9fc3dc", BLUE, 0.7),
    "not found": ("o", "white", ORANGE, 0.55),
    "not reported": ("o", "white", "#a8b2bc", 0.5),
    "not judged": ("_", MUTED, MUTED, 0.6),
    "yes": ("o", GREEN, GREEN, 0.8),
    "unclear": ("^", "#f3d27a", INK, 0.72),
    "no": ("X", ORANGE, INK, 0.86),
    "appraisers differ": ("D", "white", INK, 0.6),
    "not applicable": ("_", MUTED, MUTED, 0.6),
    "not yet appraised": ("o", "white", "#a8b2bc", 0.5),
}
_ROW, _TOP, _LEGEND = 0.215, 0.42, 0.5  # inches
_LETTER, _BOLD, _IN, _TOLD, _SLOT = 0.066, 0.074, 0.16, 0.62, 0.78
_WIDE = 0.5  # inches from which a column has its own name


def lights(found: pd.DataFrame, caption: str, counted: str = "") -> Shown:
    """`found` of `stats.marks`: columns group, row, column, answer, told; or counts, which become bars.

    Rows of one group stand under its name, those of no group by themselves.
    """
    if found.empty or ("answer" in found and found["answer"].eq("not yet appraised").all()):
        return nothing(caption)
    if "answer" not in found:
        return bars(found, f"{caption} {counted}".strip())
    columns = list(found["column"].unique())
    lines = _lines(found)
    grouped = any(own is None for _, _, own in lines)
    left = 0.3 + max(
        len(text) * (_BOLD if grouped and not inside else _LETTER) + _IN * inside for text, inside, _ in lines
    )
    slot = min(_SLOT, (WIDTH - left - _TOLD) / len(columns))
    used = [answer for answer in _LIGHTS if found["answer"].eq(answer).any()]
    legend = sum(0.5 + _LETTER * len(answer) for answer in used)
    width = min(WIDTH, max(left + slot * len(columns) + _TOLD, legend))
    tall = _ROW * len(lines)
    height = tall + _TOP + _LEGEND
    with style():
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((left / width, _LEGEND / height, slot * len(columns) / width, tall / height))
        size = 72 * min(slot, _ROW)
        _draw(axes, lines, columns, size, 72 * (left - 0.12), grouped)
        _columns(axes, columns, slot)
        handles = [axes.plot([], [], label=answer, **_mark(answer, 10))[0] for answer in used]
        figure.legend(
            handles=handles,
            loc="lower left",
            ncols=len(handles),
            handletextpad=0.2,
            columnspacing=1.2,
            borderaxespad=0.4,
        )
        return shown(figure, caption, _words(lines, found))


def _lines(found: pd.DataFrame) -> list[tuple[str, bool, pd.DataFrame | None]]:
    """(words, whether they stand under a group, the marks; none for the group's own line)."""
    lines: list[tuple[str, bool, pd.DataFrame | None]] = []
    last = ""
    for (group, row), own in found.groupby(["group", "row"], sort=False):
        if group and group != last:
            lines.append((group, False, None))
        last = group
        lines.append((row, bool(group), own))
    return lines


def _draw(axes: Axes, lines: list, columns: list, size: float, left: float, grouped: bool) -> None:
    """`left`: points between the words' margin and the marks."""
    bare(axes)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    across = axes.get_yaxis_transform()
    place = {column: at for at, column in enumerate(columns)}
    for at, (words, inside, own) in enumerate(lines):
        axes.annotate(
            words,
            (0, at),
            (72 * _IN * inside - left, 0),
            xycoords=across,
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=8.5,
            fontweight="bold" if grouped and not inside else "normal",
            color=INK,
        )
        if own is None:
            continue
        axes.axhspan(at - 0.44, at + 0.44, color=PALE, alpha=0.45, linewidth=0, zorder=0)
        for answer, part in own.groupby("answer", sort=False):
            axes.plot(part["column"].map(place), [at] * len(part), **_mark(str(answer), size))
        axes.annotate(
            own["told"].iloc[0],
            (1, at),
            (6, 0),
            xycoords=across,
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=MUTED,
        )


def _columns(axes: Axes, columns: list, slot: float) -> None:
    """Names where there is room, else the number of every fifth patient."""
    wide = slot >= _WIDE
    shown_at = [at for at in range(len(columns)) if wide or at == 0 or (at + 1) % 5 == 0]
    axes.set_xticks(
        shown_at, [str(columns[at]) if wide else str(columns[at]).split()[-1] for at in shown_at], color=INK
    )
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.tick_params(length=0, pad=2)
    if not wide:
        axes.set_title("patient", fontsize=8, fontweight="normal", color=MUTED, pad=14)


def _mark(answer: str, size: float) -> dict:
    marker, face, edge, part = _LIGHTS[answer]
    return {
        "marker": marker,
        "markersize": size * part,
        "markerfacecolor": face,
        "markeredgecolor": edge,
        "markeredgewidth": min(1.1, 0.12 * size),
        "linestyle": "none",
    }


def _words(lines: list, found: pd.DataFrame) -> str:
    said, above = [], ""
    few = found["column"].nunique() <= 12
    for words, inside, own in lines:
        if own is None:
            above = words
            continue
        counts = own["answer"].value_counts(sort=False)
        told = own["column"] + " " + own["answer"] if few else [f"{answer} {n}" for answer, n in counts.items()]
        said.append(f"{f'{above}, ' * inside}{words}: {', '.join(told)}")
    return f"Grid of marks, one line per item. {'; '.join(said)}."
