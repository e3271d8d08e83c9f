"""What cannot be true of one entered arm or comparison: numbers that contradict each other.

A check refuses only what is certain: rounding, an adjusted analysis or an interval of 90 or 99 %
must pass. Each sentence names the numbers that do not go together.
"""

import math
from collections.abc import Iterator

from living_review.model import Arm, Effect, FindingDirection
from living_review.parsing.effect_sizes import has_means, se_of_arms
from living_review.parsing.entered_effects import (
    RATIOS,
    Entered,
    additive,
    no_effect,
)

# Beyond these a number is a slip of the pen: ten standard deviations, any scale in use, and for
# a risk difference all against none (5 points are 0.05).
LIMITS = {"SMD": 10.0, "RD": 1.0}
LARGEST = 10_000.0
# An interval of 90 % that leaves out no effect has p below 0.10; one of 99 % that holds no effect
# has p above 0.01. Beyond either the two contradict whatever the interval's level.
P_OUTSIDE, P_INSIDE = 0.10, 0.01
# Rounding, another level, few degrees of freedom and adjustment stay well within three times.
FAR = 3.0
Z95 = 1.959964  # the 97.5th percentile of the normal distribution


def arm_faults(arm: Arm, scale: float | None, ending: str = "") -> Iterator[str]:
    """What cannot be true of one arm; `ending` is what its columns' names end with."""
    if arm.events is not None and (arm.n is None or arm.events > arm.n):
        yield f"'events{ending}' is {arm.events}; give 'n{ending}' of at least as many"
    if arm.sd is not None and arm.n == 1:
        yield f"'n{ending}' is 1, and one person has no SD"
    if scale is None:
        return
    if arm.sd is not None and arm.sd > scale:
        yield f"'sd{ending}' is {arm.sd:g}, more than the whole scale of {scale:g}"
    if arm.mean is not None and abs(arm.mean) > scale:
        yield f"'mean{ending}' is {arm.mean:g}, off its scale of {scale:g}"


def contradictions(entered: Entered) -> Iterator[str]:
    """What is wrong with an effect as entered: its value, interval, p-value and arms."""
    measure, value = entered.measure, entered.value
    if measure is None or value is None:
        return
    if measure in RATIOS and value <= 0:
        yield f"'value' is {value:g}; a {measure} is above 0"
        return
    yield from _too_large(entered, measure, value)
    if (entered.ci_low is None) != (entered.ci_high is None):
        yield "'ci_low' and 'ci_high' come together; fill both or none"
    else:
        yield from _interval_faults(entered)


def _too_large(entered: Entered, measure: str, value: float) -> Iterator[str]:
    limit = LIMITS.get(measure, LARGEST)
    if abs(value) > limit:
        hint = ", as a share: 0.05 for 5 points" if measure == "RD" else ""
        yield f"'value' is {value:g}; no {measure} goes beyond ±{limit:g}{hint}"
    elif measure == "MD" and entered.scale is not None and abs(value) > entered.scale:
        yield f"'value' is {value:g}, more than the whole scale of {entered.scale:g}"


def _interval_faults(entered: Entered) -> Iterator[str]:
    measure, value, low, high = entered.measure, entered.value, entered.ci_low, entered.ci_high
    if measure is None or value is None or low is None or high is None:
        yield from _sd_faults(entered, entered.se)
        return
    if not low < high:
        yield f"'ci_low' {low:g} is not below 'ci_high'"
        return
    if measure in RATIOS and low < 0:
        yield f"'ci_low' is {low:g}; a {measure} is above 0"
        return
    if not low <= value <= high:
        yield f"'value' {value:g} is outside its own interval, {low:g} to {high:g}"
        return
    null, p = no_effect(measure), entered.p
    if p is not None and not low <= null <= high and p >= P_OUTSIDE:
        yield f"the interval {low:g} to {high:g} leaves out {null:g}, and 'p' is {p:g}"
    if p is not None and low < null < high and p < P_INSIDE:
        yield f"the interval {low:g} to {high:g} holds {null:g}, and 'p' is {p:g}"
    if measure in RATIOS and low == 0:  # 0.00 by rounding; its logarithm says nothing
        return
    se = (additive(measure, high) - additive(measure, low)) / (2 * Z95)
    if entered.se is not None and not 1 / FAR <= entered.se / se <= FAR:
        yield (
            f"the standard error as entered is {entered.se:g}, and by the interval {low:g} to "
            f"{high:g} it is {se:.3g}; is it the variance, or an SD?"
        )
    yield from _sd_faults(entered, se)


def _sd_faults(entered: Entered, se: float | None) -> Iterator[str]:
    """SDs too small for the effect's own precision: standard errors in their place."""
    if entered.measure != "MD" or se is None or not all(a.sd and a.n for a in entered.arms):
        return
    by_arms = se_of_arms(entered.arms)
    if se > FAR * by_arms:
        sds = " and ".join(f"{arm.sd:g}" for arm in entered.arms)
        yield (
            f"the SDs {sds} give a standard error of {by_arms:.3g}, and the effect's own is "
            f"{se:.3g}; are they standard errors?"
        )


def side_faults(entered: Entered, direction: FindingDirection) -> Iterator[str]:
    """A `favours` that is not where the numbers point."""
    if entered.favours and direction not in ("no_difference", f"favours_{entered.favours}"):
        yield (
            f"the numbers {direction.replace('_', ' the ')}, by which way of {entered.outcome} is "
            f"better, and 'favours' says the {entered.favours}"
        )


def computed_faults(effect: Effect | None, entered: Entered) -> Iterator[str]:
    """What is wrong with an effect that was computed: further apart than anything is."""
    if entered.value is not None:
        return
    if has_means(entered.arms):
        one, other = entered.arms
        n, d = (one.n or 0) + (other.n or 0), abs((one.mean or 0.0) - (other.mean or 0.0))
        squares = sum(((arm.n or 0) - 1) * (arm.sd or 0.0) ** 2 for arm in entered.arms)
        apart = d / math.sqrt(squares / (n - 2))
        if apart > LIMITS["SMD"]:
            yield f"the means are {apart:.3g} SDs apart; are the SDs standard errors?"
    elif effect is not None and abs(effect.value) > LIMITS.get(effect.measure, LARGEST):
        yield f"the numbers give an {effect.measure} of {effect.value:.3g}, beyond any"
