"""Whether a direction differs from the announced one by more than a margin (METHOD 5)."""

from living_review.model import Conclusion, State
from living_review.protocol import Rules
from living_review.synthesis.direction import direction_of


def differs(conclusion: Conclusion, announced: State) -> bool:
    """Whether the raw direction is another than the announced one."""
    return conclusion.direction != announced.direction


def holds(conclusion: Conclusion, announced: State, rules: Rules) -> bool:
    """Whether it still differs with the MID 20 % smaller and 20 % larger.

    Only pools have a MID to move; what counts or a review say, they say outright.
    """
    pool = conclusion.pool
    if conclusion.method != "pooled" or pool is None or pool.mid is None:
        return differs(conclusion, announced)
    margin = rules.change.mid_margin
    directions = {
        direction_of(pool.benefit, pool.benefit_low, pool.benefit_high, pool.mid * factor)
        for factor in (1 - margin, 1.0, 1 + margin)
    }
    return announced.direction not in directions
