"""Columns and tables: what they hold, and every way in which a frame can break the promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.errors import TableError

if TYPE_CHECKING:
    import pandas as pd  # the processes that read reports need the names of the columns only


@dataclass(frozen=True)
class Column:
    """`dtype` is string, Int64, Float64 or boolean; an empty cell is missing and needs `nullable`."""

    name: str
    dtype: str
    meaning: str
    nullable: bool = True
    allowed: tuple[str, ...] = ()
    unit: str = ""

    def problems(self, values: "pd.Series") -> Iterator[str]:
        missing = values.isna()
        if not self.nullable:
            for row in values.index[missing]:
                yield f"{self.name} is empty in row {row!r}"
        if self.allowed:
            for row, value in values[~missing & ~values.isin(self.allowed)].items():
                yield f"{self.name} is {value!r} in row {row!r}, expected one of {', '.join(self.allowed)}"


@dataclass(frozen=True)
class Table:
    """A table of the public contract: its name, what a row is, its columns in order, what its rows are sorted by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def empty(self) -> "pd.DataFrame":
        return self.frame([])

    def frame(self, rows: Sequence[dict]) -> "pd.DataFrame":
        """Typed frame of `rows`, columns in order, absent keys missing; unknown keys are our bug."""
        import pandas as pd

        for row in rows:
            unknown = row.keys() - set(self.names)
            assert not unknown, f"table {self.name} has no column {sorted(unknown)}"
        columns = {c.name: pd.array([row.get(c.name) for row in rows], dtype=c.dtype) for c in self.columns}
        return pd.DataFrame(columns)

    def check(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """`frame` with exactly the declared columns, typed. Raises TableError naming every problem."""
        problems = [f"column {name!r} is missing" for name in self.names if name not in frame]
        problems += [f"column {name!r} is not declared" for name in frame.columns if name not in self.names]
        keyed = frame.set_index("row_id", drop=False) if "row_id" in frame else frame
        for column in self.columns:
            if column.name in frame:
                problems += column.problems(keyed[column.name])
        if (
            self.names[0] == "row_id"
            and "row_id" in frame
            and (twice := frame["row_id"][frame["row_id"].duplicated()]).size
        ):
            problems.append(f"row_id stands twice: {', '.join(map(str, twice.unique()[:5]))}")
        if problems:
            raise TableError(
                f"table {self.name}: "
                + "; ".join(problems[:20])
                + (f"; and {len(problems) - 20} more" if len(problems) > 20 else "")
            )
        return frame[self.names].astype({column.name: column.dtype for column in self.columns})


ROW_ID = Column(
    "row_id", "string", "name of this row, the same on every run while the source and the rules are", nullable=False
)
CASE_ID = Column("case_id", "string", "the patient, see cases.case_id", nullable=False)
SOURCE_ID = Column("source_id", "string", "the report, see sources.source_id", nullable=False)
STATUS = ("present", "absent", "uncertain")
SIDES = ("left", "right", "bilateral", "midline")
ROLES = ("primary", "recurrence", "extension", "metastasis")
