"""A claim's pooled estimate through time, as steps with their intervals; up is better."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from living_review.reporting import amounts
from living_review.reporting.canonical import Json
from living_review.reporting.figures.calendar import Calendar
from living_review.reporting.figures.canvas import Canvas
from living_review.reporting.figures.effects import ENDS, Scale, scale, signed, ticks
from living_review.reporting.figures.inks import BAND, INK, MUTED, SOFT
from living_review.reporting.figures.letters import FINE, room_of

HEIGHT = 206.0
IN_MIDS = "smallest differences that matter"


def by_version(claim: str, reports: Sequence[Json]) -> dict[int, dict[str, Any]]:
    """The pooled effect that each version decided by: place among the versions → effect.

    Where the unit changed, effects are told in MIDs, so that they compare; one without a MID is
    then on another scale than the others, and only those on the newest unit are told.
    """
    found: dict[int, dict[str, Any]] = {
        place: dict(conclusion["effect"])
        for place, report in enumerate(reports)
        for conclusion in report["conclusions"]
        if conclusion["claim"] == claim and conclusion.get("effect")
    }
    units = [effect["unit"] for effect in found.values()]
    if len(set(units)) < 2:
        return found
    if all(effect.get("mid") for effect in found.values()):
        return {place: _in_mids(effect) for place, effect in found.items()}
    return {place: effect for place, effect in found.items() if effect["unit"] == units[-1]}


def _in_mids(effect: Json) -> dict[str, Any]:
    sized = {key: round(effect[key] / effect["mid"], 2) for key in ("benefit", *ENDS)}
    return {**sized, "unit": IN_MIDS, "mid": 1.0}


def draw(
    canvas: Canvas, axis: Calendar, effects: Mapping[int, Json], top: float, bottom: float
) -> None:
    """Draw each version's estimate from its date to the next, on one axis of benefit."""
    newest = effects[max(effects)]
    up = scale(
        bottom - 18, top + 18, newest["unit"], newest.get("mid"), effects.values(), widest=3.5
    )
    _ground(canvas, axis, up)
    _words(canvas, axis, up, top, bottom)
    runs = list(_runs(effects))
    for first, last, effect in runs:
        _interval(canvas, up, axis.places[first][0], _until(axis, last), effect)
    for level in (0.0, *((up.mid, -up.mid) if up.mid else ())):
        y, dash = up.place(level), (0, (3, 2)) if level else "-"
        canvas.line([(axis.left, y), (axis.right, y)], ink=MUTED, width=0.6, dash=dash)
    for first, last, effect in runs:
        _estimate(canvas, up, axis.places[first][0], _until(axis, last), effect)


def _runs(effects: Mapping[int, Json]) -> Iterator[tuple[int, int, Json]]:
    """Neighbouring versions with the same estimate: first place, last place, effect."""
    run: list[int] = []
    for place in sorted(effects):
        if run and (place != run[-1] + 1 or effects[place] != effects[run[0]]):
            yield run[0], run[-1], effects[run[0]]
            run = []
        run.append(place)
    yield run[0], run[-1], effects[run[0]]


def _ground(canvas: Canvas, axis: Calendar, up: Scale) -> None:
    if up.mid:
        canvas.box(axis.left, up.place(up.mid), axis.right, up.place(-up.mid), face=BAND)
    canvas.line([(axis.left, up.left), (axis.left, up.right)], ink=MUTED, width=0.8)
    numbered = ticks(up)
    canvas.lines([[(axis.left - 4, y), (axis.left, y)] for y, _ in numbered], ink=MUTED, width=0.8)
    for y, said in numbered:
        canvas.text(axis.left - 8, y, said, size=FINE, ink=MUTED, anchor="end")


def _words(canvas: Canvas, axis: Calendar, up: Scale, top: float, bottom: float) -> None:
    unit = amounts.UNITS.get(up.unit, up.unit)
    canvas.text(axis.left, top + 8, f"↑ better, in {unit}", size=FINE, ink=MUTED)
    canvas.text(axis.left, bottom - 8, "↓ worse", size=FINE, ink=MUTED)
    if up.mid:
        dashed = f"dashed: the smallest difference that matters, {amounts.mid(up.mid, up.unit)}"
        canvas.text(axis.right, bottom - 8, dashed, size=FINE, ink=MUTED, anchor="end",
                    room=axis.right - axis.left - 70)  # fmt: skip


def _until(axis: Calendar, place: int) -> float:
    return axis.places[place + 1][0] if place + 1 < len(axis.places) else axis.right


def _interval(canvas: Canvas, up: Scale, start: float, end: float, effect: Json) -> None:
    low, high = (effect[key] for key in ENDS)
    canvas.box(start, up.place(high), end, up.place(low), face=SOFT, edge=MUTED, width=0.6)
    for bound, way in ((low, 1), (high, -1)):
        if not up.within(bound):
            tip, middle = up.place(bound), (start + end) / 2
            back = tip - way * 6
            canvas.shape([(middle, tip), (middle - 3.5, back), (middle + 3.5, back)], face=MUTED)


def _estimate(canvas: Canvas, up: Scale, start: float, end: float, effect: Json) -> None:
    y = up.place(effect["benefit"])
    canvas.line([(start, y), (end, y)], ink=INK, width=2.4)
    said = signed(effect["benefit"], effect["unit"])
    if end - start >= room_of(said, FINE) + 6:
        canvas.text(start + 4, y - 9, said, size=FINE, bold=True)
