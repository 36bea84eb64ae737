"""PDF: from the places of its letters to paragraphs in reading order."""

import re

from casebook.readers.limits import Limits
from casebook.readers.outline import Outline
from casebook.readers.pdf_blocks import Block, blocks
from casebook.readers.pdf_layout import body_size, ordered
from casebook.readers.pdf_lines import pages
from casebook.readers.zones import kind_of

NAME = "PDF"
_TITLE = 15  # letters that a title has at least; "Case Report" above it is none
_PROSE = 200


def outline(data: bytes, bounds: Limits) -> Outline:
    found = pages(data, bounds.pages)
    size = body_size(found)
    parts = blocks(ordered(found), size)
    outline = Outline()
    title = _title(parts)
    first = next((at for at, block in enumerate(parts) if at > title and _opens(block)), len(parts) if title else 0)
    _front(parts[:first], title, outline)
    parts = [block for block in parts[:first] if block.kind in ("legend", "table")] + parts[first:]
    notes = [block for block in parts if block.kind == "note"]
    for block in parts:
        if block.kind == "heading":
            outline.heading(block.text, block.places)
        elif block.kind not in ("scrap", "note"):
            outline.paragraph(block.text, block.places)
            outline.table(block.rows, [(0, block.first.page + 1, block.around)])
    if notes:
        outline.heading("Notes")
        for block in notes:
            outline.paragraph(block.text, block.places)
    return outline


def _opens(block: Block) -> bool:
    return block.kind == "heading" and kind_of(block.text) in ("abstract", "introduction", "case")


def _title(parts: list[Block]) -> int:
    """The block of the first page in the largest letters, labels such as "Case Report" aside."""
    own = [at for at, block in enumerate(parts) if not block.first.page and _may_be_title(block.text)]
    return max(own, key=lambda at: (parts[at].first.size, -at), default=0)


def _may_be_title(words: str) -> bool:
    return len(words) >= _TITLE and not kind_of(words) and not _formal(words)


def _front(parts: list[Block], title: int, outline: Outline) -> None:
    """Title and an abstract that has no heading; names and addresses between them are left out."""
    if not parts:
        return
    after = parts[title + 1 :]
    outline.title = parts[title].text
    outline.places = [(-1, *place) for place in parts[title].places]
    while after and abs(after[0].first.size - parts[title].first.size) <= 1:  # a part of it in italics
        outline.title += f" {after.pop(0).text}"
    prose = [block for block in after
             if block.kind in ("body", "small") and len(block.text) > _PROSE
             and not _formal(block.text) and not _addresses(block.text)]
    if prose:
        outline.heading("Abstract")
        for block in prose:
            outline.paragraph(block.text, block.places)


def _formal(words: str) -> bool:
    return bool(_FORMAL.match(words)) or "@" in words[:200]


def _addresses(words: str) -> bool:
    """Whether the block lists where the authors work: names of institutes and towns, hardly a word that is no name."""
    own = [word for word in words.split() if word[0].isalpha() and len(word) > _ARTICLE]
    return sum(word[0].isupper() for word in own) > _NAMES * len(own)


_ARTICLE = 3  # letters of "of", "and", "via"
_NAMES = 0.6
_FORMAL = re.compile(
    r"(?:Copyright|Correspondence|Received|Academic Editor|©|https?:|doi|Volume)|\W*\d{1,2}\s?(?-i:[A-Z])",
    re.IGNORECASE,
)
