"""Shares of patients and their intervals."""

import math
from collections.abc import Callable

_Z = 1.959963984540054  # two-sided 95 % of the normal distribution


def wilson(n: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of n/of (Wilson 1927): the default beside a share. Nobody of nobody is 0 to 1."""
    assert 0 <= n <= of, (n, of)
    if not of:
        return 0.0, 1.0
    share, shift = n / of, _Z**2 / of
    middle = (share + shift / 2) / (1 + shift)
    half = _Z / (1 + shift) * math.sqrt(share * (1 - share) / of + shift / (4 * of))
    return max(0.0, middle - half) if n else 0.0, min(1.0, middle + half) if n < of else 1.0


def exact(n: int, of: int) -> tuple[float, float]:
    """The exact 95 % interval of n/of (Clopper and Pearson 1934), never too narrow: for frequencies of rare sites."""
    from scipy.special import betaincinv

    assert 0 <= n <= of, (n, of)
    low = float(betaincinv(n, of - n + 1, 0.025)) if n else 0.0
    high = float(betaincinv(n + 1, of - n, 0.975)) if n < of else 1.0
    return low, high


def share(n: int, of: int, interval: Callable[[int, int], tuple[float, float]] = wilson) -> str:
    """As printed: "7/20 (35 %, 18 to 57)", with Wilson's interval; without percentages where there is nobody."""
    if not of:
        return f"{n}/{of}"
    low, high = interval(n, of)
    return f"{n:,}/{of:,} ({100 * n / of:.0f} %, {100 * low:.0f} to {100 * high:.0f})"
