"""How far two persons, or a person and the machine, give the same answers without seeing each other's."""

from collections import Counter
from collections.abc import Sequence, Set

import numpy as np
import pandas as pd

from casebook.curate.standing import answers

MACHINE = "machine"
NONE = "(none)"  # the answer that nothing belongs there
_RESAMPLES = 1000
_SEED = 20100201
_CELL = ["table", "row_id", "column"]


def pairs(decisions: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Cells that both answered: columns table, row_id, column, case_id, source_id, quote, start, end, first, second.

    The machine's answer is what stood there when the person looked. Whole rows that both rejected count as the cell
    "row"; where one rejected the row and the other answered for its cells, each of those is a difference. Of a row that
    both added each cell that one of them filled counts.
    """
    own = answers(decisions)
    own = own[own["action"].ne("settle")]
    sides = [_answers_of(own, who, other if who == one else one) for who in (one, other)]
    for side, against in ((0, 1), (1, 0)) if MACHINE not in (one, other) else ():
        sides[side] = pd.concat([sides[side], _spread(sides[side], sides[against])], ignore_index=True)
    added = [set(side["row_id"][side["action"].eq("add")]) for side in sides]
    for side, against in ((0, 1), (1, 0)) if MACHINE not in (one, other) else ():
        sides[side] = pd.concat([sides[side], _unfilled(sides[side], sides[against], added[0] & added[1])])
    both = sides[0].merge(sides[1][[*_CELL, "answer"]], on=_CELL, suffixes=("", "_2"))
    both = both.rename(columns={"answer": "first", "answer_2": "second"})
    columns = [*_CELL, "case_id", "source_id", "quote", "start", "end", "first", "second"]
    return both[columns].assign(column=both["column"].replace("", "row")).reset_index(drop=True)


def agreement(decisions: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """A row per field and one for all: field, n (cells), same, percent, kappa, kappa_low, kappa_high, alpha, alpha_low,
    alpha_high.

    Cohen's kappa (1960) and Krippendorff's alpha for nominal data (2011) with percentile intervals of 1,000 resamples
    of the cells. They are empty where there is no variation: chance agreement is then complete.
    """
    both = pairs(decisions, one, other)
    fields = (both["table"] + "." + both["column"]).rename("field")
    rows = [_row(str(field), own) for field, own in both.groupby(fields, sort=True)]
    if len(rows) > 1:
        rows.append(_row("all fields", both))
    names = ["field", "n", "same", "percent"] + [f"{m}{e}" for m in ("kappa", "alpha") for e in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=names)


def disagreements(decisions: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """The cells on which the two differ, with the words that the answer rests on."""
    both = pairs(decisions, one, other)
    return both[both["first"].ne(both["second"])].reset_index(drop=True)


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two raters; not a number where chance agreement is complete."""
    return _of_pairs(first, second)[0]


def alpha(first: Sequence[str], second: Sequence[str]) -> float:
    """Krippendorff's alpha of two raters without missing answers, nominal; not a number without variation."""
    return _of_pairs(first, second)[1]


def _spread(own: pd.DataFrame, against: pd.DataFrame) -> pd.DataFrame:
    """The cells of rows that `own` rejects whole and `against` answers for: there is none of them."""
    whole = own[own["column"].eq("")][["table", "row_id"]]
    cells = against[against["column"].ne("")].merge(whole, on=["table", "row_id"])
    return cells.assign(answer=NONE)


def _unfilled(own: pd.DataFrame, against: pd.DataFrame, added: Set[str]) -> pd.DataFrame:
    """The cells of rows that both `added` which `against` fills and `own` leaves empty."""
    cells = against[against["row_id"].isin(added)].merge(own[_CELL], on=_CELL, how="left", indicator=True)
    return cells[cells["_merge"].eq("left_only")].drop(columns="_merge").assign(answer=NONE)


def _answers_of(own: pd.DataFrame, who: str, other: str) -> pd.DataFrame:
    if who != MACHINE:
        found = own[own["who"].eq(who)]
        return found.assign(answer=found["answer"].fillna(NONE))
    seen = own[own["who"].eq(other)]
    machine = seen["old"].where(seen["action"].ne("add"), "")
    return seen.assign(answer=machine.where(machine.ne("") | seen["column"].eq(""), NONE))


def _row(field: str, own: pd.DataFrame) -> dict:
    """One field's figures. Resampling cells is drawing how often each pair of answers comes."""
    counted = Counter(zip(own["first"], own["second"], strict=True))
    values = {value: at for at, value in enumerate(dict.fromkeys(value for pair in counted for value in pair))}
    left, right = (np.array([values[pair[side]] for pair in counted]) for side in (0, 1))
    n = len(own)
    times = np.array(list(counted.values()))
    draws = np.random.default_rng(_SEED).multinomial(n, times / n, _RESAMPLES)
    row: dict[str, object] = {"field": field, "n": n, "same": int(times[left == right].sum())}
    row["percent"] = 100 * int(times[left == right].sum()) / n
    drawn = dict(zip(("kappa", "alpha"), _measures(draws, left, right, len(values)), strict=True))
    told = dict(zip(("kappa", "alpha"), _measures(times[None, :], left, right, len(values)), strict=True))
    for name, several in drawn.items():
        value = row[name] = float(told[name][0])
        several = several[~np.isnan(several)]
        enough = len(several) >= _RESAMPLES // 2 and not np.isnan(value)
        row[f"{name}_low"], row[f"{name}_high"] = np.percentile(several, [2.5, 97.5]) if enough else (np.nan, np.nan)
    return row


def _of_pairs(first: Sequence[str], second: Sequence[str]) -> tuple[float, float]:
    if not len(first):
        return float("nan"), float("nan")
    values = {value: at for at, value in enumerate(dict.fromkeys([*first, *second]))}
    left, right = (np.array([values[value] for value in side]) for side in (first, second))
    kappas, alphas = _measures(np.ones((1, len(left)), dtype=int), left, right, len(values))
    return float(kappas[0]), float(alphas[0])


def _measures(draws: np.ndarray, left: np.ndarray, right: np.ndarray, values: int) -> tuple[np.ndarray, np.ndarray]:
    """Kappa and alpha of each row of `draws`, which counts the pairs of answers (`left`, `right`)."""
    one, two = np.zeros((2, len(draws), values))
    for at, (first, second) in enumerate(zip(left, right, strict=True)):
        one[:, first] += draws[:, at]
        two[:, second] += draws[:, at]
    n = draws.sum(axis=1)
    same = draws[:, left == right].sum(axis=1) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (one * two).sum(axis=1) / n**2
        kappas = np.where(chance < 1, (same - chance) / (1 - chance), np.nan)
        total = one + two
        varied = 2 * n * (2 * n - 1) - (total * (total - 1)).sum(axis=1)
        alphas = np.where(varied > 0, 1 - (1 - same) * (2 * n * (2 * n - 1)) / varied, np.nan)
    return kappas, alphas
