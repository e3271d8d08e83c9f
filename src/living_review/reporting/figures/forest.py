"""`figures/<claim>.svg`: a forest plot where studies have numbers, else effect directions.

Drawn with matplotlib's Figure alone (no pyplot, no state), with a fixed hash salt and no
date, so that the same report gives the same bytes.
"""

import json
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from living_review.reporting import citations, words
from living_review.reporting.canonical import Json
from living_review.reporting.figures.inks import INK, MUTED
from living_review.reporting.figures.svg import STYLE, as_svg
from living_review.reporting.plain import shorten

_BAND = "#ece8df"
_COLOUR = {"favours_intervention": "#0a66a3", "favours_comparator": "#b1440a"}
_MARKER = {
    "favours_intervention": "^", "no_difference": "o", "favours_comparator": "v",
    "mixed_unclear": "x",
}  # fmt: skip
# Where a study without numbers stands when directions are all there is to draw.
_PLACE = {
    "favours_intervention": 1,
    "no_difference": 0,
    "favours_comparator": -1,
    "mixed_unclear": 0,
}


def compares(conclusion: Json) -> bool:
    """Whether numbers of several studies can be compared on one unit."""
    return bool(conclusion["pool"])


def alternative(conclusion: Json, records: Json) -> str:
    """Tell the picture in words."""
    names = [
        citations.short(i["records"][0], records) for i in conclusion["evidence"] if i["records"]
    ]
    return f"{conclusion['statement']} {', '.join(names)}."


def draw(conclusion: Json, records: Json) -> bytes:
    """Draw one claim's studies; ones with numbers on the pool's unit as a forest plot."""
    shown = {key: conclusion[key] for key in ("label", "statement", "pool", "mid", "evidence")}
    first = {item["records"][0] for item in conclusion["evidence"] if item["records"]}
    cited = {record: records[record] for record in first if record in records}
    return _drawn(json.dumps([shown, cited], sort_keys=True))


@lru_cache(maxsize=256)  # most claims stand as they stood: a replay draws each state once
def _drawn(told: str) -> bytes:
    conclusion, records = json.loads(told)
    with style.context(["default", STYLE]), warnings.catch_warnings():
        # A name in another script is drawn by the reader's fonts, not by ours.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        unit = _unit(conclusion)
        rows = conclusion["evidence"]
        pooled = conclusion["pool"] if unit and conclusion["pool"] else None
        figure = Figure(figsize=(7.2, 1.6 + 0.34 * (len(rows) + bool(pooled))))
        tall = figure.get_figheight()
        axes = figure.add_axes((0.36, 0.6 / tall, 0.34, 1 - 1.3 / tall))
        _frame(axes, len(rows) + bool(pooled))
        figure.text(0.02, 1 - 0.3 / tall, shorten(conclusion["label"], 90),
                    fontsize=11, fontweight="bold", color=INK)  # fmt: skip
        for place, item in enumerate(rows):
            _study(axes, place, item, records, unit)
        if pooled:
            _pool(axes, len(rows), pooled)
        _axis_words(axes, unit, ((conclusion["mid"] or {}).get("sizes") or {}).get(unit))
        return as_svg(figure, conclusion["statement"])


def _unit(conclusion: Json) -> str | None:
    """Choose the unit to draw: the pool's, else the one most numbers are on."""
    if conclusion["pool"]:
        return str(conclusion["pool"]["unit"])
    units = sorted(item["unit"] for item in conclusion["evidence"] if item["benefit"] is not None)
    return max(units, key=units.count) if units else None


def _frame(axes: Axes, rows: int) -> None:
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.axvline(0, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))


def _study(axes: Axes, row: int, item: Json, records: Json, unit: str | None) -> None:
    name = citations.short(item["records"][0], records) if item["records"] else item["study"]
    colour = _COLOUR.get(item["direction"], MUTED)
    _text(axes, -1.02, row, shorten(name, 30) + ("" if item["settles"] else " (beside)"))
    _text(axes, -0.12, row, citations.participants(item["participants"]), ha="right", color=MUTED)
    symbol, found = words.FINDINGS[item["direction"]]
    if unit is None:
        axes.plot([_PLACE[item["direction"]]], [row], marker=_MARKER[item["direction"]],
                  color=colour, markersize=8, linestyle="none")  # fmt: skip
        _text(axes, 1.05, row, found)
    elif item["unit"] == unit and item["benefit"] is not None:
        if item["benefit_low"] is not None:
            axes.plot([item["benefit_low"], item["benefit_high"]], [row, row], color=INK, lw=1.2)
        axes.plot([item["benefit"]], [row], marker="s", color=colour, markersize=5)
        _numbers(axes, row, item)
    else:
        _text(axes, 1.05, row, f"{symbol} {found}; no number", fontsize=7, color=MUTED)


def _numbers(axes: Axes, row: int, effect: Json, **look: Any) -> None:
    said = words.benefit(effect).replace(" (", "\n(").replace("95% CI ", "")
    _text(axes, 1.05, row, said, fontsize=7, **look)


def _pool(axes: Axes, row: int, pool: Json) -> None:
    low, at, high = (pool[key] for key in ("benefit_low", "benefit", "benefit_high"))
    if pool["pi_low"] is not None:
        # The prediction interval is kept as printed; here it is turned the way of `benefit`.
        ends = _turned(pool)
        axes.plot(ends, [row, row], color=MUTED, linewidth=1, linestyle=(0, (2, 2)))
    face = INK if pool["used"] else "none"
    axes.fill([low, at, high, at], [row, row - 0.22, row, row + 0.22], fc=face, ec=INK)
    _text(axes, -1.02, row, "Pooled" if pool["used"] else "Pool, shown only", fontweight="bold")
    _text(axes, -0.12, row, f"k = {pool['k']}, I² {pool['i2']} %", ha="right", color=MUTED)
    _numbers(axes, row, pool, fontweight="bold")


def _turned(pool: Json) -> Sequence[float]:
    same_way = pool["value"] * pool["benefit"] >= 0
    ends = (pool["pi_low"], pool["pi_high"])
    return ends if same_way else (-ends[1], -ends[0])


def _axis_words(axes: Axes, unit: str | None, mid: float | None) -> None:
    reach = 2.0 if unit is None else max(abs(end) for end in axes.get_xlim())
    if mid:
        reach = max(reach, 1.5 * mid)
        axes.axvspan(-mid, mid, color=_BAND, zorder=0, linewidth=0)
    axes.set_xlim(-reach, reach)
    if unit is None:
        axes.set_xticks([])
    if unit == "risk difference":
        axes.xaxis.set_major_formatter(lambda share, _: f"{share * 100:g}")
    axes.tick_params(colors=MUTED, labelsize=8)
    axes.set_xlabel(words.UNITS.get(unit or "", unit or ""), color=MUTED, fontsize=8)
    for place, side, said in ((0, "left", "← worse"), (1, "right", "better →")):
        axes.text(place, 1.0, said, transform=axes.transAxes, ha=side, va="bottom", fontsize=8,
                  color=MUTED)  # fmt: skip
    if mid:
        axes.text(0.5, 1.0, "too small to matter", transform=axes.transAxes, ha="center",
                  va="bottom", fontsize=7, color=MUTED)  # fmt: skip


def _text(axes: Axes, x: float, row: int, said: str, **look: Any) -> None:
    settings = {"color": INK, "va": "center", "fontsize": 8, **look}
    axes.text(x, row, said, transform=axes.get_yaxis_transform(), **settings)
