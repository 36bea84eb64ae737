"""Lesions against studies, and the share of lesions that each modality showed."""

from textwrap import shorten
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, MUTED, ORANGE, PALE, RULE, WIDTH, bare, style
from casebook.charts.table import table
from casebook.text.amounts import counted

MARKS = {  # answer: marker, size, face, edge, its words
    "shown": ("o", 8.5, BLUE, BLUE, "shown"),
    "equivocal": ("d", 8, "white", BLUE, "left open"),
    "missed": ("X", 9, ORANGE, INK, "looked, not seen"),
    "not looked": ("_", 6, "#a8b2bc", "#a8b2bc", "no study of the place told"),
}
_ROW, _FOOT = 0.205, 0.42  # inches: a lesion, the legend below
_LETTER, _SLOT = 0.066, 1.15  # inches of a letter of a label, and of the widest column
_ASIDE = "*"
_GROUPS = {"every lesion": ("o", BLUE), "proven by histology or autopsy": ("D", ORANGE)}


def lesions(answers: pd.DataFrame, caption: str, first: int = 42) -> Shown:
    """`answers`: columns patient, site, role, reference, modality, answer (a key of MARKS), told_of; a row per lesion
    and modality. A line for each of the `first` lesions, and what proved it; modalities that looked at none stay out.
    """
    looked = answers[answers["answer"].ne("not looked")]
    if looked.empty:
        return nothing(caption)
    whole = answers.drop_duplicates(["patient", "site"])
    part = whole.head(first)
    caption += f" {counted(len(whole), 'lesion')} of {counted(whole['patient'].nunique(), 'patient')}."
    if len(whole) > first:
        caption += f" The first {first} are drawn; the shares count all of them."
    columns = [name for name in answers["modality"].unique() if looked["modality"].eq(name).any()]
    if blind := [name for name in answers["modality"].unique() if name not in columns]:
        caption += f" No study of these places by {' or '.join(blind)} is told."
    names = [_name(row, whole["role"].nunique() > 1) for row in part.to_dict("records")]
    people = 0.15 + _LETTER * max(len(patient) for patient in part["patient"])
    left = people + 0.15 + _LETTER * max(map(len, names))
    proof = 0.95 if part["reference"].notna().any() else 0.1
    slot = min(_SLOT, (WIDTH - left - proof) / len(columns))
    longest = max(map(len, columns)) * _LETTER
    turned = longest > slot - 0.08
    top = 0.15 + (0.62 * longest if turned else 0.2)
    height, width = top + _ROW * len(part) + _FOOT, min(WIDTH, max(5.6, left + slot * len(columns) + proof))
    with style():
        figure = Figure(figsize=(width, height))
        tall = _ROW * len(part) / height
        axes = figure.add_axes((left / width, _FOOT / height, slot * len(columns) / width, tall))
        _frame(axes, columns, part, turned)
        for at, row in enumerate(part.to_dict("records")):
            own = answers[answers["patient"].eq(row["patient"]) & answers["site"].eq(row["site"])]
            _line(axes, at, own, columns, slot)
        starts = ~part["patient"].duplicated()
        for at, (patient, begins, name) in enumerate(zip(part["patient"], starts, names, strict=True)):
            y = (_FOOT + _ROW * (len(part) - at - 0.5)) / height
            if begins:
                figure.text(0.05 / width, y, patient, va="center", fontsize=8, color=MUTED)
            figure.text(people / width, y, name, va="center", fontsize=8.5)
            if pd.notna(proved := part["reference"].iloc[at]):
                figure.text((left + slot * len(columns) + 0.1) / width, y, proved, va="center", fontsize=8)
        if proof > 0.5:
            x = (left + slot * len(columns) + 0.1) / width
            figure.text(x, 1 - (top - 0.08) / height, "proven by", fontsize=8, fontweight="bold")
        used = [answer for answer in MARKS if answers["answer"].eq(answer).any()]
        handles = [axes.plot([], [], label=MARKS[answer][4], **_mark(answer))[0] for answer in used]
        if any(text.get_text() == _ASIDE for text in axes.texts):
            handles += axes.plot([], [], linestyle="none", label=f"{_ASIDE} told of a wider place")
        figure.legend(handles=handles, loc="lower left", ncols=5, handletextpad=0.2, columnspacing=1.2)
        return shown(figure, caption, _told(part, looked))


def shares(rows: pd.DataFrame, caption: str) -> Shown:
    """`rows`: columns modality, group (a key of _GROUPS), n, of, low, high (per cent; missing where patients are too
    few for an interval), share, missed, equivocal, patients. A table where all of them are missing.
    """
    if rows.empty:
        return nothing(caption)
    drawn = rows[rows["low"].notna()]
    if drawn.empty:
        titles = {"modality": "study", "share": "shown / looked at", "missed": "not seen", "equivocal": "left open"}
        caption += " No study looked in enough patients for an interval."
        listed = rows.sort_values("group", kind="stable")
        return table(listed, caption, {**titles, "patients": "patients"}, group="group")
    if few := [f"{row.modality} {row.n}/{row.of}" for row in rows[rows["low"].isna() & _every(rows)].itertuples()]:
        caption += f" Too few patients for an interval: {'; '.join(few)}."
    names = list(drawn["modality"].unique())
    with style():
        figure = Figure(figsize=(WIDTH, 0.95 + 0.46 * len(names)), layout="constrained")
        axes = figure.subplots()
        bare(axes, "bottom")
        for at, name in enumerate(names):
            axes.axhspan(at - 0.5, at + 0.5, color=PALE if at % 2 == 0 else "white", alpha=0.6, linewidth=0, zorder=0)
            own = drawn[drawn["modality"].eq(name)]
            for row, shift in zip(own.to_dict("records"), (-0.17, 0.17) if len(own) > 1 else (0.0,), strict=True):
                marker, colour = _GROUPS[row["group"]]
                axes.plot([row["low"], row["high"]], [at + shift] * 2, color=colour, linewidth=1.6)
                face = colour if marker == "o" else "white"
                look: dict[str, Any] = {"markerfacecolor": face, "markeredgecolor": colour, "markeredgewidth": 1.4}
                axes.plot(100 * row["n"] / row["of"], at + shift, marker, markersize=6.5, clip_on=False, **look)
                axes.text(104, at + shift, f"{row['n']}/{row['of']}", va="center", fontsize=8)
        axes.set(xlim=(0, 100), ylim=(len(names) - 0.5, -0.5), yticks=range(len(names)), yticklabels=names)
        axes.set_xlabel("% of the lesions that it looked at; line: 95 % interval", color=MUTED, loc="left")
        for group, (marker, colour) in _GROUPS.items():
            face = colour if marker == "o" else "white"
            axes.plot([], [], marker + "-", color=colour, markerfacecolor=face, label=group)
        figure.legend(loc="outside upper left", ncols=2)
        said = "; ".join(f"{row.modality}, {row.group}: {row.share}" for row in drawn.itertuples())
        return shown(figure, caption, f"Dots with intervals, per cent of lesions. {said}.")


def _every(rows: pd.DataFrame) -> pd.Series:
    return rows["group"].eq(next(iter(_GROUPS)))


def _name(row: dict, role: bool) -> str:
    return shorten(row["site"] + (f", {row['role']}" if role else ""), 34, placeholder=" …")


def _frame(axes: Axes, columns: list[str], part: pd.DataFrame, turned: bool) -> None:
    bare(axes)
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(part) - 0.5, -0.5), yticks=[])
    starts = [at for at, begins in enumerate(~part["patient"].duplicated()) if begins]
    for at, (begin, end) in enumerate(zip(starts, [*starts[1:], len(part)], strict=True)):
        if at % 2 == 0:
            axes.axhspan(begin - 0.5, end - 0.5, color=PALE, alpha=0.6, linewidth=0, zorder=0)
    axes.set_xticks(
        range(len(columns)),
        columns,
        color=INK,
        rotation=35 if turned else 0,
        ha="left" if turned else "center",
        rotation_mode="anchor",
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)


def _line(axes: Axes, at: int, own: pd.DataFrame, columns: list[str], slot: float) -> None:
    axes.axhline(at, color=RULE, linewidth=0.6, zorder=1)
    for row in own[own["modality"].isin(columns)].to_dict("records"):
        x = columns.index(row["modality"])
        axes.plot(x, at, **_mark(row["answer"]))
        if pd.notna(row["told_of"]):
            words = row["told_of"] if 0.28 + 0.06 * len(row["told_of"]) < slot else _ASIDE
            axes.annotate(words, (x, at), (7, 0), textcoords="offset points", va="center", fontsize=8, color=MUTED)


def _mark(answer: str) -> dict:
    marker, size, face, edge, _ = MARKS[answer]
    look = {"markerfacecolor": face, "markeredgecolor": edge, "markeredgewidth": 0.8 if marker == "X" else 1.5}
    return {"marker": marker, "markersize": size, "linestyle": "none", "zorder": 3, **look}


def _told(part: pd.DataFrame, looked: pd.DataFrame) -> str:
    said = []
    for row in part.to_dict("records"):
        own = looked[looked["patient"].eq(row["patient"]) & looked["site"].eq(row["site"])]
        answers = ", ".join(f"{one.modality} {MARKS[one.answer][4]}" for one in own.itertuples()) or "no study told"
        said.append(f"{row['patient']}, {row['site']}: {answers}")
    return f"Grid of lesions and studies. {'; '.join(said)}."
