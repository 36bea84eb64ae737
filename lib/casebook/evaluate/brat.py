"""A folder of brat files: the words that annotators marked, and which of them the text denies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\d+)\t\S+?:(T\d+)(?:\s.*)?")
_POLARITY = re.compile(r"A\d+\t(?:POLARITY|Negation|Negated)\s([ET]\d+)(?:\s(\w+))?\s*")


@dataclass(frozen=True)
class Annotation:
    """Words marked as `kind` in a report. `polarity` is that of MACCROBAT: NEG, MAYBE_NEG, UNCERTAIN … or empty."""

    source_id: str
    kind: str
    words: str
    spans: tuple[tuple[int, int], ...]
    polarity: str = ""

    def on(self, span: tuple[int, int]) -> bool:
        """Whether a character of `span` is marked."""
        return any(start < span[1] and span[0] < end for start, end in self.spans)


def read(folder: Path) -> dict[str, list[Annotation]]:
    """The annotations of every report, in the files' order. Raises InputError that names file and line."""
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise InputError(f"{folder}: holds no .ann file, expected brat annotations beside the texts")
    return {path.stem: list(_annotations(path)) for path in files}


def _annotations(path: Path) -> Iterator[Annotation]:
    lines = path.read_text(encoding="utf-8").splitlines()
    words_of = {hit[1]: hit[2] for hit in map(_EVENT.fullmatch, lines) if hit}
    polarity = {}
    for hit in filter(None, map(_POLARITY.fullmatch, lines)):
        polarity[words_of.get(hit[1], hit[1])] = hit[2] or "NEG"  # brat's own negation is a flag without a value
    for number, line in enumerate(lines, start=1):
        if not line.startswith("T"):
            continue
        marked = _TEXT_BOUND.fullmatch(line)
        if not marked:
            raise InputError(
                f"{path.name} line {number}: found {line[:60]!r}, expected T1<tab>Type START END<tab>words"
            )
        spans = tuple((int(a), int(b)) for a, b in (part.split() for part in marked[3].split(";")))
        yield Annotation(path.stem, marked[2], marked[4], spans, polarity.get(marked[1], ""))
