"""Random-effects pools: τ² by looking for it, all else by its formula."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tests.slow.numbers import normal_p, normal_quantile, t_p, t_quantile

FINENESS = 1.2


class Mean(NamedTuple):
    """The mean at one τ² with Wald's and Hartung and Knapp's standard error."""

    mean: float
    se: float
    se_hk: float


def mean_at(tau2: float, y: Sequence[float], v: Sequence[float]) -> Mean:
    w = [1 / (x + tau2) for x in v]
    mean = math.fsum(a * b for a, b in zip(w, y, strict=True)) / math.fsum(w)
    spread = math.fsum(a * (b - mean) ** 2 for a, b in zip(w, y, strict=True))
    return Mean(mean, math.fsum(w) ** -0.5, (spread / (len(y) - 1) / math.fsum(w)) ** 0.5)


def log_likelihood(tau2: float, y: Sequence[float], v: Sequence[float]) -> float:
    """Restricted log-likelihood of τ², but for a constant."""
    mean, se, _ = mean_at(tau2, y, v)
    spread = math.fsum((a - mean) ** 2 / (b + tau2) for a, b in zip(y, v, strict=True))
    return -0.5 * (math.fsum(math.log(b + tau2) for b in v) - 2 * math.log(se) + spread)


def reml(y: Sequence[float], v: Sequence[float]) -> float:
    """τ² of the greatest restricted likelihood: on a grid, then between its neighbours."""
    return _reml(tuple(y), tuple(v))


@cache
def _reml(y: tuple[float, ...], v: tuple[float, ...]) -> float:
    top = (max(y) - min(y)) ** 2 + max(v)
    grid = [0.0, *(top * FINENESS**-i for i in range(80))]
    best = max(grid, key=lambda t: log_likelihood(t, y, v))
    low, high = best / FINENESS, best * FINENESS
    if best == 0:
        low, high = 0.0, min(grid[1:])
    for _ in range(60):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if log_likelihood(a, y, v) < log_likelihood(b, y, v):
            low = a
        else:
            high = b
    return max((best, (low + high) / 2), key=lambda t: log_likelihood(t, y, v))


class Pooled(NamedTuple):
    """A pool in benefits; intervals as (low, high)."""

    tau2: float
    mean: float
    wald: tuple[float, float]
    hk: tuple[float, float]
    used: tuple[float, float]
    p: float
    i2: float
    prediction: tuple[float, float] | None
    dl_mean: float
    dl: tuple[float, float]


def around(mean: float, half: float) -> tuple[float, float]:
    return mean - half, mean + half


def pool(y: Sequence[float], errors: Sequence[float], tau2: float | None = None) -> Pooled:
    """Pool benefits by REML, or at a τ² that is given."""
    v, k = [e * e for e in errors], len(y)
    tau2 = reml(y, v) if tau2 is None else tau2
    mean, se, se_hk = mean_at(tau2, y, v)
    wald_half, hk_half = normal_quantile(0.05) * se, t_quantile(0.05, k - 1) * se_hk
    p = t_p(mean / se_hk, k - 1) if hk_half > wald_half else normal_p(mean / se)
    fixed = mean_at(0, y, v).mean
    w = [1 / x for x in v]
    q = math.fsum(a * (b - fixed) ** 2 for a, b in zip(w, y, strict=True))
    spread = math.fsum(w) - math.fsum(a * a for a in w) / math.fsum(w)
    dl = mean_at(max(0.0, (q - (k - 1)) / spread), y, v)
    prediction = None
    if k > 2:
        prediction = around(mean, t_quantile(0.05, k - 2) * math.sqrt(tau2 + se * se))
    return Pooled(
        tau2, mean, around(mean, wald_half), around(mean, hk_half),
        around(mean, max(wald_half, hk_half)), p, max(0.0, (q - (k - 1)) / q) * 100 if q else 0.0,
        prediction, dl.mean, around(dl.mean, t_quantile(0.05, k - 1) * dl.se_hk),
    )  # fmt: skip


def egger_p(y: Sequence[float], errors: Sequence[float]) -> float | None:
    """Two-sided p of the intercept of effect ÷ SE on 1 ÷ SE; None where precision is one."""
    x, z, k = [1 / e for e in errors], [a / e for a, e in zip(y, errors, strict=True)], len(y)
    x_mean, z_mean = math.fsum(x) / k, math.fsum(z) / k
    sxx = math.fsum((a - x_mean) ** 2 for a in x)
    if sxx < 1e-12 * x_mean**2:
        return None
    slope = math.fsum((a - x_mean) * (b - z_mean) for a, b in zip(x, z, strict=True)) / sxx
    intercept = z_mean - slope * x_mean
    rest = math.fsum((b - intercept - slope * a) ** 2 for a, b in zip(x, z, strict=True))
    se = math.sqrt(rest / (k - 2) * (1 / k + x_mean**2 / sxx))
    return t_p(intercept / se, k - 2) if se else 0.0
