"""Numbers in front of a reader: effects, their intervals, and what is too small to matter."""

from collections.abc import Mapping
from typing import Any

from living_review.reporting.canonical import Json

UNITS: Mapping[str, str] = {
    "0-10": "points of 10",
    "0-100": "points of 100",
    "SMD": "standard deviations",
    "risk difference": "percentage points",
}
_POINTS = ("0-10", "0-100")
MEASURES: Mapping[str, str] = {
    "MD": "mean difference", "SMD": "standardised mean difference", "RR": "risk ratio",
    "OR": "odds ratio", "RD": "risk difference", "mean": "mean",
}  # fmt: skip


def _amount(value: float, unit: str | None) -> str:
    if unit == "risk difference":
        return f"{abs(value) * 100:.1f}".removesuffix(".0")
    return f"{abs(value):.2f}"


def _side(value: float) -> str:
    return "better" if value > 0 else "worse" if value < 0 else ""


def benefit(effect: Mapping[str, Any], unit: str | None = None) -> str:
    """Say an oriented effect: `0.74 points of 10 better (95% CI 0.40 worse to 1.90 better)`."""
    value, low, high = (effect.get(k) for k in ("benefit", "benefit_low", "benefit_high"))
    if value is None:
        return ""
    unit = unit or effect.get("unit")
    said = f"{_amount(value, unit)} {UNITS.get(unit or '', unit or 'units')} {_side(value)}".strip()
    if low is None or high is None:
        return said
    if _side(low) == _side(high):
        first = _amount(low, unit)
    else:
        first = f"{_amount(low, unit)} {_side(low)}".strip()
    return f"{said} (95% CI {first} to {_amount(high, unit)} {_side(high)})".replace(" )", ")")


def printed(item: Json) -> str:
    """Say a number that has no place on the claim's scale; "" for none, or one that is quoted."""
    effect = item.get("effect")
    if item.get("benefit") is not None or not effect or effect.get("value") is None:
        return ""
    if f"{abs(effect['value']):g}" in item["quote"]:
        return ""
    return f"{as_printed(effect)}, on a scale that was not read"


def as_printed(effect: Json) -> str:
    """Say an effect as the record prints it: `mean difference -2 (95% CI -3 to -1)`."""
    said = f"{MEASURES.get(effect['measure'], effect['measure'])} {effect['value']:g}"
    if effect["ci_low"] is None or effect["ci_high"] is None:
        return said
    return f"{said} (95% CI {effect['ci_low']:g} to {effect['ci_high']:g})"


def too_small(item: Json, told: Json | None) -> str:
    """Say that a difference that was found is under the one that matters; "" where it is not.

    `told` is the claim's smallest difference that matters. An effect on one of its units is held
    against it there; a mean difference on a scale that was not read, against the points of each.
    """
    effect = item.get("effect") or {}
    on_unit = item.get("benefit") is not None
    value = item["benefit"] if on_unit else effect.get("value")
    points = [] if told is None else [told["sizes"][u] for u in _POINTS if u in told["sizes"]]
    if not on_unit and effect.get("measure") != "MD":
        points = []
    limit = item["mid"] if on_unit else min(points, default=None)
    if item["direction"] != "no_difference" or not value or not limit or abs(value) >= limit:
        return ""
    found = f"{_amount(value, item['unit'])} {_side(value)}" if on_unit else f"{abs(value):g}"
    threshold = mid(limit, item["unit"]) if on_unit else smallest(told)
    return f"the difference found ({found}) is under {threshold}, too small to matter"


def smallest(told: Json | None) -> str:
    """Say the smallest difference that matters, as the protocol words it, or by its first scale."""
    if not told:
        return ""
    return told["wording"] or next((mid(size, unit) for unit, size in told["sizes"].items()), "")


def mid(size: float | None, unit: str | None) -> str:
    """Say the smallest difference that matters: `1 point of 10`; empty where there is none."""
    if size is None:
        return ""
    amount = f"{size * 100:g}" if unit == "risk difference" else f"{size:g}"
    said = UNITS.get(unit or "", unit or "units")
    if amount == "1":
        said = said.replace("points", "point")
    return f"{amount} {said}"
