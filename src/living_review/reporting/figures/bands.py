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
from living_review.reporting.figures.inks import BAND, CHANGED, LINE, LOOKS, MUTED, SIGNAL
from living_review.reporting.figures.letters import FINE

HEIGHTS = {None: 8.0, "very_low": 8.0, "low": 12.0, "moderate": 16.0, "high": 20.0}
TALLEST = 20.0
_SIGN = 6.0
_LEGEND_ROW = 20.0
LEGEND = 3.4 * _LEGEND_ROW  # units that the legend takes
_KEY = {
    "benefit": (4, 0), "little_or_none": (110, 0), "harm": (300, 0),
    "uncertain": (110, 1), "no_evidence": (300, 1),
}  # fmt: skip


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
        draw_mark(canvas, axis.places[one.place][0], floor - TALLEST - 1, one.classes)


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
        canvas.shape([(start, floor), *top, (end, floor)], edge=MUTED, width=0.5, **look.filling)
    if end - start >= _SIGN + 2:
        _sign(canvas, start + min(6.5, (end - start) / 2), floor - 4, run[0].direction)


def _sign(canvas: Canvas, x: float, y: float, direction: str | None) -> None:
    look = LOOKS[direction]
    if look.hatch:
        canvas.box(x - 3.8, y - 3.6, x + 3.8, y + 3.6, face=look.face)
    canvas.mark(x, y, look.marker, ink=look.sign, size=_SIGN, hollow=look.face == "none")


def _until(axis: Calendar, place: int) -> float:
    return axis.places[place + 1][0] if place + 1 < len(axis.places) else axis.right


def draw_mark(canvas: Canvas, x: float, y: float, classes: frozenset[str]) -> None:
    """Draw the mark of a version that changed a claim, or the lighter one of a signal."""
    if "CHANGED" in classes:
        canvas.mark(x, y, "D", ink=CHANGED, size=6.5)
    elif "SIGNAL" in classes:
        canvas.mark(x, y, "^", ink=SIGNAL, size=6, hollow=True)


def draw_legend(canvas: Canvas, top: float) -> None:
    """Say what shades, heights and marks mean; every direction has its sign beside its name."""
    for direction, (place, row) in _KEY.items():
        y, look = top + row * _LEGEND_ROW, LOOKS[direction]
        if look.face == "none":
            canvas.line([(place, y), (place + 18, y)], ink=MUTED, dash=(0, (1, 2.5)))
        else:
            canvas.box(place, y - 5, place + 18, y + 5, edge=MUTED, width=0.5, **look.filling)
        _sign(canvas, place + 9, y, direction)
        canvas.text(place + 23, y, words.DIRECTIONS[direction][1], size=FINE, ink=MUTED)
    y = top + _LEGEND_ROW
    canvas.mark(445, top, "D", ink=CHANGED, size=6.5)
    canvas.text(455, top, "conclusion changed", size=FINE, ink=MUTED)
    canvas.mark(445, y, "^", ink=SIGNAL, size=6, hollow=True)
    canvas.text(455, y, "signal: it may change", size=FINE, ink=MUTED)
    y += _LEGEND_ROW + 6
    for step, height in enumerate(list(HEIGHTS.values())[1:]):
        canvas.box(4 + 8 * step, y + 8 - height, 12 + 8 * step, y + 8, face=BAND, edge=MUTED,
                   width=0.5)  # fmt: skip
    canvas.text(42, y + 3, "the taller, the more certain: very low, low, moderate, high",
                size=FINE, ink=MUTED)  # fmt: skip


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
