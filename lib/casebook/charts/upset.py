"""Sets and their combinations as bars over a grid of dots (Lex and others 2014)."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, MUTED, PALE, RULE, WIDTH, bare, style
from casebook.charts.table import table
from casebook.text.amounts import counted

_LETTER = 0.066  # inches of one letter of a label
_ROW, _TOP, _FOOT = 0.24, 1.5, 0.3  # inches: a site, the bars of combinations, below the grid
_TOTALS = 1.25  # inches of the bars of sites


def upset(combinations: pd.DataFrame, caption: str, first: int = 20) -> Shown:
    """`combinations`: columns combination, site, n (with just this combination), total (with the site), of; the `first`
    combinations. With columns patient and sites instead: a table, because they are too few.
    """
    if combinations.empty:
        return nothing(caption)
    if "patient" in combinations:
        caption += f" Listed: {counted(len(combinations), 'patient')}, too few to draw combinations."
        return table(combinations, caption, {"patient": "patient", "sites": "sites of metastasis"})
    caption += (
        f" {counted(int(combinations['of'].iloc[0]), 'patient')} with a metastasis whose place is told. Above: patients"
        " with just this combination; at the left: with the site at all."
    )
    known = combinations["combination"].nunique()
    drawn = combinations[combinations["combination"].le(first)]
    if known > first:
        left = combinations[combinations["combination"].gt(first)].drop_duplicates("combination")["n"]
        in_others = counted(int(left.sum()), "patient")
        caption += f" The {first} most frequent of {known:,} combinations; the others are in {in_others}."
    sets = drawn.drop_duplicates("site").sort_values(["total", "site"], ascending=[False, True])
    place = {site: at for at, site in enumerate(sets["site"])}
    heads = drawn.drop_duplicates("combination")
    name = 0.2 + _LETTER * max(len(site) for site in place)
    height = _TOP + _ROW * len(place) + _FOOT
    left, grid = _TOTALS + name + 0.1, WIDTH - _TOTALS - name - 0.2
    with style():
        figure = Figure(figsize=(WIDTH, height))
        wide = grid * min(1, len(heads) / 9 + 0.2)
        box = (left / WIDTH, _FOOT / height, wide / WIDTH, _ROW * len(place) / height)
        top = figure.add_axes((box[0], (height - _TOP) / height, box[2], (_TOP - 0.15) / height))
        dots = figure.add_axes(box)
        totals = figure.add_axes((0.1 / WIDTH, box[1], (_TOTALS - 0.1) / WIDTH, box[3]))
        bare(top, "left")
        top.bar(heads["combination"], heads["n"], color=BLUE, width=0.62)
        for row in heads.itertuples():
            top.annotate(f"{row.n:,}", (row.combination, row.n), (0, 2), textcoords="offset points", ha="center")
        top.set(xlim=(0.4, len(heads) + 0.6), ylim=(0, heads["n"].max() * 1.15), xticks=[])
        top.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        top.set_ylabel("patients", color=MUTED)
        bare(dots)
        dots.set(xlim=(0.4, len(heads) + 0.6), ylim=(len(place) - 0.5, -0.5), xticks=[])
        for at in range(0, len(place), 2):
            dots.axhspan(at - 0.5, at + 0.5, color=PALE, alpha=0.6, linewidth=0, zorder=0)
        for number, own in drawn.groupby("combination"):
            rows = [place[site] for site in own["site"]]
            others = [row for row in place.values() if row not in rows]
            dots.plot([number] * len(others), others, "o", color=RULE, markersize=4.5)
            dots.plot([number] * len(rows), sorted(rows), "o-", color=INK, markersize=6.5, linewidth=1.8)
        dots.set_yticks(range(len(place)), list(place))
        bare(totals)
        totals.barh(range(len(place)), sets["total"], color=MUTED, height=0.6)
        for at, total in enumerate(sets["total"]):
            totals.text(total * 1.04, at, f"{total:,} ", ha="right", va="center", fontsize=8)
        totals.set(xlim=(sets["total"].max() * 1.25, 0), ylim=(len(place) - 0.5, -0.5), xticks=[], yticks=[])
        totals.set_xlabel("patients with the site", color=MUTED, loc="left")
        return shown(figure, caption, _words(drawn))


def _words(combinations: pd.DataFrame) -> str:
    said = [
        f"{' with '.join(own['site'])} {own['n'].iloc[0]:,}" for _, own in combinations.groupby("combination")
    ]
    return f"Combinations of sites of {counted(int(combinations['of'].iloc[0]), 'patient')}: {'; '.join(said)}."
