"""Many patients at once: a line each on one scale of months, longest on top; what has no date stands beside it."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, GREEN, INK, MUTED, ORANGE, RULE, WIDTH, bare, style

# mark: marker, face, edge, what the legend calls it. A study is a stroke through the line, and radiotherapy a plus that
# stands in the ring of a drug of the same month: neither hides another mark.
MARKS = {
    "symptom": ("*", ORANGE, ORANGE, "symptom"),
    "recurrence": ("o", INK, INK, "recurrence"),
    "extension": ("^", GREEN, GREEN, "extension"),
    "spread": ("s", ORANGE, ORANGE, "spread"),
    "study": ("|", GREEN, GREEN, "imaging study"),
    "operation": ("v", BLUE, BLUE, "operation"),
    "radiotherapy": ("+", BLUE, BLUE, "radiotherapy"),
    "drug": ("o", "none", BLUE, "drug"),
    "other treatment": ("p", BLUE, BLUE, "other treatment"),
    "dead": ("X", INK, INK, "death"),
    "alive": (">", INK, INK, "alive when last seen"),
    "lost to follow-up": (">", "white", INK, "lost to follow-up"),
}
_ENDS = ("dead", "alive", "lost to follow-up")
_LEVEL = {"operation": 1, "radiotherapy": -1, "drug": -1, "other treatment": -1}  # above and below the line
_OVER = {"study", "radiotherapy"}  # may stand where another mark stands
_STEP, _PAD, _SIZE = 0.1, 0.16, 5.4  # inches between the levels of a line, around them; points of a mark
_MANY, _CLOSE, _SMALL = 16, 0.64, 0.84  # more patients than this stand closer, with smaller marks, by these factors
_LEFT, _SLOT, _ASIDE_PAD = 0.95, 0.26, 0.3  # inches: names, a column of undated marks, before those
_TEXT = 0.13  # inches: a line is no lower than its name
_TOUCH = 0.1  # inches: marks nearer than this are stacked
_AXIS, _LEGEND, _LETTER = 0.5, 0.2, 0.066  # inches: the scale, a line of the legend, a letter of it
_TOLD = 60  # patients told in the alternative text


@dataclass(frozen=True)
class _Course:
    """One patient's line: its marks (month, kind, level above or below the line) and the kinds without a date."""

    patient: str
    marks: list[tuple[float, str, int]]
    loose: dict[str, int]

    def height(self, step: float) -> float:
        return max(_TEXT, step * (self.above - min([0, *(level for _, _, level in self.marks)]) + _PAD / _STEP))

    @property
    def above(self) -> int:
        return max([0, *(level for _, _, level in self.marks)])

    def middle(self, top: float, step: float) -> float:
        """Where its line runs, in inches from above, if it begins at `top`."""
        return top + step * (self.above + _PAD / _STEP / 2)


def swimmer(courses: pd.DataFrame, caption: str) -> Shown:
    """`courses`: columns patient, mark (a key of MARKS), months (missing: no date), n; patients in order of
    appearance.
    """
    if courses.empty:
        return nothing(caption)
    loose = [mark for mark in MARKS if (courses["mark"].eq(mark) & courses["months"].isna()).any()]
    aside = (_ASIDE_PAD + _SLOT * max(len(loose), 3)) if loose else 0.1
    across = WIDTH - _LEFT - aside
    last = max(1.0, float(courses["months"].fillna(0).max()))
    first = min(0.0, float(courses["months"].fillna(0).min()))
    low, high = first - 0.02 * (last - first), last + 0.03 * (last - first)
    scale = across / (high - low)  # inches per month
    drawn = [_course(str(name), own, scale) for name, own in courses.groupby("patient", sort=False)]
    legend = _legend([mark for mark in MARKS if courses["mark"].eq(mark).any()])
    many = len(drawn) > _MANY
    step, size = (_STEP * _CLOSE, _SIZE * _SMALL) if many else (_STEP, _SIZE)
    rows = sum(course.height(step) for course in drawn)
    foot = _AXIS + _LEGEND * len(legend)
    top = 0.28 if loose else 0.08
    height = top + rows + foot
    with style():
        figure = Figure(figsize=(WIDTH, height))
        box = (foot / height, rows / height)
        axes = figure.add_axes((_LEFT / WIDTH, box[0], across / WIDTH, box[1]))
        _dated(axes, drawn, (low, high), step, size)
        if loose:
            panel = figure.add_axes(
                ((WIDTH - aside + _ASIDE_PAD) / WIDTH, box[0], (aside - _ASIDE_PAD) / WIDTH, box[1])
            )
            _undated(panel, drawn, loose, step, size, (aside - _ASIDE_PAD) / _SLOT)
        for at, line in enumerate(legend):
            handles = [figure.gca().plot([], [], label=MARKS[mark][3], **_mark(mark, _SIZE))[0] for mark in line]
            figure.legend(
                handles=handles,
                loc="lower left",
                bbox_to_anchor=(0.0, _LEGEND * (len(legend) - 1 - at) / height),
                ncols=len(handles),
                handletextpad=0.2,
                columnspacing=1.2,
                borderaxespad=0.1,
            )
        return shown(figure, caption, _words(drawn))


def _course(patient: str, own: pd.DataFrame, scale: float) -> _Course:
    dated = own[own["months"].notna()]
    ended = dated["mark"].isin(_ENDS)
    marks: list[tuple[float, str, int]] = []
    taken: dict[int, list[float]] = {}
    for row in pd.concat([dated[ended], dated[~ended].sort_values("months", kind="stable")]).itertuples():
        when, mark = float(row.months), str(row.mark)
        level = _LEVEL.get(mark, 0)
        away = -1 if level < 0 else 1
        while mark not in _OVER and any(abs(when - other) * scale < _TOUCH for other in taken.get(level, ())):
            level += away
        if mark not in _OVER:
            taken.setdefault(level, []).append(when)
        marks.append((when, mark, level))
    loose = own[own["months"].isna()]
    return _Course(patient, marks, {str(row.mark): int(row.n) for row in loose.itertuples()})


def _legend(marks: list[str]) -> list[list[str]]:
    """The kinds of mark in lines that fit the page."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for mark in marks:
        wide = 0.42 + _LETTER * len(MARKS[mark][3])
        if lines[-1] and used + wide > WIDTH:
            lines.append([])
            used = 0.0
        lines[-1].append(mark)
        used += wide
    return lines


def _dated(axes: Axes, drawn: list[_Course], span: tuple[float, float], step: float, size: float) -> None:
    rows = sum(course.height(step) for course in drawn)
    bare(axes, "bottom")
    axes.set_xlim(*span)
    axes.set_ylim(rows, 0)
    months = [
        tick
        for tick in MaxNLocator(9, integer=True, steps=[1, 2, 3, 6, 10]).tick_values(*span)
        if span[0] <= tick <= span[1]
    ]
    axes.set_xticks(months)
    axes.vlines(months, 0, rows, color=RULE, linewidth=0.6, zorder=0)
    axes.tick_params(axis="x", top=rows > 5, labeltop=rows > 5)
    middles = []
    top = 0.0
    for course in drawn:
        middle = course.middle(top, step)
        middles.append(middle)
        if course.marks:
            months_ = [when for when, _, _ in course.marks]
            axes.plot(
                [min(0.0, *months_), max(0.0, *months_)],
                [middle, middle],
                color="#b9c4cf",
                linewidth=2.6,
                solid_capstyle="butt",
                zorder=1,
            )
        for when, mark, level in course.marks:
            axes.plot(when, middle - level * step, clip_on=False, zorder=3, **_mark(mark, size))
        top += course.height(step)
    axes.set_yticks(middles, [course.patient for course in drawn])
    axes.set_xlabel("months from diagnosis", color=MUTED, loc="left")


def _undated(panel: Axes, drawn: list[_Course], loose: list[str], step: float, size: float, slots: float) -> None:
    rows = sum(course.height(step) for course in drawn)
    bare(panel)
    panel.set_xlim(0, slots)
    panel.set_ylim(rows, 0)
    panel.set_xticks([])
    panel.set_yticks([])
    panel.set_title("no date stated", fontsize=8, fontweight="normal", color=MUTED, pad=3)
    top = 0.0
    for course in drawn:
        middle = course.middle(top, step)
        panel.axhline(middle, color=RULE, linewidth=0.6, zorder=0)
        for mark, n in course.loose.items():
            at = loose.index(mark) + 0.35
            panel.plot(at, middle, **{**_mark(mark, size), "markerfacecolor": "white"})
            if n > 1:
                panel.annotate(
                    str(n), (at, middle), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK
                )
        top += course.height(step)


def _mark(mark: str, size: float) -> dict:
    marker, face, edge, _ = MARKS[mark]
    return {
        "marker": marker,
        "markersize": size * {"|": 2.2, "*": 1.25, "X": 1.2}.get(marker, 1.0),
        "markerfacecolor": face,
        "markeredgecolor": edge,
        "markeredgewidth": 1.5 if marker == "|" else 1.0,
        "linestyle": "none",
    }


def _words(drawn: list[_Course]) -> str:
    said = []
    for course in drawn[:_TOLD]:
        dated = [f"{MARKS[mark][3]} {when:.3g}" for when, mark, _ in sorted(course.marks, key=lambda each: each[0])]
        loose = [f"{MARKS[mark][3]} without a date" for mark in course.loose]
        said.append(f"{course.patient}: {', '.join([*dated, *loose])}")
    return f"A line per patient, in months from diagnosis, the longest first. {'; '.join(said)}."
