"""Rows of dates for a replay."""

import re
from datetime import date, timedelta

from living_review.errors import UserError
from living_review.model import PartialDate


def even_row(first: date, last: date, every: str) -> list[date]:
    """Dates from `first` to `last` by steps such as 6m or 1y; `last` is always among them.

    UserError for a step that is none or an end before the beginning.
    """
    step = re.fullmatch(r"([1-9]\d*)([my])", every)
    if step is None:
        raise UserError(f"--every {every} is not a step; write it as 6m or 1y")
    if last < first:
        raise UserError(f"--to {last} is before --from {first}")
    months = int(step.group(1)) * (12 if step.group(2) == "y" else 1)
    row = [first]
    while (following := _months_later(first, months * len(row))) < last:
        row.append(following)
    return row if row[-1] == last else [*row, last]


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the end of a month stays the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = PartialDate(year, month + 1).last_day()
    is_end = (day + timedelta(days=1)).month != day.month
    return end if is_end else end.replace(day=min(day.day, end.day))
