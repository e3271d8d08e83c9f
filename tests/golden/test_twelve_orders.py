"""Nine real trials added in every within-year order: what readers are told turns at most once."""

from datetime import date, timedelta
from itertools import permutations, product

import pytest
from weighing_builders import nine_trials, the_protocol

from living_review.changes import Snapshot, compare
from living_review.model import Reading
from living_review.protocol import Protocol
from living_review.synthesis import weigh

MIDS = (0.375, 0.4, 0.425, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.875)


def orders() -> list[list[Reading]]:
    """Every order of trials within a year, years in turn: 2! × 3! = twelve."""
    years: dict[int, list[Reading]] = {}
    for reading in nine_trials():
        years.setdefault(reading.published.year, []).append(reading)
    each = [list(permutations(years[year])) for year in sorted(years)]
    return [[r for group in order for r in group] for order in product(*each)]


def protocol_with(mid: float) -> Protocol:
    whole = the_protocol("class-effect")
    mids = {
        **whole.rules.mids,
        "leg_pain_vs_placebo": whole.rules.mids["leg_pain_vs_placebo"].model_copy(
            update={"smd": mid}
        ),
    }
    return whole.model_copy(update={"rules": whole.rules.model_copy(update={"mids": mids})})


def told(order: list[Reading], protocol: Protocol) -> list[str]:
    """The announced direction after each update from the third trial (2010) on."""
    previous, announced, directions = None, {}, []
    for number in range(3, len(order) + 1):
        readings = tuple(order[:number])
        now = Snapshot(
            date(2010, 12, 31) + timedelta(days=number), protocol, readings, weigh(readings, protocol)
        )
        comparison = compare(previous, now, announced, {})
        previous, announced = now, comparison.announced
        directions.append(announced["class-effect"].direction)
    return directions


def test_there_are_twelve_orders() -> None:
    assert len(orders()) == 12


@pytest.mark.parametrize("mid", MIDS)
def test_at_most_one_turn_is_announced_and_every_order_ends_the_same(mid: float) -> None:
    protocol = protocol_with(mid)
    courses = [told(order, protocol) for order in orders()]
    assert all(len(course) == 7 for course in courses)
    turns = [sum(a != b for a, b in zip(c, c[1:], strict=False)) for c in courses]
    assert max(turns) <= 1
    assert len({course[-1] for course in courses}) == 1
