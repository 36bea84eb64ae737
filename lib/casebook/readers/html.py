"""Web pages of journals and of reference works: the paper without what surrounds it."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from casebook.errors import InputError
from casebook.readers.encoding import decode
from casebook.readers.html_main import main_content
from casebook.readers.limits import Limits
from casebook.readers.outline import Outline
from casebook.readers.xml import name

NAME = "web page"
_DEEPEST = 250
_META = {
    "title": ("citation_title", "dc.title", "og:title"),
    "journal": ("citation_journal_title", "prism.publicationname"),
    "doi": ("citation_doi", "dc.identifier", "prism.doi"),
    "pmid": ("citation_pmid",),
    "year": ("citation_publication_date", "citation_date", "citation_online_date", "citation_year", "dc.date"),
}
_VALID = {"doi": re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,200}"), "pmid": re.compile(r"\d{1,9}"),
          "year": re.compile(r"(?:1[5-9]|20)\d\d")}
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp small"
    " span strike strong sub sup time tt u var wbr math".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CITED = re.compile(r"\[?\s?(\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20})\s?,?\]?")


def outline(data: bytes, bounds: Limits) -> Outline:
    data = _CONTROL.sub(" ", decode(data)).encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(data, parser=parser)
        _shallow(root)
        page = _Page()
        page.fields = _fields(root)
        page.read(main_content(root))
        page.close()
    except (etree.LxmlError, ValueError) as error:  # a reference to a control character too
        raise InputError(f"not a web page that can be read: {' '.join(str(error).split())}") from None
    found = page.outline
    found.title = page.title or page.fields.get("title", "")
    found.fields = {**page.fields, **({"title": found.title} if found.title else {})}
    if not found.blocks:
        raise InputError("a web page without text")
    return found


def _shallow(root: HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise InputError(f"a web page nested deeper than {_DEEPEST} elements")


def _fields(root: HtmlElement) -> dict[str, str]:
    """The columns of `sources` that the page's meta elements state."""
    stated: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if value := " ".join((meta.get("content") or "").split()):
            stated.setdefault(key, []).append(value)
    found: dict[str, str] = {}
    for column, keys in _META.items():
        for value in (value for key in keys for value in stated.get(key, ())):
            hit = _VALID[column].search(value) if column in _VALID else None
            if column not in _VALID or hit:
                found[column] = (hit[0] if hit else value).lower() if column == "doi" else hit[0] if hit else value
                break
    if authors := stated.get("citation_author") or stated.get("dc.creator"):
        found["authors"] = "; ".join(authors)
    return found


class _Page:
    """Writes elements into an outline: inline words gather until a block begins or ends."""

    def __init__(self) -> None:
        self.outline, self.title = Outline(), ""
        self.fields: dict[str, str] = {}
        self._words: list[str] = []

    def read(self, element: HtmlElement) -> None:
        kind = name(element)
        if kind == "table" and _is_data(element):
            self.close()
            rows = ([cell for cell in row if name(cell) in ("td", "th")] for row in element.iter("tr"))
            self.outline.table([[_text(cell) for cell in row] for row in rows])
        elif kind in _HEADINGS:
            self.close()
            self._heading(kind, _text(element))
        elif kind in _INLINE:
            self._words.append(_text(element, blanks=True))
        elif kind:
            self.close()
            self._words.append(element.text or "")
            for child in element:
                self.read(child)
                self._words.append(child.tail or "")
            self.close()

    def close(self) -> None:
        self.outline.paragraph(" ".join("".join(self._words).split()))
        self._words = []

    def _heading(self, kind: str, words: str) -> None:
        if kind == "h1" and not self.title:
            self.title = words
        else:
            self.outline.heading(words)


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data and not the page's layout."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    return len(rows) > 1 and all(inside is table for inside in table.iter("table", "h1", "h2"))


def _text(element: HtmlElement, blanks: bool = False) -> str:
    words = "".join(_pieces(element))
    return words if blanks else " ".join(words.split())


def _pieces(element: HtmlElement) -> Iterator[str]:
    kind = name(element)
    if kind == "sup" and (hit := _CITED.fullmatch(element.text_content().strip())) and _refers(element):
        yield f"[{hit[1]}]"
        return
    yield " " if kind == "br" else element.text or ""
    for child in element:
        if name(child):
            if name(child) not in _INLINE:
                yield " "
            yield from _pieces(child)
            if name(child) not in _INLINE:
                yield " "
        yield child.tail or ""


def _refers(raised: HtmlElement) -> bool:
    """Whether raised figures are a citation: they or what holds them link to a reference."""
    links = [*raised.iter("a"), *(above for above in raised.iterancestors("a"))]
    return any("#" in (link.get("href") or "") for link in links)
