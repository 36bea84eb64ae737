"""Precision, recall and F1 per field, with intervals from resampling the sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from casebook.evaluate.items import Item, same

RESAMPLES = 1000


class Count(NamedTuple):
    """Of one source: annotated items, the found ones among them, answers, the right ones among these."""

    hit: int
    wanted: int
    right: int
    answered: int


@dataclass(frozen=True)
class Score:
    """Counts over all sources; `low` and `high` bound F1 at 95 % (percentile bootstrap over sources, Efron 1979)."""

    hit: int
    wanted: int
    right: int
    answered: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return f1(self.hit, self.wanted, self.right, self.answered)


@dataclass(frozen=True)
class Miss:
    """An annotated item that no answer matches (`kind` missed), or an answer that no annotation supports (surplus)."""

    kind: str
    item: Item


def f1(hit: float, wanted: float, right: float, answered: float) -> float:
    if not wanted + answered:
        return 1.0
    precision, recall = right / max(answered, 1), hit / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def compare(gold: Iterable[Item], answers: Iterable[Item], sources: Iterable[str]) -> tuple[Score, list[Miss]]:
    """Score over `sources`, the ones that were annotated; every wrong item in reading order.

    Each annotation needs an answer of its own.
    """
    wanted, given = defaultdict(list), defaultdict(list)
    for item in gold:
        wanted[item.source_id].append(item)
    for item in answers:
        given[item.source_id].append(item)
    counts: list[Count] = []
    misses: list[Miss] = []
    for source in sorted(set(sources)):
        count, wrong = _one(wanted[source], given[source])
        counts.append(count)
        misses += wrong
    return summary(counts), misses


def summary(counts: Sequence[Count]) -> Score:
    """The score over sources from the counts of each."""
    table = np.array(counts, dtype=float).reshape(-1, len(Count._fields))
    low, high = _interval(table)
    hit, wanted, right, answered = (int(total) for total in table.sum(axis=0))
    return Score(hit, wanted, right, answered, low, high)


def _one(wanted: list[Item], given: list[Item]) -> tuple[Count, list[Miss]]:
    used: set[int] = set()
    hit, misses = 0, list[Miss]()
    for item in wanted:
        match = next((i for i, answer in enumerate(given) if _matches(item, answer) and i not in used), None)
        if match is None:
            misses += [Miss("missed", item)] * (not item.optional)
        else:
            hit += 1
            used.add(match)
    surplus = [answer for i, answer in enumerate(given) if i not in used]
    count = Count(hit, hit + len(misses), hit, hit + len(surplus))
    return count, misses + [Miss("surplus", answer) for answer in surplus]


def _matches(item: Item, answer: Item) -> bool:
    return (not item.case or item.case == answer.case) and any(same(answer.value, value) for value in item.accepted)


def _interval(counts: np.ndarray) -> tuple[float, float]:
    if not len(counts):
        return 0.0, 0.0
    random = np.random.default_rng(0)
    draws = random.integers(0, len(counts), size=(RESAMPLES, len(counts)))
    sums = counts[draws].sum(axis=1)
    values = [f1(*row) for row in sums]
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))
