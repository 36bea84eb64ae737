"""What each report says of the thirteen items of CARE: written down or not found, never whether it is any good.

CARE (Gagnier 2013, Riley 2017) is a guideline for reporting; a report that has all items may be wrong in each.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.proportions import share
from casebook.stats.refs import joined, passage, refs

_COLUMNS = ["item", "title", "part", "label", "case_id", "patient", "answer", "answer@"]
_APART = ("references",)  # what others wrote; headings and sections on consent and ethics are furniture, and count
_GIVEN = ["title"]  # every report has one, so a file without it was cut
_MOST = 3  # places shown for one answer
Said = dict[str, list[tuple[str, int, int]]]  # source_id -> its zones: kind, start and end in the text
_ANSWERS = ("not judged", "not found", "reported")  # of several criteria of one part the last that one gives counts


def care(
    tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str], zones: pd.DataFrame, criteria: pd.DataFrame
) -> pd.DataFrame:
    """A row per part of an item (`criteria` of `Review.care`) and patient of the reports themselves.

    `answer` is reported, not found (the words or cells that would show it are not there), or not judged (no machine can
    tell, or the file came without its title). Of several criteria of one part one suffices. `answer@` names the cells,
    or the ranges of the text, that show it. A report of several patients answers for each of them where the answer lies
    in its words rather than in their cells.
    """
    patients = named(tables["cases"])
    patients = patients[patients["role"].eq("index")]
    each = patients[["case_id", "source_id", "patient"]].to_dict("records")
    said: Said = {}
    for source, *zone in zip(*(zones[name] for name in ("source_id", "zone", "start", "end")), strict=True):
        said.setdefault(source, []).append((zone[0], int(zone[1]), int(zone[2])))
    plain = {source: _Plain(texts[source]) for source in patients["source_id"].unique() if source in said}
    rows: dict[tuple[str, str], dict] = {}
    for criterion in criteria.fillna("").to_dict("records"):
        find = _FINDERS[criterion["shown_by"]](criterion, tables, plain, said)
        known: dict[str, tuple[str, str]] = {}
        for patient in each:
            whose = patient["case_id" if criterion["shown_by"] == "cells" else "source_id"]
            if whose not in known:
                known[whose] = find(whose)
            own = {name: criterion[name] for name in ("item", "title", "part")}
            own |= {"label": _label(criterion), "case_id": patient["case_id"], "patient": patient["patient"]}
            row = rows.setdefault((own["label"], own["case_id"]), own | {"answer": _ANSWERS[0], "answer@": ""})
            answer, shown = known[whose]
            if _ANSWERS.index(answer) > _ANSWERS.index(row["answer"]):
                row |= {"answer": answer, "answer@": shown}
    return pd.DataFrame(rows.values(), columns=_COLUMNS)


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


def _cells(criterion: Mapping, tables: Mapping[str, pd.DataFrame], texts: Mapping, said: Said):
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


def _zone(criterion: Mapping, tables: Mapping, texts: Mapping, said: Said):
    wanted = criterion["where"].split("|")

    def find(source_id: str) -> tuple[str, str]:
        if source_id not in said:
            return "not judged", ""
        places = [
            passage(criterion["rule"], source_id, start, min(end, start + _OPENING))
            for zone, start, end in said[source_id]
            if zone in wanted
        ]
        return ("reported" if places else "not found"), joined(places, 1)

    return find


_OPENING = 120  # letters of a part of the text that stand for it


def _words(criterion: Mapping, tables: Mapping, texts: Mapping[str, "_Plain"], said: Said):
    spoken = sorted(criterion["where"].split("|"), key=len, reverse=True)
    first = "".join(sorted({re.escape(words[0].lower()) for words in spoken}))
    pattern = re.compile(rf"\b(?=[{first}])(?:{'|'.join(map(_spoken, spoken))})\b")
    wanted = [zone for zone in criterion["zones"].split("|") if zone]

    def hits(source_id: str) -> Iterator[str]:
        text = texts[source_id]
        for zone, start, end in said[source_id]:
            if not (zone in wanted if wanted else zone not in _APART):
                continue
            for hit in pattern.finditer(text.words, text.within(start), text.within(end)):
                yield passage(criterion["rule"], source_id, text.raw(hit.start()), text.raw(hit.end() - 1) + 1)

    def find(source_id: str) -> tuple[str, str]:
        if source_id not in said:
            return "not judged", ""
        if wanted == _GIVEN and not any(zone in wanted for zone, _, _ in said[source_id]):
            return "not judged", ""
        places = joined(hits(source_id), _MOST)
        return ("reported" if places else "not found"), places

    return find


class _Plain:
    """A text in small letters whose words are whole: those that the end of a line cuts ("exami-" and "nation") are one.
    `within` and `raw` lead from an offset of the text as received to one of `words`, and back.
    """

    def __init__(self, text: str):
        small = text.lower()
        small = small if len(small) == len(text) else text  # a letter that becomes two would move all behind it
        cuts = [cut.span() for cut in _CUT.finditer(small)]
        begins = [0, *(end for _, end in cuts)]
        pieces = [small[begin:end] for begin, end in zip(begins, [*(start for start, _ in cuts), None], strict=True)]
        self.words, self._begins = "".join(pieces), begins
        self._at = [0, *accumulate(map(len, pieces[:-1]))]

    def within(self, offset: int) -> int:
        piece = bisect_right(self._begins, offset) - 1
        after = self._at[piece + 1] if piece + 1 < len(self._at) else len(self.words)
        return min(self._at[piece] + offset - self._begins[piece], after)

    def raw(self, offset: int) -> int:
        piece = bisect_right(self._at, offset) - 1
        return self._begins[piece] + offset - self._at[piece]


def _spoken(words: str) -> str:
    """A regular expression for "follow up .. mri": a blank is a hyphen or a line's end as well, two points are up to
    three words, and a word may end in * for any ending.
    """
    said = _GAP.join(_BLANK.join(map(re.escape, part.split())) for part in words.lower().split(".."))
    return said.replace(r"\*", r"\w{0,20}")


_CUT = re.compile(r"(?<=[a-z])-[ \t]{0,3}\r?\n[ \t]{0,8}(?=[a-z])")
_BLANK = r"[\s-]{1,4}"
_GAP = rf"(?:{_BLANK}[^\s.;:-]{{1,30}}){{0,3}}{_BLANK}"


def _nobody(criterion: Mapping, tables: Mapping, texts: Mapping, said: Said):
    return lambda whose: ("not judged", "")


_FINDERS = {"cells": _cells, "zone": _zone, "words": _words, "nobody": _nobody}
