"""Whether a direction differs from the announced one by more than a margin (METHOD 5)."""

from living_review.model import Conclusion, State
from living_review.protocol import Rules
from living_review.synthesis.direction import direction_of


def differs(conclusion: Conclusion, announced: State) -> bool:
    """Whether the raw direction is another than the announced one."""
    return conclusion.direction != announced.direction


def holds(conclusion: Conclusion, announced: State, rules: Rules) -> bool:
    """Whether it differs, and is the same direction with the MID 20 % smaller and 20 % larger.

    A direction that the margin itself would turn is not told as news: on the nine real trials
    with a MID of 0.375 it would be told "benefit" once and taken back two trials later. Only
    pools have a MID to move; what counts or a review say, they say outright. From no evidence
    at all, any direction is news.
    """
    pool = conclusion.pool
    if not differs(conclusion, announced):
        return False
    if conclusion.method != "pooled" or pool is None or pool.mid is None:
        return True
    margin = rules.change.mid_margin
    directions = {
        direction_of(pool.benefit, pool.benefit_low, pool.benefit_high, pool.mid * factor)
        for factor in (1 - margin, 1.0, 1 + margin)
    }
    return announced.direction == "no_evidence" or len(directions) == 1
