"""HTML of a notebook's output, of which only tables, lists, paragraphs and links within the report pass; whatever a
report wrote stays text.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

_TAGS = {
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bdi",
    "ul",
    "ol",
    "li",
    "p",
    "span",
    "em",
    "strong",
    "code",
    "br",
    "sub",
    "sup",
}
_VALUES = {
    "scope": {"col", "row", "rowgroup"},
    "class": {"n", "long", "n long", "short", "n short", "none", "casebook", "group"},
}
_INSIDE = re.compile(r"(?=.)(?:[\w-]+\.ipynb)?(?:#[\w-]+)?", re.ASCII)  # another notebook, a cell of it
_SILENT = {"style", "script", "template", "iframe", "object", "svg", "math", "title", "noscript"}


def clean(
    html: str, reference: Callable[[str], str] = lambda refs: "", caption: Callable[[str], str] = lambda text: text
) -> str:
    """`html` with the allowed tags and attributes only. `reference` turns the value of data-e into what the page uses
    for it, empty to drop it; `caption` gets the caption's text and gives its HTML.
    """
    cleaner = _Cleaner(reference, caption)
    cleaner.feed(html)
    cleaner.close()
    cleaner.end()
    return "".join(cleaner.out)


class _Cleaner(HTMLParser):
    def __init__(self, reference: Callable[[str], str], caption: Callable[[str], str]):
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._reference, self._caption = reference, caption
        self._silent = 0
        self._link = False
        self._said: list[str] | None = None  # the caption's text while inside one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "caption":
            self._said = []
        elif tag == "a":
            self._link_to(dict(attrs).get("href") or "")
        elif tag in _TAGS and not self._silent and self._said is None:
            self.out.append(f"<{tag}{''.join(self._attribute(name, value or '') for name, value in attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "caption" and self._said is not None:
            self.out.append(f"<caption>{self._caption(''.join(self._said))}</caption>")
            self._said = None
        elif tag == "a":
            self._link_ends()
        elif tag in _TAGS and not self._silent and self._said is None and tag != "br":
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._said is not None:
            self._said.append(data)
        elif not self._silent:
            self.out.append(escape(data))

    def _link_to(self, place: str) -> None:
        self._link_ends()
        if _INSIDE.fullmatch(place) and not self._silent and self._said is None:
            self._link = True
            self.out.append(f'<a href="{place}">')

    def end(self) -> None:
        self._link_ends()

    def _link_ends(self) -> None:
        if self._link:
            self._link = False
            self.out.append("</a>")

    def _attribute(self, name: str, value: str) -> str:
        if name == "data-e":
            known = self._reference(value)
            return f' data-e="{escape(known)}"' if known else ""
        if name in ("colspan", "rowspan"):
            return f' {name}="{value}"' if value.isdecimal() else ""
        return f' {name}="{value}"' if value in _VALUES.get(name, ()) else ""
