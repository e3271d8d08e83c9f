"""The axis of time that pictures over versions share: dates to places, versions as ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from living_review.reporting.canonical import Json
from living_review.reporting.figures.canvas import Canvas
from living_review.reporting.figures.inks import INK, LINE, MUTED
from living_review.reporting.figures.letters import FINE, room_of

_GAP = 7.0  # units between two labels


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates from `first` on between the units `left` and `right`; the last state goes on a little.

    `places` are the versions' places, oldest first, each with its name.
    """

    left: float
    right: float
    first: date
    last: date
    places: tuple[tuple[float, str], ...]

    def place(self, day: date) -> float:
        """The place of a day."""
        whole = (self.last - self.first).days
        share = (day - self.first).days / whole if whole else 0.0
        return self.left + share * (self.right - self.left - self.beyond)

    @property
    def beyond(self) -> float:
        """Units that the last version's state is drawn beyond its date: it still holds."""
        return 14.0 if self.last > self.first else self.right - self.left


def calendar(told: Sequence[Json], left: float, right: float) -> Calendar:
    """Make the axis of these versions, oldest first; at least one."""
    days = [date.fromisoformat(report["as_of"]) for report in told]
    bare = Calendar(left, right, days[0], days[-1], ())
    places = tuple(
        (bare.place(day), str(report["version"])) for day, report in zip(days, told, strict=True)
    )
    return Calendar(left, right, days[0], days[-1], places)


def draw_versions(canvas: Canvas, axis: Calendar, top: float, bottom: float) -> None:
    """Draw each version as a hair line, and the names for which there is room, `top` above."""
    at = sorted({place for place, _ in axis.places})
    canvas.lines([[(x, top), (x, bottom)] for x in at], ink=LINE, width=0.6)
    canvas.lines([[(x, top - 4), (x, top)] for x in at], ink=MUTED, width=0.8)
    for place, name in _named(axis):
        canvas.text(place, top - 10, name, size=FINE, ink=MUTED, anchor="middle")


def _named(axis: Calendar) -> list[tuple[float, str]]:
    """Choose the names to write: the newest first, then the oldest, majors, the others."""
    oldest, newest = axis.places[0], axis.places[-1]
    others = axis.places[1:-1]
    majors = [one for one in others if one[1].endswith(".0.0")]
    shown: list[tuple[float, str]] = []
    for one in (newest, oldest, *majors, *(o for o in others if o not in majors)):
        half = room_of(one[1], FINE) / 2
        if all(abs(one[0] - x) >= half + room_of(name, FINE) / 2 + _GAP for x, name in shown):
            shown.append(one)
    return sorted(shown)


def draw_years(canvas: Canvas, axis: Calendar, at: float) -> None:
    """Draw the years below the rows; of a short history the first and last day instead."""
    canvas.line([(axis.left, at), (axis.right, at)], ink=MUTED, width=0.8)
    years = [y for y in range(axis.first.year, axis.last.year + 1) if date(y, 1, 1) >= axis.first]
    if len(years) < 3:
        canvas.text(axis.left, at + 11, str(axis.first), size=FINE, ink=MUTED)
        if axis.last > axis.first:
            canvas.text(axis.right, at + 11, str(axis.last), size=FINE, ink=MUTED, anchor="end")
        return
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if _fits(axis, years, s))
    shown = [(axis.place(date(year, 1, 1)), year) for year in years if year % step == 0]
    canvas.lines([[(place, at), (place, at + 4)] for place, _ in shown], ink=MUTED, width=0.8)
    for place, year in shown:
        canvas.text(place, at + 11, str(year), size=FINE, ink=INK, anchor="middle")


def _fits(axis: Calendar, years: Sequence[int], step: int) -> bool:
    year = (axis.right - axis.left - axis.beyond) / max(1, len(years))
    return year * step >= room_of("2000", FINE) + _GAP or step == 100
