"""Decisions laid over the machine's tables: what still fits is applied, the rest is shown, nothing is lost."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from casebook.curate.anchor import Machine
from casebook.curate.decisions import COLUMNS
from casebook.curate.overlay import Overlay
from casebook.curate.same_patient import as_roles
from casebook.curate.screening import lay_screening
from casebook.curate.standing import ANSWERS, holding, latest, standing
from casebook.curate.together import together

Rows = dict[tuple[str, str], list[dict]]


@dataclass(frozen=True)
class Curated:
    """`frames` with the decisions in them, evidence included, and `open`: decisions that need another look, with `why`
    they do. `excluded` are the sources that a person left out.
    """

    frames: Mapping[str, pd.DataFrame]
    open: pd.DataFrame
    excluded: frozenset[str] = frozenset()


def lay(machine: Machine, decisions: pd.DataFrame) -> Curated:
    """The tables as people left them: of each person the latest answer for a cell; where two differ, none until it is
    settled.

    An answer applies where the machine still gives the answer `old` for the words `quote` in the same place, or where
    exactly one row of the same patient rests on the same words elsewhere. Otherwise it is in `open`. What was decided
    on a source that is excluded waits for it. Frames that no decision touches are those that were given.
    """
    if decisions.empty and not machine.overruled:
        return Curated(machine.frames, _open([]))
    held, lost = as_roles(together(holding(decisions)), machine.frames)
    new: dict[str, pd.DataFrame] = {"evidence": machine.frames["evidence"]}
    frames = ChainMap(new, machine.frames)  # type: ignore[arg-type]  # only `new` is written to
    placed, open_rows = _placed(machine, held)
    open_rows += lost
    overlay = Overlay(machine, placed.keys() - {(row["table"], row["row_id"]) for row in _added(held)})
    for key, rows in sorted(placed.items(), key=lambda item: item[0][0] != "cases"):
        fitting, differing = standing(rows)
        open_rows += differing
        if not differing or key in overlay.known:
            open_rows += overlay.decide(key, rows, fitting)
    new |= overlay.result()
    excluded, disputed = lay_screening(new, frames, held, machine)
    return Curated(frames, _open(open_rows + disputed), excluded)


def _added(held: pd.DataFrame) -> list[dict]:
    return held[held["action"].eq("add")].to_dict("records")


def _placed(machine: Machine, held: pd.DataFrame) -> tuple[Rows, list[dict]]:
    """The answers that are still given, by the row of this run that they are about; and those that found none."""
    added = {(row["table"], row["row_id"]) for row in _added(held)}
    named: Rows = {}
    for row in held[held["action"].isin(ANSWERS) & held["table"].ne("sources")].to_dict("records"):
        named.setdefault((row["table"], row["row_id"]), []).append(row)
    placed: Rows = {}
    lost: list[dict] = []
    for key, rows in named.items():
        for row in latest(rows):
            if machine.screened.get(row["source_id"]) == "excluded" and row["source_id"] not in machine.overruled:
                continue
            place = None if key in added else machine.find(row)
            if place is not None and place.why:
                lost.append({**row, "why": place.why})
            else:
                placed.setdefault((key[0], place.row_id if place else key[1]), []).append(row)
    for several in placed.values():
        several.sort(key=lambda row: (row["at"].removesuffix("Z"), row["who"], row["decision"]))
    answered = {_about(row): row["at"].removesuffix("Z") for rows in placed.values() for row in rows}
    return placed, [row for row in lost if answered.get(_about(row), "") <= row["at"].removesuffix("Z")]


def _about(row: dict) -> tuple:
    """What a line answers, whatever the row is called: who looks at it again under a new name has answered."""
    words = "" if row["table"] == "cases" else row["quote"]
    return row["who"], row["table"], row["case_id"] or row["source_id"], row["column"], words


def _open(rows: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*COLUMNS, "why"], dtype="string")
