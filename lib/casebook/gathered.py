"""Rows of many reports, packed while more are read: as dictionaries they would fill the memory."""

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

import pandas as pd

from casebook import parquet
from casebook.schema import TABLES

if TYPE_CHECKING:
    import pyarrow

_MOST = 20_000  # rows of a table that wait as dictionaries


class Gathered:
    """Rows by table, of reports that may yet turn out to be copies of others."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[dict]] = {name: [] for name in TABLES}
        self._packed: dict[str, list[pyarrow.Table]] = {name: [] for name in TABLES}
        self._counts: dict[str, list[int]] = {name: [] for name in TABLES}
        self._sources: list[str] = []

    def add(self, source_id: str, tables: Mapping[str, Sequence[dict]]) -> None:
        self._sources.append(source_id)
        for name, waiting in self._waiting.items():
            more = tables.get(name, ())
            self._counts[name].append(len(more))
            waiting.extend(more)
            if len(waiting) >= _MOST:
                self._pack(name)

    def frame(self, name: str, sources: Set[str]) -> pd.DataFrame:
        """The rows of `sources` in table `name`, which are let go of."""
        import pyarrow

        self._pack(name)
        parts, counts = self._packed.pop(name), self._counts.pop(name)
        del self._waiting[name]
        if not set(self._sources) <= sources:
            wanted = [source in sources for source in self._sources]
            mask = [yes for yes, count in zip(wanted, counts, strict=True) for _ in range(count)]
            parts = [pyarrow.concat_tables(parts).filter(pyarrow.array(mask, pyarrow.bool_()))]
        return parquet.frame(name, parts)

    def _pack(self, name: str) -> None:
        self._packed[name].append(parquet.arrow(name, self._waiting[name]))
        self._waiting[name] = []
