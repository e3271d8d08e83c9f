"""Whether the printed numbers can be true, and fit the words beside them (METHOD 1)."""

from collections.abc import Sequence

from living_review.model import Arm, Effect
from living_review.tagging.values import RATIOS, null_value

VERSION = "1"

_ROUNDING = 0.011  # printed to two decimals, an estimate may touch its interval's end


def outside_interval(effect: Effect) -> str | None:
    """An estimate must lie in its own interval; says so where it does not."""
    if effect.ci_low is None or effect.ci_high is None:
        return None
    if effect.ci_low > effect.ci_high:
        return f"interval {effect.ci_low:g} to {effect.ci_high:g} runs backwards"
    if not effect.ci_low - _ROUNDING <= effect.value <= effect.ci_high + _ROUNDING:
        interval = f"{effect.ci_low:g} to {effect.ci_high:g}"
        return f"estimate {effect.value:g} lies outside its interval {interval}"
    return None


def p_against_interval(effect: Effect) -> str | None:
    """A p value below 0.05 and an interval across no effect cannot both be right, nor the reverse.

    Between 0.01 and 0.1 rounding and adjusted analyses explain most conflicts, so that those pass.
    """
    if effect.p is None or effect.ci_low is None or effect.ci_high is None:
        return None
    crosses = effect.ci_low <= null_value(effect) <= effect.ci_high
    if crosses and effect.p < 0.01:
        return f"p = {effect.p:g} but the interval holds no effect"
    if not crosses and effect.p > 0.1:
        return f"p = {effect.p:g} but the interval leaves out no effect"
    return None


def shares_of_events(first: float, second: float, events: bool) -> bool:
    """Two arms' percentages that add up to 100 are shares of the events, not of the patients.

    Only asked of counts of events; 40 % and 60 % of patients responding add up by chance, rarely.
    """
    return events and abs(first + second - 100) <= 1.0 and 0 < first < 100


def off_scale(values: Sequence[float], length: float | None) -> str | None:
    """A mean above the scale's end, or below its start, is not on that scale."""
    if length is None:
        return None
    for value in values:
        if value > length or value < 0:
            return f"{value:g} is impossible on a scale of 0 to {length:g}"
    return None


def means_off_scale(arms: Sequence[Arm], length: float | None) -> str | None:
    """The same for the means of arms."""
    return off_scale([a.mean for a in arms if a.mean is not None], length)


def larger_than_scale(effect: Effect, length: float | None) -> str | None:
    """A difference of means cannot exceed the scale it is measured on."""
    if length is None or effect.measure != "MD" or abs(effect.value) <= length:
        return None
    return f"difference {effect.value:g} exceeds the scale of 0 to {length:g}"


def sign_against_words(effect: Effect, change: int) -> str | None:
    """A significant effect must lie on the side its sentence says.

    `change` is +1 where the words say higher with the intervention, -1 lower, 0 no word of it.
    """
    if change == 0 or effect.measure == "NNT":
        return None
    side = effect.value - null_value(effect)
    if side == 0 or (side > 0) == (change > 0):
        return None
    what = "ratio" if effect.measure in RATIOS else "difference"
    return f"{what} {effect.value:g} points the other way than the words"
