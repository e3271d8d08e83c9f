"""The states a conclusion is compared with: previous, announced, baseline (METHOD 5)."""

from dataclasses import replace
from typing import NamedTuple

from living_review.model import Conclusion, State
from living_review.protocol import Claim, Mid
from living_review.synthesis.effects import units_of


class Anchors(NamedTuple):
    """What stood in the previous version, what readers were last told, and the baseline.

    `baseline` is None before its date.
    """

    previous: State
    announced: State
    baseline: State | None = None


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


def baseline_state(claim: Claim, mid: Mid | None = None) -> State:
    """Give the baseline review's state: direction, certainty, and its estimate if it gave one."""
    stated = claim.baseline
    told = State(stated.direction, stated.certainty)
    if stated.effect is None or mid is None:
        return told
    effect = stated.effect
    return replace(
        told,
        effect=effect.benefit,
        effect_low=effect.low,
        effect_high=effect.high,
        unit=effect.unit,
        mid=units_of(mid).get(effect.unit),
    )


def told_now(announced: State, now: State, *, direction_changed: bool) -> State:
    """Say what readers are told after a CHANGED.

    A change of certainty alone leaves the announced direction where it is: a raw direction
    that differs only inside the margin must not slip in with it.
    """
    return now if direction_changed else replace(now, direction=announced.direction)
