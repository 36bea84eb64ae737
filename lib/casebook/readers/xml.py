"""XML that comes from anywhere: parsed without entities, without files beside it, without the network."""

import re

from lxml import etree

from casebook.errors import InputError

_DEEPEST = 200
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_DECLARES = "XML that declares entities: they are not expanded; save the paper anew without them"


def parse(data: bytes) -> etree._Element:
    """The root element. Raises InputError for what is not well formed, declares entities, includes other files or is
    nested too deep.
    """
    if _ENTITY.search(data):
        raise InputError(_DECLARES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not well-formed XML: {' '.join(str(error).split())}") from None
    if root is None:
        raise InputError("not well-formed XML: no element")
    declared = root.getroottree().docinfo.internalDTD  # as a file in UTF-16 has them
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError(_DECLARES)
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise InputError(f"XML nested deeper than {_DEEPEST} elements")
        if isinstance(element.tag, str) and element.tag.startswith("{http://www.w3.org/2001/XInclude}"):
            raise InputError("XML that includes other files: they are not read")
    return root


def text_of(element: etree._Element, leave_out: frozenset[str] = frozenset()) -> str:
    """All words below `element` in order, white space as one blank; nothing of the elements that `leave_out` names."""
    return " ".join("".join(_words(element, leave_out)).split())


def _words(element: etree._Element, leave_out: frozenset[str]):
    if not isinstance(element.tag, str):  # a comment, an instruction, an entity that is not expanded
        return
    if element.text:
        yield element.text
    for child in element:
        if name(child) not in leave_out:
            if name(child) in _APART:
                yield " "
            yield from _words(child, leave_out)
            if name(child) in _APART:
                yield " "
        if child.tail:
            yield child.tail


def name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


_APART = frozenset(
    "p title label break list-item td th tr sec name surname given-names article-title source year volume issue fpage"
    " lpage pub-id li div br".split()
)
