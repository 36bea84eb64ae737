"""Precision, recall and F1 per field, with intervals from resampling the sources."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from casebook.evaluate.items import Item, same

RESAMPLES = 1000


@dataclass(frozen=True)
class Score:
    """Counts over all sources; `low` and `high` bound F1 at 95 % (percentile bootstrap over sources, Efron 1979)."""

    hit: int
    wanted: int
    answered: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        return self.hit / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return f1(self.hit, self.wanted, self.answered)


@dataclass(frozen=True)
class Miss:
    """An annotated item that no answer matches (`kind` missed), or an answer that no annotation supports (surplus)."""

    kind: str
    item: Item


def f1(hit: float, wanted: float, answered: float) -> float:
    return 2 * hit / (wanted + answered) if wanted + answered else 1.0


def compare(gold: Iterable[Item], answers: Iterable[Item], sources: Iterable[str]) -> tuple[Score, list[Miss]]:
    """Score over `sources`, the ones that were annotated; every wrong item in reading order.

    An annotation with a place is found by an answer whose words overlap it or whose value its words hold; repeated
    mentions of one thing may all be found by one answer. An annotation without a place needs an answer of its own.
    """
    wanted, given = defaultdict(list), defaultdict(list)
    for item in gold:
        wanted[item.source_id].append(item)
    for item in answers:
        given[item.source_id].append(item)
    counts: list[list[int]] = []
    misses: list[Miss] = []
    for source in sorted(set(sources)):
        *count, wrong = _one(wanted[source], given[source])
        counts.append(count)
        misses += wrong
    table = np.array(counts, dtype=float).reshape(-1, 3)
    low, high = _interval(table)
    total = table.sum(axis=0)
    return Score(int(total[0]), int(total[1]), int(total[2]), low, high), misses


def _one(wanted: list[Item], given: list[Item]) -> tuple[int, int, int, list[Miss]]:
    """Hits, wanted, answers (an answer found n times counts n), and what was wrong."""
    used: set[int] = set()
    hit, misses = 0, list[Miss]()
    for item in wanted:
        match = next(
            (i for i, answer in enumerate(given) if _matches(item, answer) and (item.spans or i not in used)), None
        )
        if match is None:
            misses += [Miss("missed", item)] * (not item.optional)
        else:
            hit += 1
            used.add(match)
    surplus = [answer for i, answer in enumerate(given) if i not in used]
    return hit, hit + len(misses), hit + len(surplus), misses + [Miss("surplus", answer) for answer in surplus]


def _matches(item: Item, answer: Item) -> bool:
    if item.spans and any(a < d and c < b for a, b in item.spans for c, d in answer.spans):
        return True
    return (not item.case or item.case == answer.case) and any(same(answer.value, value) for value in item.accepted)


def _interval(counts: np.ndarray) -> tuple[float, float]:
    if not len(counts):
        return 0.0, 0.0
    random = np.random.default_rng(0)
    draws = random.integers(0, len(counts), size=(RESAMPLES, len(counts)))
    sums = counts[draws].sum(axis=1)
    values = [f1(*row) for row in sums]
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))
