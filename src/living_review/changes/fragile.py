"""Changes that may not last: resting on one study, or found by looking often (METHOD 5)."""

from collections.abc import Collection

from living_review.model import Conclusion, State
from living_review.protocol import ChangeRules

ALPHA = 0.05

# Rules about what the evidence amounts to; a label on the conclusion is one on these.
_OF_THE_WHOLE = frozenset({"DIRECTION", "GRADE", "B1", "B2", "MID"})


def because(
    fired: Collection[str],
    conclusion: Conclusion,
    states: tuple[State, State],
    looks: int,
    rules: ChangeRules,
) -> str:
    """Say why the change is fragile; empty when it is not.

    `looks` are the updates in which this pool changed, this one included.
    """
    before, after = states
    reasons = []
    if conclusion.fragile and _OF_THE_WHOLE & set(fired):
        reasons.append(conclusion.fragile_because)
    if "B1" in fired and not survives_repeated_looks(before.p, after.p, looks, rules):
        factor, beyond = multiplier(looks, rules)
        times = f"p × {factor:g} for {looks} updates of this pool"
        more = ", the table ending earlier" if beyond else ""
        reasons.append(
            f"its significance does not survive the correction for looking often ({times}{more})"
        )
    return "; ".join(reasons)


def survives_repeated_looks(
    before: float | None, after: float | None, looks: int, rules: ChangeRules
) -> bool:
    """Whether B1 still fires with p × 4 / 6 / 8 / 10 (Borm and Donders 2009).

    A gain counts when the new p stays below 0.05 after the correction. A loss counts when what
    is lost was significant by the same measure; else there was nothing firm to lose.
    """
    significant = [p for p in (before, after) if p is not None and p < ALPHA]
    factor, _ = multiplier(looks, rules)
    return any(p * factor < ALPHA for p in significant)


def multiplier(looks: int, rules: ChangeRules) -> tuple[float, bool]:
    """The factor on p after so many updates, and whether the table of looks was overrun."""
    for up_to, factor in rules.repeated_looks:
        if looks <= up_to:
            return factor, False
    return rules.repeated_looks[-1][1], True
