"""JATS, the XML of journals and of PubMed Central."""

import re

from lxml import etree

from casebook.errors import InputError
from casebook.readers.limits import Limits
from casebook.readers.outline import Outline
from casebook.readers.xml import name, parse, text_of

NAME = "JATS"
_NOTES = frozenset("fn fig table-wrap xref-group boxed-text supplementary-material graphic media".split())
_FIGURES = {"fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text"}
_BACK = {"ack": "Acknowledgements", "fn-group": "Notes", "notes": "Notes", "app-group": "Appendix", "app": "Appendix"}
_CASE_KINDS = {"case-report": "case report", "review-article": "review"}


def outline(data: bytes, bounds: Limits) -> Outline:
    root = parse(data)
    articles = [root] if name(root) == "article" else list(_all(root, "article"))
    if len(articles) > 1:
        raise InputError(f"a set of {len(articles)} papers: save each of them alone")
    if not articles or next(_all(articles[0], "article-meta"), None) is None:
        raise InputError("XML without an article in it")
    article = articles[0]
    _cite(article)
    outline = Outline()
    _front(article, outline)
    asides: list[etree._Element] = []
    for abstract in _all(article, "abstract"):
        if abstract.get("abstract-type") in (None, "", "section", "structured"):
            outline.heading("Abstract")
            _content(abstract, outline, asides, skip_title=True)
    keywords = [text_of(word) for word in _all(article, "kwd")]
    if keywords:
        outline.heading("Keywords")
        outline.paragraph("; ".join(keywords))
    body = next(_all(article, "body"), None)
    if body is not None:
        _content(body, outline, asides)
    for floating in _all(article, "floats-group"):
        asides += [child for child in floating if name(child) in _FIGURES]
    for aside in asides:
        _aside(aside, outline)
    _back(article, outline)
    _references(article, outline)
    return outline


def _cite(article: etree._Element) -> None:
    """Put raised numbers of references in brackets, as they stand where they are not raised."""
    for raised in list(_all(article, "sup")):
        cited = any(one.get("ref-type") == "bibr" for one in (*_all(raised, "xref"), raised.getparent()))
        if cited and "[" not in text_of(raised):
            raised.text = f"[{raised.text or ''}"
            if len(raised):
                raised[-1].tail = f"{raised[-1].tail or ''}]"
            else:
                raised.text += "]"


def _back(article: etree._Element, outline: Outline) -> None:
    """Thanks, notes and appendices, which are no part of the case."""
    back = next((child for child in article if name(child) == "back"), None)
    for part in back if back is not None else ():
        kind = name(part)
        if kind in _BACK:
            outline.heading(_BACK[kind])
            for inside in _all(part, "p"):
                outline.paragraph(text_of(inside, _NOTES))


def _front(article: etree._Element, outline: Outline) -> None:
    meta = next(_all(article, "article-meta"))
    title = next(_all(meta, "article-title"), None)
    outline.title = text_of(title, frozenset(("xref", "fn"))) if title is not None else ""
    authors = [
        ", ".join(text_of(part) for part in (_child(person, "surname"), _child(person, "given-names"))
                  if part is not None)
        for contributor in _all(meta, "contrib")
        if contributor.get("contrib-type") in (None, "author")
        for person in _all(contributor, "name")
    ]
    ids = {i.get("pub-id-type"): text_of(i) for i in meta if name(i) == "article-id"}
    years = [text_of(year) for date in _all(meta, "pub-date") for year in _all(date, "year")]
    journal = next(_all(article, "journal-title"), None)
    licence = next(_all(meta, "license"), None)
    stated = {
        "title": outline.title,
        "authors": "; ".join(author for author in authors if author),
        "year": min((year for year in years if re.fullmatch(r"(?:1[5-9]|20)\d\d", year)), default=""),
        "journal": text_of(journal) if journal is not None else "",
        "doi": ids.get("doi", "").lower() if re.fullmatch(r"10\.\d{4,9}/\S+", ids.get("doi", "")) else "",
        "pmid": ids.get("pmid", "") if ids.get("pmid", "").isdecimal() else "",
        "licence": _licence(licence),
        "kind": _CASE_KINDS.get(article.get("article-type", ""), ""),
    }
    outline.fields = {column: value for column, value in stated.items() if value}


def _licence(licence: etree._Element | None) -> str:
    if licence is None:
        return ""
    address = next((value for key, value in licence.attrib.items() if key.endswith("href")), "")
    hit = re.search(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([\d.]+)", str(address))
    return f"CC {hit[1].upper()} {hit[2]}" if hit else text_of(licence)[:200]


def _content(parent: etree._Element, outline: Outline, asides: list, skip_title: bool = False) -> None:
    """Sections and paragraphs in order; figures and tables wait in `asides`."""
    label = ""
    for child in parent:
        kind = name(child)
        if kind == "label":
            label = text_of(child)
        elif kind == "title":
            if not skip_title:
                outline.heading(f"{label} {text_of(child)}".strip())
        elif kind == "sec" or kind == "body":
            _content(child, outline, asides)
        elif kind in _FIGURES:
            asides.append(child)
        elif kind == "list":
            for item in child:
                outline.paragraph(text_of(item, _NOTES))
        elif kind:
            asides += [inside for inside in child.iter() if name(inside) in ("fig", "table-wrap")]
            outline.paragraph(text_of(child, _NOTES))


def _aside(element: etree._Element, outline: Outline) -> None:
    """A figure's legend, or a table with its caption."""
    label, caption = _child(element, "label"), _child(element, "caption")
    words = [text_of(part) for part in (label, caption) if part is not None]
    if words:
        outline.paragraph(": ".join([words[0].rstrip(".: "), *words[1:]]))
    for table in _all(element, "table"):
        outline.table(_rows(table))


def _rows(table: etree._Element) -> list[list[str]]:
    """The cells of each row; a cell that spans several rows or columns stands in each of them."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column -> how many more rows, and what
    for row in _all(table, "tr"):
        cells: list[str] = []
        given = [cell for cell in row if name(cell) in ("td", "th")]
        while given or len(cells) in below:
            if len(cells) in below:
                left, words = below.pop(len(cells))
                if left > 1:
                    below[len(cells)] = (left - 1, words)
                cells.append(words)
                continue
            cell = given.pop(0)
            words = text_of(cell)
            for _ in range(_span(cell, "colspan")):
                if (deep := _span(cell, "rowspan")) > 1:
                    below[len(cells)] = (deep - 1, words)
                cells.append(words)
        rows.append(cells)
    return rows


def _span(cell: etree._Element, attribute: str) -> int:
    value = cell.get(attribute, "1")
    return min(int(value), 50) if value.isdecimal() and int(value) else 1


def _references(article: etree._Element, outline: Outline) -> None:
    found = list(_all(article, "ref"))
    if found:
        outline.heading("References")
        lines = []
        for number, reference in enumerate(found, 1):
            label = _child(reference, "label")
            rest = " ".join(text_of(part) for part in reference if name(part) != "label")
            lines.append(f"[{(text_of(label).strip('[].') if label is not None else '') or number}] {rest}")
        outline.paragraph("\n".join(lines))


def _all(element: etree._Element, wanted: str):
    return (inside for inside in element.iter() if name(inside) == wanted)


def _child(element: etree._Element, wanted: str) -> etree._Element | None:
    return next((inside for inside in element if name(inside) == wanted), None)
