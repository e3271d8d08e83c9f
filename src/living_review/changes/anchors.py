"""The states a conclusion is compared with: previous, announced, baseline (METHOD 5)."""

from dataclasses import replace
from typing import NamedTuple

from living_review.model import Conclusion, State
from living_review.protocol import Claim


class Anchors(NamedTuple):
    """What stood in the previous version, and what readers were last told."""

    previous: State
    announced: State


def state_of(conclusion: Conclusion) -> State:
    """Reduce a conclusion to what changes compare; an effect only where a pool decides."""
    told = State(conclusion.direction, conclusion.certainty, participants=conclusion.participants)
    pool = conclusion.pool
    if conclusion.method != "pooled" or pool is None:
        return told
    return replace(
        told,
        effect=pool.benefit,
        effect_low=pool.benefit_low,
        effect_high=pool.benefit_high,
        p=pool.p,
        unit=pool.unit,
        mid=pool.mid,
    )


def baseline_state(claim: Claim) -> State:
    """Give the baseline review's state: a direction and a certainty, never a number."""
    return State(claim.baseline.direction, claim.baseline.certainty)


def told_now(announced: State, now: State, *, direction_changed: bool) -> State:
    """Say what readers are told after a CHANGED.

    A change of certainty alone leaves the announced direction where it is: a raw direction
    that differs only inside the margin must not slip in with it.
    """
    return now if direction_changed else replace(now, direction=announced.direction)
