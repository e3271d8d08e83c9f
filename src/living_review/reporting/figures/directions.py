"""Effect-direction plot: a row a study, its symbol under what it found, as large as the study.

After the synthesis without meta-analysis guideline (SWiM, BMJ 2020;368:l6890) and Thomson and
Thomas 2013; columns and shapes say the direction, so that it reads in grey.
"""

import json
import math
from functools import lru_cache

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.figures import studies
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing
from living_review.reporting.figures.inks import BAND, FINDINGS, LINE, MUTED
from living_review.reporting.figures.letters import FINE, TITLE
from living_review.reporting.plain import shorten

_NAMES = 226.0
_HEAD, _ROW, _HEADING, _FOOT = 66.0, 32.0, 26.0, 42.0
# Each direction's column: its middle and its head.
_COLUMNS = {
    "favours_comparator": (278.0, "▼ worse"),
    "no_difference": (371.0, "● no difference"),
    "favours_intervention": (470.0, "▲ better"),
    "mixed_unclear": (568.0, "? unclear"),
}
_EDGES = (234.0, 316.0, 426.0, 516.0, 620.0)
_SMALLEST, _LARGEST = 6.5, 18.0  # units across, from no to 400 participants and more
_MANY = 400


def draw(conclusion: Json, records: Json) -> bytes:
    """Draw the studies of a claim by the direction of what they found."""
    shown = {key: conclusion[key] for key in ("label", "statement", "counts", "method", "evidence")}
    return _drawn(json.dumps([shown, studies.cited(conclusion, records)], sort_keys=True))


def alternative(conclusion: Json, records: Json) -> str:
    """Tell the picture in words: every study with what it found."""
    parts = [f"Effect-direction plot. {shorten(conclusion['statement'], 200)}"]
    for group, items in studies.grouped(conclusion):
        listed = "; ".join(studies.told(item, records) for item in items)
        parts.append(f"{studies.GROUPS[group]}: {listed}.")
    tally = words.tally(conclusion)
    return " ".join([*parts, f"Primary studies by direction: {tally}."] if tally else parts)


@lru_cache(maxsize=256)  # most claims stand as they stood: a replay draws each state once
def _drawn(told: str) -> bytes:
    conclusion, records = json.loads(told)
    groups = list(studies.grouped(conclusion))
    bottom = _HEAD + sum(_HEADING + _ROW * len(items) for _, items in groups)
    with drawing():
        canvas = Canvas(bottom + _FOOT)
        _head(canvas, conclusion, bottom)
        at = _HEAD
        for group, items in groups:
            canvas.text(4, at + 14, studies.GROUPS[group], size=FINE, ink=MUTED, bold=True)
            at += _HEADING
            for item in items:
                _study(canvas, item, records, at + _ROW / 2)
                at += _ROW
        _foot(canvas, conclusion, bottom)
        title = f"{conclusion['label']}: studies by direction"
        return canvas.save(title, alternative(conclusion, records))


def _head(canvas: Canvas, conclusion: Json, bottom: float) -> None:
    canvas.text(4, 14, conclusion["label"], size=TITLE, bold=True, room=WIDTH - 8)
    canvas.text(4, 33, conclusion["statement"], size=FINE, ink=MUTED, room=WIDTH - 8)
    canvas.box(_EDGES[1], _HEAD - 8, _EDGES[2], bottom, face=BAND)
    for middle, said in _COLUMNS.values():
        canvas.text(middle, _HEAD - 15, said, size=FINE, ink=MUTED, anchor="middle")


def _study(canvas: Canvas, item: Json, records: Json, y: float) -> None:
    canvas.text(4, y - 6, studies.name(item, records), room=_NAMES)
    canvas.text(4, y + 8, studies.design(item), size=FINE, ink=MUTED, room=_NAMES)
    canvas.line([(_EDGES[0], y), (_EDGES[-1], y)], ink=LINE, width=0.6)
    marker, ink = FINDINGS[item["direction"]]
    middle, _ = _COLUMNS[item["direction"]]
    number = item["participants"]
    canvas.mark(middle, y, marker, ink=ink, size=_across(number), hollow=number is None)


def _across(participants: int | None) -> float:
    """The size of a symbol: its area grows with the participants."""
    share = math.sqrt(min(1.0, (participants or 0) / _MANY))
    return _SMALLEST + share * (_LARGEST - _SMALLEST)


def _foot(canvas: Canvas, conclusion: Json, bottom: float) -> None:
    tally = words.tally(conclusion)
    if tally:
        canvas.text(4, bottom + 14, f"Primary studies: {tally}", size=FINE, room=WIDTH - 8)
    said = "The larger the symbol, the more participants; open: number not stated"
    canvas.text(4, bottom + 31, said, size=FINE, ink=MUTED, room=WIDTH - 8)
