"""Dates as exports print them → partial dates, never fuller than printed."""

import re
from datetime import date

from living_review.model import PartialDate
from living_review.parsing.pubmed_dates import read_medline_date

# 2003 · 2003/05/12/ · 2003-05-12T00:00Z · 2003/05//Spring · 20030512
NUMBERS = re.compile(
    r"(?P<year>(?:1[5-9]|20|21)\d\d)"
    r"(?:(?P<mark>[/.-]?)(?P<month>\d{1,2})(?!\d)(?:(?P=mark)(?P<day>\d{1,2})(?!\d))?"
    r"|(?P<m>\d\d)(?P<d>\d\d)(?!\d))?"
    r"(?![\d])(?:\W.*|T.*)?"
)


def read_stated(text: str) -> PartialDate | None:
    """The date that a text begins with or names; None where it names no year.

    Of `12/05/2003` only the year is kept: which of the others is the month cannot be told.
    """
    found = NUMBERS.fullmatch(text.strip())
    if found is None:
        return read_medline_date(text)
    month, day = found["month"] or found["m"], found["day"] or found["d"]
    if month is None:
        return read_medline_date(text)
    year = int(found["year"])
    if not 1 <= int(month) <= 12:
        return PartialDate(year)
    try:
        date(year, int(month), int(day or 1))
    except ValueError:
        return PartialDate(year, int(month))
    return PartialDate(year, int(month), int(day) if day else None)


def fullest_date(*texts: str) -> PartialDate | None:
    """The fullest of several statements of one date; the first readable one has the year.

    A day without a year, as EndNote's `Jul 9` beside `2015`, is read in that year.
    """
    first = next((found for text in texts if (found := read_stated(text))), None)
    if first is None:
        return None
    read = [read_stated(text) or read_stated(f"{first.year} {text}") for text in texts if text]
    return max((d for d in read if d and d.year == first.year), key=_fullness, default=first)


def _fullness(found: PartialDate) -> int:
    return (found.month is not None) + (found.day is not None)
