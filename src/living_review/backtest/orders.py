"""The orders in which trials could have come: years in turn, every order within a year."""

from collections.abc import Iterator, Sequence
from math import factorial, prod
from typing import TypeVar

Trial = TypeVar("Trial")

MOST_ORDERS = 5040  # 7!; beyond it orders are taken evenly from the whole row


def count(years: Sequence[Sequence[Trial]]) -> int:
    """How many orders there are; `years` are the trials of each year."""
    return prod(factorial(len(year)) for year in years)


def within_years(
    years: Sequence[Sequence[Trial]], most: int = MOST_ORDERS
) -> Iterator[tuple[Trial, ...]]:
    """Yield every order of trials within a year, or `most` evenly spaced ones of them.

    The first year changes slowest, and the trials' own order comes first.
    """
    there_are = count(years)
    shown = min(there_are, most)
    for number in range(shown):
        yield _order(years, number * there_are // shown)


def _order(years: Sequence[Sequence[Trial]], number: int) -> tuple[Trial, ...]:
    """The order of that number: its digits are the permutation of each year, last year first."""
    row: list[Trial] = []
    for year in reversed(years):
        number, digit = divmod(number, factorial(len(year)))
        row = [*_permutation(year, digit), *row]
    return tuple(row)


def _permutation(trials: Sequence[Trial], number: int) -> list[Trial]:
    """The permutation of that number in the order of `itertools.permutations`."""
    left, found = list(trials), []
    for size in range(len(left), 0, -1):
        place, number = divmod(number, factorial(size - 1))
        found.append(left.pop(place))
    return found
