"""The PRISMA 2020 flow diagram, from the records found to the patients who enter each analysis."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from casebook.charts.shown import Shown, nothing, shown
from casebook.charts.style import BLUE, INK, MUTED, PALE, RULE, WIDTH, style
from casebook.text.amounts import counted, plural

_TALLEST = 10.2  # inches; what a printed page holds in its own width, with the caption
# Reasons that stand beside a box, more are counted; inches between two rows.
_FORMS = ((6, 0.2), (4, 0.15), (3, 0.12), (2, 0.1), (1, 0.08))
_LINE, _PAD = 0.16, 0.08  # inches: a line of text, above and below it in a box
_LETTER, _BOLD = 0.0615, 0.072  # inches: one small letter
_ARROW = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}
_TWO = ((1.04, 2.52), (3.87, 3.29))  # left edge and width of the columns: path, those who leave it
_THREE = ((1.04, 1.98), (3.22, 1.95), (5.34, 1.82))  # and the path of other methods
_TRUNK = 0.14  # inches from the path's left edge: the line from which the analyses hang
_STEPS = (  # phase, path, those who leave it, path and leaving by other methods
    ("Screening", "records_screened", "records_excluded", "", ""),
    ("Retrieval", "dbr_sought_reports", "dbr_notretrieved_reports", "other_sought_reports",
     "other_notretrieved_reports"),
    ("Eligibility", "dbr_assessed", "dbr_excluded", "other_assessed", "other_excluded"),
    ("Folder", "files_found", "files_unreadable", "", ""),
    ("Eligibility", "files_assessed", "files_excluded", "", ""),
)  # fmt: skip
_FOUND = {"database_results": "databases", "register_results": "registers"}
_FOUND_OTHERWISE = {
    "website_results": "websites",
    "organisation_results": "organisations",
    "citations_results": "citation searching",
}
_REMOVED = {"duplicates": "duplicates", "excluded_automatic": "by automatic tools", "excluded_other": "other reasons"}
_WITH = ("new_studies", "previous_studies", "previous_reports", "total_studies", "total_reports")


@dataclass(frozen=True)
class _Box:
    """A heading and lines below it."""

    head: str
    lines: Sequence[str] = ()

    def cut(self, most: int) -> "_Box":
        """With the first `most` lines, and how many more there are."""
        more = len(self.lines) - most
        if more <= 0:
            return self
        return _Box(self.head, [*self.lines[:most], f"and {counted(more, 'more reason')}"])

    def wrapped(self, width: float) -> list[tuple[str, bool]]:
        """Lines as they fit into `width` inches, and whether each is of the heading."""
        room = width - 0.22
        head = [(line, True) for line in _fitted(self.head, room / _BOLD, "")]
        indent = "   " if len(self.lines) > 1 else ""
        return head + [(line, False) for text in self.lines for line in _fitted(text, room / _LETTER, indent)]

    def __str__(self) -> str:
        return (self.head + (f": {'; '.join(self.lines)}" if self.lines else "")).replace("\u00a0", " ")


@dataclass(frozen=True)
class _Row:
    phase: str
    main: _Box
    side: _Box | None = None
    other: _Box | None = None
    hangs: bool = False  # from the trunk: the rows of an analysis do not follow from each other
    wide: bool = False
    dashed: bool = False

    def cut(self, most: int) -> "_Row":
        if self.phase == "Identification":
            return self  # sources of records, no reasons
        side, other = (box and box.cut(most) for box in (self.side, self.other))
        return replace(self, side=side, other=other)

    def __str__(self) -> str:
        return " – ".join(str(box) for box in (self.main, self.side, self.other) if box)


def prisma(frame: pd.DataFrame, caption: str) -> Shown:
    """`frame`: columns field, n, of, what, why, stated_in as stats.prisma gives them. Boxes from top to bottom, beside
    each those who leave the path there; counts that nobody states have no box.
    """
    if frame.empty:
        return nothing(caption)
    counts = {row["field"]: row for row in frame.to_dict("records")}
    asked = [*_before(counts), *_steps(counts), *_reached(counts)]
    last = _last_other(asked)
    columns = _TWO if last < 0 else _THREE
    for most, gap in _FORMS:
        rows = [row.cut(most) for row in asked]
        placed = [_placed(row, columns, at <= last) for at, row in enumerate(rows)]
        heights = [max(_height(box, width) for box, _, _, width in boxes) for boxes in placed]
        total = sum(heights) + gap * (len(rows) - 1) + 0.06
        if total <= _TALLEST:
            break
    with style():
        figure = Figure(figsize=(WIDTH, total))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(total, 0)
        _draw(axes, rows, heights, columns, gap)
        words = ". ".join(str(row.cut(_FORMS[0][0])) for row in asked)
        return shown(figure, caption, f"Flow from top to bottom: {words}.")


def _before(counts: Mapping[str, dict]) -> Iterator[_Row]:
    """Where the records came from."""
    found, removed = _named(counts, _FOUND), _named(counts, _REMOVED)
    otherwise = _named(counts, _FOUND_OTHERWISE)
    if found or removed or otherwise:
        yield _Row(
            "Identification",
            _Box("Records identified from", found or ["databases, registers: not stated"]),
            _Box("Records removed before screening", removed) if removed else None,
            _Box("Identified by other methods", otherwise) if otherwise else None,
        )
    elif not any(_known(counts, main) and counts[main]["stated_in"] == "flow.csv" for _, main, *_ in _STEPS[:3]):
        yield _Row("Identification", _Box("Records identified and screened", ["not stated"]), dashed=True)


def _steps(counts: Mapping[str, dict]) -> Iterator[_Row]:
    for phase, main, leave, other, other_leave in _STEPS:
        told = main if main.startswith("files_") or _by_reviewer(counts, main) else ""
        if main == "files_found" and not counts[leave]["n"]:
            continue  # all files could be read: the next box has the same number
        beside = None
        if other and _known(counts, other):
            left = [_head(counts, other_leave), *_reasons(counts[other_leave])] if _known(counts, other_leave) else []
            beside = _Box(_head(counts, other), left)
        if told or beside:
            side = _Box(_head(counts, leave), _reasons(counts[leave])) if told and _known(counts, leave) else None
            path = _Box(_head(counts, main), _reasons(counts[main])) if told else _Box("Not stated")
            yield _Row(phase, path, side, beside, dashed=not told)


def _reached(counts: Mapping[str, dict]) -> Iterator[_Row]:
    """What is in the review, its patients, and their analyses."""
    lines = [_head(counts, name) for name in _WITH if _known(counts, name)] + _reasons(counts["new_reports"])
    without, cited = counts["reports_without_patient"], counts["patients_cited"]
    kept = _Box(_head(counts, "reports_without_patient"), ["kept for what they state"]) if without["n"] else None
    apart = _Box(_head(counts, "patients_cited"), ["listed apart, never added"]) if cited["n"] else None
    yield _Row("Included", _Box(_head(counts, "new_reports"), lines), kept)
    yield _Row("Patients", _Box(_head(counts, "patients_described")), apart)
    if not counts["patients_described"]["n"]:
        return
    ends = [row for name, row in counts.items() if name.startswith("endpoint:")]
    if ends:
        told = ", ".join(f"{row['what']} {row['n']:,}".replace(" ", "\u00a0") for row in ends)
        head = f"Reported, of {counted(ends[0]['of'], 'patient')}"
        yield _Row("Endpoints", _Box(head, [told]), hangs=True, wide=True)
    for name, row in counts.items():
        if name.startswith("analysis:"):
            left = row["of"] - row["n"]
            side = _Box(f"Do not enter {_n(left)}", _reasons(row)) if left else None
            entered = f"{row['n']:,} of {counted(row['of'], 'patient')} {plural(row['n'], 'enters', 'enter')}"
            yield _Row("Analyses", _Box(_begun(row["what"]), [entered]), side, hangs=True)


def _draw(
    axes: Axes, rows: Sequence[_Row], heights: Sequence[float], columns: Sequence[tuple[float, float]], gap: float
) -> None:
    (left, width), *_ = columns
    phase, top, ends = "", 0.03, [0.0, 0.0, 0.0]  # where the last box of each column ended
    trunk, last = 0.0, _last_other(rows)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        centre, middle = top + height / 2, left + width / 2
        if row.phase != phase:
            axes.text(0.02, centre, row.phase, va="center", fontsize=8.8, fontweight="bold", color=BLUE)
            phase = row.phase
        if row.hangs:
            axes.plot([left + _TRUNK] * 2, [trunk or ends[0], centre], color=MUTED, linewidth=1.1)
            axes.annotate("", (left + 2 * _TRUNK, centre), (left + _TRUNK, centre), arrowprops=_ARROW)
            trunk = centre
        if ends[2] and at == last + 1:  # what other methods found comes to the path
            x, join = columns[2][0] + columns[2][1] / 2, top - gap / 2
            axes.plot([x, x, middle], [ends[2], join, join], color=MUTED, linewidth=1.1)
        for box, column, start, wide in _placed(row, columns, at <= last):
            own = _height(box, wide)
            upper = centre - own / 2
            if column == 1:
                axes.annotate("", (start, centre), (left + width, centre), arrowprops=_ARROW)
            elif ends[column] and not row.hangs:
                axes.annotate("", (start + wide / 2, upper), (start + wide / 2, ends[column]), arrowprops=_ARROW)
            _box(axes, box, (start, upper, wide, own), path=column != 1, dashed=row.dashed and column == 0)
            ends[column] = upper + own
        top += height + gap


def _box(axes: Axes, box: _Box, place: tuple[float, float, float, float], path: bool, dashed: bool) -> None:
    left, top, width, height = place
    axes.add_patch(
        FancyBboxPatch(
            (left, top),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.05",
            edgecolor=(BLUE if path else RULE) if not dashed else MUTED,
            linewidth=1.0,
            linestyle="--" if dashed else "-",
            facecolor=PALE if path and not dashed else "white",
        )
    )
    for at, (line, bold) in enumerate(box.wrapped(width)):
        axes.text(
            left + 0.11,
            top + _PAD + _LINE * (at + 0.5),
            line,
            va="center",
            fontsize=8.8 if bold else 8.6,
            fontweight="bold" if bold else "normal",
            color=INK,
        )


def _placed(
    row: _Row, columns: Sequence[tuple[float, float]], beside: bool
) -> Iterator[tuple[_Box, int, float, float]]:
    """The boxes of a row with column, left edge and width. A row that hangs is moved in, a wide one takes all columns;
    `beside` other methods the column of those who leave stays narrow.
    """
    edge = WIDTH - 0.04
    inset = 2 * _TRUNK if row.hangs else 0.0
    left, width = columns[0]
    yield row.main, 0, left + inset, (edge - left if row.wide else width) - inset
    if row.side:
        left, width = columns[1]
        yield row.side, 1, left, width if beside else edge - left
    if row.other:
        yield row.other, 2, *columns[2]


def _last_other(rows: Sequence[_Row]) -> int:
    """The last row with a box of other methods, -1 without any."""
    return max((at for at, row in enumerate(rows) if row.other), default=-1)


def _fitted(text: str, room: float, indent: str) -> list[str]:
    """`text` in lines of `room` small letters; capitals and wide scripts take more."""
    wide = sum(0.4 for letter in text if letter.isupper() or letter > "\u2fff") / max(1, len(text))
    return wrap(text, max(8, int(room / (1 + wide))), subsequent_indent=indent, break_on_hyphens=False)


def _height(box: _Box, width: float) -> float:
    return 2 * _PAD + _LINE * len(box.wrapped(width))


def _known(counts: Mapping[str, dict], name: str) -> bool:
    return name in counts and pd.notna(counts[name]["n"])


def _by_reviewer(counts: Mapping[str, dict], name: str) -> bool:
    return _known(counts, name) and counts[name]["stated_in"] == "flow.csv"


def _named(counts: Mapping[str, dict], names: Mapping[str, str]) -> list[str]:
    return [f"{title} {_n(counts[name]['n'])}" for name, title in names.items() if _known(counts, name)]


def _head(counts: Mapping[str, dict], name: str) -> str:
    return f"{_begun(counts[name]['what'])} {_n(counts[name]['n'])}" if _known(counts, name) else ""


def _reasons(row: Mapping[str, object]) -> list[str]:
    return [line for line in str(row["why"] or "").split("\n") if line]


def _n(count: int) -> str:
    return f"(n\u00a0=\u00a0{count:,})"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
