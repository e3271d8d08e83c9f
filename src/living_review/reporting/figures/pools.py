"""The pool of a forest plot: its diamond, its prediction interval, and how it grew."""

from collections.abc import Sequence

from living_review.reporting import amounts, words
from living_review.reporting.canonical import Json
from living_review.reporting.figures import studies
from living_review.reporting.figures.canvas import Canvas
from living_review.reporting.figures.effects import (
    ENDS,
    Scale,
    draw_interval,
    draw_numbers,
    signed,
)
from living_review.reporting.figures.inks import INK, MUTED
from living_review.reporting.figures.letters import FINE

NAMES, NUMBERS = 214.0, 508.0  # where names end, and what numbers stand round
ROW, HEADING = 32.0, 26.0
LINE = 22.0  # a row of one line


def pool_height(pool: Json) -> float:
    """Units that a pool takes."""
    return ROW + 10 + (0 if pool["pi_low"] is None else LINE)


def draw_pool(canvas: Canvas, axis: Scale, pool: Json, top: float) -> None:
    """Draw the diamond, open where the pool is not used, and what the next study may find."""
    y = top + 6 + ROW / 2
    said = "Pooled" if pool["used"] else "Pool of two, not used"
    canvas.text(4, y - 6, said, bold=True, room=NAMES)
    canvas.text(4, y + 8, _spread(pool), size=FINE, ink=MUTED, room=NAMES)
    low, at, high = (axis.place(pool[key]) for key in (ENDS[0], "benefit", ENDS[1]))
    canvas.shape([(low, y), (at, y - 7), (high, y), (at, y + 7)], edge=INK, width=1.2,
                 face=INK if pool["used"] else "none")  # fmt: skip
    draw_numbers(canvas, pool, y, NUMBERS, bold=True)
    ends = predicted(pool)
    if ends is None:
        return
    y += ROW / 2 + 2 + LINE / 2
    canvas.text(4, y, "95 % prediction interval", size=FINE, ink=MUTED, room=NAMES)
    foreseen = dict(zip(ENDS, ends, strict=True))
    places = [axis.place(end) for end in ends]
    canvas.line([(places[0], y), (places[1], y)], ink=MUTED, width=1.6, dash=(0, (2.2, 1.6)))
    draw_interval(canvas, axis, foreseen, y, ink=MUTED, width=0.01)
    low_end, high_end = (signed(end, pool["unit"]) for end in ends)
    canvas.text(NUMBERS + 7, y, f"{low_end} to {high_end}", size=FINE, ink=MUTED)


def predicted(pool: Json) -> tuple[float, float] | None:
    """The prediction interval turned the way of `benefit`; it is kept as printed."""
    if pool["pi_low"] is None:
        return None
    # The pool is symmetric round its value on either side, so one end tells the reach.
    reach = (pool["pi_high"] - pool["pi_low"]) / 2
    return pool["benefit"] - reach, pool["benefit"] + reach


def _spread(pool: Json) -> str:
    return f"k = {pool['k']}, I² {pool['i2']} %, τ² {pool['tau2']:g}"


def pool_told(pool: Json) -> str:
    """Tell a pool in words."""
    used = "Pooled" if pool["used"] else "Pooled, shown and not used"
    ends = predicted(pool)
    foreseen = ""
    if ends:
        both = {"benefit": pool["benefit"], **dict(zip(ENDS, ends, strict=True))}
        said = amounts.benefit(both, pool["unit"]).partition("(95% CI ")[2].removesuffix(")")
        foreseen = f"; the next study may find {said} (95% prediction interval)"
    return f"{used}: {amounts.benefit(pool)}, {_spread(pool)}{foreseen}."


def growth_height(steps: Sequence[Json]) -> float:
    """Units that the growth takes."""
    return HEADING + 4 + LINE * len(steps)


def draw_growth(
    canvas: Canvas, axis: Scale, steps: Sequence[Json], records: Json, top: float
) -> None:
    """Draw the pool after each study that joined it, on the axis of the studies."""
    canvas.text(4, top + 17, "The pool as it grew", size=FINE, ink=MUTED, bold=True)
    at = top + HEADING + 4
    for step in steps:
        y = at + LINE / 2
        added = ", ".join(studies.name({"records": [r]}, records) for r in step["added"])
        canvas.text(4, y, f"+ {added}", size=FINE, room=NAMES - 46)
        canvas.text(NAMES, y, f"k = {step['k']}", size=FINE, ink=MUTED, anchor="end")
        if step["benefit"] is not None:
            draw_interval(canvas, axis, step, y, ink=MUTED, width=1.1)
            if axis.within(step["benefit"]):
                canvas.mark(axis.place(step["benefit"]), y, "D", ink=INK, size=4.5)
            draw_numbers(canvas, step, y, NUMBERS)
        at += LINE


def growth_told(steps: Sequence[Json]) -> str:
    """Tell in words how a pool grew."""
    grown = (f"{step['k']} by {_day(step)}: {amounts.benefit(step) or 'no pool'}" for step in steps)
    return f"The pool as it grew, by number of studies: {'; '.join(grown)}."


def _day(step: Json) -> str:
    return words.day(step["known_on"]) or "an unknown date"
