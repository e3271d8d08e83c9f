"""`history`: one claim over all versions: its band, its pooled estimate in steps, what moved it."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from living_review.reporting import amounts, citations, words
from living_review.reporting.canonical import Json
from living_review.reporting.figures import estimates
from living_review.reporting.figures.bands import (
    LEGEND,
    TALLEST,
    course,
    draw_band,
    draw_legend,
    draw_mark,
    said_of,
)
from living_review.reporting.figures.calendar import calendar, draw_versions, draw_years
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing
from living_review.reporting.figures.inks import MUTED
from living_review.reporting.figures.letters import FINE, TITLE, room_of

_LEFT, _RIGHT = 56.0, WIDTH - 8
_HEAD, _YEARS, _ENTRY = 66.0, 28.0, 19.0


def draw(claim: str, reports: Sequence[Json]) -> bytes | None:
    """Draw one claim over the versions that have it; None where none does.

    `reports` are reports as kept, oldest first; the versions without the claim are ticks only.
    """
    if not said_of(claim, reports):
        return None
    return _drawn(claim, json.dumps(_needed(claim, reports), sort_keys=True))


def alternative(claim: str, reports: Sequence[Json]) -> str:
    """Tell the history in words; empty where no version has the claim."""
    said = said_of(claim, reports)
    if not said:
        return ""
    parts = [f"{_label(claim, reports)}, version by version: {course(said)}."]
    pooled = [
        f"{amounts.benefit(effect)} in version {reports[place]['version']}"
        for place, effect in _news(estimates.by_version(claim, reports))
    ]
    if pooled:
        parts.append(f"Pooled estimates: {'; '.join(pooled)}.")
    moved = [
        f"{report['version']} by {words.listed(names)}"
        for report, _, names in _moves(claim, reports)
    ]
    if moved:
        parts.append(f"Moved in {'; '.join(moved)}.")
    return " ".join(parts)


@lru_cache(maxsize=64)
def _drawn(claim: str, needed: str) -> bytes:
    reports = json.loads(needed)
    effects = estimates.by_version(claim, reports)
    moves = list(_moves(claim, reports))
    strip = _HEAD + TALLEST + 14
    bottom = strip + (estimates.HEIGHT if effects else 6)
    listed = bottom + _YEARS + (22 + _ENTRY * len(moves) if moves else 0)
    with drawing():
        canvas = Canvas(listed + LEGEND + 24)
        axis = calendar(reports, _LEFT, _RIGHT)
        label = _label(claim, reports)
        canvas.text(4, 14, f"{label}, version by version", size=TITLE, bold=True, room=WIDTH - 8)
        canvas.text(4, 33, _latest(claim, reports)["statement"], size=FINE, ink=MUTED,
                    room=WIDTH - 8)  # fmt: skip
        draw_versions(canvas, axis, _HEAD, bottom)
        draw_band(canvas, axis, said_of(claim, reports), strip)
        if effects:
            estimates.draw(canvas, axis, effects, strip + 6, bottom)
        draw_years(canvas, axis, bottom)
        if moves:
            canvas.text(4, bottom + _YEARS + 12, "What moved it", size=FINE, ink=MUTED, bold=True)
        for place, (report, classes, names) in enumerate(moves):
            y = bottom + _YEARS + 22 + _ENTRY * (place + 0.5)
            draw_mark(canvas, 10, y, classes)
            when = f"{report['version']}, {report['as_of']}: "
            room = WIDTH - 28 - room_of(when, FINE)
            canvas.text(22, y, when + fitting(names, room), size=FINE)
        draw_legend(canvas, listed + 18)
        return canvas.save(f"{label}: history", alternative(claim, reports))


def fitting(names: Sequence[str], room: float) -> str:
    """Name as many as there is room for, and say how many more there are."""
    said = list(names)
    while said:
        more = len(names) - len(said)
        told = ", ".join(said) + (f" and {more} more" if more else "")
        if len(said) == 1 or room_of(told, FINE) <= room:
            return told
        said.pop()
    return ""


def _needed(claim: str, reports: Sequence[Json]) -> list[dict[str, Any]]:
    """Only what is drawn, so that the same history is the same picture, and drawn once."""
    kept = ("claim", "label", "statement", "direction", "certainty", "effect")
    needed = []
    for report in reports:
        changes = [change for change in report["changes"] if change["claim"] == claim]
        moving = sorted({record for change in changes for record in change["records"]})
        needed.append({
            "version": report["version"],
            "as_of": report["as_of"],
            "conclusions": [
                {key: one.get(key) for key in kept}
                for one in report["conclusions"]
                if one["claim"] == claim
            ],
            "changes": [{key: c[key] for key in ("claim", "class", "records")} for c in changes],
            "records": {r: _named(report["records"][r]) for r in moving if r in report["records"]},
        })  # fmt: skip
    return needed


def _named(record: Json) -> dict[str, Any]:
    return {key: record.get(key) for key in ("authors", "title", "published")}


def _news(effects: Mapping[int, Json]) -> list[tuple[int, Json]]:
    """The estimates that differ from the one before."""
    told = sorted(effects.items())
    return told[:1] + [after for before, after in pairwise(told) if before[1] != after[1]]


def _moves(claim: str, reports: Sequence[Json]) -> list[tuple[Json, frozenset[str], list[str]]]:
    """Each version that changed the claim or told a signal of it, with the records behind it."""
    found = []
    for report in reports:
        changes = [change for change in report["changes"] if change["claim"] == claim]
        if changes:
            moving = sorted({record for change in changes for record in change["records"]})
            names = [citations.short(record, report["records"]) for record in moving]
            classes = frozenset(change["class"] for change in changes)
            found.append((report, classes, names or ["no single record"]))
    return found


def _latest(claim: str, reports: Sequence[Json]) -> Json:
    found: Json = next(
        one
        for report in reversed(reports)
        for one in report["conclusions"]
        if one["claim"] == claim
    )
    return found


def _label(claim: str, reports: Sequence[Json]) -> str:
    return str(_latest(claim, reports).get("label") or words.spaced(claim))
