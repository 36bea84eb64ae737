"""One review as a person explores it: plain frames, the texts behind them, and the protocol."""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from pathlib import Path

import pandas as pd

from casebook import csvfile
from casebook.errors import InputError
from casebook.protocol import Protocol, read_protocol
from casebook.schema import TABLES

PROTOCOL = Path(__file__).resolve().parents[2] / "data" / "review" / "protocol.yml"
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,400}(?:>|$)")
Pieces = list[tuple[int, int]]
CUT = " … "  # between the pieces of a sentence that a figure legend or the end of a page cut in two
_WINDOW = 240  # code points shown to either side of a quote whose sentence is not known
_BESIDE = 200  # code points to either side of a quote that a table shows
_LONGEST = 900  # a longer sentence is shown around its quote only


def load(
    seeds: str | Path,
    protocol: str | Path = "",
    tables: str | Path = "",
    vocabulary: str | Path = "",
    strict: bool = False,
) -> "Review":
    """The review of the reports in folder `seeds`, read under `protocol` (empty: the project's own).

    With `tables`, a folder that `casebook tables` wrote, nothing is extracted again. A report that cannot be read is
    set aside; `strict` makes it an InputError.
    """
    asked = read_protocol(Path(protocol) if str(protocol) else PROTOCOL)
    if str(tables):
        return Review.from_tables(Path(tables), asked)
    from casebook.assemble import build  # the extraction is loaded only where it runs

    built = build(Path(seeds), Path(vocabulary) if str(vocabulary) else None, strict=strict)
    return Review(asked, built.frames, built.texts, built.sentences)


class Review:
    """The tables of the public contract as attributes, and the way from each cell to its sentence.

    `sources`, `cases`, `symptoms`, `sites`, `modalities`, `treatments`, `outcomes`, `claims`, `conflicts` and
    `evidence` are pandas frames; `texts` maps source_id to the text as received, `sentences` to the sentences of that
    text.
    """

    def __init__(
        self,
        protocol: Protocol,
        frames: Mapping[str, pd.DataFrame],
        texts: Mapping[str, str],
        sentences: Mapping[str, list[Pieces]] | None = None,
    ):
        self.protocol = protocol
        self.texts = texts
        self.sentences = sentences or {}
        self._frames = frames

    @classmethod
    def from_tables(cls, folder: Path, protocol: Protocol) -> "Review":
        """The review that `casebook tables` wrote to `folder`. Raises InputError."""
        if missing := [f"{name}.csv" for name in TABLES if not (folder / f"{name}.csv").is_file()]:
            raise InputError(f"{folder}: {', '.join(missing)} is missing; write the tables with `casebook tables`")
        ranges = folder / "sentences.json"  # only beside tables that a running report wrote for its own notebooks
        sentences = json.loads(ranges.read_text(encoding="utf-8")) if ranges.is_file() else None
        return cls(protocol, _Written(folder), _Texts(folder / "texts"), sentences)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self._frames[name]
        raise AttributeError(f"a review has no {name!r}; its tables are {', '.join(TABLES)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._frames[name])} {name}" for name in TABLES)
        return f"{self.protocol.title}\n{counts}"

    @cached_property
    def patients(self) -> pd.DataFrame:
        """`cases` of the reports themselves, without the patients that they cite."""
        return self.cases[self.cases["role"].eq("index")]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        return {name: self._frames[name] for name in TABLES}

    def quoted(self, table: str, column: str) -> pd.DataFrame:
        """`table` with a column `words`: the sentence that supports `column` in each row, free of line breaks and
        markup.
        """
        frame, stated = self._frames[table], self.evidence
        stated = stated[
            stated["table"].eq(table) & stated["column"].eq(column) & stated["start"].notna()
        ].drop_duplicates("row_id")
        words = {}
        for row in stated.to_dict("records"):
            start, end = int(row["start"]), int(row["end"])
            pieces = self.sentence(row["source_id"], start, end)
            if len(pieces) == 1:
                pieces = [(max(pieces[0][0], start - _BESIDE), min(pieces[0][1], end + _BESIDE))]
            text = self.texts[row["source_id"]]
            words[row["row_id"]] = _readable(CUT.join(text[low:high] for low, high in pieces))
        return frame.assign(words=frame["row_id"].map(words).astype("string"))

    def sentence(self, source_id: str, start: int, end: int) -> Pieces:
        """The ranges of the text to show around [start, end): its sentence, in pieces where something cut it in two."""
        text = self.texts[source_id]
        for pieces in self.sentences.get(source_id, ()):
            if any(low <= start < high for low, high in pieces):
                shown = [(low, max(high, end) if low <= start < high else high) for low, high in pieces]
                if sum(high - low for low, high in shown) <= _LONGEST + end - start:
                    return shown
        low = max(0, start - _WINDOW)
        high = min(len(text), end + _WINDOW)
        for stop in (". ", ".\n", "\n\n", "\n•"):
            low = max(low, text.rfind(stop, low, start) + len(stop) if text.rfind(stop, low, start) >= 0 else low)
            at = text.find(stop, end, high)
            high = at + (stop[0] == ".") if at >= 0 else high
        return [(low, high)]


def _readable(text: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", text)).split())


class _Written(Mapping):
    """Tables of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = csvfile.read(self._folder / f"{name}.csv")
        return self._read[name]

    def __iter__(self):
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


class _Texts(Mapping):
    """Texts of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._read: dict[str, str] = {}

    def __getitem__(self, source_id: str) -> str:
        if source_id not in self._read:
            path = self._folder / f"{source_id}.txt"
            if not path.is_file():
                raise KeyError(source_id)
            self._read[source_id] = path.read_bytes().decode("utf-8")
        return self._read[source_id]

    def __iter__(self):
        return (path.stem for path in sorted(self._folder.glob("*.txt")))

    def __len__(self) -> int:
        return sum(1 for _ in self)
