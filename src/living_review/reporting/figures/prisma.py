"""`prisma.svg`: the flow of records after PRISMA 2020, with running totals for a living review.

On the left what the version before had, in the middle what came and was kept, on the right what
was not, and why. Every number is the total up to this version, with the step since the last one.
PRISMA 2020: BMJ 2021;372:n71. Totals that run on: Kahale 2022, F1000Research 10:192.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing
from living_review.reporting.figures.flow_counts import (
    Counted,
    flow_before,
    included,
    stages_of,
    step_said,
)
from living_review.reporting.figures.inks import BAND, INK, MUTED
from living_review.reporting.figures.letters import BODY, FINE, TITLE, room_of, wrapped

_LEFT, _MIDDLE, _RIGHT = (4.0, 124.0), (146.0, 372.0), (396.0, WIDTH - 4)
_HEAD, _GAP, _PAD, _LINE, _FOOT = 58.0, 18.0, 7.0, 17.0, 24.0
_MOST = 6  # lines of one reason
_BETWEEN = 10.0  # units between a name, its step and its total


def draw(report: Json) -> bytes:
    """Draw the flow of a version; without a version before there are totals only."""
    keys = ("version", "as_of", "previous_version", "flow")
    needed = {key: report[key] for key in keys} | {"flow_before": report.get("flow_before")}
    return _drawn(json.dumps(needed, sort_keys=True))


def alternative(report: Json) -> str:
    """Tell the flow in words, every number included."""
    said = [f"{_title(report)}, as of {words.day(report['as_of'])}."]
    before = flow_before(report)
    if before:
        said.append(f"Version {report['previous_version']} had {included(before)}.")
    for stage in stages_of(report):
        for one in (*stage.kept, *stage.left_out):
            more = "" if one.more is None else f" ({step_said(one.more)} since then)"
            said.append(f"{one.name[:1].upper()}{one.name[1:]}: {one.total:,}{more}.")
    return " ".join(said)


@lru_cache(maxsize=64)
def _drawn(needed: str) -> bytes:
    report = json.loads(needed)
    stages = list(stages_of(report))
    with drawing():
        heights = [
            max(_tall(stage.kept, _MIDDLE), _tall(stage.left_out, _RIGHT)) for stage in stages
        ]
        canvas = Canvas(_HEAD + sum(heights) + _GAP * (len(stages) - 1) + _FOOT)
        canvas.text(4, 14, _title(report), size=TITLE, bold=True, room=WIDTH - 8)
        canvas.text(4, 34, _legend(report), size=FINE, ink=MUTED, room=WIDTH - 8)
        top = _HEAD
        for place, (stage, tall) in enumerate(zip(stages, heights, strict=True)):
            bottom = top + _tall(stage.kept, _MIDDLE)
            _box(canvas, _MIDDLE, top, stage.kept, strong=True)
            if stage.left_out:
                _box(canvas, _RIGHT, top, stage.left_out)
                _arrow(canvas, [(_MIDDLE[1], (top + bottom) / 2), (_RIGHT[0], (top + bottom) / 2)])
            if place < len(stages) - 1:
                middle = sum(_MIDDLE) / 2
                _arrow(canvas, [(middle, bottom), (middle, top + tall + _GAP)])
            top += tall + _GAP
        if flow_before(report):
            _earlier(canvas, report, (top - _GAP - heights[-1] + bottom) / 2)
        return canvas.save(_title(report), alternative(report))


def _title(report: Json) -> str:
    return f"Flow of records to version {report['version']}"


def _legend(report: Json) -> str:
    if not flow_before(report):
        return "Every number is a total up to this version."
    return f"Bold: totals up to this version; + and −: since version {report['previous_version']}."


def _numbers(counted: Sequence[Counted]) -> tuple[float, float]:
    """Units that the totals of a box take, and the steps."""
    totals = max(room_of(f"{one.total:,}", BODY, bold=True) for one in counted)
    steps = [room_of(step_said(one.more), FINE) for one in counted if one.more is not None]
    return totals + _BETWEEN, max(steps) + _BETWEEN if steps else 0.0


def _lines(counted: Sequence[Counted], column: tuple[float, float]) -> list[list[str]]:
    """The names in lines, so that a long reason stays in its box."""
    room = column[1] - column[0] - 2 * _PAD - sum(_numbers(counted))
    return [wrapped(one.name, room, BODY if one.main else FINE, _MOST) for one in counted]


def _tall(counted: Sequence[Counted], column: tuple[float, float]) -> float:
    return 2 * _PAD + _LINE * sum(len(lines) for lines in _lines(counted, column))


def _box(
    canvas: Canvas,
    column: tuple[float, float],
    top: float,
    counted: Sequence[Counted],
    *,
    strong: bool = False,
) -> None:
    left, right = column
    face = BAND if strong else "none"
    canvas.box(left, top, right, top + _tall(counted, column), face=face, edge=MUTED, width=0.9)
    y = top + _PAD + _LINE / 2
    totals, _ = _numbers(counted)
    for one, lines in zip(counted, _lines(counted, column), strict=True):
        size = BODY if one.main else FINE
        canvas.text(right - _PAD, y, f"{one.total:,}", size=size, anchor="end", bold=one.main)
        if one.more is not None:
            canvas.text(right - _PAD - totals, y, step_said(one.more), size=FINE, ink=MUTED,
                        anchor="end")  # fmt: skip
        for line in lines:
            canvas.text(left + _PAD, y, line, size=size, ink=INK if one.main else MUTED)
            y += _LINE


def _arrow(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    """Draw a line with a head at its end."""
    canvas.line(points, ink=MUTED, width=1.1)
    (x, y), (before, _) = points[-1], points[-2]
    if x == before:
        canvas.shape([(x, y), (x - 4, y - 6), (x + 4, y - 6)], face=MUTED)
    else:
        canvas.shape([(x, y), (x - 6, y - 4), (x - 6, y + 4)], face=MUTED)


def _earlier(canvas: Canvas, report: Json, into: float) -> None:
    """The version before, whose studies are among those included."""
    left, right = _LEFT
    flow = report["flow_before"]
    bottom = _HEAD + 2 * _PAD + 3 * _LINE
    canvas.box(left, _HEAD, right, bottom, edge=MUTED, width=0.9)
    said = (
        f"Version {report['previous_version']}",
        words.count(flow["included_studies"], "study", "studies"),
        words.count(flow["included_records"], "record"),
    )
    for place, line in enumerate(said):
        canvas.text(left + _PAD, _HEAD + _PAD + _LINE * (place + 0.5), line, bold=place == 0,
                    size=FINE if place == 0 else BODY, room=right - left - 2 * _PAD)  # fmt: skip
    middle = (left + right) / 2
    _arrow(canvas, [(middle, bottom), (middle, into), (_MIDDLE[0], into)])
