"""Rows of dates for a replay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.dates import even_row
from living_review.errors import UserError


def row(first: str, last: str, every: str) -> list[str]:
    return [
        str(day) for day in even_row(date.fromisoformat(first), date.fromisoformat(last), every)
    ]


@pytest.mark.parametrize(
    ("first", "last", "every", "days"),
    [
        ("2020-12-31", "2022-12-31", "1y", ["2020-12-31", "2021-12-31", "2022-12-31"]),
        # The last date is always there, on the row or not.
        ("2020-12-31", "2022-06-30", "1y", ["2020-12-31", "2021-12-31", "2022-06-30"]),
        (
            "2020-01-15",
            "2020-04-15",
            "1m",
            ["2020-01-15", "2020-02-15", "2020-03-15", "2020-04-15"],
        ),
        # The end of a month stays the end of a month, also after a shorter one.
        (
            "2020-01-31",
            "2020-04-30",
            "1m",
            ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"],
        ),
        (
            "2021-02-28",
            "2021-05-31",
            "1m",
            ["2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31"],
        ),
        # A day that a month lacks is its last, and comes back afterwards.
        ("2021-01-30", "2021-03-30", "1m", ["2021-01-30", "2021-02-28", "2021-03-30"]),
        ("2019-11-30", "2020-11-30", "6m", ["2019-11-30", "2020-05-31", "2020-11-30"]),
        ("2020-02-29", "2024-02-29", "2y", ["2020-02-29", "2022-02-28", "2024-02-29"]),
        ("2020-06-01", "2020-06-01", "1y", ["2020-06-01"]),
        ("2020-06-01", "2020-06-02", "1y", ["2020-06-01", "2020-06-02"]),
    ],
)
def test_a_row_goes_from_first_to_last_by_even_steps(first, last, every, days):
    assert row(first, last, every) == days


@pytest.mark.parametrize("every", ["0m", "1", "m", "1w", "1.5y", "-1y", "1y ", "", "01m"])
def test_what_is_no_step_is_refused_with_an_example(every):
    with pytest.raises(UserError, match="is not a step; write it as 6m or 1y"):
        row("2020-01-01", "2021-01-01", every)


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(UserError, match="--to 2019-12-31 is before --from 2020-01-01"):
        row("2020-01-01", "2019-12-31", "1y")


@given(
    first=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 4000),
    months=st.integers(1, 30),
)
def test_any_row_rises_from_its_first_to_its_last_date(first, days, months):
    last = date.fromordinal(first.toordinal() + days)
    dates = even_row(first, last, f"{months}m")
    assert dates[0] == first
    assert dates[-1] == last
    assert dates == sorted(set(dates))
