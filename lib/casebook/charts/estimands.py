"""The same curve under each rule that a reviewer could choose, side by side."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from casebook.charts.prose import sentence
from casebook.charts.shown import Shown, shown
from casebook.charts.style import MUTED, WIDTH, style
from casebook.charts.survival import LOOKS, draw, scale

_WIDE, _TALL, _LINE = 3, 2.45, 0.14  # panels in a row, inches of one, of a line of words below it
_LETTERS = 38  # in such a line
_WATCHED = 5  # the axis ends where fewer are watched under every rule (Pocock, Clayton and Altman 2002)


def estimands(panel: pd.DataFrame, steps: pd.DataFrame, caption: str, event: str = "died") -> Shown:
    """`panel`: columns rule, n, of, events, estimate, low, high, left_out; `steps`: the curves, their rule in `group`.

    The first rule's curve stands thin and dotted behind each of the others. Without any curve a sentence that says so:
    the numbers are in the table.
    """
    if steps.empty:
        said = "Under no rule have five patients a time, the fewest of a curve; the table gives n and why."
        return sentence(said)
    rows = panel.to_dict("records")
    high = -(-len(rows) // _WIDE)
    below = [max(_lines(row) for row in rows[at : at + _WIDE]) for at in range(0, len(rows), _WIDE)]
    first = steps[steps["group"].eq(rows[0]["rule"])]
    with style():
        figure = Figure(figsize=(WIDTH, high * _TALL + _LINE * sum(below)), layout=ConstrainedLayoutEngine(h_pad=0.09))
        grid = figure.subplots(high, _WIDE, sharex=True, sharey=True, squeeze=False).flatten()
        last = float(steps["months"][steps["at_risk"] >= _WATCHED].max())
        for axes, row in zip(grid, rows, strict=False):
            scale(axes, last, most=6)
            own = steps[steps["group"].eq(row["rule"])]
            _panel(axes, row, own, first if row is not rows[0] else first.head(0), event)
        for axes in grid[len(rows) :]:
            axes.set_visible(False)
        return shown(figure, caption, "Curves side by side. " + " ".join(_words(row, event) for row in rows))


def _panel(axes: Axes, row: dict, own: pd.DataFrame, first: pd.DataFrame, event: str) -> None:
    axes.tick_params(labelbottom=True)
    axes.set_title(fill(f"{row['rule'][:1].upper()}{row['rule'][1:]}", 28), fontsize=8.5)
    if len(first):
        axes.step(first["months"], first["survival"], where="post", color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
    if len(own):
        draw(axes, own, LOOKS[0])
    axes.text(
        0.98, 0.98, f"{_counted(row, event)}\n{_middle(row)}", ha="right", va="top", fontsize=8,
        transform=axes.transAxes, linespacing=1.3,
    )  # fmt: skip
    axes.set_xlabel(_below(row), color=MUTED, fontsize=8, loc="left")


def _counted(row: dict, event: str) -> str:
    return f"n = {row['n']:,} of {row['of']:,}, {row['events']:,} {event}"


def _middle(row: dict) -> str:
    if pd.isna(row["estimate"]):
        return "no median"
    low, high = ("–" if pd.isna(row[limit]) else f"{row[limit]:.3g}" for limit in ("low", "high"))
    return f"median {row['estimate']:.3g} ({low} to {high}) months"


def _left_out(row: dict) -> str:
    return f"left out: {row['left_out']}" if row["left_out"] else "nobody is left out"


def _below(row: dict) -> str:
    return "\n".join(fill(why, _LETTERS, subsequent_indent="   ") for why in _kept(_left_out(row)))


def _kept(text: str) -> list[str]:
    """Its reasons, each with its number on the same line."""
    return text.replace("left out: ", "left out:; ").replace(" (", "\N{NO-BREAK SPACE}(").split("; ")


def _lines(row: dict) -> int:
    return _below(row).count("\n") + 1


def _words(row: dict, event: str) -> str:
    return f"{row['rule']}: {_counted(row, event)}, {_middle(row)}, {_left_out(row)}."
