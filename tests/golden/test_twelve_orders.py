"""Nine real trials added in every within-year order: what readers are told turns at most once."""

from datetime import date, timedelta
from itertools import pairwise, permutations, product

import pytest

from living_review.changes import Snapshot, compare
from living_review.model import Reading
from living_review.protocol import Protocol
from living_review.synthesis import weigh
from tests.weighing_builders import nine_trials, the_protocol

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
        day = date(2010, 12, 31) + timedelta(days=number)
        now = Snapshot(day, protocol, readings, weigh(readings, protocol))
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
    turns = [sum(a != b for a, b in pairwise(c)) for c in courses]
    assert max(turns) <= 1
    assert len({course[-1] for course in courses}) == 1


def significance_only(order: list[Reading]) -> list[bool]:
    """The naive rule beside it: DerSimonian and Laird, p below 0.05, in plain Python."""
    significant = []
    for number in range(3, len(order) + 1):
        effects = [reading.extracted[0].effect for reading in order[:number]]
        y, v = [e.value for e in effects], [e.se**2 for e in effects]
        w = [1 / x for x in v]
        fixed = sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
        q = sum(a * (b - fixed) ** 2 for a, b in zip(w, y, strict=True))
        c = sum(w) - sum(a * a for a in w) / sum(w)
        tau2 = max(0.0, (q - (number - 1)) / c)
        w = [1 / (x + tau2) for x in v]
        mean = sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
        significant.append(abs(mean) * sum(w) ** 0.5 > 1.96)
    return significant


def test_a_significance_only_rule_turns_up_to_four_times_in_seven_updates() -> None:
    turns = [sum(a != b for a, b in pairwise(significance_only(order))) for order in orders()]
    assert (max(turns), len(turns)) == (4, 12)
