"""How long the patients were free of an event: a curve of many, a dot for each of a few."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.prose import sentence
from casebook.charts.shown import Shown, shown
from casebook.charts.style import BLUE, INK, MUTED, ORANGE, RULE, WIDTH, bare, style

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "band": "#dae6ee", "linestyle": "-", "hatch": None},
    {"color": ORANGE, "band": "#e5b392", "linestyle": (0, (4, 1.6)), "hatch": "////"},
)  # of the groups, told apart by line and hatch in grey too; no colour is see-through: printers differ over that
_LINE, _LEFT, _RIGHT, _PLOT, _AXIS = 0.19, 0.95, 0.15, 2.6, 0.5  # inches
_LISTED = 12  # patients without a time that are listed beside those with one
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)  # months between two that an axis names


def survival(found: pd.DataFrame, steps: pd.DataFrame, caption: str, since: str, kept: str = "alive") -> Shown:
    """`steps`: columns group, months, at_risk, events, censored, survival, low, high; at most two groups.

    Where it is empty each patient of `found` (patient, months, event, why_not) is shown: a dot, full for an event and
    open for the last observation; where nobody has a time, a sentence with each reason; the caption alone where `found`
    has groups.
    """
    if len(steps):
        return _curves(steps, caption, since, kept)
    if "group" in found:
        return sentence(caption)
    if found["months"].notna().any():
        return _dots(found, caption, since)
    each = [f"{row.patient}: {row.why_not}" for row in found.itertuples()] if len(found) <= _LISTED else []
    return sentence(f"{caption} {'; '.join(each)}{'.' * bool(each)}".strip())


def draw(axes: Axes, steps: pd.DataFrame, look: dict) -> None:
    """One group's curve with its band and, as ticks, the patients who were watched no longer."""
    limits = steps[["low", "high"]].ffill()
    band = axes.fill_between(
        steps["months"],
        limits["low"],
        limits["high"],
        step="post",
        facecolor="none" if look["hatch"] else look["band"],
        edgecolor=look["band"] if look["hatch"] else "none",
        hatch=look["hatch"],
        linewidth=0,
        zorder=2 if look["hatch"] else 1,
    )
    band.set_hatch_linewidth(0.8)
    axes.step(
        steps["months"],
        steps["survival"],
        where="post",
        color=look["color"],
        linestyle=look["linestyle"],
        linewidth=1.8,
        zorder=3,
        solid_joinstyle="miter",
    )
    lost = steps[steps["censored"] > 0]
    axes.plot(
        lost["months"], lost["survival"], "|", color=look["color"], markersize=8, markeredgewidth=1.2, zorder=4,
    )  # fmt: skip


def scale(axes: Axes, last: float, most: int = 8) -> list[int]:
    """Percentages upwards, months from 0 to a little beyond `last`; the months that are named, `most` or fewer."""
    bare(axes, "bottom", "left")
    axes.set_xlim(0, 1.02 * max(1.0, last))
    months = name_months(axes, last, most)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    axes.axhline(0.5, color=RULE, linewidth=0.8, zorder=1.5)
    return months


def name_months(axes: Axes, last: float, most: int = 8) -> list[int]:
    """Names whole months, and whole years where they are many."""
    step = next((step for step in _STEPS if last / step <= most), 240)
    months = list(range(0, int(last) + 1, step))
    axes.set_xticks(months, [str(month) for month in months])
    return months


def words(steps: pd.DataFrame) -> str:
    """A curve for those who do not see it."""
    parts = []
    for group, own in steps.groupby("group", sort=False):
        falls = own[own["events"] > 0]
        said = ", ".join(f"{100 * row.survival:.0f} % at {row.months:.3g}" for row in _few(falls).itertuples())
        ends = f"watched to {own['months'].max():.3g} months"
        parts.append(f"{group}: {int(own['at_risk'].max()):,} at 0; {said or 'no event'}; {ends}")
    return ". ".join(parts)


def _few(falls: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    every = max(1, -(-len(falls) // most))
    return falls.iloc[every - 1 :: every]


def _curves(steps: pd.DataFrame, caption: str, since: str, kept: str) -> Shown:
    groups = {str(name): own for name, own in steps.groupby("group", sort=False)}
    foot = _LINE * (len(groups) + (1.4 if len(groups) > 1 else 0.4))
    height = _PLOT + _AXIS + foot + 0.12 + (0.26 if len(groups) > 1 else 0)
    with style():
        figure = Figure(figsize=(WIDTH, height))
        place = (_LEFT / WIDTH, (foot + _AXIS) / height, (WIDTH - _LEFT - _RIGHT) / WIDTH, _PLOT / height)
        axes = figure.add_axes(place)
        months = scale(axes, float(steps["months"].max()))
        axes.set_ylabel(kept)
        axes.set_xlabel(f"months since {since}", color=MUTED)
        for look, own in zip(LOOKS, groups.values(), strict=False):
            draw(axes, own, look)
        if len(groups) > 1:
            handles = [axes.plot([], [], color=k["color"], linestyle=k["linestyle"], linewidth=1.8)[0] for k in LOOKS]
            axes.legend(
                handles, groups, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=3
            )
        _at_risk(axes, groups, months)
        return shown(figure, caption, f"Share {kept}, by months since {since}. {words(steps)}.")


def _at_risk(axes: Axes, groups: dict[str, pd.DataFrame], months: list[int]) -> None:
    """Under the axis, how many are watched at each month that is named."""
    y = -(_AXIS + 0.45 * _LINE) / _PLOT
    line = _LINE / _PLOT
    side = axes.get_yaxis_transform()
    axes.text(-0.11, y, "at risk", transform=side, fontsize=8, color=MUTED, va="center")
    for at, (look, own) in enumerate(zip(LOOKS, groups.values(), strict=False), int(len(groups) > 1)):
        if len(groups) > 1:
            axes.plot(
                [-0.11, -0.05], [y - at * line] * 2, transform=side, color=look["color"], linestyle=look["linestyle"],
                linewidth=1.8, clip_on=False,
            )  # fmt: skip
        for month in months:
            watched = own["at_risk"][own["months"] >= month]
            axes.text(
                month, y - at * line, f"{int(watched.iloc[0]) if len(watched) else 0}", ha="center", va="center",
                fontsize=8, transform=axes.get_xaxis_transform(),
            )  # fmt: skip


def _dots(found: pd.DataFrame, caption: str, since: str) -> Shown:
    timed, silent = found[found["months"].notna()], found[found["months"].isna()].head(_LISTED)
    rows = pd.concat([timed, silent])
    last = max(1.0, float(timed["months"].max()))
    with style():
        figure = Figure(figsize=(WIDTH, 0.75 + 0.27 * len(rows)), layout="constrained")
        axes = figure.subplots()
        bare(axes, "bottom")
        said = []
        for at, row in enumerate(rows.to_dict("records")):
            if pd.isna(row["months"]):
                axes.annotate(
                    str(row["why_not"]),
                    (0, at),
                    (4, 0),
                    textcoords="offset points",
                    fontsize=8,
                    color=MUTED,
                    va="center",
                )
                said.append(f"{row['patient']}: {row['why_not']}")
                continue
            month, event = float(row["months"]), bool(row["event"])
            axes.plot([0, month], [at, at], color=RULE, linewidth=2.2, zorder=0, solid_capstyle="butt")
            face = INK if event else "white"
            axes.plot(month, at, "o", markersize=7.5, markerfacecolor=face, markeredgecolor=INK, clip_on=False)
            axes.annotate(f"{month:.3g}", (month, at), (8, 0), textcoords="offset points", va="center", fontsize=8)
            said.append(f"{row['patient']}: {month:.3g} months, {'event' if event else 'last observation'}")
        axes.set_yticks(range(len(rows)), list(rows["patient"]))
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, 1.06 * last)
        name_months(axes, last)
        axes.set_xlabel(f"months since {since}; full: event, open: last observation", color=MUTED)
        return shown(figure, caption, f"A dot per patient. {'; '.join(said)}.")
