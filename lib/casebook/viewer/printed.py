"""The reader where no script runs: in a plain terminal, and on a page such as GitHub's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from textwrap import shorten
from unicodedata import category

_TEXT = 6_000  # letters of a report that a printed page shows
_ROWS = 12  # rows of a table, likewise
_WIDTH = 100
_PARAGRAPH = re.compile(r"\n[ \t\r\n]{0,99}\n")
_SIGNS = {"confirmed": "✓", "corrected": "✎", "added": "+", "rejected": "✗"}


def as_text(content: dict) -> str:
    """A summary, and the rows with the words that each rests on."""
    text = content["text"]
    lines = [f"{written(content['title'] or content['source'])}: {len(text):,} letters, {len(content['rows']):,} rows"]
    for table, rows in _by_table(content["rows"]):
        key = content["tables"][table]["key"]
        lines.append(f"{table} ({len(rows):,})")
        for row in rows[:_ROWS]:
            lines.append("  " + shorten(written(_told(row)), _WIDTH, placeholder=" …"))
            if quote := _words(row, key, text):
                lines.append("      " + shorten(f"“{written(quote)}", _WIDTH - 5, placeholder=" …") + "”")
        lines += [f"  and {len(rows) - _ROWS:,} more"] if len(rows) > _ROWS else []
    return "\n".join(lines)


def as_html(content: dict) -> str:
    """The text with its marks, each with the numbers of its tables, and the rows below it."""
    text, tables = content["text"], ""
    for table, rows in _by_table(content["rows"]):
        key = content["tables"][table]["key"]
        shown = "".join(f"<tr>{_html_row(row, key, text)}</tr>" for row in rows[:_ROWS])
        more = f"<p>and {len(rows) - _ROWS:,} more</p>" if len(rows) > _ROWS else ""
        tables += f"<h4>{table} ({len(rows):,})</h4><table><tbody>{shown}</tbody></table>{more}"
    cut = f"<p>The first {_TEXT:,} of {len(text):,} letters.</p>" if len(text) > _TEXT else ""
    title = escape(written(content["title"] or content["source"]))
    marked = "".join(_marked(content))
    legend = ", ".join(f"{at} {table}" for at, table in enumerate(content["tables"], 1))
    return f'<h3>{title}</h3><p>Marked: {legend}.</p><div dir="auto">{marked}</div>{cut}{tables}'


def listed_text(head: str, items: Sequence[Mapping], columns: Sequence[str]) -> str:
    """A line of what there is, and the first of a list."""
    told = (written("; ".join(filter(None, cells))) for cells in _cells(items, columns))
    rows = ["  " + shorten(line, _WIDTH, placeholder=" …") for line in told]
    return "\n".join([written(head), *rows, *_more(items)])


def listed_html(head: str, items: Sequence[Mapping], columns: Sequence[str]) -> str:
    """As `listed_text`, a table."""
    names = "".join(f"<th>{column}</th>" for column in columns)
    rows = ""
    for cells in _cells(items, columns):
        cut = (escape(shorten(written(cell), _WIDTH, placeholder=" …")) for cell in cells)
        rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cut)}</tr>"
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>" if items else ""
    return f"<p>{escape(written(head))}</p>{table}" + "".join(f"<p>{line.strip()}</p>" for line in _more(items))


def _cells(items: Sequence[Mapping], columns: Sequence[str]) -> Iterator[list[str]]:
    yield from ([str(item[column]) for column in columns] for item in items[:_ROWS])


def _more(items: Sequence[Mapping]) -> list[str]:
    return [f"  and {len(items) - _ROWS:,} more"] if len(items) > _ROWS else []


def written(text: str) -> str:
    """`text` with every letter that would hide or reorder others written out."""
    if text.isascii() and text.isprintable():
        return text
    hidden = {c for c in set(text) - set("\n\r\t\u00ad\u200d") if category(c) in ("Cf", "Cc", "Zl", "Zp")}
    return "".join(f"\\u{ord(c):04x}" if c in hidden else c for c in text)


def _marked(content: dict) -> Iterator[str]:
    text = content["text"][:_TEXT]
    numbers = {table: str(at) for at, table in enumerate(content["tables"], 1)}
    spans = sorted((start, end, row["table"]) for row in content["rows"] for start, end in _places(row))
    spans = [span for span in spans if span[0] < len(text)]
    edges = sorted({0, len(text), *(min(at, len(text)) for start, end, _ in spans for at in (start, end))})
    open_spans: list[tuple[int, int, str]] = []
    next_span, before = 0, ""
    for low, high in zip(edges, edges[1:], strict=False):
        while next_span < len(spans) and spans[next_span][0] <= low:
            open_spans.append(spans[next_span])
            next_span += 1
        open_spans = [span for span in open_spans if span[1] > low]
        tables = " ".join(sorted({numbers[table] for _, _, table in open_spans}))
        part = _PARAGRAPH.sub("<br><br>", escape(written(text[low:high])))
        note = f"<sup>{tables}</sup>" if tables and tables != before else ""
        before = tables
        yield f"<mark>{part}</mark>{note}" if tables else part


def _places(row: dict) -> list[tuple[int, int]]:
    kept = (places for _, _, status, places, _, _ in row["cells"] if status != "rejected")
    return [(start, end) for places in kept for start, end in places]


def _html_row(row: dict, key: str, text: str) -> str:
    quote = shorten(written(_words(row, key, text)), _WIDTH, placeholder=" …")
    return f"<td>{escape(written(_told(row)))}</td><td>{escape(quote)}</td>"


def _told(row: dict) -> str:
    cells = (f"{column}: {value}{_SIGNS.get(status, '')}" for column, value, status, *_ in row["cells"] if value)
    return f"{'✗ ' if row['gone'] else ''}{'; '.join(filter(None, (row['patient'], *cells)))}"


def _words(row: dict, key: str, text: str) -> str:
    """The words of the cell that names the row, else the first."""
    named = [place for column, _, _, places, *_ in row["cells"] if column == key for place in places]
    places = named or sorted(_places(row))
    return text[slice(*places[0])] if places else ""


def _by_table(rows: Iterable[dict]) -> Iterator[tuple[str, list[dict]]]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row["table"], []).append(row)
    yield from found.items()
