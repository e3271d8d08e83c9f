"""The orders in which the trials of a table could have come."""

from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.backtest import orders

YEARS = st.lists(st.integers(0, 3), max_size=4).map(
    lambda sizes: [[(year, trial) for trial in range(size)] for year, size in enumerate(sizes)]
)


@settings(max_examples=30)
@given(YEARS)
def test_every_order_within_a_year_comes_once_and_in_turn(years):
    by_hand = [
        tuple(trial for year in order for trial in year)
        for order in product(*(permutations(year) for year in years))
    ]
    assert list(orders.within_years(years)) == by_hand
    assert orders.count(years) == len(by_hand)


def test_too_many_orders_are_taken_evenly_from_all_of_them():
    years = [list("ab"), list("cdefg")]
    some = list(orders.within_years(years, most=10))

    assert len(set(some)) == len(some) == 10
    assert some[0] == tuple("abcdefg")
    assert {order[:2] for order in some} == {("a", "b"), ("b", "a")}


def test_a_year_of_twenty_trials_costs_no_more_than_the_cap():
    assert len(list(orders.within_years([list(range(20))], most=50))) == 50
