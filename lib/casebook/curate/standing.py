"""Which decisions hold: not undone, the latest of each person, and not in dispute."""

from graphlib import TopologicalSorter

import pandas as pd

from casebook.curate.together import together

ANSWERS = ("confirm", "change", "reject", "add", "settle")


def holding(decisions: pd.DataFrame) -> pd.DataFrame:
    """`decisions` without those that a later line undoes, and without the undo lines; an undo can be undone too.

    A line names what it undoes by a hash of its content, so that neither clocks nor the order of the lines matter.
    """
    undoing = decisions[decisions["action"].eq("undo")]
    if undoing.empty:
        return decisions
    by: dict[str, set[str]] = {}
    for name, target in zip(undoing["decision"], undoing["new"], strict=True):
        by.setdefault(target, set()).add(name)
    undone: set[str] = set()
    for name in TopologicalSorter(by).static_order():  # what undoes comes before what it undoes
        if by.get(name, set()) - undone:
            undone.add(name)
    return decisions[~decisions["decision"].isin(undone) & decisions["action"].ne("undo")]


def answers(decisions: pd.DataFrame) -> pd.DataFrame:
    """The latest answer of each person for each cell, with `answer`: the value that they want there, None for none."""
    own = together(holding(decisions))
    own = own[own["action"].isin(ANSWERS) & own["table"].ne("sources")]
    rows: dict[tuple, list[dict]] = {}
    for row in own.to_dict("records"):
        rows.setdefault((row["table"], row["row_id"]), []).append(row)
    kept = [row for several in rows.values() for row in latest(several)]
    frame = pd.DataFrame(kept, columns=decisions.columns, dtype="string")
    return frame.assign(answer=pd.Series([answer(row) for row in kept], dtype=object, index=frame.index))


def latest(rows: list[dict]) -> list[dict]:
    """Of the answers on one row, in time order, those that their authors still give.

    Whoever rejects the whole row takes back what they said of its cells, and the other way round.
    """
    kept: dict[tuple[str, str, bool], dict] = {}
    for row in rows:
        who, settles = row["who"], row["action"] == "settle"
        if not settles:
            for key in [k for k in kept if k[0] == who and not k[2] and bool(k[1]) != bool(row["column"])]:
                del kept[key]
        kept.pop((who, row["column"], settles), None)
        kept[who, row["column"], settles] = row
    return list(kept.values())


def standing(rows: list[dict]) -> tuple[list[dict], list[dict]]:
    """(the one answer to apply for each cell of a row, those in dispute with `why`), of the answers on that row in time
    order. What was settled becomes the confirm, change or reject that it comes to.
    """
    own = latest(rows)
    row_settled = [row for row in own if row["action"] == "settle" and not row["column"]]
    if row_settled and row_settled[-1]["new"] == "reject":
        return [{**row_settled[-1], "action": "reject"}], []
    cells = [row for row in own if row["column"]]
    rejecting = [row for row in own if not row["column"] and row["action"] == "reject"]
    if rejecting and not row_settled:
        keeping = [row for row in cells if answer(row) is not None]
        if not keeping:
            return [rejecting[-1]], []
        said = "; ".join(
            [f"{row['who']}: no such row" for row in rejecting]
            + [f"{row['who']}: {row['column']} {answer(row)}" for row in keeping]
        )
        return [], [{**row, "why": _differ(said)} for row in (*rejecting, *keeping)]
    apply, differ = [], []
    for column in dict.fromkeys(row["column"] for row in cells):
        given = [row for row in cells if row["column"] == column]
        settled = [row for row in given if row["action"] == "settle"]
        if settled:
            apply.append(_settled(settled[-1]))
        elif len({answer(row) for row in given}) == 1:
            apply.append(given[-1])
        else:
            said = "; ".join(f"{row['who']}: {answer(row) or 'nothing'}" for row in given)
            differ += [{**row, "why": _differ(said)} for row in given]
    return apply, differ


def answer(row: dict) -> str | None:
    """The value that the line wants in its cell, None for none."""
    if row["action"] == "settle" and not row["column"]:
        return None if row["new"] == "reject" else row["old"]
    if row["action"] == "reject":
        return None
    return (row["old"] if row["action"] == "confirm" else row["new"]) or None


def _differ(said: str) -> str:
    return f"two persons differ ({said}): settle it"


def _settled(row: dict) -> dict:
    """The settling line as the plain action that it comes to."""
    if not row["new"]:
        return {**row, "action": "reject"}
    return {**row, "action": "confirm" if row["new"] == row["old"] else "change"}
