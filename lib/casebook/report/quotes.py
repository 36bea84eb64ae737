"""The sentences behind the cells of a page, as one small structure that goes into it once."""

import json
import re
from collections.abc import Iterable
from html import unescape
from textwrap import shorten

import pandas as pd

from casebook.stats.refs import BREAK
from casebook.workbook import CUT, Pieces, Review

_MOST = 8  # sentences shown for one cell
_REFS = re.compile(r'data-e="([^"]*)"')
_PASSAGE = re.compile(r"TEXT\[(\d{1,9}):(\d{1,9})\]([\w.-]{1,40})@(.+)")  # of stats.refs.passage


class Quotes:
    """Numbers the cells that have evidence among those that `pages` refer to.

    `reference` turns "ROW_ID.COLUMN ROW_ID.COLUMN" into the numbers of those that have evidence; `script` is the
    content of a JSON data block in which the numbers are looked up.
    """

    def __init__(self, review: Review, pages: Iterable[str]):
        wanted = {ref for page in pages for refs in _REFS.findall(page) for ref in unescape(refs).split(BREAK)}
        self._review = review
        self._sentences: dict[tuple, int] = {}
        self._shown: list[list] = []
        self._rules: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._cells: list[list] = []
        self._number: dict[str, int] = {}
        passages = {ref: row for ref in sorted(wanted) if (row := self._passage(ref))}
        values = self._values(wanted) | {ref: _said(review, row) for ref, (row,) in passages.items()}
        for ref, rows in {**self._evidence(wanted), **passages}.items():
            self._number[ref] = len(self._cells)
            self._cells.append([rows[0]["column"], values.get(ref, ""), [self._item(row) for row in rows[:_MOST]]])

    def reference(self, refs: str) -> str:
        return " ".join(str(self._number[ref]) for ref in refs.split(BREAK) if ref in self._number)

    def script(self) -> str:
        titles = self._review.sources.set_index("source_id")["title"]
        sources = [[source, titles.get(source) if pd.notna(titles.get(source)) else ""] for source in self._sources]
        content = {"sources": sources, "sentences": self._shown, "rules": list(self._rules), "cells": self._cells}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        for letter in "<>&\u2028\u2029":
            text = text.replace(letter, f"\\u{ord(letter):04x}")
        return text

    def _evidence(self, wanted: set[str]) -> dict[str, list[dict]]:
        evidence = self._review.evidence
        evidence = evidence[evidence["row_id"].isin({ref.rpartition(".")[0] for ref in wanted})]
        found: dict[str, list[dict]] = {}
        for row in evidence.to_dict("records"):
            if (ref := f"{row['row_id']}.{row['column']}") in wanted:
                found.setdefault(ref, []).append(row)
        return found

    def _passage(self, ref: str) -> list[dict]:
        """The range of a text that `ref` names, told as evidence is; none where it names a cell."""
        hit = _PASSAGE.fullmatch(ref)
        if not hit or hit[4] not in self._review.texts:
            return []
        place = {"source_id": hit[4], "start": int(hit[1]), "end": int(hit[2]), "rule": hit[3]}
        none = dict.fromkeys(("cue_start", "cue_end", "derived_from"))
        return [{"column": "words", "status": "machine", **place, **none}]

    def _values(self, wanted: set[str]) -> dict[str, str]:
        """What each wanted cell holds, as text."""
        rows = {ref.rpartition(".")[0] for ref in wanted}
        found: dict[str, str] = {}
        for name, frame in self._review.tables.items():
            if name != "evidence":
                for row in frame[frame["row_id"].isin(rows)].to_dict("records"):
                    found |= {f"{row['row_id']}.{column}": _plain(value) for column, value in row.items()}
        return found

    def _item(self, row: dict) -> list:
        rule = self._rules.setdefault(row["rule"], len(self._rules))
        derived = row["derived_from"] if pd.notna(row["derived_from"]) else ""
        if pd.isna(row["start"]):
            return [-1, 0, 0, 0, 0, rule, row["status"], derived, "", self._source(row["source_id"])]
        source, start, end = row["source_id"], int(row["start"]), int(row["end"])
        pieces = self._review.sentence(source, start, end)
        text = self._review.texts[source]
        cue = (int(row["cue_start"]), int(row["cue_end"])) if pd.notna(row["cue_start"]) else None
        (low, high), several = pieces[0], len(pieces) > 1
        if cue and not several and low - 200 <= cue[0] and cue[1] <= high + 200:
            pieces = [(min(low, cue[0]), max(high, cue[1]))]
        inside = cue if cue and any(low <= cue[0] and cue[1] <= high for low, high in pieces) else (pieces[0][0],) * 2
        marks = [len(_before(text, pieces, at)) for at in (start, end, *inside)]
        return [
            self._sentence(source, pieces),
            *marks,
            rule,
            row["status"],
            derived,
            text[slice(*cue)] if cue else "",
            self._source(source),
        ]

    def _sentence(self, source: str, pieces: Pieces) -> int:
        key = (source, *pieces)
        if key not in self._sentences:
            text = self._review.texts[source]
            self._sentences[key] = len(self._shown)
            shown = CUT.join(text[low:high] for low, high in pieces)
            more = int(pieces[0][0] > 0), int(pieces[-1][1] < len(text.rstrip()))
            self._shown.append([self._source(source), shown, *more])
        return self._sentences[key]

    def _source(self, source: str) -> int:
        return self._sources.setdefault(source, len(self._sources))


def _said(review: Review, row: dict) -> str:
    return shorten(review.texts[row["source_id"]][row["start"] : row["end"]], 60, placeholder=" …")


def _before(text: str, pieces: Pieces, at: int) -> str:
    """What stands before offset `at` of the text where the pieces are shown one after the other."""
    inside = next((i for i, (low, high) in enumerate(pieces) if low <= at <= high), len(pieces) - 1)
    return "".join(text[low:high] + CUT for low, high in pieces[:inside]) + text[pieces[inside][0] : at]


def _plain(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else "" if pd.isna(value) else str(value)
