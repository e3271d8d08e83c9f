"""When an outcome was measured, as people write it in a table: '8 weeks', '3 months', 'week 12'."""

import re

_UNIT = r"days?|d|weeks?|wks?|w|months?|mo|years?|yrs?|y"
_NUMBER = r"\d+(?:\.\d+)?"
_TIME = re.compile(rf"({_NUMBER})\s*({_UNIT})|({_UNIT})\s*({_NUMBER})", re.IGNORECASE)
# The same lengths that tagging gives months and years, so that both meet one window.
_WEEKS = {"d": 1 / 7, "w": 1.0, "m": 52 / 12, "y": 52.0}


def weeks_of(text: str) -> float:
    """The time in weeks, to two decimals; ValueError says how to write what cannot be read.

    A bare number is refused: nothing says what it counts.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("write a number and its unit, as '8 weeks', '10 days' or '3 months'")
    number, unit = (found[1], found[2]) if found[1] else (found[4], found[3])
    weeks = round(float(number) * _WEEKS[unit[0].lower()], 2)
    if weeks <= 0:
        raise ValueError("a follow-up is longer than nothing")
    return weeks
