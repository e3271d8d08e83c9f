"""`timeline`: every claim over every version, one picture that tells the review's story."""

import json
from collections.abc import Sequence
from functools import lru_cache

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.figures.bands import (
    LEGEND,
    TALLEST,
    course,
    draw_band,
    draw_legend,
    said_of,
)
from living_review.reporting.figures.calendar import calendar, draw_versions, draw_years
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing
from living_review.reporting.figures.inks import INK, LINE, MUTED
from living_review.reporting.figures.letters import BODY, FINE, TITLE, room_of
from living_review.reporting.plain import shorten

_LEFT, _RIGHT = 216.0, WIDTH - 8
_HEAD, _ROW, _GROUP, _YEARS = 62.0, TALLEST + 10, 25.0, 22.0
_GROUPS = {
    "people": "In patients", "models": "In experimental models",
    "evidence": "On the evidence itself", None: "Other claims",
}  # fmt: skip
_TITLE = "What the review has concluded, version by version"


def draw(told: Sequence[Json]) -> bytes:
    """Draw all claims over all versions; `told` are reports as kept, oldest first.

    Each claim is a row, its state a band. Versions stand at their as-of dates.
    """
    return _drawn(json.dumps(_needed(told), sort_keys=True))


def alternative(told: Sequence[Json]) -> str:
    """Tell the picture in words: what was said of each claim since which version."""
    if not told:
        return "No version has been published."
    first, last = told[0], told[-1]
    between = f"{words.count(len(told), 'version')}, {words.day(first['as_of'])}"
    if len(told) > 1:
        between += f" to {words.day(last['as_of'])}"
    lines = [
        f"{shorten(label, 90)}: {course(said_of(claim, told))}."
        for _, claims in _grouped(told)
        for claim, label in claims
    ]
    return " ".join([f"{_TITLE}: {between}.", *lines])


def _needed(told: Sequence[Json]) -> list[Json]:
    keys = ("claim", "label", "group", "direction", "certainty")
    return [
        {
            "version": report["version"],
            "as_of": report["as_of"],
            "conclusions": [{key: one.get(key) for key in keys} for one in report["conclusions"]],
            "changes": [{key: one[key] for key in ("claim", "class")} for one in report["changes"]],
        }
        for report in told
    ]


@lru_cache(maxsize=8)
def _drawn(needed: str) -> bytes:
    told = json.loads(needed)
    with drawing():
        groups = _grouped(told)
        rows = sum(len(claims) for _, claims in groups)
        bottom = _HEAD + _GROUP * len(groups) + _ROW * rows + 6
        canvas = Canvas(bottom + _YEARS + LEGEND + 20)
        canvas.text(4, 14, _TITLE, size=TITLE, bold=True)
        if not told:
            canvas.text(4, 44, alternative(told), ink=MUTED)
            return canvas.save(_TITLE, alternative(told))
        axis = calendar(told, _LEFT, _RIGHT)
        draw_versions(canvas, axis, _HEAD, bottom)
        canvas.text(4, _HEAD - 10, "version", size=FINE, ink=MUTED)
        at = _HEAD
        for group, claims in groups:
            canvas.text(4, at + _GROUP - 8, _GROUPS[group], size=FINE, ink=MUTED, bold=True)
            at += _GROUP
            for claim, label in claims:
                at += _ROW
                canvas.line([(4, at), (_LEFT, at)], ink=LINE, width=0.6)
                size = BODY if room_of(label, BODY) <= _LEFT - 12 else FINE
                canvas.text(4, at - 9, label, ink=INK, size=size, room=_LEFT - 12)
                draw_band(canvas, axis, said_of(claim, told), at)
        draw_years(canvas, axis, bottom)
        draw_legend(canvas, bottom + _YEARS + 20)
        return canvas.save(_TITLE, alternative(told))


def _grouped(told: Sequence[Json]) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """Claims with their labels by group: as the newest version has them, then those given up."""
    newest: dict[str, Json] = {}
    for report in reversed(told):
        for conclusion in report["conclusions"]:
            newest.setdefault(conclusion["claim"], conclusion)
    groups = []
    for group in _GROUPS:
        claims = [
            (claim, one.get("label") or words.spaced(claim))
            for claim, one in newest.items()
            if one.get("group") == group or (group is None and one.get("group") not in _GROUPS)
        ]
        if claims:
            groups.append((group, claims))
    return groups
