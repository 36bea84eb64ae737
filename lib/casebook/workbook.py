"""One review as a person explores it: plain frames, the texts behind them, and the protocol."""

import json
import re
from collections.abc import Collection, Mapping
from copy import copy
from functools import cached_property
from html import unescape
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp
from weakref import finalize

import pandas as pd

from casebook import reviewfiles, rulebook, screening
from casebook.curate import Machine
from casebook.curate.decisions import FILE as DECISIONS
from casebook.curate.screening import screened
from casebook.places import VOCABULARY
from casebook.protocol import Protocol, read_protocol
from casebook.schema import TABLES
from casebook.viewing import Viewing
from casebook.vocabulary import wider
from casebook.written import MACHINE, InOrder, Pages, Texts, written

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
    before: str | Path = "",
    decisions: str | Path | None = None,
    reviewer: str | None = None,
) -> "Review":
    """The review of the reports in folder `seeds`, read under `protocol` (empty: the project's own).

    With `tables`, a folder that `casebook tables` wrote, nothing is extracted again. A report that cannot be read is
    set aside; `strict` makes it an InputError. `before` is a folder of earlier tables to compare with.

    The file of `decisions` (by default decisions.csv beside the protocol; "" for none) is laid over the tables, and
    what is decided now goes into it. With `reviewer` only that person's decisions apply, so that two can work without
    seeing each other's.
    """
    file = Path(protocol) if str(protocol) else PROTOCOL
    asked, reports, beside = read_protocol(file), Path(seeds), file.parent
    words = Path(vocabulary) if str(vocabulary) else None
    if str(tables):
        review = Review.from_tables(Path(tables), asked, reports, beside)
    else:
        from casebook.assemble import build  # the extraction is loaded only where it runs
        from casebook.cache import default_folder

        built = build(Path(seeds), words, strict=strict, cache=default_folder())
        review = Review(asked, built.frames, built.texts, built.sentences, reports, beside)
        review.pages = built.pages
    review.vocabulary = words or VOCABULARY
    review.earlier = Path(before) if str(before) else None
    review._begin(review._machine, _decisions_file(decisions, file, tables), reviewer)
    return review


def _decisions_file(named: str | Path | None, protocol: Path, tables: str | Path) -> Path | None:
    if named is not None:
        return Path(named) if str(named) else None
    own = Path(tables) / DECISIONS  # only beside tables that a running report wrote for its own notebooks
    return own if str(tables) and own.is_file() else protocol.with_name(DECISIONS)


class Review(Viewing):
    """The tables of the public contract as attributes, and the way from each cell to its sentence.

    `sources`, `cases`, `symptoms`, `sites`, `modalities`, `treatments`, `outcomes`, `claims`, `conflicts` and
    `evidence` are pandas frames; `texts` maps source_id to the text as received, `sentences` to the sentences of that
    text.
    """

    vocabulary = VOCABULARY  # the folder of the words that it is read with
    earlier: Path | None = None  # the folder of the tables that it is compared with

    def __init__(
        self,
        protocol: Protocol,
        frames: Mapping[str, pd.DataFrame],
        texts: Mapping[str, str],
        sentences: Mapping[str, list[Pieces]] | None = None,
        reports: Path | None = None,
        beside: Path | None = None,
    ):
        self.protocol = protocol
        self.sentences = sentences or {}
        self.pages: Mapping[str, list[list]] = {}
        self._reports, self._beside = reports, beside  # the folders of the reports and of the protocol
        self._begin(Machine(frames, texts), None, None)

    @classmethod
    def from_tables(
        cls, folder: Path, protocol: Protocol, reports: Path | None = None, beside: Path | None = None
    ) -> "Review":
        """The review that `casebook tables` wrote to `folder`. Raises InputError."""
        ranges = folder / "sentences.json"  # only beside tables that a running report wrote for its own notebooks
        sentences = json.loads(ranges.read_text(encoding="utf-8")) if ranges.is_file() else None
        if reports and reports.resolve() == folder.resolve():
            reports = None  # its sources.csv is the table of that name, not the list of a reviewer
        texts = Texts(folder / "texts", folder / MACHINE / "texts")
        review = cls(protocol, written(folder, machine=True), texts, sentences, reports, beside)
        review.pages = Pages(folder / "texts")
        return review

    def _read_too(self, names: Collection[str]) -> None:
        from casebook.assemble import Tables  # the extraction is loaded only where it runs
        from casebook.overruled import read_too

        machine = Tables(self._machine.frames, self._machine.texts, self.sentences, self.pages)  # type: ignore[arg-type]
        read = read_too(machine, names, self._reports, self.vocabulary)
        if read is not machine:
            self._machine, self.sentences, self.pages = Machine(read.frames, read.texts), read.sentences, read.pages

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self._frames[name]
        raise AttributeError(f"a review has no {name!r}; its tables are {', '.join(TABLES)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._frames[name])} {name}" for name in TABLES)
        return "\n".join([self.protocol.title, counts, *self.told])

    @cached_property
    def patients(self) -> pd.DataFrame:
        """`cases` of the reports themselves, without the patients that they cite."""
        return self.cases[self.cases["role"].eq("index")]

    @cached_property
    def wider(self) -> dict[str, str]:
        """Each site's next wider one that still names an organ or tissue, from the vocabulary. Raises InputError."""
        return wider(self.vocabulary)

    @cached_property
    def organs(self) -> dict[str, str]:
        """As `wider`, without tissues that are all over the body: T11 vertebra is part of vertebra, but not of bone."""
        return wider(self.vocabulary, ("apart", "scattered"))

    @cached_property
    def around(self) -> dict[str, str]:
        """As `wider`, up to the parts of the body: lung, chest."""
        return wider(self.vocabulary, ())

    @cached_property
    def rules(self) -> pd.DataFrame:
        """What there is to read with: rule, kind (vocabulary, code) and topic of each row of the vocabulary folder."""
        return rulebook.rules(self.vocabulary)

    @cached_property
    def screening(self) -> pd.DataFrame:
        """What sources.csv and decisions.csv say of each: decision, reason, decided_by, decided_at, overruled."""
        return screened(screening.decisions(self._reports, self.sources), self.decisions)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Counts of records before the folder, from the flow.csv beside the protocol: field, n, reason."""
        return screening.counted(self._beside / screening.FILE if self._beside else None)

    @cached_property
    def appraisal(self) -> pd.DataFrame:
        """What a person answered to the items of JBI and Murad, from the appraisal.csv beside the protocol."""
        return reviewfiles.appraisal(self._file(reviewfiles.APPRAISAL))

    @cached_property
    def anchors(self) -> pd.DataFrame:
        """Figures of published reviews, from the anchors.csv beside the protocol."""
        return reviewfiles.anchors(self._file(reviewfiles.ANCHORS))

    @cached_property
    def care(self) -> pd.DataFrame:
        """What counts as reporting an item of CARE: the care.csv beside the protocol, or else the project's own."""
        return reviewfiles.care(self._own_or_shipped(reviewfiles.CARE))

    @cached_property
    def prisma_items(self) -> pd.DataFrame:
        """Where a report answers the items of PRISMA 2020: prisma_checklist.csv, found as care.csv is."""
        return reviewfiles.checklist(self._own_or_shipped(reviewfiles.PRISMA_ITEMS))

    @cached_property
    def care_items(self) -> pd.DataFrame:
        """Where a report shows what the items of CARE ask for: care_checklist.csv, found as care.csv is."""
        return reviewfiles.checklist(self._own_or_shipped(reviewfiles.CARE_ITEMS))

    @cached_property
    def written(self) -> dict[str, pd.DataFrame]:
        """What a reviewer wrote beside the protocol and the reports: appraisal, counted, decided."""
        decided = self.screening[self.screening["decided_by"].notna()]
        return {"appraisal": self.appraisal, "counted": self.counted, "decided": decided}

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Which ranges of each text are its title, abstract, case … : source_id, zone, start, end."""
        return reviewfiles.zones(self.texts)

    def _file(self, name: str) -> Path | None:
        return self._beside / name if self._beside else None

    def _own_or_shipped(self, name: str) -> Path:
        own = self._file(name)
        return own if own and own.is_file() else PROTOCOL.with_name(name)

    @cached_property
    def before(self) -> dict[str, pd.DataFrame]:
        """The tables of an earlier reading, from the folder that `load` was given; all empty where there are none."""
        folder = self.earlier
        if folder is None or not any((folder / f"{name}.csv").is_file() for name in TABLES):
            return {name: table.frame([]) for name, table in TABLES.items()}
        return dict(written(folder))

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name, each read when it is first asked for."""
        return InOrder(self._frames)

    def practice(self) -> "Review":
        """This review over a copy of its decisions that is thrown away when nobody uses it any more."""
        tried, folder = copy(self), Path(mkdtemp(prefix="casebook-"))
        finalize(tried, rmtree, folder, ignore_errors=True)
        if self._lines_file and self._lines_file.is_file():
            copyfile(self._lines_file, folder / DECISIONS)
        tried._begin(self._machine, folder / DECISIONS, self._reviewer if self._blind else None)
        tried._reviewer = self._reviewer
        return tried

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
