"""Rows of the table of studies: numbered studies, one row per finding, said once however often the text repeats it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casebook.extract.finding import Cell, Finding
from casebook.extract.imaging_lesions import Place
from casebook.text.span import Span


@dataclass(eq=False, slots=True)
class Study:
    """One session of one method. `at` is where the text first speaks of it; `words` are all that name it; `region` is
    the part of the body that it covers.
    """

    name: str
    at: int
    cell: Cell
    months: Cell | None
    rows: int = 0
    tracer: Cell | None = None
    region: Cell | None = None
    words: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Studies:
    """The studies of one patient, by method in reading order."""

    known: dict[str, list[Study]] = field(default_factory=dict)

    def named(self, name: str, at: int, cell: Cell, months: Cell | None, repeated: bool) -> Study:
        """The study that words at `at` speak of: a new one where they date it anew or call it a repetition."""
        before = self.known.setdefault(name, [])
        last = before[-1] if before else None
        if last is None or _later(last.months, months) or repeated and last.rows:
            before.append(Study(name, at, cell, months))
        elif last.months is None:
            last.months = months
        return before[-1]

    def nearest(self, name: str, at: int) -> Study | None:
        """The study of that method that the text had spoken of last at `at`."""
        before = self.known.get(name, ())
        return next((study for study in reversed(before) if study.at <= at), before[0] if before else None)

    def all(self) -> Iterator[Study]:
        return (study for studies in self.known.values() for study in studies)

    def numbered(self) -> dict[int, int]:
        every = sorted(self.all(), key=lambda study: (study.at, study.name))
        return {id(study): number for number, study in enumerate(every, start=1)}


def _later(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and other is not None and abs(float(one.value) - float(other.value)) > 0.2


@dataclass(slots=True)
class Row:
    """A row to be. `second` is one that only repeats what the report tells elsewhere (legend, abstract)."""

    study: Study
    at: int
    cells: dict[str, Cell]
    second: bool = False
    again: bool = False
    place: Place | None = None

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return str(cell.value) if cell else ""


_GENERAL = ("lesion", "mass", "tumour mass", "nodule", "abnormality", "metastasis", "recurrence")
_SAME = ("modality", "sequence", "site", "role", "finding", "status")


Within = Callable[[str, str], bool]


def distinct(rows: Iterable[Row], within: Within) -> list[Row]:
    """One row per fact: equal rows of one study once, and rows of legend or abstract only where the text lacks them."""
    out: list[Row] = []
    seen: dict[tuple, Row] = {}
    for row in rows:
        key = (id(row.study), *map(row.text, _SAME))
        twin = seen.get(key) or _twin(row, out, within)
        if twin is not None:
            _complete(twin, row)
        elif not (row.second and (_settles(row, out, within) or _is_loose(row, out, within))):
            seen[key] = row
            out.append(row)
    return _function_told_once(out)


def _function_told_once(rows: list[Row]) -> list[Row]:
    """A study's ejection fraction measures the function that it also calls normal or impaired."""
    measured = [row for row in rows if _measures_function(row)]
    if not measured:
        return rows
    spoken = (row for row in rows if row.text("finding").endswith("dysfunction") and row not in measured)
    told = {id(row.study): row for row in spoken if "diastolic" not in row.text("finding")}
    for row in [row for row in measured if id(row.study) in told]:
        _complete(told[id(row.study)], row)
        rows.remove(row)
    return rows


def _measures_function(row: Row) -> bool:
    finding = row.cells.get("finding")
    return finding is not None and (finding.rule == "imaging.ejection_fraction" or finding.value == "ejection fraction")


def _twin(row: Row, known: Sequence[Row], within: Within) -> Row | None:
    """The row that states already what `row` says."""
    if row.second:
        return next((other for other in known if _covers(other, row, within)), None)
    for other in known:
        if other.study is row.study and _vaguer(row, other):
            return other
    return None


def _complete(known: Row, row: Row) -> None:
    """Add to `known` what only `row` tells: a measure, a description."""
    if "value" not in known.cells and "value" in row.cells:
        known.cells |= {column: row.cells[column] for column in ("value", "unit")}
    if "qualifier" not in known.cells and "qualifier" in row.cells:
        known.cells["qualifier"] = row.cells["qualifier"]


def _settles(row: Row, known: Sequence[Row], within: Within) -> bool:
    """Whether `row` asserts what the text only suspected; the text's row then holds it."""
    if row.text("status") != "present":
        return False
    doubted = (other for other in known if other.text("status") == "uncertain")
    other = next((other for other in doubted if _covers(other, row, within, ("modality", "finding"))), None)
    if other:
        other.cells["status"] = row.cells["status"]
    return other is not None


def _is_loose(row: Row, known: Sequence[Row], within: Within) -> bool:
    """Whether `row` names in general ("lesion") what the same study showed more closely."""
    if row.text("finding") not in _GENERAL:
        return False
    same = (other for other in known if other.study is row.study and other.text("status") == row.text("status"))
    return any(other.text("finding") and _same_place(other, row, within) for other in same)


def _same_place(known: Row, row: Row, within: Within) -> bool:
    one, other = known.text("site"), row.text("site")
    return (
        not other
        or one == other
        or within(one, other)
        or row.text("finding") not in ("lesion", "nodule")
        and known.text("role") == row.text("role")
    )


def _covers(known: Row, row: Row, within: Within, equal: Sequence[str] = ("modality", "finding", "status")) -> bool:
    """Whether `known` states already what `row`, of a legend or the abstract, repeats."""
    if any(known.text(column) != row.text(column) for column in equal):
        return False
    if row.again and known.study is not row.study:
        return False
    if any(
        known.text(column) and row.text(column) and known.text(column) != row.text(column)
        for column in ("sequence", "role")
    ):
        return False
    one, other = known.text("site"), row.text("site")
    return not one or not other or within(one, other) or within(other, one)


def _vaguer(row: Row, known: Row) -> bool:
    """Whether `row` says less than `known` of the same study: no site, no sequence."""
    for column in ("finding", "modality", "status"):
        if known.text(column) != row.text(column):
            return False
    return all(row.text(column) in ("", known.text(column)) for column in ("sequence", "site", "role"))


def method_rows(studies: Studies) -> Iterator[Row]:
    """A row without finding for each study of which the text only says that it was done."""
    for sessions in studies.known.values():
        told = any(study.rows for study in sessions)
        for number, study in enumerate(sessions):
            if study.rows == 0 and (not told and number == 0 or told and study.months is not None and number > 0):
                cells = {"modality": study.cell, "status": Cell("present", study.cell.spans, study.cell.rule)}
                yield Row(study, study.at, cells | ({"site": study.region} if study.region else {}))


def findings(case: str, rows: Sequence[Row], studies: Studies) -> Iterator[Finding]:
    """The first row of a study quotes all words that name it and that no row quotes as its own."""
    number, quoted = studies.numbered(), {span for row in rows for span in row.cells["modality"].spans}
    for row in rows:
        cells = dict(row.cells)
        if more := [span for span in row.study.words if span not in quoted]:
            quoted.update(more)
            method = cells["modality"]
            cells["modality"] = replace(method, spans=tuple(dict.fromkeys((*method.spans, *more))))
        cells["study"] = Cell(
            number[id(row.study)], (), "imaging.study", derived_from="order in which the studies are told"
        )
        if row.study.months is not None:
            cells["months_from_diagnosis"] = row.study.months
        yield Finding("modalities", case, row.at, cells)
