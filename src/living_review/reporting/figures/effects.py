"""Effects on a drawn axis: worse left, better right, the band of what is too small to matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

from living_review.reporting.canonical import Json
from living_review.reporting.figures.canvas import Canvas
from living_review.reporting.figures.inks import BAND, INK, MUTED
from living_review.reporting.figures.letters import BODY, FINE

ENDS = ("benefit_low", "benefit_high")


@dataclass(frozen=True, slots=True)
class Scale:
    """A symmetric axis of ±`reach` on `unit` between two units of the sheet."""

    left: float
    right: float
    reach: float
    unit: str
    mid: float | None

    def place(self, value: float) -> float:
        """The place of a value, cut at the ends."""
        share = max(-1.0, min(1.0, value / self.reach))
        return (self.left + self.right) / 2 + share * (self.right - self.left) / 2

    def within(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return abs(value) <= self.reach


def scale(
    left: float,
    right: float,
    unit: str,
    mid: float | None,
    effects: Iterable[Json],
    widest: float = 2.2,
) -> Scale:
    """Choose an axis that shows every effect of `effects`, and most intervals whole.

    An interval that goes beyond `widest` times the largest effect or MID is cut there, and marked.
    """
    shown = [effect for effect in effects if effect["benefit"] is not None]
    most = max([abs(effect["benefit"]) for effect in shown] + [mid or 0.0])
    ends = [abs(e[key]) for e in shown for key in ENDS if e[key] is not None]
    reach = min(max(ends, default=0.0) * 1.06, widest * most)
    return Scale(left, right, max(reach, 1.15 * most, 1.5 * (mid or 0.0)) or 1.0, unit, mid)


def draw_ground(canvas: Canvas, axis: Scale, top: float, bottom: float) -> None:
    """Draw the band of what does not matter, and the line of no difference."""
    if axis.mid:
        canvas.box(axis.place(-axis.mid), top, axis.place(axis.mid), bottom, face=BAND)
    middle = axis.place(0)
    canvas.line([(middle, top), (middle, bottom)], ink=MUTED, width=0.8)


def draw_axis(canvas: Canvas, axis: Scale, at: float) -> None:
    """Draw the axis with its numbers; no difference is in the middle."""
    canvas.line([(axis.left, at), (axis.right, at)], ink=MUTED, width=0.8)
    numbered = ticks(axis)
    canvas.lines([[(place, at), (place, at + 4)] for place, _ in numbered], ink=MUTED, width=0.8)
    for place, said in numbered:
        canvas.text(place, at + 12, said, size=FINE, ink=MUTED, anchor="middle")


def draw_interval(
    canvas: Canvas,
    axis: Scale,
    effect: Json,
    y: float,
    *,
    ink: str = INK,
    width: float = 1.3,
    around: tuple[float, float] | None = None,
) -> None:
    """Draw an interval as a line; an arrow head where it goes on beyond the axis.

    `around` is what an open mark takes of the line.
    """
    low, high = (effect[key] for key in ENDS)
    if low is None or high is None:
        return
    ends = (axis.place(low), axis.place(high))
    parts = [ends] if around is None else [(ends[0], around[0]), (around[1], ends[1])]
    for start, end in parts:
        if end > start:
            canvas.line([(start, y), (end, y)], ink=ink, width=width)
    for bound, way in ((low, -1), (high, 1)):
        if not axis.within(bound):
            tip = axis.place(bound)
            back = tip - way * 6
            canvas.shape([(tip, y), (back, y - 3.5), (back, y + 3.5)], face=ink)


def draw_numbers(canvas: Canvas, effect: Json, y: float, x: float, *, bold: bool = False) -> None:
    """Write estimate and interval round `x`, positive is better."""
    unit = effect["unit"]
    if effect["benefit"] is None:
        return
    canvas.text(x, y, signed(effect["benefit"], unit), anchor="end", bold=bold, size=BODY)
    if effect["benefit_low"] is not None and effect["benefit_high"] is not None:
        low, high = (signed(effect[key], unit) for key in ENDS)
        canvas.text(x + 7, y, f"{low} to {high}", size=FINE, ink=MUTED)


def signed(value: float, unit: str | None) -> str:
    """Print a benefit with its sign: `0.42`, `−1.30`; shares in percentage points."""
    said = f"{value * 100:.1f}" if unit == "risk difference" else f"{value:.2f}"
    return said.replace("-", "−")


def ticks(axis: Scale) -> list[tuple[float, str]]:
    """Round numbers on an axis: their places, and how they are printed."""
    rounded = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])
    times = 100 if axis.unit == "risk difference" else 1
    return [
        (axis.place(value), f"{round(times * value, 6) + 0.0:g}".replace("-", "−"))
        for value in rounded.tick_values(-axis.reach, axis.reach)
        if axis.within(value)
    ]
