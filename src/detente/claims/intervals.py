"""Exact confidence intervals for a share of which a sample was drawn."""

from __future__ import annotations

from math import ceil, exp, floor, lgamma, log, log1p

__all__ = ["clopper_pearson", "per_cent"]

_TINY = 1e-300
_MOST_STEPS = 60
_SETTLED = 1e-13
"""Share of a bound by which it may be off."""


def clopper_pearson(successes: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Give the interval of Clopper and Pearson for a share.

    Parameters
    ----------
    successes, trials : int
        How often the event was seen in how many independent draws.
    level : float
        Confidence level.

    Returns
    -------
    low, high : float

    Notes
    -----
    The interval holds every share under which at least as many, and at most as many, successes
    are not improbable ([ClopperPearson1934][]). Whatever the true share, it covers it with at least
    the stated probability; intervals from the normal approximation fall short near 0 and 1, just
    where verdicts are made. The bounds are found by Newton's method, kept from leaving the
    bracket, with the binomial tail as an incomplete beta function (a continued fraction, evaluated
    by the method of Lentz).

    Examples
    --------
    >>> [round(bound, 4) for bound in clopper_pearson(8, 10)]
    [0.4439, 0.9748]
    >>> clopper_pearson(0, 100)[0], clopper_pearson(100, 100)[1]
    (0.0, 1.0)
    """
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low, high = 0.0, 1.0
    if successes > 0:
        low = _quantile(successes, trials - successes + 1, tail)
    if successes < trials:
        high = _quantile(successes + 1, trials - successes, 1 - tail)
    return low, high


def per_cent(interval: tuple[float, float], decimals: int = 1) -> str:
    """Write an interval in per cent, its bounds rounded outwards: what it covers stays covered.

    Examples
    --------
    >>> per_cent(clopper_pearson(0, 4096)), per_cent((0.99996, 1.0), 2)
    ('0.0–0.1', '99.99–100.00')
    """
    scale = 10**decimals
    low = floor(100 * scale * interval[0]) / scale
    high = ceil(100 * scale * interval[1]) / scale
    return f"{low:.{decimals}f}–{high:.{decimals}f}"


def _quantile(a: int, b: int, share: float) -> float:
    """Find where the regularised incomplete beta function is a share, between 0 and 1."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_MOST_STEPS):
        missing = share - _beta(a, b, x)
        low, high = (x, high) if missing > 0 else (low, x)
        slope = _front(a, b, x) / (x * (1 - x))
        step = missing / slope if slope else 1.0
        if abs(step) <= _SETTLED * x:
            break
        x = x + step if low < x + step < high else (low + high) / 2
    return x


def _beta(a: int, b: int, x: float) -> float:
    """Evaluate the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = _front(a, b, x)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _front(a: int, b: int, x: float) -> float:
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))


def _fraction(a: int, b: int, x: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    step = 0
    while True:
        step += 1
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        value *= d * c
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < 1e-14 or step > 100_000:
            return value


def _away(value: float) -> float:
    """Keep a divisor away from 0."""
    return value if abs(value) > _TINY else _TINY
