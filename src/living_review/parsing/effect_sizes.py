"""The effect of an entered comparison: as entered, or from what stands in its place, by name.

What weighing converts itself (Hedges' g from means and SDs, a risk difference from events) is left
to it: the arms go on as entered. Here is only what needs more than the arms keep: the scale of a
mean difference, the ratio that was asked for, a p-value with its side.
"""

import math

from scipy.special import stdtrit

from living_review.model import Arm, Effect, Measure
from living_review.parsing.entered_effects import Entered, additive
from living_review.protocol import Vocabulary

SLACK = 10  # decimals; what is left is the dust of binary fractions


def sized(entered: Entered, vocabulary: Vocabulary) -> tuple[Effect | None, float]:
    """The effect, None where the arms alone speak, and intervention minus comparator by its sign.

    The comparison has passed `effect_checks`. Each computed number is named in `source`.
    """
    measure, value = entered.measure, entered.value
    if measure is not None and value is not None:
        return _effect(entered, measure, value, entered.se, ""), additive(measure, value)
    if has_means(entered.arms):
        value, se = difference_of_means(entered.arms)
        # An SMD that is left out is Hedges' g, which weighing finds.
        how = "MD and its SE from means and SDs"
        return None if measure == "SMD" else _effect(entered, "MD", value, se, how), value
    if has_events(entered.arms):
        difference = _difference_of_shares(entered.arms)
        if measure not in ("RR", "OR"):
            return None, difference
        value, se = ratio_of_events(entered.arms, measure)
        return _effect(entered, measure, value, se, f"{measure} and its SE from events"), difference
    value, se = smd_of_p(entered.p or 1.0, entered.arms)
    better_is_lower = vocabulary.outcomes[entered.outcome].better == "lower"
    if better_is_lower == (entered.favours == "intervention"):
        value = -value + 0.0
    return _effect(entered, "SMD", value, se, "SMD and its SE from the p-value"), value


def has_means(arms: tuple[Arm, Arm]) -> bool:
    """Whether both arms have mean, SD and size."""
    return all(arm.mean is not None and arm.sd and arm.n for arm in arms)


def has_events(arms: tuple[Arm, Arm]) -> bool:
    """Whether both arms have events and size."""
    return all(arm.events is not None and arm.n for arm in arms)


def difference_of_means(arms: tuple[Arm, Arm]) -> tuple[float, float]:
    """Mean difference and its standard error (Deeks and Higgins, see `ratio_of_events`)."""
    means = [arm.mean or 0.0 for arm in arms]
    return round(means[0] - means[1], SLACK), se_of_arms(arms)


def se_of_arms(arms: tuple[Arm, Arm]) -> float:
    """Standard error of the difference of two means, from SDs and sizes that are known."""
    return math.sqrt(sum((arm.sd or 0.0) ** 2 / (arm.n or 1) for arm in arms))


def ratio_of_events(arms: tuple[Arm, Arm], measure: Measure) -> tuple[float, float]:
    """RR or OR and the standard error of its logarithm, for large samples.

    As in Deeks and Higgins, Statistical algorithms in Review Manager 5, 2010. No
    cell of the two by two table that the ratio needs is empty.
    """
    one, other = ((arm.events or 0, arm.n or 0) for arm in arms)
    if measure == "RR":
        ratio = (one[0] / one[1]) / (other[0] / other[1])
        return ratio, math.sqrt(1 / one[0] - 1 / one[1] + 1 / other[0] - 1 / other[1])
    cells = (one[0], one[1] - one[0], other[0], other[1] - other[0])
    return cells[0] * cells[3] / (cells[1] * cells[2]), math.sqrt(sum(1 / c for c in cells))


def smd_of_p(p: float, arms: tuple[Arm, Arm]) -> tuple[float, float]:
    """Size of the SMD, without its sign, and its standard error from a two-sided p-value.

    The t statistic of that p with n₁ + n₂ − 2 degrees of freedom gives d = t·√(1/n₁ + 1/n₂) and
    the variance (n₁ + n₂)/(n₁·n₂) + d²/(2·(n₁ + n₂)) (Borenstein 2009, equation 4.20). Without a
    correction for small samples, as the openMetaAnalysis repository has it.
    """
    sizes = [arm.n or 0 for arm in arms]
    both, product = sum(sizes), math.prod(sizes)
    d = -float(stdtrit(both - 2, p / 2)) * math.sqrt(both / product) + 0.0
    return d, math.sqrt(both / product + d**2 / (2 * both))


def _difference_of_shares(arms: tuple[Arm, Arm]) -> float:
    shares = [(arm.events or 0) / (arm.n or 1) for arm in arms]
    return round(shares[0] - shares[1], SLACK)


def _effect(entered: Entered, measure: Measure, value: float, se: float | None, how: str) -> Effect:
    one, other = entered.arms
    return Effect(
        measure=measure,
        value=value,
        ci_low=entered.ci_low,
        ci_high=entered.ci_high,
        se=se,
        p=entered.p,
        n_intervention=one.n,
        n_comparator=other.n,
        scale=entered.scale,
        source="; ".join(filter(None, (entered.source, how))),
    )
