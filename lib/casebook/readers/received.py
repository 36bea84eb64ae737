"""A report file as it came, before any reader has looked at it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.readers.lines import Line, lines
from casebook.readers.writer import Part, Writer
from casebook.text.document import Document, ViewBuilder, Zone
from casebook.text.span import Span

Fields = Mapping[str, tuple[str, Span | None]]


@dataclass(frozen=True)
class Received:
    """`text` is empty for a format that is not text."""

    source_id: str
    path: str
    data: bytes
    text: str

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.text)

    def document(self, parts: Sequence[Part], format: str, width: float = 0, fields: Fields | None = None) -> Document:
        """The document of which the view holds `parts` in order."""
        return self.document_of(*Writer(self.text, width).write(parts), format, fields)

    def document_of(
        self, builder: ViewBuilder, zones: tuple[Zone, ...], format: str, fields: Fields | None = None
    ) -> Document:
        """The document of a view that the reader wrote itself."""
        sha256 = hashlib.sha256(self.data).hexdigest()
        return Document(self.source_id, self.path, sha256, self.text, builder.build(), zones, format, fields or {})


def stated(text: str, parts: Sequence[Part]) -> Fields:
    """Title and DOI as far as the report states them: a title it opens with, the only DOI beside its prose."""
    fields: dict[str, tuple[str, Span | None]] = {}
    if parts and parts[0].kind == "title":
        span = Span(parts[0].lines[0][0].start, parts[0].lines[-1][0].end)
        fields["title"] = (" ".join(text[span.start:span.end].split()).lstrip("# "), span)
    outside = [part for part in parts if part.kind in ("front", "furniture") and not part.heading]
    beside = [line for part in outside for line, _ in part.lines]
    found = [Span(*hit.span()) for line in beside for hit in _DOI.finditer(text, line.start, line.end)]
    if len({text[span.start:span.end] for span in found}) == 1:
        fields["doi"] = (text[found[0].start:found[0].end], found[0])
    return fields


_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,80}[A-Za-z0-9]")
