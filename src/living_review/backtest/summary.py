"""All claims together: how often each policy changed its mind, and how long it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from living_review.backtest.history import Course
from living_review.backtest.policies import NOTHING, POLICIES, Policy


@dataclass(frozen=True, slots=True)
class Counted:
    """One policy over all claims. `claims` are those it ever had an answer on; days are waits."""

    claims: int
    changes: int
    first_answers: int
    turns: int
    reversals: int
    claims_reversed: int
    most_turns: int
    dated: int  # changes that new, dated records made: the ones whose wait is known
    mean_days: float | None
    median_days: float | None
    longest_days: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version the back-test went through."""

    version: str
    as_of: date


@dataclass(frozen=True, slots=True)
class History:
    """The whole of a history: its versions, each claim's course, and the sums by policy.

    `updates` are the dates at which a change could have been told, from the first version on:
    most of them bring none, and so no version.
    """

    versions: tuple[Version, ...]
    updates: tuple[date, ...]
    courses: tuple[Course, ...]
    counted: Mapping[Policy, Counted]
    held_back: int


def history(
    versions: Sequence[tuple[str, date]], courses: Sequence[Course], searched: Sequence[date] = ()
) -> History:
    """Sum up; `versions` oldest first, `searched` every date the review was brought up to."""
    dates = {*searched, *(as_of for _, as_of in versions)}
    return History(
        tuple(Version(name, as_of) for name, as_of in versions),
        tuple(sorted(day for day in dates if day >= versions[0][1])),
        tuple(courses),
        {policy: _counted(courses, policy) for policy in POLICIES},
        sum(one.held_back for one in courses),
    )


def _counted(courses: Sequence[Course], policy: Policy) -> Counted:
    moves = [move for one in courses for move in one.moves[policy]]
    waits = [move.days for move in moves if move.days is not None]
    return Counted(
        claims=sum(not NOTHING.issuperset(one.states[policy]) for one in courses),
        changes=len(moves),
        first_answers=sum(move.first for move in moves),
        turns=sum(one.turns(policy) for one in courses),
        reversals=sum(one.reversals(policy) for one in courses),
        claims_reversed=sum(one.reversals(policy) > 0 for one in courses),
        most_turns=max((one.turns(policy) for one in courses), default=0),
        dated=len(waits),
        mean_days=float(mean(waits)) if waits else None,
        median_days=float(median(waits)) if waits else None,
        longest_days=max(waits, default=None),
    )
