"""How far two persons, or a person and the machine, give the same answers without seeing each other's."""

from collections import Counter
from collections.abc import Callable, Sequence

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

    The machine's answer is what stood there when the person looked. Whole rows that one of them rejected count as the
    cell "row".
    """
    own = answers(decisions)
    own = own[own["action"].ne("settle")]
    sides = [_answers_of(own, who, other if who == one else one) for who in (one, other)]
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
    n = len(first)
    if not n:
        return float("nan")
    one, two = Counter(first), Counter(second)
    chance = sum(one[value] * two[value] for value in one) / n**2
    same = sum(a == b for a, b in zip(first, second, strict=True)) / n
    return (same - chance) / (1 - chance) if chance < 1 else float("nan")


def alpha(first: Sequence[str], second: Sequence[str]) -> float:
    """Krippendorff's alpha of two raters without missing answers, nominal; not a number without variation."""
    n = 2 * len(first)
    counts = Counter(first) + Counter(second)
    chance = sum(count * (count - 1) for count in counts.values())
    if n < 2 or chance == n * (n - 1):
        return float("nan")
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    return 1 - (1 - same) * (n * (n - 1)) / (n * (n - 1) - chance)


def _answers_of(own: pd.DataFrame, who: str, other: str) -> pd.DataFrame:
    if who != MACHINE:
        found = own[own["who"].eq(who)]
        return found.assign(answer=found["answer"].fillna(NONE))
    seen = own[own["who"].eq(other)]
    machine = seen["old"].where(seen["action"].ne("add"), "")
    return seen.assign(answer=machine.where(machine.ne("") | seen["column"].eq(""), NONE))


def _row(field: str, own: pd.DataFrame) -> dict:
    first, second = own["first"].to_numpy(dtype=object), own["second"].to_numpy(dtype=object)
    same = int((first == second).sum())
    row: dict[str, object] = {"field": field, "n": len(own), "same": same, "percent": 100 * same / len(own)}
    draws = np.random.default_rng(_SEED).integers(0, len(own), (_RESAMPLES, len(own)))
    measures: dict[str, Callable[[Sequence[str], Sequence[str]], float]] = {"kappa": kappa, "alpha": alpha}
    for name, measure in measures.items():
        value = row[name] = measure(list(first), list(second))
        drawn = np.array([measure(list(first[draw]), list(second[draw])) for draw in draws])
        drawn = drawn[~np.isnan(drawn)]
        enough = len(drawn) >= _RESAMPLES // 2 and not np.isnan(value)
        row[f"{name}_low"], row[f"{name}_high"] = np.percentile(drawn, [2.5, 97.5]) if enough else (np.nan, np.nan)
    return row
