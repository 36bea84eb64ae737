"""Intervals of shares against statsmodels, published values and what an interval must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from casebook.stats.proportions import exact, share, wilson

PAIRS = st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    "n, of, low, high",
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(n, of, low, high):
    assert wilson(n, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    "n, of, low, high",
    [
        (81, 263, 0.2527, 0.3676),  # Newcombe (1998), table I, method 5
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_exact_as_published(n, of, low, high):
    assert exact(n, of) == pytest.approx((low, high), abs=5e-5)


@given(PAIRS.filter(lambda pair: pair[1] > 0))
def test_both_are_those_of_statsmodels(pair):
    n, of = pair
    assert wilson(n, of) == pytest.approx(proportion_confint(n, of, method="wilson"), abs=1e-9)
    assert exact(n, of) == pytest.approx(proportion_confint(n, of, method="beta"), abs=1e-9)


@given(PAIRS)
def test_an_interval_holds_its_share_and_mirrors_the_others(pair):
    n, of = pair
    for interval in (wilson, exact):
        low, high = interval(n, of)
        assert 0 <= low <= (n / of if of else 0) <= high <= 1
        assert interval(of - n, of) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_nobody_of_nobody_could_be_any_share():
    assert wilson(0, 0) == exact(0, 0) == (0.0, 1.0)


def test_none_and_all_touch_their_end():
    assert wilson(0, 7)[0] == exact(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == exact(7, 7)[1] == 1.0


@pytest.mark.parametrize("interval", [wilson, exact])
@pytest.mark.parametrize("n, of", [(3, 2), (-1, 4)])
def test_more_than_all_is_a_bug_of_ours(interval, n, of):
    with pytest.raises(AssertionError):
        interval(n, of)


def test_as_it_is_printed():
    assert share(7, 20) == "7/20 (35 %, 18 to 57)"
    assert share(0, 0) == "0/0"
    assert share(1200, 2400) == "1,200/2,400 (50 %, 48 to 52)"
