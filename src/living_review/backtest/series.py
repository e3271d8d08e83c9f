"""A table of trials added one by one, in every within-year order, under each policy and MID.

Every effect is taken as direct evidence on the claim, whatever its comparator and population, as
a cumulative meta-analysis takes it. The rules are the review's own: `weigh` and `compare`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise

from living_review.backtest import orders as ordering
from living_review.backtest.direct import (
    as_direct,
    compared_otherwise,
    only,
    shown_mid,
    usable,
    with_mid,
)
from living_review.backtest.history import turns
from living_review.backtest.policies import POLICIES, Policy
from living_review.backtest.significance import effects_on_one_unit, significance
from living_review.changes import Snapshot, compare
from living_review.model import Conclusion, Reading, State
from living_review.protocol import Protocol
from living_review.synthesis import weigh
from living_review.synthesis.effects import units_of

FIRST = 3  # trials before anything is told: from three on they are pooled (METHOD 4)
MOST_SWEPT = 120  # orders at each MID of the sweep
# Multiples of the claim's own MID: 0.375 to 0.875 where that is 0.5.
FACTORS = tuple(0.75 + 0.025 * step for step in range(41))

States = Mapping[Policy, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order of trials: what each policy told after each, and how often it turned."""

    trials: tuple[str, ...]
    states: States
    turns: Mapping[Policy, int]


@dataclass(frozen=True, slots=True)
class Swept:
    """All orders at one MID: the most turns of any order, and every state that ended one."""

    mid: float
    most_turns: Mapping[Policy, int]
    ends: Mapping[Policy, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Series:
    """The whole back-test of a table. `orders` are at the claim's own MID; `unit` is its unit.

    `possible` is how many orders there are; `orders` are fewer where that passes the cap, and
    `swept` is how many of them the sweep went through. `years` has each trial's. `left_out` are
    the records without an effect on the claim, `compared_otherwise` those taken although their
    comparator is none of the claim's.
    """

    claim: str
    trials: tuple[str, ...]
    years: tuple[int, ...]
    unit: str
    mid: float
    updates: int
    possible: int
    swept: int
    orders: tuple[Ordered, ...]
    sweep: tuple[Swept, ...]
    left_out: tuple[str, ...] = ()
    compared_otherwise: tuple[str, ...] = ()


def run_series(
    readings: Sequence[Reading],
    protocol: Protocol,
    claim: str,
    factors: Sequence[float] = FACTORS,
    most: int = ordering.MOST_ORDERS,
) -> Series:
    """Tell the series in every order, at the claim's MID and at each of its multiples.

    `readings` have their effects as `extracted` and a date of publication; the claim has a MID.
    Fewer than three usable trials make a series with no order.
    """
    alone = only(protocol, claim)
    taken, left_out = usable([as_direct(one, alone) for one in readings], alone)
    unit, mid = shown_mid(taken, alone)
    years = by_year(taken)
    rows = list(ordering.within_years(years, most)) if len(taken) >= FIRST else []
    some = list(ordering.within_years(years, min(most, MOST_SWEPT))) if rows else []
    told = tell(rows, alone)
    trials = [reading for year in years for reading in year]
    return Series(
        claim=claim,
        trials=tuple(reading.record_id for reading in trials),
        years=tuple(_year(reading) for reading in trials),
        unit=unit,
        mid=mid,
        updates=max(0, len(taken) - FIRST + 1),
        possible=ordering.count(years),
        swept=len(some),
        orders=tuple(_ordered(row, states) for row, states in zip(rows, told, strict=True)),
        sweep=tuple(
            _swept(mid * factor, tell(some, with_mid(alone, factor))) for factor in factors if some
        ),
        left_out=left_out,
        compared_otherwise=compared_otherwise(readings, alone.claims[0], trials),
    )


def by_year(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The trials of each year of publication, years in turn."""
    known = sorted(readings, key=lambda r: (_year(r), r.known_on or date.max, r.record_id))
    return [list(group) for _, group in groupby(known, _year)]


def tell(rows: Sequence[Sequence[Reading]], protocol: Protocol) -> list[States]:
    """What each policy tells in each order, from the third trial on.

    `protocol` has one claim. What a set of trials says does not depend on their order, so that
    each set is weighed once, and each step between two sets is compared once.
    """
    by_id = {reading.record_id: reading for row in rows for reading in row}
    claim = protocol.claims[0]

    @cache
    def weighed(names: frozenset[str]) -> Snapshot:
        readings = tuple(by_id[name] for name in sorted(names))
        day = max(reading.published.last_day() for reading in readings if reading.published)
        return Snapshot(day, protocol, readings, weigh(readings, protocol, fragility=False))

    @cache
    def announced(before: frozenset[str], now: frozenset[str], told: State) -> State:
        return compare(weighed(before), weighed(now), {claim.id: told}, {}).announced[claim.id]

    @cache
    def significant(names: frozenset[str]) -> str:
        units = tuple(units_of(protocol.rules.mids[claim.mid or ""]))
        return significance(effects_on_one_unit(_conclusion(weighed(names)).evidence, units))

    return [_told(row, weighed, announced, significant) for row in rows]


def _year(reading: Reading) -> int:
    return reading.published.year if reading.published else 0


def _told(
    row: Sequence[Reading],
    weighed: Callable[[frozenset[str]], Snapshot],
    announced: Callable[[frozenset[str], frozenset[str], State], State],
    significant: Callable[[frozenset[str]], str],
) -> States:
    names = [reading.record_id for reading in row]
    sets = [frozenset(names[:size]) for size in range(FIRST, len(names) + 1)]
    first = compare(None, weighed(sets[0]), {}, {}).announced
    (told,) = first.values()
    ours = [told]
    for before, now in pairwise(sets):
        ours.append(announced(before, now, ours[-1]))
    return {
        "ours": tuple(str(state.direction) for state in ours),
        "previous": tuple(str(_conclusion(weighed(each)).direction) for each in sets),
        "significance": tuple(significant(each) for each in sets),
    }


def _conclusion(snapshot: Snapshot) -> Conclusion:
    (conclusion,) = snapshot.conclusions
    return conclusion


def _ordered(row: Sequence[Reading], states: States) -> Ordered:
    names = tuple(reading.record_id for reading in row)
    return Ordered(names, states, {policy: turns(states[policy]) for policy in POLICIES})


def _swept(mid: float, told: Sequence[States]) -> Swept:
    return Swept(
        mid,
        {policy: max(turns(states[policy]) for states in told) for policy in POLICIES},
        {policy: tuple(sorted({states[policy][-1] for states in told})) for policy in POLICIES},
    )
