"""Effects as printed → benefit on a unit that a MID is given in; every conversion is named.

`benefit` is positive when better for patients (METHOD 3, orientation). Nothing here guesses:
an effect that cannot be brought to a unit is left out of it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from living_review.model import Effect, Finding, FindingDirection, Measure, OutcomeChange
from living_review.protocol import Mid, Outcome
from living_review.synthesis.conversions import (
    RISK_DIFFERENCE,
    SMD,
    OnUnit,
    is_sound,
    points,
    risk_difference_of_arms,
    risk_difference_of_nnt,
    smd_of_arms,
    standard_error,
)

MEASURES: dict[str, Measure] = {
    SMD: "SMD",
    RISK_DIFFERENCE: "RD",
}  # every other unit is points: a mean difference
RATIOS = ("RR", "OR", "HR")

# In direction counts an effect meets the MID at the precision it is reported in: two decimals,
# three for shares (ours). An SMD of 0.4997, printed 0.50, is not smaller than a MID of 0.50.
DECIMALS = 2
DECIMALS_OF_SHARES = 3

# Slack for binary fractions only; far below any printed digit.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Oriented:
    """An effect on one unit: positive `benefit` is better, `value` has its sign as printed.

    `se` is None where no precision is known.
    """

    benefit: float
    value: float
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
            found[unit] = Oriented(sign * value + 0.0, value, se, conversions)
    return {unit: found[unit] for unit in units_of(mid) if unit in found}


def direction_against(
    oriented: Mapping[str, Oriented], sizes: Mapping[str, float]
) -> FindingDirection | None:
    """Judge an effect against the MID, on the preferred unit it has; None where it has none."""
    for unit, size in sizes.items():
        if unit in oriented:
            decimals = DECIMALS_OF_SHARES if unit == RISK_DIFFERENCE else DECIMALS
            benefit = _as_reported(oriented[unit].benefit, decimals)
            if benefit >= size - ROUNDING:
                return "favours_intervention"
            return "favours_comparator" if benefit <= ROUNDING - size else "no_difference"
    return None


def _as_reported(benefit: float, decimals: int) -> float:
    """Round halves away from zero, as papers do, whatever binary fractions make of a half."""
    digits = math.floor(abs(benefit) * 10**decimals + 0.5 + ROUNDING)
    return math.copysign(digits / 10**decimals, benefit)


def direction_on_any_scale(effect: Effect, outcome: Outcome, mid: Mid) -> FindingDirection | None:
    """Judge a mean difference whose scale is not stated against the MID, where that can be done.

    On each scale the vocabulary knows for the outcome and that is long enough to hold it, it
    lies on some side of the MID; where every scale says the same, that is its direction (ours).
    A difference of 0.31 in pain is under half a point of ten whether the scale has 10 points or
    100. None where scales disagree, and for every other effect.
    """
    if effect.measure != "MD" or effect.scale is not None or not is_sound(effect):
        return None
    sizes = units_of(mid)
    sign = -1.0 if outcome.better == "lower" else 1.0
    said = set()
    for length in {scale.length for scale in outcome.scales}:
        if mid.scale is not None and abs(effect.value) <= length:
            value = effect.value * mid.scale / length
            found = {f"0-{mid.scale:g}": Oriented(sign * value, value, None)}
            said.add(direction_against(found, sizes))
    return said.pop() if len(said) == 1 else None


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
        if value is None:
            return None
        if effect.measure in RATIOS:
            return 1 / value if value else None
        return -value + 0.0

    value, low, high = turn(effect.value), turn(effect.ci_high), turn(effect.ci_low)
    if effect.measure == "NNT":  # it carries no sign: from either side it is the same number
        value, low, high = effect.value, effect.ci_low, effect.ci_high
    if value is None:  # a ratio of zero has no other side; a ratio of zero is refused later
        return effect
    return replace(
        effect,
        value=value,
        ci_low=low,
        ci_high=high,
        n_intervention=effect.n_comparator,
        n_comparator=effect.n_intervention,
        source=f"{effect.source}; comparison turned around",
    )


def _on_units(finding: Finding, mid: Mid, typical_sd: float | None) -> Iterator[OnUnit]:
    """Every way to the units of `mid`, best first; signs as printed."""
    effect = finding.effect if finding.effect and is_sound(finding.effect) else None
    if effect is not None and effect.measure == "SMD":
        se, how = standard_error(effect)
        yield SMD, effect.value, se, how
    yield from smd_of_arms(finding.arms)
    if effect is not None and effect.measure == "MD" and effect.scale and mid.scale:
        yield from points(effect, mid.scale, typical_sd)
    if effect is not None and effect.measure == "RD":
        se, how = standard_error(effect)
        yield RISK_DIFFERENCE, effect.value, se, how
    yield from risk_difference_of_arms(finding.arms)
    if effect is not None and effect.measure == "NNT":
        yield from risk_difference_of_nnt(effect, finding)
