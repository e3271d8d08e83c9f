"""What was said of a claim, as a band through time: filled by direction, as high as it is certain.

Timeline and history share it. A band says its direction by shade, hatching and sign, its
certainty by one to four steps of height; so it reads in grey.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.figures.calendar import Calendar
from living_review.reporting.figures.canvas import Canvas
from living_review.reporting.figures.inks import CHANGED, LINE, LOOKS, MUTED, SIGNAL
from living_review.reporting.figures.svg import FINE

HEIGHTS = {None: 8.0, "very_low": 8.0, "low": 12.0, "moderate": 16.0, "high": 20.0}
TALLEST = 20.0
_SIGN = 6.0
LEGEND = 46.0  # units that the legend takes


class Said(NamedTuple):
    """What one version said of a claim."""

    version: str
    as_of: str
    place: int  # among the versions
    direction: str | None
    certainty: str | None
    classes: frozenset[str]  # of the version's changes of the claim: CHANGED, SIGNAL


def said_of(claim: str, told: Sequence[Json]) -> list[Said]:
    """What each version that has the claim said of it, oldest first."""
    return [
        Said(
            str(report["version"]), report["as_of"], place,
            conclusion["direction"], conclusion["certainty"],
            frozenset(c["class"] for c in report["changes"] if c["claim"] == claim),
        )
        for place, report in enumerate(told)
        for conclusion in report["conclusions"]
        if conclusion["claim"] == claim
    ]  # fmt: skip


def stretches(said: Sequence[Said]) -> Iterator[list[Said]]:
    """Runs of neighbouring versions that say the same direction."""
    runs = groupby(enumerate(said), key=lambda one: (one[1].direction, one[1].place - one[0]))
    for _, run in runs:
        yield [one for _, one in run]


def draw_band(canvas: Canvas, axis: Calendar, said: Sequence[Said], floor: float) -> None:
    """Draw a claim's band standing on `floor`, with its marks above."""
    canvas.line([(axis.left, floor), (axis.right, floor)], ink=LINE, width=0.6)
    for run in stretches(said):
        _stretch(canvas, axis, run, floor)
    for one in said:
        _marks(canvas, axis.places[one.place][0], floor - TALLEST - 1, one.classes)


def _stretch(canvas: Canvas, axis: Calendar, run: Sequence[Said], floor: float) -> None:
    look = LOOKS[run[0].direction]
    start, end = axis.places[run[0].place][0], _until(axis, run[-1].place)
    if look.face == "none":
        canvas.line([(start, floor - 4), (end, floor - 4)], ink=MUTED, dash=(0, (1, 2.5)))
    else:
        top = [
            (x, floor - HEIGHTS[one.certainty])
            for one in run
            for x in (axis.places[one.place][0], _until(axis, one.place))
        ]
        canvas.shape([(start, floor), *top, (end, floor)], face=look.face, edge=MUTED, width=0.5,
                     hatch=look.hatch)  # fmt: skip
    if end - start >= _SIGN + 4:
        _sign(canvas, start + 6.5, floor - 4, run[0].direction)


def _sign(canvas: Canvas, x: float, y: float, direction: str | None) -> None:
    look = LOOKS[direction]
    if look.hatch:
        canvas.box(x - 4.2, y - 3.6, x + 4.2, y + 3.6, face=look.face)
    canvas.mark(x, y, look.marker, ink=look.sign, size=_SIGN, hollow=look.face == "none")


def _until(axis: Calendar, place: int) -> float:
    return axis.places[place + 1][0] if place + 1 < len(axis.places) else axis.right


def _marks(canvas: Canvas, x: float, y: float, classes: frozenset[str]) -> None:
    if "CHANGED" in classes:
        canvas.mark(x, y, "D", ink=CHANGED, size=6.5)
    elif "SIGNAL" in classes:
        canvas.mark(x, y, "^", ink=SIGNAL, size=6, hollow=True)


def draw_legend(canvas: Canvas, top: float) -> None:
    """Say what shades, heights and marks mean; every direction has its sign beside its name."""
    shown = ("benefit", "little_or_none", "harm", "uncertain", "no_evidence")
    for place, direction in zip((4, 92, 232, 306, 416), shown, strict=True):
        look = LOOKS[direction]
        if look.face == "none":
            canvas.line([(place, top), (place + 18, top)], ink=MUTED, dash=(0, (1, 2.5)))
        else:
            canvas.box(place, top - 5, place + 18, top + 5, face=look.face, edge=MUTED, width=0.5,
                       hatch=look.hatch)  # fmt: skip
        _sign(canvas, place + 9, top, direction)
        canvas.text(place + 23, top, words.DIRECTIONS[direction][1], size=FINE, ink=MUTED)
    low = top + 28
    for step, height in enumerate(list(HEIGHTS.values())[1:]):
        canvas.box(4 + 8 * step, low + 8 - height, 12 + 8 * step, low + 8, face=LOOKS[None].face,
                   edge=MUTED, width=0.5)  # fmt: skip
    canvas.text(42, low + 2, "the higher, the more certain (very low to high)", size=FINE,
                ink=MUTED)  # fmt: skip
    canvas.mark(372, low + 2, "D", ink=CHANGED, size=6.5)
    canvas.text(381, low + 2, "changed", size=FINE, ink=MUTED)
    canvas.mark(452, low + 2, "^", ink=SIGNAL, size=6, hollow=True)
    canvas.text(461, low + 2, "signal: may change", size=FINE, ink=MUTED)


def course(said: Sequence[Said]) -> str:
    """Tell a band in words: each state with the version it was first said in, then the marks."""
    parts, before = [], None
    for one in said:
        now = (one.direction, one.certainty)
        if now != before:
            state = words.state({"direction": now[0], "certainty": now[1]})
            parts.append(f"{state} from version {one.version} ({words.day(one.as_of)})")
        before = now
    for name, marked in (("changed", "CHANGED"), ("signal", "SIGNAL")):
        at = [one.version for one in said if marked in one.classes]
        if at:
            parts.append(f"{name} in {words.listed(at)}")
    return "; ".join(parts)
