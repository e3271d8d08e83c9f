"""A pool as it grew: what the studies that could be known by then said together (ours).

It is told with a report and used by no rule. Each step pools the studies of today's pool as they
are read today, so that it shows what came when, and not what an older version said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from living_review.model import Conclusion, Evidence, Pool
from living_review.synthesis import pooling
from living_review.synthesis.reml import Z95


@dataclass(frozen=True, slots=True)
class Step:
    """The pool after the studies that could first be known on one day; benefits on `unit`.

    Without a pool (the effects by then could not be pooled) the numbers are None. `known_on` is
    None for studies of unknown date, which come last.
    """

    added: tuple[Evidence, ...]
    known_on: date | None
    k: int
    benefit: float | None
    benefit_low: float | None
    benefit_high: float | None
    unit: str


def cumulative(weighed: Conclusion) -> tuple[Step, ...]:
    """Pool the studies of a conclusion's pool day by day; empty where it has no pool.

    One study stands for itself, with Wald's interval. The last step is the conclusion's pool.
    """
    if weighed.pool is None:
        return ()
    studies = sorted(_pooled(weighed, weighed.pool), key=lambda e: (_day(e), e.study))
    so_far: list[Evidence] = []
    steps = []
    for _, added in groupby(studies, key=_day):
        new = tuple(added)
        so_far += new
        steps.append(_step(new, so_far, weighed.pool))
    return tuple(steps)


def _pooled(weighed: Conclusion, pool: Pool) -> list[Evidence]:
    """The studies that the pool is made of: those that settle and are exact on its unit."""
    return [
        item
        for item in weighed.evidence
        if item.settles and item.design != "systematic_review"
        and item.unit == pool.unit and item.benefit_se is not None
    ]  # fmt: skip


def _day(item: Evidence) -> date:
    return item.known_on or date.max


def _step(new: tuple[Evidence, ...], so_far: Sequence[Evidence], pool: Pool) -> Step:
    numbers: tuple[float | None, float | None, float | None] = (None, None, None)
    benefits = [item.benefit or 0.0 for item in so_far]
    errors = [item.benefit_se or 0.0 for item in so_far]
    if len(so_far) == 1:
        half = Z95 * errors[0]
        numbers = (benefits[0], benefits[0] - half, benefits[0] + half)
    else:
        made = pooling.pool(benefits, errors, measure=pool.measure, unit=pool.unit, mid=pool.mid)
        if isinstance(made, Pool):
            numbers = (made.benefit, made.benefit_low, made.benefit_high)
    return Step(new, new[0].known_on, len(so_far), *numbers, pool.unit)
