"""What a rule hands over: cells with their words. Tables are built from these elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casebook.text.span import Span

Value = str | int | float | bool


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One value with the view ranges that state it and the rule that read them.

    `derived_from` is for a value that no words state: it names the cells or words it follows from and how.
    """

    value: Value
    spans: tuple[Span, ...]
    rule: str
    cue: Span | None = None
    derived_from: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A row to be: `case` is "1", "2", … or "c1", …, or "" for a statement of the source; `at` is where it stands."""

    table: str
    case: str
    at: int
    cells: Mapping[str, Cell]

    def value(self, column: str) -> Value | None:
        cell = self.cells.get(column)
        return cell.value if cell else None

    def with_cells(self, **cells: Cell) -> "Finding":
        return Finding(self.table, self.case, self.at, {**self.cells, **cells})


@dataclass
class Draft:
    """The findings of one document so far; later topics read what earlier ones decided."""

    findings: list[Finding] = field(default_factory=list)

    def of(self, table: str, case: str | None = None) -> Iterator[Finding]:
        return (f for f in self.findings if f.table == table and (case is None or f.case == case))

    def case(self, case: str) -> Finding | None:
        """The row of `cases` for this patient."""
        return next(self.of("cases", case), None)

    def set_case(self, case: str, **cells: Cell) -> None:
        """Add cells to the patient's row of `cases`."""
        for index, finding in enumerate(self.findings):
            if finding.table == "cases" and finding.case == case:
                self.findings[index] = finding.with_cells(**cells)
                return
        raise KeyError(case)
