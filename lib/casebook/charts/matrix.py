"""Rows against columns, one mark per meeting: shapes carry the answer, colour only repeats it."""

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.bars import bars
from casebook.charts.lights import lights
from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, GREEN, INK, MUTED, ORANGE, RULE, WIDTH, bare, style

# answer: marker, face, edge
MARKS = {
    "primary": ("o", INK, INK),
    "recurrence": ("o", "white", INK),
    "extension": ("^", GREEN, GREEN),
    "metastasis": ("s", ORANGE, ORANGE),
    "present": ("o", BLUE, BLUE),
    "reported": ("o", BLUE, BLUE),
    "uncertain": ("d", "#9fc3dc", BLUE),
    "absent": ("X", "white", ORANGE),
    "denied": ("X", "white", ORANGE),
    "not reported": ("o", "white", "#a8b2bc"),
    "not applicable": ("_", MUTED, MUTED),
}
_ROW = 0.25  # inches
_COLUMN = 1.05
_LETTER = 0.066  # inches of one letter of a label


def grid(frame: pd.DataFrame, caption: str, marks: str = "", counted: str = "") -> Shown:
    """Marks where `frame` tells patients one by one (it has a column answer), bars where it counts them (label, n, of),
    `lights` where it does both (answer and told).

    `marks` goes on with the caption of the first, `counted` with that of the others.
    """
    if frame.empty:
        return nothing(caption)
    if "told" in frame:
        return lights(frame, f"{caption} Beside each line of how many something is said. {counted}".strip())
    draw, more = (matrix, marks) if "answer" in frame else (bars, counted)
    return draw(frame, f"{caption} {more}".strip())


def matrix(meetings: pd.DataFrame, caption: str) -> Shown:
    """`meetings`: one row per mark; columns row, column, answer (a key of MARKS), and if wanted panel (side by side)
    and note.

    Rows, columns and panels come in the order of first appearance. A meeting that is not listed is blank; one with two
    answers shows both.
    """
    panels = list(meetings["panel"].unique()) if "panel" in meetings else [""]
    rows = list(meetings["row"].unique())
    parts = [meetings[meetings["panel"].eq(panel)] if panel else meetings for panel in panels]
    counts = [part["column"].nunique() for part in parts]
    left = 0.25 + _LETTER * min(44, max(len(str(row)) for row in rows))
    slot = min(_COLUMN, (WIDTH - left - 0.25 * len(panels)) / sum(counts))
    longest = min(26, max(len(str(column)) for column in meetings["column"])) * _LETTER
    turned = longest > slot
    top = 0.1 + (0.15 + 0.57 * longest if turned else 0.25) + (0.25 if panels != [""] else 0)
    used = [answer for answer in MARKS if meetings["answer"].eq(answer).any()]
    legend = sum(0.45 + _LETTER * len(answer) for answer in used)
    height = top + _ROW * len(rows) + 0.42
    width = min(WIDTH, max(4.2, legend, left + sum(counts) * slot + 0.25 * len(panels) + 0.5 * turned))
    with style():
        figure = Figure(figsize=(width, height))
        at = left
        for panel, part, count in zip(panels, parts, counts, strict=True):
            axes = figure.add_axes((at / width, 0.42 / height, count * slot / width, _ROW * len(rows) / height))
            _draw(axes, part, rows, turned)
            axes.set_yticks(
                range(len(rows)), [shorten(str(row), 44, placeholder=" …") for row in rows] if at == left else []
            )
            if panel:
                figure.text(at / width, 1 - 0.08 / height, panel, ha="left", va="top", fontweight="bold", fontsize=9)
            at += count * slot + 0.25
        handles = [axes.plot([], [], label=answer, **_mark(answer, 7))[0] for answer in used]
        figure.legend(
            handles=handles,
            loc="lower left",
            ncols=len(handles),
            handletextpad=0.2,
            columnspacing=1.4,
            borderaxespad=0.3,
        )
        return shown(figure, caption, _words(parts, panels))


def _draw(axes: Axes, part: pd.DataFrame, rows: list, turned: bool) -> None:
    columns = list(part["column"].unique())
    bare(axes)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.hlines(range(len(rows)), -0.5, len(columns) - 0.5, color=RULE, linewidth=0.7, zorder=0)
    for (row, column), marks in part.groupby(["row", "column"], sort=False):
        x, y = columns.index(column), rows.index(row)
        for at, answer in enumerate(marks["answer"]):
            axes.plot(x + 0.14 * (at - (len(marks) - 1) / 2), y, **_mark(answer, 8))
        if "note" in marks and (note := marks["note"].iloc[0]):
            axes.annotate(note, (x, y), (8, 0), textcoords="offset points", va="center", fontsize=7.5, color=MUTED)
    axes.set_xticks(
        range(len(columns)),
        [shorten(str(column), 26, placeholder=" …") for column in columns],
        color=INK,
        rotation=35 if turned else 0,
        ha="left" if turned else "center",
        rotation_mode="anchor",
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)


def _mark(answer: str, size: float) -> dict:
    marker, face, edge = MARKS[answer]
    return {
        "marker": marker,
        "markersize": size,
        "markerfacecolor": face,
        "markeredgecolor": edge,
        "markeredgewidth": 1.3,
        "linestyle": "none",
    }


def _words(parts: list[pd.DataFrame], panels: list[str]) -> str:
    lines = []
    for panel, part in zip(panels, parts, strict=True):
        said = [
            f"{row}: " + ", ".join(f"{m.column} {m.answer}" for m in own.itertuples())
            for row, own in part.groupby("row", sort=False)
        ]
        more = f"; and {len(said) - 30} rows more" if len(said) > 30 else ""
        lines.append((f"{panel}. " if panel else "") + "; ".join(said[:30]) + more)
    return "Grid of marks. " + ". ".join(lines) + "."
