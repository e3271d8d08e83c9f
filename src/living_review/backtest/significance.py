"""The naive rule of published examples: is the pooled effect significant, and on which side.

DerSimonian and Laird 1986 (Control Clin Trials 7:177) with the normal 95 % interval, the default
of meta-analysis programs for decades. It knows no smallest difference that matters.
"""

from collections.abc import Sequence
from typing import Literal

from living_review.model import Evidence

Significance = Literal["significant_benefit", "significant_harm", "not_significant", "no_effects"]

Z95 = 1.959964  # the 97.5th percentile of the normal distribution


def significance(effects: Sequence[Evidence]) -> Significance:
    """Say what the rule says of these effects, all on one unit; one alone is its own interval."""
    if not effects:
        return "no_effects"
    mean, error = _pooled([(e.benefit or 0.0, e.benefit_se or 0.0) for e in effects])
    if abs(mean) <= Z95 * error:
        return "not_significant"
    return "significant_benefit" if mean > 0 else "significant_harm"


def effects_on_one_unit(
    evidence: Sequence[Evidence], units: Sequence[str] = ()
) -> tuple[Evidence, ...]:
    """Choose the effects of the settling primary studies on the unit that most of them are on.

    On a tie the first of `units`, the claim's own in its order, is taken.
    """
    usable = [
        item for item in evidence
        if item.settles and item.design != "systematic_review"
        and item.unit is not None and item.benefit is not None and item.benefit_se
    ]  # fmt: skip
    on = [item.unit for item in usable]
    ranked = [*units, *sorted({unit for unit in on if unit is not None} - set(units))]
    unit = max(ranked, key=on.count, default=None)
    return tuple(item for item in usable if item.unit == unit)


def _pooled(effects: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Mean and standard error with DerSimonian and Laird's τ²; sums in an order of their own."""
    pairs = sorted(effects)
    weights = [1 / error**2 for _, error in pairs]
    total = sum(weights)
    fixed = sum(w * y for w, (y, _) in zip(weights, pairs, strict=True)) / total
    q = sum(w * (y - fixed) ** 2 for w, (y, _) in zip(weights, pairs, strict=True))
    c = total - sum(w * w for w in weights) / total
    tau2 = max(0.0, (q - (len(pairs) - 1)) / c) if len(pairs) > 1 and c > 0 else 0.0
    weights = [1 / (error**2 + tau2) for _, error in pairs]
    total = sum(weights)
    mean = sum(w * y for w, (y, _) in zip(weights, pairs, strict=True)) / total
    return float(mean), float(total**-0.5)
