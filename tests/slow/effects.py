"""A finding's effect on each unit of a MID, as a benefit with its standard error (METHOD 3, 4)."""

import math
from typing import NamedTuple

from living_review.model import Arm, Effect, Finding, FindingDirection
from living_review.protocol import Mid, Outcome, Protocol
from tests.slow.numbers import normal_quantile, t_quantile

FAVOURS, AGAINST = "favours_intervention", "favours_comparator"
OTHER_SIDE = {FAVOURS: AGAINST, AGAINST: FAVOURS}


class OnUnit(NamedTuple):
    """An effect on one unit: with its printed sign until `on_units` has made it a benefit."""

    benefit: float
    se: float | None


def units(mid: Mid) -> dict[str, float]:
    """The MID on each unit, the preferred one first."""
    found = {}
    if mid.points is not None and mid.scale is not None:
        found[f"0-{mid.scale:g}"] = mid.points
    if mid.smd is not None:
        found["SMD"] = mid.smd
    if mid.risk_difference is not None:
        found["risk difference"] = mid.risk_difference
    return found


def sound(effect: Effect) -> bool:
    """Finite, inside its own interval, and with a width where it states one."""
    stated = (effect.value, effect.ci_low, effect.ci_high, effect.se)
    if not all(math.isfinite(x) for x in stated if x is not None):
        return False
    if effect.se is not None and effect.se <= 0:
        return False
    if effect.ci_low is None or effect.ci_high is None:
        return True
    return effect.ci_low <= effect.value <= effect.ci_high and effect.ci_low < effect.ci_high


def standard_error(effect: Effect) -> float | None:
    """As printed, else from the interval, else from p; by t for mean differences of known arms."""
    df = None
    if effect.measure == "MD" and effect.n_intervention and effect.n_comparator:
        df = effect.n_intervention + effect.n_comparator - 2

    def quantile(p: float) -> float:
        return t_quantile(p, df) if df else normal_quantile(p)

    if effect.se is not None:
        return effect.se
    if effect.ci_low is not None and effect.ci_high is not None:
        return (effect.ci_high - effect.ci_low) / (2 * quantile(0.05))
    if effect.p is not None and 0 < effect.p < 1 and effect.value:
        z = quantile(effect.p)
        return abs(effect.value) / z if z >= 0.01 else None
    return None


def as_printed(finding: Finding, sign: int) -> dict[str, OnUnit]:
    """SMD and risk difference with their printed sign, of the effect, else of the arms."""
    found = of_arms(*finding.arms) if len(finding.arms) == 2 else {}
    effect = finding.effect
    if effect is None or not sound(effect):
        return found
    if effect.measure == "SMD":
        found["SMD"] = OnUnit(effect.value, standard_error(effect))
    if effect.measure == "RD":
        found["risk difference"] = OnUnit(effect.value, standard_error(effect))
    if effect.measure == "NNT" and finding.direction in OTHER_SIDE and effect.value:
        # A number needed to treat has no sign: its side is the side in words.
        share = sign * (1 if finding.direction == FAVOURS else -1) / abs(effect.value)
        se = None
        if effect.ci_low and effect.ci_high and effect.ci_low * effect.ci_high > 0:
            se = abs(1 / effect.ci_low - 1 / effect.ci_high) / (2 * normal_quantile(0.05))
        found.setdefault("risk difference", OnUnit(share, se))
    return found


def of_arms(drug: Arm, other: Arm) -> dict[str, OnUnit]:
    """Hedges' g of means and SDs, and the difference of two shares."""
    if not drug.n or not other.n:
        return {}
    total, found = drug.n + other.n, {}
    if (
        drug.mean is not None and other.mean is not None and drug.sd and other.sd and total > 3
    ):  # fmt: skip
        variance = ((drug.n - 1) * drug.sd**2 + (other.n - 1) * other.sd**2) / (total - 2)
        g = (drug.mean - other.mean) / math.sqrt(variance) * (1 - 3 / (4 * total - 9))
        se = math.sqrt(total / (drug.n * other.n) + g * g / (2 * (total - 3.94)))
        found["SMD"] = OnUnit(g, se)
    if drug.events is not None and other.events is not None:
        if drug.events > drug.n or other.events > other.n:
            return found
        shares = [(a.events, a.n) for a in (drug, other)]
        value = shares[0][0] / shares[0][1] - shares[1][0] / shares[1][1]
        if any(e in (0, n) for e, n in shares):  # an empty cell is not known exactly
            shares = [(e + 0.5, n + 1) for e, n in shares]
        se = math.sqrt(math.fsum(e / n * (1 - e / n) / n for e, n in shares))
        found["risk difference"] = OnUnit(value, se)
    return found


def on_units(finding: Finding, mid: Mid, protocol: Protocol) -> dict[str, OnUnit]:
    """The effect as a benefit on every unit of the MID that it can be on."""
    outcome = protocol.vocabulary.outcomes[finding.outcome]
    sign = -1 if outcome.better == "lower" else 1
    found = as_printed(finding, sign)
    effect = finding.effect
    if effect and effect.measure == "MD" and effect.scale and mid.scale and sound(effect):
        factor, se = mid.scale / effect.scale, standard_error(effect)
        points = OnUnit(effect.value * factor, None if se is None else se * factor)
        found[f"0-{mid.scale:g}"] = points
        sds = protocol.rules.pool.typical_sd
        sd = sds.get(finding.outcome) or sds.get(outcome.part_of or "")
        if sd:
            in_sds = OnUnit(points.benefit / sd, None if se is None else points.se / sd)
            found.setdefault("SMD", in_sds)
    return {unit: OnUnit(sign * found[unit].benefit, found[unit].se)
            for unit in units(mid) if unit in found}  # fmt: skip


def side(benefit: float, mid: float, decimals: int) -> FindingDirection:
    """A benefit against the MID at the precision it is reported in (DECISIONS 8)."""
    reported = math.floor(abs(benefit) * 10**decimals + 0.5 + 1e-7) / 10**decimals
    if reported < mid - 1e-9:
        return "no_difference"
    return FAVOURS if benefit > 0 else AGAINST


def against_mid(finding: Finding, mid: Mid, protocol: Protocol) -> FindingDirection | None:
    """The direction its numbers give; None where they give none."""
    found, sizes = on_units(finding, mid, protocol), units(mid)
    for unit, effect in found.items():
        return side(effect.benefit, sizes[unit], 3 if unit == "risk difference" else 2)
    return on_any_scale(finding, mid, protocol.vocabulary.outcomes[finding.outcome])


def on_any_scale(finding: Finding, mid: Mid, outcome: Outcome) -> FindingDirection | None:
    """A mean difference of no stated scale, where all scales that can hold it agree."""
    effect = finding.effect
    if effect is None or effect.measure != "MD" or effect.scale or not sound(effect):
        return None
    if mid.points is None or mid.scale is None:
        return None
    sign = -1 if outcome.better == "lower" else 1
    answers = {
        side(sign * effect.value * mid.scale / scale.length, mid.points, 2)
        for scale in outcome.scales
        if abs(effect.value) <= scale.length
    }
    return answers.pop() if len(answers) == 1 else None


def turned(finding: Finding) -> Finding:
    """The same finding told from the comparator's side."""
    effect = finding.effect

    def minus(value: float | None) -> float | None:
        return None if value is None else -value

    if effect is not None and effect.measure in ("MD", "SMD", "RD"):
        effect = Effect(
            effect.measure, -effect.value, minus(effect.ci_high), minus(effect.ci_low), effect.se,
            effect.p, effect.n_comparator, effect.n_intervention, effect.scale, effect.source,
        )  # fmt: skip
    elif effect is not None and effect.measure in ("RR", "OR", "HR"):
        effect = None
    change = {"lower": "higher", "higher": "lower"}.get(finding.change, finding.change)
    return Finding(
        finding.record_id, finding.comparator, finding.intervention, finding.outcome,
        OTHER_SIDE.get(finding.direction, finding.direction), change, finding.significant,
        finding.quote, finding.tagger, finding.weeks, finding.primary, effect,
        finding.arms[::-1], finding.confidence, finding.unclear_because, finding.cue,
    )  # fmt: skip
