"""Back-test: what our rules and two naive ones would have told over one course of events. Pure.

Policies are in `policies`, one claim through the versions in `history`, all claims together in
`summary`, a table of trials in every within-year order in `orders` and `series`.
"""

from living_review.backtest.history import Course, Moment, Move, course
from living_review.backtest.policies import NOTHING, POLICIES, Policy
from living_review.backtest.series import Series, run_series
from living_review.backtest.summary import History, history

__all__ = [
    "NOTHING", "POLICIES", "Course", "History", "Moment", "Move", "Policy", "Series", "course",
    "history", "run_series",
]  # fmt: skip
