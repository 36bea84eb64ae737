"""Which part of a web page is the paper: landmarks first, then where most of the prose stands."""

import re

from lxml.html import HtmlElement

from casebook.readers.xml import name

_NEVER = (
    "script style noscript template nav aside form button input select textarea svg iframe object embed canvas video"
    " audio dialog head link meta map"
).split()
_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
          "toolbar", "alert", "form")
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|adverts?|advert(?:isement|ising)s?|ads?|adsbygoogle|sponsor(?:ed)?|promo(?:tion)?"
    r"|newsletter|subscribe|subscription|social|share|sharing|breadcrumbs?|sidebar|side-?nav|navbar|menu|toolbar|footer"
    r"|masthead|related|recommend(?:ed|ations)?|altmetric|metrics|login|sign-?in|modal|popup|overlay|skip|paywall|popover"
    r"|tooltip|comments?-?(?:section|list|form)?|print-?only|toc|table-of-contents|on-this-page|download-?links)(?=$|[\s_-])",
    re.IGNORECASE)
_BLOCKS = ("p", "li", "td", "blockquote", "pre", "dd")
_SHARE = 0.5  # of the page's words: what holds so many is not around the paper
_LINKED = 0.6  # of a list's words: with so many in links it leads elsewhere


def main_content(root: HtmlElement) -> HtmlElement:
    """The element that holds the paper, what does not belong to it taken out of the tree."""
    body = next(root.iter("body"), root)
    for element in [one for one in body.iter() if name(one) in _NEVER or _hidden(one)]:
        _drop(element)
    total = _length(body)
    for element in list(body.iter()):
        kind = name(element)
        if element is body or kind in ("main", "article", "html", "") or element.getparent() is None:
            continue
        outside = kind in ("header", "footer") and not any(True for _ in element.iterancestors("article", "main"))
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (outside or element.get("role") in _ROLES or _AROUND.search(named)) and _length(element) < _SHARE * total:
            _drop(element)
    for several in list(body.iter("ul", "ol")):
        linked = sum(_length(link) for link in several.iter("a"))
        if linked > _LINKED * _length(several) and not any(True for _ in several.iter("cite", "p")):
            _drop(several)
    marked = [one for one in body.iter() if name(one) in ("article", "main") or one.get("role") in ("main", "article")
              or one.get("itemprop") == "articleBody"]
    best = max(marked, key=_prose, default=None)
    if best is not None and _prose(best) > _SHARE * _prose(body):
        return best
    return _densest(body)


def _hidden(element: HtmlElement) -> bool:
    if not name(element):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return (element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
            or "visibility:hidden" in style)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _length(element: HtmlElement) -> int:
    return len("".join(element.itertext()))


def _prose(element: HtmlElement) -> int:
    """Letters of paragraphs, those of links left out."""
    return sum(_length(block) for block in element.iter(*_BLOCKS)) - sum(_length(link) for link in element.iter("a"))


def _densest(body: HtmlElement) -> HtmlElement:
    """The deepest element that still holds most of the page's prose."""
    whole, found = _prose(body), body
    while True:
        inner = max((child for child in found if name(child) in ("div", "section", "td", "table", "tr", "tbody")),
                    key=_prose, default=None)
        if inner is None or _prose(inner) < 0.8 * whole:
            return found
        found = inner
