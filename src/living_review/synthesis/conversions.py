"""One effect as printed → value and standard error on one unit, and how it got there."""

import math
from collections.abc import Iterator

from scipy.special import ndtri, stdtrit

from living_review.model import Arm, Effect, Finding

SMD = "SMD"
RISK_DIFFERENCE = "risk difference"
Z95 = float(ndtri(0.975))

_LEAST_Z = 0.01  # a p-value of 0.99 and more says nothing of precision (ours)

# Unit, value (sign as printed), standard error where known, conversions by name.
OnUnit = tuple[str, float, float | None, tuple[str, ...]]


def points(effect: Effect, length: float, typical_sd: float | None) -> Iterator[OnUnit]:
    """A mean difference on a scale of `length`, and in SDs by a typical one (METHOD 4)."""
    se, how = standard_error(effect)
    factor = length / (effect.scale or length)
    if factor != 1:
        how = (*how, f"mapped from 0–{effect.scale:g} to 0–{length:g}")
    value, se = effect.value * factor, None if se is None else se * factor
    yield f"0-{length:g}", value, se, how
    if typical_sd:
        by_sd = (*how, f"divided by a typical SD of {typical_sd:g} points")
        yield SMD, value / typical_sd, None if se is None else se / typical_sd, by_sd


def standard_error(effect: Effect) -> tuple[float | None, tuple[str, ...]]:
    """Find the standard error of an additive effect and say where it is from; None if unknown.

    As printed, else from the interval, else from the p-value (Cochrane Handbook 6.5.2), with
    Student's t where the arms' sizes are known and the effect is a mean difference.
    """
    critical = Z95
    degrees = None
    if effect.measure == "MD" and effect.n_intervention and effect.n_comparator:
        degrees = effect.n_intervention + effect.n_comparator - 2
    if degrees is not None and degrees > 0:
        critical = float(stdtrit(degrees, 0.975))
    if effect.se is not None:
        return effect.se, ()
    if effect.ci_low is not None and effect.ci_high is not None:
        return (effect.ci_high - effect.ci_low) / (2 * critical), ("SE from the interval",)
    if effect.p is not None and 0 < effect.p < 1 and effect.value != 0:
        tail = effect.p / 2
        z = -float(stdtrit(degrees, tail)) if degrees else -float(ndtri(tail))
        if z > _LEAST_Z:
            return abs(effect.value) / z, ("SE from the p-value",)
    return None, ()


def is_sound(effect: Effect) -> bool:
    """Whether the numbers can stand together: finite, and inside an interval that has a width."""
    for number in (effect.value, effect.ci_low, effect.ci_high, effect.se, effect.p):
        if number is not None and not math.isfinite(number):
            return False
    if effect.se is not None and effect.se <= 0:
        return False
    if effect.ci_low is None or effect.ci_high is None or effect.measure == "NNT":
        return True
    return effect.ci_low < effect.ci_high and effect.ci_low <= effect.value <= effect.ci_high


def _pair(arms: tuple[Arm, ...]) -> tuple[Arm, Arm] | None:
    """Intervention and comparator; arms are listed in that order, and two of them."""
    return (arms[0], arms[1]) if len(arms) == 2 else None


def smd_of_arms(arms: tuple[Arm, ...]) -> Iterator[OnUnit]:
    """Hedges' adjusted g with the standard error of the Cochrane Handbook (6.5.1.2)."""
    pair = _pair(arms)
    if pair is None:
        return
    one, two = pair
    if one.mean is None or two.mean is None or not (one.sd and two.sd and one.n and two.n):
        return
    n = one.n + two.n
    if one.n < 2 or two.n < 2 or n <= 4 or one.sd < 0 or two.sd < 0:
        return
    pooled = math.sqrt(((one.n - 1) * one.sd**2 + (two.n - 1) * two.sd**2) / (n - 2))
    g = (one.mean - two.mean) / pooled * (1 - 3 / (4 * n - 9))
    se = math.sqrt(n / (one.n * two.n) + g**2 / (2 * (n - 3.94)))
    yield SMD, g, se, ("Hedges' g from means and SDs",)


def risk_difference_of_arms(arms: tuple[Arm, ...]) -> Iterator[OnUnit]:
    """Difference of two shares, with its large-sample standard error."""
    pair = _pair(arms)
    if pair is None:
        return
    one, two = pair
    if one.events is None or two.events is None or not (one.n and two.n):
        return
    if not (0 <= one.events <= one.n and 0 <= two.events <= two.n):
        return
    value = one.events / one.n - two.events / two.n
    how: tuple[str, ...] = ("risk difference from events",)
    # An empty cell would claim to be known exactly; half an event in each cell mends the
    # precision and leaves the difference alone (Cochrane Handbook 10.4.4.2 has the same half).
    empty = 0 in (one.events, two.events, one.n - one.events, two.n - two.events)
    half = 0.5 if empty else 0.0
    if empty:
        how = (*how, "half an event added to each cell for its precision")
    variance = sum(
        (arm.events + half) * (arm.n - arm.events + half) / (arm.n + 2 * half) ** 3
        for arm in ((one, two))
        if arm.events is not None and arm.n
    )
    yield RISK_DIFFERENCE, value, math.sqrt(variance), how


def risk_difference_of_nnt(effect: Effect, finding: Finding) -> Iterator[OnUnit]:
    """1 / NNT, its side from the words: a number needed to treat or harm carries no sign."""
    worse = {"higher": 1.0, "lower": -1.0}.get(finding.change)
    if worse is None or effect.value <= 0:
        return
    se = None
    if effect.ci_low and effect.ci_high and 0 < effect.ci_low < effect.ci_high:
        se = (1 / effect.ci_low - 1 / effect.ci_high) / (2 * Z95)
    how = ("risk difference from the number needed to treat or harm",)
    yield RISK_DIFFERENCE, worse / effect.value, se, how
