"""Effects as printed → benefit on a unit that a MID is given in; every conversion is named.

`benefit` is positive when better for patients (METHOD 3, orientation). Nothing here guesses:
an effect that cannot be brought to a unit is left out of it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scipy.special import ndtri, stdtrit

from living_review.model import Arm, Effect, Finding, FindingDirection, OutcomeChange
from living_review.protocol import Mid, Outcome

SMD = "SMD"
RISK_DIFFERENCE = "risk difference"
MEASURES = {SMD: "SMD", RISK_DIFFERENCE: "RD"}  # every other unit is points: a mean difference
RATIOS = ("RR", "OR", "HR")

# In direction counts an effect meets the MID at the precision it is reported in: two decimals,
# three for shares (ours). An SMD of 0.4997, printed 0.50, is not smaller than a MID of 0.50.
DECIMALS = 2
DECIMALS_OF_SHARES = 3

Z95 = float(ndtri(0.975))

# Slack for binary fractions only; far below any printed digit.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Oriented:
    """An effect on one unit: positive is better. `se` is None where no precision is known."""

    benefit: float
    se: float | None
    conversions: tuple[str, ...] = ()


def units_of(mid: Mid) -> dict[str, float]:
    """Give the size of a MID on each unit it has, the preferred unit first."""
    sizes: dict[str, float] = {}
    if mid.points is not None and mid.scale is not None:
        sizes[f"0-{mid.scale:g}"] = mid.points
    if mid.smd is not None:
        sizes[SMD] = mid.smd
    if mid.risk_difference is not None:
        sizes[RISK_DIFFERENCE] = mid.risk_difference
    return sizes


def on_units(
    finding: Finding, outcome: Outcome, mid: Mid, typical_sd: float | None
) -> dict[str, Oriented]:
    """Bring the finding's effect to every unit of `mid` it can be on, preferred unit first.

    `typical_sd` is in points of the MID's scale (METHOD 4) and is used where the arms give no
    SD of their own. An empty answer means that the finding has no usable number.
    """
    found: dict[str, Oriented] = {}
    for unit, value, se, conversions in _on_units(finding, mid, typical_sd):
        sound = math.isfinite(value) and (se is None or (math.isfinite(se) and se > 0))
        if unit not in found and sound:
            sign = -1.0 if outcome.better == "lower" else 1.0
            found[unit] = Oriented(sign * value + 0.0, se, conversions)
    return {unit: found[unit] for unit in units_of(mid) if unit in found}


def direction_against(
    oriented: Mapping[str, Oriented], sizes: Mapping[str, float]
) -> FindingDirection | None:
    """Judge an effect against the MID, on the preferred unit it has; None where it has none."""
    for unit, size in sizes.items():
        if unit in oriented:
            decimals = DECIMALS_OF_SHARES if unit == RISK_DIFFERENCE else DECIMALS
            benefit = round(oriented[unit].benefit, decimals)
            if benefit >= size - ROUNDING:
                return "favours_intervention"
            return "favours_comparator" if benefit <= ROUNDING - size else "no_difference"
    return None


def common_unit(effects: Iterable[Mapping[str, Oriented]], units: Iterable[str]) -> str | None:
    """Choose the unit that most studies have with a precision; the preferred one on a tie."""
    studies = list(effects)
    best, most = None, 0
    for unit in units:
        able = sum(1 for study in studies if unit in study and study[unit].se is not None)
        if able > most:
            best, most = unit, able
    return best


def flipped(finding: Finding) -> Finding:
    """Tell the same finding from the comparator's side: B against A as A against B."""
    directions: dict[FindingDirection, FindingDirection] = {
        "favours_intervention": "favours_comparator",
        "favours_comparator": "favours_intervention",
    }
    changes: dict[OutcomeChange, OutcomeChange] = {"higher": "lower", "lower": "higher"}
    return replace(
        finding,
        intervention=finding.comparator,
        comparator=finding.intervention,
        direction=directions.get(finding.direction, finding.direction),
        change=changes.get(finding.change, finding.change),
        effect=None if finding.effect is None else _flipped_effect(finding.effect),
        arms=finding.arms[::-1],
    )


def _flipped_effect(effect: Effect) -> Effect:
    def turn(value: float | None) -> float | None:
        if value is None or effect.measure == "NNT":
            return value
        if effect.measure in RATIOS:
            return 1 / value if value else None
        return -value + 0.0

    value = turn(effect.value)
    if value is None:  # a ratio of zero has no other side; a ratio of zero is refused later
        return effect
    return replace(
        effect,
        value=value,
        ci_low=turn(effect.ci_high),
        ci_high=turn(effect.ci_low),
        n_intervention=effect.n_comparator,
        n_comparator=effect.n_intervention,
        source=f"{effect.source}; comparison turned around",
    )


_OnUnit = tuple[str, float, float | None, tuple[str, ...]]


def _on_units(finding: Finding, mid: Mid, typical_sd: float | None) -> Iterator[_OnUnit]:
    """Every way to the units of `mid`, best first; signs as printed."""
    effect = finding.effect if finding.effect and _is_sound(finding.effect) else None
    if effect is not None and effect.measure == "SMD":
        se, how = standard_error(effect)
        yield SMD, effect.value, se, how
    yield from _smd_of_arms(finding.arms)
    if effect is not None and effect.measure == "MD" and effect.scale and mid.scale:
        yield from _points(effect, mid.scale, typical_sd)
    if effect is not None and effect.measure == "RD":
        se, how = standard_error(effect)
        yield RISK_DIFFERENCE, effect.value, se, how
    yield from _risk_difference_of_arms(finding.arms)
    if effect is not None and effect.measure == "NNT":
        yield from _risk_difference_of_nnt(effect, finding)


def _points(effect: Effect, length: float, typical_sd: float | None) -> Iterator[_OnUnit]:
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
        return abs(effect.value) / z, ("SE from the p-value",)
    return None, ()


def _is_sound(effect: Effect) -> bool:
    """Whether the numbers can stand together: finite, and inside an interval that has a width."""
    numbers = [effect.value, effect.ci_low, effect.ci_high, effect.se, effect.p]
    if any(number is not None and not math.isfinite(number) for number in numbers):
        return False
    if effect.se is not None and effect.se <= 0:
        return False
    if effect.ci_low is None or effect.ci_high is None or effect.measure == "NNT":
        return True
    return effect.ci_low < effect.ci_high and effect.ci_low <= effect.value <= effect.ci_high


def _pair(arms: tuple[Arm, ...]) -> tuple[Arm, Arm] | None:
    """Intervention and comparator; arms are listed in that order, and two of them."""
    return (arms[0], arms[1]) if len(arms) == 2 else None


def _smd_of_arms(arms: tuple[Arm, ...]) -> Iterator[_OnUnit]:
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


def _risk_difference_of_arms(arms: tuple[Arm, ...]) -> Iterator[_OnUnit]:
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


def _risk_difference_of_nnt(effect: Effect, finding: Finding) -> Iterator[_OnUnit]:
    """1 / NNT, its side from the words: a number needed to treat or harm carries no sign."""
    worse = {"higher": 1.0, "lower": -1.0}.get(finding.change)
    if worse is None or effect.value <= 0:
        return
    se = None
    if effect.ci_low and effect.ci_high and 0 < effect.ci_low < effect.ci_high:
        se = (1 / effect.ci_low - 1 / effect.ci_high) / (2 * Z95)
    how = ("risk difference from the number needed to treat or harm",)
    yield RISK_DIFFERENCE, worse / effect.value, se, how
