"""The body of the page as a printed manuscript has it: no wrappers, tables with column widths of their own."""

import re
from collections.abc import Sequence
from html import escape, unescape

_LINK = re.compile(r'<a href="[^"]*">(.*?)</a>', re.DOTALL)
_WIDE = re.compile(r'<div class="(?:table )?wide"[^>]*>')
_SECTION = re.compile(r"</?section[^>]*>")
_SPAN = re.compile(r"</?span>")
_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')
_TABLE = re.compile(r"<table[^>]*>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(th|td)([^>]*)>(.*?)</\1>", re.DOTALL)
_GROUP = re.compile(r'(<tr class="group"><th[^>]*>)(.*?)(</th>)', re.DOTALL)
_NUMBER = re.compile(r'(<t[hd][^>]*class="n(?: long| short)?")')
_LEADING = re.compile(r"<p>(?:(?!</p>).)*</p>(?=\s*(?:<div><table|<h3))", re.DOTALL)
_BEFORE = re.compile(r'(<p>(?:(?!</p>).)*)(</p>\s*<figure id="figure-(\d+)")', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WORDS = re.compile(r"(?<=>)[^<]+")
_LONG = re.compile(r"[^\s\-–/]{17,}")
_LETTER = re.compile(r".[\u0300-\u036f\u200d\ufe0f]*")  # with the marks above it
_COLUMN_PIXELS = 642  # what the text column of an A4 page holds, at 96 to the inch
_PAGE_PIXELS = 810  # the highest figure: its caption and some rows of a table have room on its page
_LINE = 108  # letters that a line of a table holds
_WORD = 17  # a longer word may break anywhere
_BETWEEN = 2.4  # letters that the space beside a column takes


def printed(body: str) -> str:
    """HTML for pandoc: links are words, numbers stand to the right, the heads of groups are bold, words before a table
    or a heading stay with it; a figure may stand elsewhere on the page, so the words before it name it.
    """
    body = _SPAN.sub("", _SECTION.sub("", _WIDE.sub("<div>", body)))
    body = _LINK.sub(r"\1", body)
    body = _BEFORE.sub(r"\1 (Figure \3)\2", body)
    body = _LEADING.sub(r'<div typst:sticky="true">\g<0></div>', body)
    body = _TABLE.sub(lambda table: _table(table[0]), body)
    return _SIZE.sub(lambda size: f' width="{_share(int(size[1]), int(size[2]))}%"', body)


def breakable(html: str) -> str:
    """The cells of tables with places at which a word longer than its column may break."""
    return _CELL.sub(lambda cell: _WORDS.sub(_broken, cell[0]), html)


def _broken(text: re.Match[str]) -> str:
    whole = unescape(text[0])
    broken = _LONG.sub(lambda word: "\u200b".join(_LETTER.findall(word[0])), whole)
    return text[0] if broken == whole else escape(broken, quote=False)


def _share(width: int, height: int) -> int:
    """Percent of the text column that a figure takes: all it needs, and no more than lets it fit on a page."""
    return min(100, 100 * width // _COLUMN_PIXELS, 100 * width * _PAGE_PIXELS // (height * _COLUMN_PIXELS))


def _table(html: str) -> str:
    rows = [[_words(cell[3], "short" in cell[2]) for cell in _CELL.finditer(row)] for row in _ROW.findall(html)]
    columns = len(rows[0]) if rows else 0
    html = _NUMBER.sub(r'\1 style="text-align: right"', _GROUP.sub(r"\1<strong>\2</strong>\3", html))
    if columns < 2:
        return html
    shares = _shares([row for row in rows if len(row) == columns])
    group = "".join(f'<col style="width: {share:.1f}%" />' for share in shares)
    at = html.find("</caption>") + len("</caption>") if "</caption>" in html else html.index(">") + 1
    return f"{html[:at]}<colgroup>{group}</colgroup>{html[at:]}"


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Percent of the width for each column: enough for its words, and for its lines as far as there is room."""
    columns = list(zip(*rows, strict=True))
    words = [max(min(_WORD, _longest(text)) for text in column) + _BETWEEN for column in columns]
    lines = [max(map(len, column)) + _BETWEEN for column in columns]
    if sum(lines) <= _LINE:
        return [100 * line / sum(lines) for line in lines]
    wants = [max(0.0, line - word) ** 0.6 + sum(map(len, column)) / len(column) * 0.5
             for line, word, column in zip(lines, words, columns, strict=True)]  # fmt: skip
    room = max(0.0, _LINE - sum(words))
    widths = [min(word + room * want / sum(wants), line)
              for word, want, line in zip(words, wants, lines, strict=True)]  # fmt: skip
    return [100 * width / sum(widths) for width in widths]


def _longest(text: str) -> int:
    return max((len(word) for word in re.split(r"[ /–-]+", text)), default=0)


def _words(html: str, whole: bool) -> str:
    """The text of a cell; `whole` is not to break at its blanks."""
    return ("\u00a0" if whole else " ").join(unescape(_TAG.sub(" ", html)).split())
