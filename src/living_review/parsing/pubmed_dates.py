"""The dates of a PubMed record, as partial as they are printed."""

import re
from datetime import date

from lxml import etree

from living_review.model import PartialDate
from living_review.parsing.safe_xml import flat, parts

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")
MONTH_NAME = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\b", re.IGNORECASE)
DAY = re.compile(r"\b[0-3]?\d\b")
RANGE = re.compile(r"[-–/]")


def read_date(element: etree._Element | None) -> PartialDate | None:
    """The date under a PubDate, ArticleDate, DateRevised or PubMedPubDate; None if unreadable.

    A season is no month: its year is kept. A part that cannot be is dropped with what follows.
    """
    said = parts(element)
    year = YEAR.fullmatch(flat(said.get("Year")))
    if year is None:
        return read_medline_date(flat(said.get("MedlineDate")))
    return _made(int(year[0]), month_number(flat(said.get("Month"))), flat(said.get("Day")))


def read_medline_date(text: str) -> PartialDate | None:
    """The date in words such as `1998 Dec-1999 Jan`, `2000 Jul 8-14`, `1976-1977 Winter`.

    Of a range only what both its ends share is kept, since no more is known; a range over
    the turn of a year counts for its first year, as PubMed sorts it.
    """
    year = YEAR.search(text)
    if year is None:
        return None
    months = [month_number(name) for name in MONTH_NAME.findall(text)]
    if len(set(YEAR.findall(text))) > 1 or len(set(months)) != 1:
        return PartialDate(int(year[0]))
    day = "" if RANGE.search(text) else "".join(DAY.findall(text)[:1])
    return _made(int(year[0]), months[0], day)


def month_number(text: str) -> int | None:
    """1 to 12 for `5`, `05`, `May` or `Sept`; None for anything else."""
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    start = text[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else None


def _made(year: int, month: int | None, day: str) -> PartialDate:
    if month is None or not day.isdecimal():
        return PartialDate(year, month)
    try:
        date(year, month, int(day))
    except ValueError:
        return PartialDate(year, month)
    return PartialDate(year, month, int(day))
