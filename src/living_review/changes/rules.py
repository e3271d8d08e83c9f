"""The rules that compare two states of one claim (METHOD 5): B1, B2, MID, NPR, GRADE.

Internally DIRECTION stands for a direction that differs beyond the margin; readers see the rule
that made it: DIRECTION for a pool, COUNTS for counted studies, REVIEW for a review.
"""

from living_review.changes.anchors import Anchors, state_of
from living_review.changes.margins import holds
from living_review.model import Certainty, Conclusion, State
from living_review.protocol import Claim, Rules
from living_review.synthesis.certainty import rank
from living_review.synthesis.would_change import participants_needed

ALPHA = 0.05
_SLACK = 1e-9

ORDER = (
    "DIRECTION", "COUNTS", "REVIEW", "RETRACTION", "GRADE", "MID", "B1", "B2", "NPR",
    "A1", "A7", "A2", "A3", "A4", "A5", "A6", "EOC", "ERRATUM", "RESULTS",
)  # fmt: skip


def fired(anchors: Anchors, now: Conclusion, claim: Claim, rules: Rules) -> frozenset[str]:
    """Find the rules that are newly true.

    Against the previous version; or against what was announced, or the estimate of the baseline,
    and not so already then.
    """
    state = state_of(now)
    step = between(anchors.previous, state, claim, rules)
    drift = between(anchors.announced, state, claim, rules)
    before = between(anchors.announced, anchors.previous, claim, rules)
    found = step | (drift - before)
    if anchors.baseline is not None:
        found |= from_baseline(anchors.baseline, state, claim, rules) - from_baseline(
            anchors.baseline, anchors.previous, claim, rules
        )
    if holds(now, anchors.announced, rules):
        found |= {"DIRECTION"}
    return found


def between(before: State, after: State, claim: Claim, rules: Rules) -> frozenset[str]:
    """Find the rules true of two states, whatever the order of versions between them."""
    checks = {
        "B1": claim.primary and gains_or_loses_significance(before, after),
        "B2": claim.primary and effect_moves(before, after, rules),
        "MID": crosses_mid(before, after),
        "NPR": claim.asserts in ("benefit", "harm") and enough_participants(before, after, rules),
        "GRADE": certainty_moves(before, after),
    }
    return frozenset(rule for rule, true in checks.items() if true)


def from_baseline(baseline: State, after: State, claim: Claim, rules: Rules) -> frozenset[str]:
    """Find the rules on an estimate that are true of the baseline's and this one."""
    return between(baseline, after, claim, rules) & {"B2", "MID"}


def gains_or_loses_significance(before: State, after: State) -> bool:
    """B1 (Shojania 2007; Ottawa): the pooled estimate becomes significant or ceases to be."""
    if before.p is None or after.p is None:
        return False
    return (before.p < ALPHA) != (after.p < ALPHA)


def effect_moves(before: State, after: State, rules: Rules) -> bool:
    """B2 (Shojania 2007): relative change of at least 50 %; and, ours, of half the MID."""
    then, now, mid = _on_one_unit(before, after)
    if then is None or now is None or not mid:
        return False
    moved = abs(now - then)
    change = rules.change
    relative = moved >= change.relative_change * abs(then) - _SLACK
    return moved > 0 and relative and moved >= change.relative_change_min_mids * mid - _SLACK


def crosses_mid(before: State, after: State) -> bool:
    """MID (Core GRADE 2): the estimate passes a MID, or its interval gains or loses one."""
    if before.effect is None or after.effect is None or not before.mid or not after.mid:
        return False
    return _place(before) != _place(after)


def enough_participants(before: State, after: State, rules: Rules) -> bool:
    """NPR (after Barrowman 2003): new participants ÷ those still needed for significance."""
    if before.p is None or before.participants is None or after.participants is None:
        return False
    needed = participants_needed(before.p, before.participants)
    new = after.participants - before.participants
    return needed is not None and new > 0 and new >= rules.change.npr * needed - _SLACK


def certainty_moves(before: State, after: State) -> bool:
    """GRADE: certainty moves by a level; where it does not apply it cannot move."""
    return None not in (before.certainty, after.certainty) and before.certainty != after.certainty


def crosses_to_moderate(before: Certainty | None, after: Certainty | None) -> bool:
    """Whether certainty crosses low ↔ moderate, either way."""
    if before is None or after is None:
        return False
    return (rank(before) >= rank("moderate")) != (rank(after) >= rank("moderate"))


def _on_one_unit(before: State, after: State) -> tuple[float | None, float | None, float | None]:
    """Two effects and the MID on the same unit; in MIDs where their units differ."""
    if before.effect is None or after.effect is None:
        return None, None, None
    if before.unit == after.unit:
        return before.effect, after.effect, after.mid
    if not before.mid or not after.mid:
        return None, None, None
    return before.effect / before.mid, after.effect / after.mid, 1.0


def _place(state: State) -> tuple[int, bool, bool]:
    """Where the estimate lies, and whether the interval holds the MID on either side."""
    effect, mid = state.effect or 0.0, state.mid or 0.0
    low = effect if state.effect_low is None else state.effect_low
    high = effect if state.effect_high is None else state.effect_high
    zone = (effect >= mid) - (effect <= -mid)
    return zone, low < mid < high, low < -mid < high
