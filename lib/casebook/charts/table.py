"""A frame as a table for readers, each cell knowing which cells of the public tables it shows."""

from collections.abc import Mapping
from html import escape
from unicodedata import bidirectional, category

import pandas as pd

from casebook.charts.shown import Shown, nothing

NOTHING = "–"
_LEFT = (  # JupyterLab puts the words of a table to the right; the report has its own style and drops this one
    "<style>.casebook th,.casebook td{text-align:left!important}.casebook .n{text-align:right!important}"
    ".casebook caption{text-align:left}</style>"
)
_MARK = "@"  # column "site@" holds, for each cell of "site", the ROW_ID.COLUMN of the cells that it shows, one per line
_GOES = "#"  # column "where#" holds the notebooks that a cell of "where" names and links to, one per line
_LONG = 18  # a word of more letters may break anywhere
_SHORT = 12  # a row's heading of no more letters stays on one line


def table(
    frame: pd.DataFrame, caption: str, columns: Mapping[str, str] | None = None, first: int = 60, group: str = ""
) -> Shown:
    """Columns of `frame` under the headings that `columns` gives them (all but row_id and NAME@ without it).

    A frame with row_id is rows of a public table: each of its cells shows itself. A NAME@ column says it for a frame
    that was put together; a NAME# column makes the cells of NAME links to other notebooks. Rows beyond `first` and
    columns without any value stay out, and the caption says so. Neighbouring rows with the same value of column `group`
    stand together under it.
    """
    if frame.empty:
        return nothing(caption)
    wanted = (
        dict(columns)
        if columns is not None
        else {c: c for c in frame.columns if c not in ("row_id", group) and not c.endswith((_MARK, _GOES))}
    )
    part = frame.head(first)
    names = {name: title for name, title in wanted.items() if part[name].map(_plain).ne(NOTHING).any()}
    caption += "".join(_left_out(frame, part, [title for name, title in wanted.items() if name not in names]))
    numeric = {
        name
        for name in names
        if pd.api.types.is_numeric_dtype(frame[name].dtype) and not pd.api.types.is_bool_dtype(frame[name].dtype)
    }
    head = "".join(f'<th scope="col"{_class(name in numeric)}>{_text(title)}</th>' for name, title in names.items())
    rows, last = [], None
    for row in part.to_dict("records"):
        if group and row[group] != last:
            last = row[group]
            rows.append(
                f'<tr class="group"><th colspan="{len(names)}" scope="rowgroup">{_text(_plain(last))}</th></tr>'
            )
        rows.append(f"<tr>{''.join(_cell(row, name, at == 0, name in numeric) for at, name in enumerate(names))}</tr>")
    html = (
        f'{_LEFT}<table class="casebook"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    shown = part[[*([group] if group else []), *names]].rename(columns=names)
    plain = shown.to_string(index=False, na_rep=NOTHING, max_rows=12, max_colwidth=40)
    return Shown("table", {"text/html": html, "text/plain": f"{caption}\n{plain}"}, caption)


def _left_out(frame: pd.DataFrame, part: pd.DataFrame, empty: list[str]) -> list[str]:
    rows = f" The first {len(part):,} of {len(frame):,} rows; all of them are in the tables beside this page."
    return [rows] * (len(frame) > len(part)) + [f" Not stated in any row: {', '.join(empty)}."] * bool(empty)


def _cell(row: dict, name: str, heads: bool, numeric: bool) -> str:
    tag, scope = ("th", ' scope="row"') if heads else ("td", "")
    plain = _plain(row[name])
    long = max(map(len, plain.split()), default=0) > _LONG
    return (
        f"<{tag}{scope}{_class(numeric, long, heads and len(plain) <= _SHORT)}{_refs(row, name)}>"
        f"{_links(row, name) or _text(plain)}</{tag}>"
    )


def _links(row: dict, name: str) -> str:
    """What the cell links to, in the words of its own: "02_cases, 04_outcomes"."""
    goes = row.get(name + _GOES)
    if not isinstance(goes, str) or not goes:
        return ""
    return ", ".join(
        f'<a href="{escape(place)}">{escape(place.removesuffix(".ipynb").removeprefix("#"))}</a>'
        for place in goes.split("\n")
    )


def _plain(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int) and value >= 10_000:  # below that it may be a year
        return f"{value:,}"
    return str(value) or NOTHING


def _text(text: str) -> str:
    """Escaped; right-to-left words and the controls that reorder text stay inside their cell, and controls are written
    out.
    """
    if all(letter.isascii() and letter.isprintable() for letter in text):
        return escape(text)
    written = "".join(
        f"\\u{ord(c):04x}" if category(c) in ("Cf", "Cc") and c not in "\n\t\u00ad\u200d" else c for c in text
    )
    turned = any(bidirectional(c) in ("R", "AL") for c in written)
    html = escape(written).replace("\n", "<br>")
    return f"<bdi>{html}</bdi>" if turned else html


def _class(numeric: bool, long: bool = False, short: bool = False) -> str:
    names = " ".join(["n"] * numeric + ["long"] * long + ["short"] * short)
    return f' class="{names}"' if names else ""


def _refs(row: dict, name: str) -> str:
    if (refs := row.get(name + _MARK)) is not None:
        return f' data-e="{escape(refs)}"' if isinstance(refs, str) and refs else ""
    return f' data-e="{escape(str(row["row_id"]))}.{name}"' if "row_id" in row and _plain(row[name]) != NOTHING else ""
