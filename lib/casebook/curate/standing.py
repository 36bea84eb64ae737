"""Which decisions hold: not undone, the latest of each person, and not in dispute."""

import pandas as pd

_ANSWERS = ("confirm", "change", "reject", "add", "settle")
_CELL = ["table", "row_id", "column"]


def holding(decisions: pd.DataFrame) -> pd.DataFrame:
    """`decisions` without those that a later line undoes, and without the undo lines; an undo can be undone too."""
    undone: set[str] = set()
    for row in decisions[::-1].to_dict("records"):
        if row["action"] == "undo" and row["decision"] not in undone:
            undone.add(row["new"])
    return decisions[~decisions["decision"].isin(undone) & decisions["action"].ne("undo")]


def answers(decisions: pd.DataFrame) -> pd.DataFrame:
    """The latest answer of each person for each cell, with `answer`: the value that they want there, None for none."""
    own = holding(decisions)
    own = own[own["action"].isin(_ANSWERS)].drop_duplicates([*_CELL, "who"], keep="last")
    return own.assign(answer=[_answer(row) for row in own.to_dict("records")])


def standing(decisions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the one answer to apply for each cell, those in dispute with `why`). What was settled is neither confirm nor
    change nor reject any more, but becomes the one of them that it comes to.
    """
    own = answers(decisions)
    apply, differ = [], []
    for _, cell in own.groupby(_CELL, sort=False):
        rows = cell.to_dict("records")
        settled = [row for row in rows if row["action"] == "settle"]
        if settled:
            if (row := _settled(settled[-1])) is not None:
                apply.append(row)
        elif cell["answer"].nunique(dropna=False) == 1:
            apply.append(rows[-1])
        else:
            said = "; ".join(f"{row['who']}: {row['answer'] or 'nothing'}" for row in rows)
            differ += [{**row, "why": f"two persons differ ({said}): settle it"} for row in rows]
    columns = [*decisions.columns]
    return pd.DataFrame(apply, columns=columns), pd.DataFrame(differ, columns=[*columns, "why"])


def _answer(row: dict) -> str | None:
    if row["action"] == "settle" and not row["column"]:
        return None if row["new"] == "reject" else row["old"]
    if row["action"] == "reject":
        return None
    return (row["old"] if row["action"] == "confirm" else row["new"]) or None


def _settled(row: dict) -> dict | None:
    """The settling line as the plain action that it comes to; None where a whole row is kept as it is."""
    if not row["column"]:
        return {**row, "action": "reject"} if row["new"] == "reject" else None
    if not row["new"]:
        return {**row, "action": "reject"}
    return {**row, "action": "confirm" if row["new"] == row["old"] else "change"}
