"""Forest plot: studies as squares sized by weight, their pool as a diamond, and how it grew.

The pool's growth stands below on the same axis, so that both are read against one band of what
is too small to matter. Studies without numbers are named with the direction they found.
"""

import json
from functools import lru_cache

from living_review.reporting import amounts, words
from living_review.reporting.canonical import Json
from living_review.reporting.figures import studies
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing
from living_review.reporting.figures.effects import (
    ENDS,
    Scale,
    draw_axis,
    draw_ground,
    draw_interval,
    draw_numbers,
    scale,
)
from living_review.reporting.figures.inks import FINDINGS, INK, MUTED
from living_review.reporting.figures.letters import FINE, TITLE
from living_review.reporting.figures.pools import (
    HEADING,
    LINE,
    NAMES,
    NUMBERS,
    ROW,
    draw_growth,
    draw_pool,
    growth_height,
    growth_told,
    pool_height,
    pool_told,
)
from living_review.reporting.plain import shorten

_LEFT, _RIGHT = 226.0, 452.0
_HEAD, _FOOT = 66.0, 50.0
_Z95 = 1.96  # from a printed interval back to its standard error; only sizes squares


def compares(conclusion: Json) -> bool:
    """Whether several studies have numbers on one unit, so that there is something to compare."""
    unit = _unit(conclusion)
    return unit is not None and (
        bool(conclusion["pool"]) or sum(_drawable(i, unit) for i in conclusion["evidence"]) > 1
    )


def draw(conclusion: Json, records: Json) -> bytes:
    """Draw a claim's studies with numbers on the pool's unit, else on the one most are on."""
    keys = ("label", "statement", "pool", "mid", "evidence")
    shown = {key: conclusion[key] for key in keys}
    # Versions published before it was kept have no growth to show.
    shown["cumulative"] = conclusion.get("cumulative", [])
    return _drawn(json.dumps([shown, studies.cited(conclusion, records)], sort_keys=True))


def alternative(conclusion: Json, records: Json) -> str:
    """Tell the picture in words, every number included."""
    parts = [f"Forest plot, {_measured(conclusion)}. {shorten(conclusion['statement'], 200)}"]
    for group, items in studies.grouped(conclusion):
        listed = "; ".join(studies.told(item, records) for item in items)
        parts.append(f"{studies.GROUPS[group]}: {listed}.")
    if conclusion["pool"]:
        parts.append(pool_told(conclusion["pool"]))
    steps = conclusion.get("cumulative", [])
    if len(steps) > 1:
        parts.append(growth_told(steps))
    return " ".join(parts)


@lru_cache(maxsize=256)  # most claims stand as they stood: a replay draws each state once
def _drawn(told: str) -> bytes:
    conclusion, records = json.loads(told)
    unit = _unit(conclusion) or ""
    bottom = _HEAD + sum(tall for _, tall in _parts(conclusion, unit))
    with drawing():
        canvas = Canvas(bottom + _FOOT)
        axis = _axis(conclusion, unit)
        draw_ground(canvas, axis, _HEAD - 6, bottom)
        _head(canvas, conclusion, axis)
        at = _HEAD
        for part, tall in _parts(conclusion, unit):
            if part == "pool":
                draw_pool(canvas, axis, conclusion["pool"], at)
            elif part == "growth":
                draw_growth(canvas, axis, conclusion["cumulative"], records, at)
            else:
                _group(canvas, axis, conclusion, records, part, at)
            at += tall
        draw_axis(canvas, axis, bottom)
        _foot(canvas, axis, bottom)
        return canvas.save(f"{conclusion['label']}: forest plot", alternative(conclusion, records))


def _parts(conclusion: Json, unit: str) -> list[tuple[str, float]]:
    """Name the parts from the top down with their heights: what is pooled, the pool, the rest."""
    groups = {
        group: HEADING + sum(_tall(item, unit) for item in items)
        for group, items in studies.grouped(conclusion)
    }
    pool, steps = conclusion["pool"], conclusion["cumulative"]
    parts = {group: tall for group, tall in groups.items() if group == "primary"}
    if pool:
        parts["pool"] = pool_height(pool)
    if len(steps) > 1:
        parts["growth"] = growth_height(steps)
    return list((parts | groups).items())


def _unit(conclusion: Json) -> str | None:
    """Choose the unit to draw: the pool's, else the one most numbers are on."""
    if conclusion["pool"]:
        return str(conclusion["pool"]["unit"])
    units = sorted(item["unit"] for item in conclusion["evidence"] if item["benefit"] is not None)
    return max(units, key=units.count) if units else None


def _drawable(item: Json, unit: str) -> bool:
    return item["unit"] == unit and item["benefit"] is not None


def _tall(item: Json, unit: str) -> float:
    return ROW if _drawable(item, unit) else LINE


def _axis(conclusion: Json, unit: str) -> Scale:
    mid = ((conclusion["mid"] or {}).get("sizes") or {}).get(unit)
    drawn = [item for item in conclusion["evidence"] if _drawable(item, unit)]
    pool = [conclusion["pool"]] if conclusion["pool"] else []
    return scale(_LEFT, _RIGHT, unit, mid, [*drawn, *pool])


def _measured(conclusion: Json) -> str:
    unit = _unit(conclusion)
    return f"in {amounts.UNITS.get(unit or '', unit or 'units')}, above zero is better"


def _head(canvas: Canvas, conclusion: Json, axis: Scale) -> None:
    canvas.text(4, 14, conclusion["label"], size=TITLE, bold=True, room=WIDTH - 8)
    canvas.text(4, 33, conclusion["statement"], size=FINE, ink=MUTED, room=WIDTH - 8)
    canvas.text(axis.left, _HEAD - 13, "← worse", size=FINE, ink=MUTED)
    canvas.text(axis.right, _HEAD - 13, "better →", size=FINE, ink=MUTED, anchor="end")
    canvas.text(NUMBERS + 7, _HEAD - 13, "95 % interval", size=FINE, ink=MUTED)


def _group(
    canvas: Canvas, axis: Scale, conclusion: Json, records: Json, group: str, top: float
) -> None:
    weights = _weights(conclusion)
    canvas.text(4, top + 14, studies.GROUPS[group], size=FINE, ink=MUTED, bold=True)
    at = top + HEADING
    for item in dict(studies.grouped(conclusion))[group]:
        _study(canvas, axis, item, records, at, weights.get(item["study"]))
        at += _tall(item, axis.unit)


def _study(
    canvas: Canvas, axis: Scale, item: Json, records: Json, top: float, weight: float | None
) -> None:
    y = top + _tall(item, axis.unit) / 2
    marker, ink = FINDINGS[item["direction"]]
    if not _drawable(item, axis.unit):
        canvas.text(4, y, studies.name(item, records), room=NAMES)
        canvas.mark(axis.right + 16, y, marker, ink=ink, size=6.5)
        said = words.FINDINGS[item["direction"]][1]
        canvas.text(axis.right + 26, y, said, size=FINE, ink=MUTED, room=WIDTH - axis.right - 26)
        return
    canvas.text(4, y - 6, studies.name(item, records), room=NAMES)
    canvas.text(4, y + 8, studies.design(item), size=FINE, ink=MUTED, room=NAMES)
    half, at = 2.5 + 5 * (weight or 0.1) ** 0.5, axis.place(item["benefit"])
    draw_interval(canvas, axis, item, y, ink=INK, around=(at - half, at + half))
    face, edge = ("none", ink) if weight is None else (ink, "none")
    canvas.box(at - half, y - half, at + half, y + half, face=face, edge=edge, width=1.2)
    draw_numbers(canvas, item, y, NUMBERS)


def _weights(conclusion: Json) -> dict[str, float]:
    """The weight of each pooled study beside the heaviest, 0 to 1."""
    pool = conclusion["pool"]
    if not pool:
        return {}
    weights = {
        item["study"]: 1 / (variance + (pool["tau2"] or 0.0))
        for item in conclusion["evidence"]
        if studies.group(item) == "primary" and _drawable(item, pool["unit"])
        for variance in [_variance(item)]
        if variance
    }
    return {study: weight / max(weights.values()) for study, weight in weights.items()}


def _variance(item: Json) -> float | None:
    low, high = (item[key] for key in ENDS)
    return None if low is None or high is None else ((high - low) / (2 * _Z95)) ** 2


def _foot(canvas: Canvas, axis: Scale, bottom: float) -> None:
    said = amounts.UNITS.get(axis.unit, axis.unit)
    canvas.text((axis.left + axis.right) / 2, bottom + 27, said, size=FINE, ink=MUTED,
                anchor="middle")  # fmt: skip
    shaded = f"Shaded: too small to matter, up to {amounts.mid(axis.mid, axis.unit)}"
    if axis.mid:
        canvas.text(4, bottom + 42, shaded, size=FINE, ink=MUTED, room=WIDTH - 8)
