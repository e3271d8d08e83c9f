"""Forest plot: studies as squares sized by weight, their pool as a diamond, and how it grew.

The pool's growth stands below on the same axis, so that both are read against one band of what
is too small to matter. Studies without numbers are named with the direction they found.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

from living_review.reporting import words
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
    signed,
)
from living_review.reporting.figures.inks import FINDINGS, INK, MUTED
from living_review.reporting.figures.letters import FINE, TITLE
from living_review.reporting.plain import shorten

_NAMES, _LEFT, _RIGHT, _NUMBERS = 214.0, 226.0, 452.0, 508.0
_HEAD, _ROW, _HEADING, _FOOT = 66.0, 32.0, 26.0, 50.0
_LINE = 22.0  # a row of one line
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
        parts.append(_pool_told(conclusion["pool"]))
    steps = conclusion.get("cumulative", [])
    if len(steps) > 1:
        grown = (
            f"{step['k']} by {_day(step)}: {words.benefit(step) or 'no pool'}" for step in steps
        )
        parts.append(f"The pool as it grew, by number of studies: {'; '.join(grown)}.")
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
                _pool(canvas, axis, conclusion["pool"], at)
            elif part == "growth":
                _growth(canvas, axis, conclusion["cumulative"], records, at)
            else:
                _group(canvas, axis, conclusion, records, part, at)
            at += tall
        draw_axis(canvas, axis, bottom)
        _foot(canvas, axis, bottom)
        return canvas.save(f"{conclusion['label']}: forest plot", alternative(conclusion, records))


def _parts(conclusion: Json, unit: str) -> list[tuple[str, float]]:
    """Name the parts from the top down with their heights: what is pooled, the pool, the rest."""
    groups = {
        group: _HEADING + sum(_tall(item, unit) for item in items)
        for group, items in studies.grouped(conclusion)
    }
    pool, steps = conclusion["pool"], conclusion["cumulative"]
    parts = {group: tall for group, tall in groups.items() if group == "primary"}
    if pool:
        parts["pool"] = _ROW + 10 + (0 if pool["pi_low"] is None else _LINE)
    if len(steps) > 1:
        parts["growth"] = _HEADING + 4 + _LINE * len(steps)
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
    return _ROW if _drawable(item, unit) else _LINE


def _axis(conclusion: Json, unit: str) -> Scale:
    mid = ((conclusion["mid"] or {}).get("sizes") or {}).get(unit)
    drawn = [item for item in conclusion["evidence"] if _drawable(item, unit)]
    pool = [conclusion["pool"]] if conclusion["pool"] else []
    return scale(_LEFT, _RIGHT, unit, mid, [*drawn, *pool])


def _measured(conclusion: Json) -> str:
    unit = _unit(conclusion)
    return f"in {words.UNITS.get(unit or '', unit or 'units')}, above zero is better"


def _head(canvas: Canvas, conclusion: Json, axis: Scale) -> None:
    canvas.text(4, 14, conclusion["label"], size=TITLE, bold=True, room=WIDTH - 8)
    canvas.text(4, 33, conclusion["statement"], size=FINE, ink=MUTED, room=WIDTH - 8)
    canvas.text(axis.left, _HEAD - 13, "← worse", size=FINE, ink=MUTED)
    canvas.text(axis.right, _HEAD - 13, "better →", size=FINE, ink=MUTED, anchor="end")
    canvas.text(_NUMBERS + 7, _HEAD - 13, "95 % interval", size=FINE, ink=MUTED)


def _group(
    canvas: Canvas, axis: Scale, conclusion: Json, records: Json, group: str, top: float
) -> None:
    weights = _weights(conclusion)
    canvas.text(4, top + 14, studies.GROUPS[group], size=FINE, ink=MUTED, bold=True)
    at = top + _HEADING
    for item in dict(studies.grouped(conclusion))[group]:
        _study(canvas, axis, item, records, at, weights.get(item["study"]))
        at += _tall(item, axis.unit)


def _study(
    canvas: Canvas, axis: Scale, item: Json, records: Json, top: float, weight: float | None
) -> None:
    y = top + _tall(item, axis.unit) / 2
    marker, ink = FINDINGS[item["direction"]]
    if not _drawable(item, axis.unit):
        canvas.text(4, y, studies.name(item, records), room=_NAMES)
        canvas.mark(axis.right + 16, y, marker, ink=ink, size=6.5)
        said = words.FINDINGS[item["direction"]][1]
        canvas.text(axis.right + 26, y, said, size=FINE, ink=MUTED, room=WIDTH - axis.right - 26)
        return
    canvas.text(4, y - 6, studies.name(item, records), room=_NAMES)
    canvas.text(4, y + 8, studies.design(item), size=FINE, ink=MUTED, room=_NAMES)
    half, at = 2.5 + 5 * (weight or 0.1) ** 0.5, axis.place(item["benefit"])
    draw_interval(canvas, axis, item, y, ink=INK, around=(at - half, at + half))
    face, edge = ("none", ink) if weight is None else (ink, "none")
    canvas.box(at - half, y - half, at + half, y + half, face=face, edge=edge, width=1.2)
    draw_numbers(canvas, item, y, _NUMBERS)


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


def _pool(canvas: Canvas, axis: Scale, pool: Json, top: float) -> None:
    y = top + 6 + _ROW / 2
    said = "Pooled" if pool["used"] else "Pool of two, not used"
    canvas.text(4, y - 6, said, bold=True, room=_NAMES)
    canvas.text(4, y + 8, _spread(pool), size=FINE, ink=MUTED, room=_NAMES)
    low, at, high = (axis.place(pool[key]) for key in (ENDS[0], "benefit", ENDS[1]))
    canvas.shape([(low, y), (at, y - 7), (high, y), (at, y + 7)], edge=INK, width=1.2,
                 face=INK if pool["used"] else "none")  # fmt: skip
    draw_numbers(canvas, pool, y, _NUMBERS, bold=True)
    ends = predicted(pool)
    if ends is None:
        return
    y += _ROW / 2 + 2 + _LINE / 2
    canvas.text(4, y, "95 % prediction interval", size=FINE, ink=MUTED, room=_NAMES)
    foreseen = dict(zip(ENDS, ends, strict=True))
    places = [axis.place(end) for end in ends]
    canvas.line([(places[0], y), (places[1], y)], ink=MUTED, width=1.6, dash=(0, (2.2, 1.6)))
    draw_interval(canvas, axis, foreseen, y, ink=MUTED, width=0.01)
    low_end, high_end = (signed(end, pool["unit"]) for end in ends)
    canvas.text(_NUMBERS + 7, y, f"{low_end} to {high_end}", size=FINE, ink=MUTED)


def predicted(pool: Json) -> tuple[float, float] | None:
    """The prediction interval turned the way of `benefit`; it is kept as printed."""
    if pool["pi_low"] is None:
        return None
    # The pool is symmetric round its value on either side, so one end tells the reach.
    reach = (pool["pi_high"] - pool["pi_low"]) / 2
    return pool["benefit"] - reach, pool["benefit"] + reach


def _spread(pool: Json) -> str:
    return f"k = {pool['k']}, I² {pool['i2']} %, τ² {pool['tau2']:g}"


def _pool_told(pool: Json) -> str:
    used = "Pooled" if pool["used"] else "Pooled, shown and not used"
    ends = predicted(pool)
    foreseen = ""
    if ends:
        both = {"benefit": pool["benefit"], **dict(zip(ENDS, ends, strict=True))}
        said = words.benefit(both, pool["unit"]).partition("(95% CI ")[2].removesuffix(")")
        foreseen = f"; the next study may find {said} (95% prediction interval)"
    return f"{used}: {words.benefit(pool)}, {_spread(pool)}{foreseen}."


def _growth(canvas: Canvas, axis: Scale, steps: Sequence[Json], records: Json, top: float) -> None:
    canvas.text(4, top + 17, "The pool as it grew", size=FINE, ink=MUTED, bold=True)
    at = top + _HEADING + 4
    for step in steps:
        y = at + _LINE / 2
        added = ", ".join(studies.name({"records": [r]}, records) for r in step["added"])
        canvas.text(4, y, f"+ {added}", size=FINE, room=_NAMES - 46)
        canvas.text(_NAMES, y, f"k = {step['k']}", size=FINE, ink=MUTED, anchor="end")
        if step["benefit"] is not None:
            draw_interval(canvas, axis, step, y, ink=MUTED, width=1.1)
            if axis.within(step["benefit"]):
                canvas.mark(axis.place(step["benefit"]), y, "D", ink=INK, size=4.5)
            draw_numbers(canvas, step, y, _NUMBERS)
        at += _LINE


def _day(step: Json) -> str:
    return words.day(step["known_on"]) or "an unknown date"


def _foot(canvas: Canvas, axis: Scale, bottom: float) -> None:
    said = words.UNITS.get(axis.unit, axis.unit)
    canvas.text((axis.left + axis.right) / 2, bottom + 27, said, size=FINE, ink=MUTED,
                anchor="middle")  # fmt: skip
    shaded = f"Shaded: too small to matter, up to {words.mid(axis.mid, axis.unit)}"
    if axis.mid:
        canvas.text(4, bottom + 42, shaded, size=FINE, ink=MUTED, room=WIDTH - 8)
