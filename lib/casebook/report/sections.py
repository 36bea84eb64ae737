"""The parts of a report: each a notebook's, with its headings and what stands under them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

_CLAUSE = re.compile(r"[.;:](?:\s|$)")


@dataclass
class Block:
    """What stands under the headings of one cell, each an anchor and its words; the first block of a section has none.
    `shows`: it has a figure, a table or computed words; `empty` names what would stand here but has nothing to show.
    """

    heads: list[tuple[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    shows: bool = False
    empty: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        return self.shows or not self.empty


@dataclass
class Section:
    """One notebook's part of the report. A heading under which all is empty stays out, with its words."""

    name: str
    title: str = ""
    blocks: list[Block] = field(default_factory=lambda: [Block()])

    @property
    def heads(self) -> list[tuple[str, str]]:
        return [head for block in self.blocks if block.kept for head in block.heads]

    @property
    def parts(self) -> list[str]:
        return [part for block in self.blocks if block.kept for part in block.parts]

    def html(self, linked) -> str:
        """`linked` makes the links between the parts of the report."""
        name, title = escape(self.name), f'<h2 id="{escape(self.name)}-title">{self.title}</h2>'
        body = "".join(linked(part, self.name) for part in self.parts)
        return f'<section id="{name}" aria-labelledby="{name}-title">{title}\n{body}</section>'


def missing(sections: Iterable[Section]) -> Section | None:
    """One list of all that has nothing to show, so that nobody takes it for forgotten; None where there is all."""
    lines = [
        f"<li>{section.title}: {'; '.join(dict.fromkeys(names))}.</li>"
        for section in sections
        if (names := [escape(_named(caption)) for block in section.blocks for caption in block.empty])
    ]
    if not lines:
        return None
    words = "<p>These tables and figures were made and have no rows: the reports tell nothing of the kind, or nobody "
    words += "has written it yet.</p>"
    return Section("empty", "Nothing to show", [Block(parts=[f"{words}<ul>{''.join(lines)}</ul>"])])


def contents(sections: Iterable[Section]) -> str:
    """The list of contents, with the headings of each section below it."""
    items = []
    for section in sections:
        below = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in section.heads)
        items.append(f'<li><a href="#{section.name}">{section.title}</a>{f"<ol>{below}</ol>" if below else ""}</li>')
    return f"<ol>{''.join(items)}</ol>"


def _named(caption: str) -> str:
    """The first clause of a caption, which says what it is of."""
    words = _CLAUSE.split(caption, maxsplit=1)[0].strip()
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
