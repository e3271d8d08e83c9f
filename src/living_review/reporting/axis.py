"""Where an effect stands on a drawn axis: numbers only, the templates draw.

Positions are percent of the width: worse on the left, better on the right, no difference at
50. Where the smallest difference that matters (MID) is known, effects are drawn in MIDs, so
that scales compare. What lies beyond the axis is cut at its end and marked, never left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from living_review.reporting.canonical import Json

_WIDEST_IN_MIDS = 4.0  # beyond four MIDs a wider axis only flattens what matters
_NARROWEST_IN_MIDS = 2.0
_BOUNDS = ("benefit", "benefit_low", "benefit_high")


@dataclass(frozen=True, slots=True)
class Axis:
    """A symmetric axis of ±`limit`, in MIDs where `in_mids`, else on the effects' unit."""

    limit: float
    in_mids: bool

    def place(self, value: float) -> float:
        """Return the position of a value, cut at the ends."""
        cut = max(-self.limit, min(self.limit, value))
        return round(50 + 50 * cut / self.limit, 2)

    @property
    def band(self) -> tuple[float, float] | None:
        """The ends of the band of differences too small to matter."""
        return (self.place(-1), self.place(1)) if self.in_mids else None


@dataclass(frozen=True, slots=True)
class Mark:
    """One estimate with its interval as positions; `cut_low`/`cut_high`: it goes on beyond."""

    at: float
    low: float | None
    high: float | None
    cut_low: bool
    cut_high: bool


def axis_for(effects: Iterable[Json | None]) -> Axis:
    """Choose an axis on which all `effects` (with `benefit…` and `mid`) compare."""
    shown = [effect for effect in effects if effect and effect.get("benefit") is not None]
    in_mids = bool(shown) and all(effect.get("mid") for effect in shown)
    reach = max((abs(v) for e in shown for v in _sized(e, in_mids).values()), default=1.0)
    reach *= 1.08
    if in_mids:
        reach = min(max(reach, _NARROWEST_IN_MIDS), _WIDEST_IN_MIDS)
    return Axis(reach or 1.0, in_mids)


def mark(axis: Axis, effect: Json | None) -> Mark | None:
    """Place one effect on an axis; None where there is no number to place."""
    if not effect or effect.get("benefit") is None:
        return None
    sized = _sized(effect, axis.in_mids)
    low, high = sized.get("benefit_low"), sized.get("benefit_high")
    return Mark(
        at=axis.place(sized["benefit"]),
        low=None if low is None else axis.place(low),
        high=None if high is None else axis.place(high),
        cut_low=low is not None and low < -axis.limit,
        cut_high=high is not None and high > axis.limit,
    )


def _sized(effect: Json, in_mids: bool) -> dict[str, float]:
    size = effect["mid"] if in_mids else 1.0
    return {key: effect[key] / size for key in _BOUNDS if effect.get(key) is not None}
