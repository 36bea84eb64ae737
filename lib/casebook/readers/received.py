"""A report file as it came, before any reader has looked at it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

    def document(self, parts: Sequence[Part], format: str, width: float = 0, fields: Fields | None = None) -> Document:
        """The document of which the view holds `parts` in order."""
        return self.document_of(*Writer(self.text, width).write(parts), format, fields)

    def document_of(
        self, builder: ViewBuilder, zones: tuple[Zone, ...], format: str, fields: Fields | None = None
    ) -> Document:
        """The document of a view that the reader wrote itself."""
        sha256 = hashlib.sha256(self.data).hexdigest()
        return Document(self.source_id, self.path, sha256, self.text, builder.build(), zones, format, fields or {})


def title_field(text: str, parts: Sequence[Part]) -> dict[str, tuple[str, Span | None]]:
    """The title that the report states, if it opens with one."""
    if not parts or parts[0].kind != "title":
        return {}
    span = Span(parts[0].lines[0][0].start, parts[0].lines[-1][0].end)
    return {"title": (" ".join(text[span.start:span.end].split()).lstrip("# "), span)}
