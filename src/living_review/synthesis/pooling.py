"""Random-effects pools: REML, with the wider of Wald's and Hartung and Knapp's interval.

REML by Fisher scoring (Viechtbauer 2005), Hartung and Knapp 2001, I² from Q (Higgins and
Thompson 2002), prediction interval with k − 2 degrees of freedom (Higgins 2009), DerSimonian
and Laird 1986 as the sensitivity line. Several sets of effects are fitted at once, one a row,
because leaving out each study of a hundred in turn would otherwise cost a hundred fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from living_review.model import Pool

Rows = NDArray[np.float64]

FULL_STEPS, HALF_STEPS = 500, 100  # whole steps can swing about the top for ever; halves settle
TOLERANCE = 1e-10  # of τ² plus the typical variance
HIGHER = 1e-6  # in log-likelihood; tops nearer than that are one top, seen twice
ROUGHLY = 1e-6  # enough to see a direction, not to print a number
Z95 = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why effects were not pooled; a reason to read, never a NaN."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fit:
    """One random-effects fit a row. `se_hk` is Hartung and Knapp's, `se` is Wald's."""

    tau2: Rows
    mean: Rows
    se: Rows
    se_hk: Rows
    k: Rows
    converged: NDArray[np.bool_]


def fit(
    effects: Rows, variances: Rows, start: float | None = None, tolerance: float = TOLERANCE
) -> Fit:
    """Fit every row by REML. A variance of infinity leaves that effect out of its row.

    Rows need at least two finite variances, all above zero. `start` is a τ² to begin from,
    where a near one is known; otherwise Hedges' estimate. A restricted likelihood can have two
    tops, and scoring finds the nearer one, so it also begins at zero and at the spread of the
    effects, and the highest top is kept.
    """
    present = np.isfinite(variances)
    k = present.sum(axis=1).astype(float)
    typical = np.where(present, variances, 0.0).sum(axis=1) / k
    centre = np.where(present, effects, 0.0).sum(axis=1) / k
    spread = np.where(present, (effects - centre[:, None]) ** 2, 0.0).sum(axis=1) / (k - 1)
    near = np.maximum(0.0, spread - typical) if start is None else np.full(len(k), start)
    within = tolerance * typical
    tau2, converged = _climb(effects, variances, near, within, tolerance)
    height = _likelihood(effects, variances, tau2)
    for begin in (np.zeros(len(k)), spread):
        other, settled = _climb(effects, variances, begin, within, tolerance)
        reached = _likelihood(effects, variances, other)
        higher = settled & (~converged | (reached > height + HIGHER))
        tau2, height = np.where(higher, other, tau2), np.where(higher, reached, height)
        converged |= settled
    return Fit(tau2, *_means(effects, variances, tau2), k, converged)


def _climb(
    effects: Rows, variances: Rows, start: Rows, within: Rows, tolerance: float
) -> tuple[Rows, NDArray[np.bool_]]:
    """Fisher scoring from `start`: τ² of the top it comes to, and whether it settled there.

    It has settled when a step is no more than `within` and a share `tolerance` of τ².
    """
    tau2 = start.copy()
    converged = np.zeros(len(tau2), dtype=bool)
    open_rows = np.arange(len(tau2))
    for share in [1.0] * FULL_STEPS + [0.5] * HALF_STEPS:
        y, v, old = effects[open_rows], variances[open_rows], tau2[open_rows]
        new = np.maximum(0.0, old + share * _fisher_step(y, v, old))
        tau2[open_rows] = new
        settled = np.abs(new - old) <= tolerance * new + within[open_rows]
        converged[open_rows[settled]] = True
        open_rows = open_rows[~settled]
        if not len(open_rows):
            break
    return tau2, converged


def _likelihood(effects: Rows, variances: Rows, tau2: Rows) -> Rows:
    """Restricted log-likelihood of τ², a row each, but for a constant (Viechtbauer 2005)."""
    w = 1 / (variances + tau2[:, None])
    present = w > 0
    total = w.sum(axis=1)
    mean = (w * effects).sum(axis=1) / total
    residual = (w * (effects - mean[:, None]) ** 2).sum(axis=1)
    logs = np.log(np.where(present, w, 1.0)).sum(axis=1)
    height: Rows = (logs - np.log(total) - residual) / 2
    return height


def pool(
    benefits: Sequence[float],
    errors: Sequence[float],
    *,
    measure: str,
    unit: str,
    mid: float | None,
    lower_is_better: bool = True,
) -> Pool | Refused:
    """Pool benefits with their standard errors; Refused when that cannot be done soundly.

    `lower_is_better` says how the printed effect relates to the benefit.
    """
    y, e = np.array(benefits, dtype=float), np.array(errors, dtype=float)
    if len(y) < 2:
        return Refused("one effect is not a pool")
    if not (np.isfinite(y).all() and np.isfinite(e).all()):
        return Refused("an effect or its standard error is not a number")
    if not ((e > 0).all() and (e**2 > 0).all() and np.isfinite(1 / e**2).all()):
        return Refused("an effect with no variance would outweigh every other")
    order = np.lexsort((e, y))  # the order in which studies arrive must not reach a last digit
    y, v = y[order], e[order] ** 2
    reml = fit(y[None, :], v[None, :])
    numbers = [reml.tau2[0], reml.mean[0], reml.se[0], reml.se_hk[0]]
    if not (reml.converged[0] and np.isfinite(numbers).all()):
        return Refused("REML did not settle on these effects")
    sign = -1.0 if lower_is_better else 1.0
    return _as_pool(y, v, reml, sign=sign, measure=measure, unit=unit, mid=mid)


def wider_half_widths(fitted: Fit) -> Rows:
    """Half the width of the interval that rules use, a row each."""
    half: Rows = np.maximum(Z95 * fitted.se, stdtrit(fitted.k - 1, 0.975) * fitted.se_hk)
    return half


def _fisher_step(effects: Rows, variances: Rows, tau2: Rows) -> Rows:
    w = 1 / (variances + tau2[:, None])
    squared = w * w
    total, squares, cubes = w.sum(axis=1), squared.sum(axis=1), (squared * w).sum(axis=1)
    mean = (w * effects).sum(axis=1) / total
    off = effects - mean[:, None]
    residual = (squared * off * off).sum(axis=1)
    trace_p = total - squares / total
    trace_pp = squares - 2 * cubes / total + (squares / total) ** 2
    step: Rows = (residual - trace_p) / trace_pp
    return step


def _means(effects: Rows, variances: Rows, tau2: Rows) -> tuple[Rows, Rows, Rows]:
    """Mean, Wald's and Hartung and Knapp's standard error, a row each."""
    w = 1 / (variances + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w * effects).sum(axis=1) / total
    k = np.isfinite(variances).sum(axis=1)
    spread = (w * (effects - mean[:, None]) ** 2).sum(axis=1)
    return mean, np.sqrt(1 / total), np.sqrt(spread / ((k - 1) * total))


def _as_pool(
    y: Rows, v: Rows, reml: Fit, *, sign: float, measure: str, unit: str, mid: float | None
) -> Pool:
    k = len(y)
    mean, se, se_hk = float(reml.mean[0]), float(reml.se[0]), float(reml.se_hk[0])
    wald, hk = Z95 * se, float(stdtrit(k - 1, 0.975)) * se_hk
    if wald >= hk:
        half, p = wald, 2 * float(ndtr(-abs(mean) / se))
    else:
        half, p = hk, 2 * float(stdtr(k - 1, -abs(mean) / se_hk))
    q, dl_tau2 = _dersimonian_laird(y, v)
    dl_mean, _, dl_se = (float(x[0]) for x in _means(y[None, :], v[None, :], np.array([dl_tau2])))
    dl = float(stdtrit(k - 1, 0.975)) * dl_se
    tau2 = float(reml.tau2[0])
    reach = float(stdtrit(k - 2, 0.975)) * (tau2 + se**2) ** 0.5 if k > 2 else None
    printed = sign * mean + 0.0
    return Pool(
        measure=measure, unit=unit, mid=mid, k=k,
        value=printed, ci_low=printed - half, ci_high=printed + half,
        benefit=mean, benefit_low=mean - half, benefit_high=mean + half,
        p=p, tau2=tau2, i2=100 * max(0.0, (q - (k - 1)) / q) if q > 0 else 0.0,
        pi_low=None if reach is None else printed - reach,
        pi_high=None if reach is None else printed + reach,
        wald_low=printed - wald, wald_high=printed + wald,
        hk_low=printed - hk, hk_high=printed + hk,
        dl_value=sign * dl_mean + 0.0,
        dl_low=sign * dl_mean - dl, dl_high=sign * dl_mean + dl,
    )  # fmt: skip


def _dersimonian_laird(y: Rows, v: Rows) -> tuple[float, float]:
    """Cochran's Q and DerSimonian and Laird's τ², truncated at zero."""
    w = 1 / v
    mean = (w * y).sum() / w.sum()
    q = float((w * (y - mean) ** 2).sum())
    c = float(w.sum() - (w**2).sum() / w.sum())
    return q, max(0.0, (q - (len(y) - 1)) / c) if c > 0 else 0.0
