"""Quantiles and tails by exact finite sums and bisection."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache


def bisected(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """Where `is_below` turns from true to false."""
    for _ in range(200):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if is_below(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_p(z: float) -> float:
    """Two-sided p of a standard normal deviate."""
    return math.erfc(abs(z) / math.sqrt(2))


@cache
def normal_quantile(p: float) -> float:
    """The z whose two-sided p this is."""
    return bisected(lambda z: normal_p(z) > p, 0, 40)


def t_p(t: float, df: int) -> float:
    """Two-sided p of Student's t by its finite sums (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    theta = math.atan(abs(t) / math.sqrt(df))
    sine, cosine = math.sin(theta), math.cos(theta)
    terms, term = [], cosine if df % 2 else 1.0
    for j in range(2 + df % 2, df + 1, 2):
        terms.append(term)
        term *= cosine**2 * (j - 1) / j
    inside = sine * math.fsum(terms)
    return max(0.0, 1 - (2 / math.pi * (theta + inside) if df % 2 else inside))


@cache
def t_quantile(p: float, df: int) -> float:
    """The t whose two-sided p this is."""
    return bisected(lambda t: t_p(t, df) > p, 0, 1e9)


def exact_interval(count: int, total: int) -> tuple[float | None, float | None]:
    """Clopper and Pearson: the shares under which the count is just not too rare, 2.5 % a side."""
    if total == 0:
        return None, None

    def at_least(share: float, least: int) -> float:
        return math.fsum(
            math.comb(total, k) * share**k * (1 - share) ** (total - k)
            for k in range(least, total + 1)
        )

    low = bisected(lambda s: at_least(s, count) < 0.025, 0, 1) if count else 0.0
    high = bisected(lambda s: 1 - at_least(s, count + 1) > 0.025, 0, 1) if count < total else 1.0
    return low, high


def filled_in(sizes: Sequence[int | None]) -> list[Fraction]:
    """Sizes of studies, an unknown one as the median of the others; all as one if none is known."""
    known = sorted(n for n in sizes if n)
    middle = Fraction(1)
    if known:
        middle = Fraction(known[(len(known) - 1) // 2] + known[len(known) // 2], 2)
    return [Fraction(n) if n else middle for n in sizes]
