"""Rows that two persons added for the same thing under two names."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import pandas as pd

_ABOUT = ("table", "source_id", "case_id")
_Key = tuple[str, str]  # table, row_id


def together(held: pd.DataFrame) -> pd.DataFrame:
    """`held` with one name for rows that several persons added to one table, for one patient, from words that overlap:
    the name of the first of them. Of one person each row keeps its own.

    What they say differently is then a disagreement on a cell like any other, and what they say alike stands once.
    """
    adds = held[held["action"].eq("add") & held["start"].ne("")]
    if adds["who"].nunique() < 2:
        return held
    names = _names(adds)
    if not names:
        return held
    keys = zip(held["table"], held["row_id"], strict=True)
    return held.assign(row_id=pd.array([names.get(key, key[1]) for key in keys], dtype="string"))


def _names(adds: pd.DataFrame) -> dict[_Key, str]:
    """The name that each row takes, where it is not its own."""
    rows: dict[_Key, dict] = {}
    for line in adds.to_dict("records"):
        row = rows.setdefault((line["table"], line["row_id"]), {**line, "cells": {}, "by": set()})
        row["cells"][line["column"]] = line["new"]
        row["by"].add(line["who"])
    order = {key: at for at, key in enumerate(rows)}
    near = sorted(_near(rows), key=lambda pair: (-pair[0], -pair[1], order[pair[2]], order[pair[3]]))
    first = {key: key for key in rows}
    for *_, one, two in near:
        kept, gone = sorted((first[one], first[two]), key=order.__getitem__)
        if kept != gone and not rows[kept]["by"] & rows[gone]["by"]:
            rows[kept]["by"] |= rows[gone]["by"]
            first = {key: kept if of == gone else of for key, of in first.items()}
    return {key: of[1] for key, of in first.items() if of != key}


def _near(rows: Mapping[_Key, dict]) -> Iterator[tuple[int, int, _Key, _Key]]:
    """Pairs of rows that may be one: cells that are the same, letters that both rest on, and the two."""
    groups: dict[tuple, list[_Key]] = {}
    for key, row in rows.items():
        groups.setdefault(tuple(row[name] for name in _ABOUT), []).append(key)
    for several in groups.values():
        for one, two in combinations(several, 2):
            mine, other = rows[one], rows[two]
            shared = min(int(mine["end"]), int(other["end"])) - max(int(mine["start"]), int(other["start"]))
            if shared > 0:
                alike = sum(other["cells"].get(name) == value for name, value in mine["cells"].items())
                yield alike, shared, one, two
