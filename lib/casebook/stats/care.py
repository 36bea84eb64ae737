"""What each report says of the thirteen items of CARE: written down or not found, never whether it is any good.

CARE (Gagnier 2013, Riley 2017) is a guideline for reporting; a report that has all items may be wrong in each.
"""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.proportions import share
from casebook.stats.refs import joined, passage, refs

_COLUMNS = ["item", "title", "part", "label", "case_id", "patient", "answer", "answer@"]
_APART = ("references",)  # what others wrote; headings and sections on consent and ethics are furniture, and count
_GIVEN = ["title"]  # every report has one, so a file without it was cut
_MOST = 3  # places shown for one answer


def care(
    tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str], zones: pd.DataFrame, criteria: pd.DataFrame
) -> pd.DataFrame:
    """A row per part of an item (`criteria` of `Review.care`) and patient of the reports themselves.

    `answer` is reported, not found (the words or cells that would show it are not there), or not judged (no machine can
    tell, or the file came without its title). `answer@` names the cells, or the ranges of the text, that show it. A
    report of several patients answers for each of them where the answer lies in its words rather than in their cells.
    """
    patients = named(tables["cases"])
    patients = patients[patients["role"].eq("index")]
    said = dict(tuple(zones.groupby("source_id", sort=False)))
    rows = []
    for criterion in criteria.fillna("").to_dict("records"):
        find = _FINDERS[criterion["shown_by"]](criterion, tables, texts, said)
        known: dict[str, tuple[str, str]] = {}
        for patient in patients.to_dict("records"):
            whose = patient["case_id" if criterion["shown_by"] == "cells" else "source_id"]
            if whose not in known:
                known[whose] = find(whose)
            answer, shown = known[whose]
            rows.append(
                {
                    **{name: criterion[name] for name in ("item", "title", "part")},
                    "label": _label(criterion),
                    "case_id": patient["case_id"],
                    "patient": patient["patient"],
                    "answer": answer,
                    "answer@": shown,
                }
            )
    return pd.DataFrame(rows, columns=_COLUMNS)


def care_table(found: pd.DataFrame, few: int) -> pd.DataFrame:
    """`care` with a column per patient for up to `few` patients; of more, for how many each part is reported.

    The share is of the patients for whom the part could be judged.
    """
    rows = []
    one_by_one = found["patient"].nunique() <= few
    for label, own in found.groupby("label", sort=False):
        row: dict[str, object] = {"item": label}
        if one_by_one:
            for one in own.to_dict("records"):
                row |= {one["patient"]: one["answer"], f"{one['patient']}@": one["answer@"]}
        else:
            judged, told = own[own["answer"].ne("not judged")], own[own["answer"].eq("reported")]
            row["reported"] = share(len(told), len(judged)) if len(judged) else "not judged"
            row["reported@"] = joined(cell.partition("\n")[0] for cell in told["answer@"])
        rows.append(row)
    return pd.DataFrame(rows, columns=None if rows else ["item"])


def _label(criterion: Mapping) -> str:
    title, part = criterion["title"], criterion["part"]
    return f"{criterion['item']} {title}" + ("" if part == title else f": {part}")


def _cells(criterion: Mapping, tables: Mapping[str, pd.DataFrame], texts: Mapping, said: Mapping):
    """One of the alternatives suffices; those joined by & are needed together. A denial is a report as well."""
    alternatives = []
    for alternative in criterion["where"].split("|"):
        alternatives.append([_by_case(tables, name) for name in alternative.split("&")])

    def find(case_id: str) -> tuple[str, str]:
        met = [cells for parts in alternatives if all(cells := [part.get(case_id, "") for part in parts])]
        places = joined("\n".join("\n".join(cells) for cells in met).split("\n"), _MOST)
        return ("reported" if met else "not found"), places

    return find


def _by_case(tables: Mapping[str, pd.DataFrame], name: str) -> dict[str, str]:
    """case_id -> the references of its cells in TABLE.COLUMN that hold anything."""
    table, column = name.split(".")
    frame = tables[table]
    filled = frame[frame[column].notna()]
    cells: dict[str, list[str]] = {}
    for case, cell in zip(filled["case_id"], refs(filled, column), strict=True):
        cells.setdefault(case, []).append(cell)
    return {case: joined(own, _MOST) for case, own in cells.items()}


def _zone(criterion: Mapping, tables: Mapping, texts: Mapping[str, str], said: Mapping[str, pd.DataFrame]):
    wanted = criterion["where"].split("|")

    def find(source_id: str) -> tuple[str, str]:
        if source_id not in said:
            return "not judged", ""
        own = said[source_id]
        own = own[own["zone"].isin(wanted)]
        places = [
            passage(criterion["rule"], source_id, start, min(end, start + _OPENING))
            for start, end in zip(own["start"], own["end"], strict=True)
        ]
        return ("reported" if places else "not found"), joined(places, 1)

    return find


_OPENING = 120  # letters of a part of the text that stand for it


def _words(criterion: Mapping, tables: Mapping, texts: Mapping[str, str], said: Mapping[str, pd.DataFrame]):
    spoken = sorted(criterion["where"].split("|"), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(_BLANK.join(map(re.escape, words.split())) for words in spoken)})\b", re.I)
    wanted = [zone for zone in criterion["zones"].split("|") if zone]

    def hits(source_id: str) -> Iterator[str]:
        own = said[source_id]
        own = own[own["zone"].isin(wanted) if wanted else ~own["zone"].isin(_APART)]
        for start, end in zip(own["start"], own["end"], strict=True):
            for hit in pattern.finditer(texts[source_id], start, end):
                yield passage(criterion["rule"], source_id, hit.start(), hit.end())

    def find(source_id: str) -> tuple[str, str]:
        if source_id not in said:
            return "not judged", ""
        if wanted == _GIVEN and not said[source_id]["zone"].isin(wanted).any():
            return "not judged", ""
        places = joined(hits(source_id), _MOST)
        return ("reported" if places else "not found"), places

    return find


_BLANK = r"[\s-]{1,4}"


def _nobody(criterion: Mapping, tables: Mapping, texts: Mapping, said: Mapping):
    return lambda whose: ("not judged", "")


_FINDERS = {"cells": _cells, "zone": _zone, "words": _words, "nobody": _nobody}
