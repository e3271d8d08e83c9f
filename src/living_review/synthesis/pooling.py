"""Random-effects pools: REML, with the wider of Wald's and Hartung and Knapp's interval.

REML (Viechtbauer 2005), Hartung and Knapp 2001, I² from Q (Higgins and Thompson 2002),
prediction interval with k − 2 degrees of freedom (Higgins 2009), DerSimonian and Laird 1986 as the
sensitivity line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from living_review.model import Pool
from living_review.synthesis.reml import Z95, Fit, Rows, fit, means


@dataclass(frozen=True, slots=True)
class Refused:
    """Why effects were not pooled; a reason to read, never a NaN."""

    reason: str


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
    reml = fit(y, v)
    numbers = [reml.tau2[0], reml.mean[0], reml.se[0], reml.se_hk[0]]
    if not (reml.converged[0] and np.isfinite(numbers).all()):
        return Refused("REML did not settle on these effects")
    sign = -1.0 if lower_is_better else 1.0
    return _as_pool(y, v, reml, sign=sign, measure=measure, unit=unit, mid=mid)


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
    dl_mean, _, dl_se = (float(x[0]) for x in means(y[None, :], v[None, :], np.array([dl_tau2])))
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
