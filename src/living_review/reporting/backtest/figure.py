"""`lanes.svg`: each claim a lane, each policy a thin band through time, filled by what it told.

A filling is told by its shade, its hatching and its sign, so that it reads without colour. Drawn
with a fixed hash salt and no date: the same back-test gives the same bytes.
"""

import warnings
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from living_review.reporting.backtest import words
from living_review.reporting.canonical import Json
from living_review.reporting.figures import INK, MUTED, STYLE, as_svg
from living_review.reporting.plain import shorten

NAME = "lanes.svg"

WIDTH, LEFT, RIGHT = 6.4, 1.05, 0.15  # inches
LANE, BAND, TITLE, LEGEND = 0.82, 0.17, 0.24, 0.95
SIGN_WIDTH = 0.13  # a narrower stretch is left without its sign


class Look(NamedTuple):
    """How a state is filled: face, hatching, the colour of its sign."""

    face: str
    hatch: str
    sign: str


_LOOKS = {
    "benefit": Look("#0a66a3", "", "#ffffff"),
    "harm": Look("#e08a4f", "xxx", INK),
    "little_or_none": Look("#b9c0ca", "", INK),
    "uncertain": Look("#f6f3ec", "////", INK),
    "no_evidence": Look("#ffffff", "", MUTED),
    "not_addressed": Look("#ffffff", "", MUTED),
    "significant_benefit": Look("#0a66a3", "", "#ffffff"),
    "significant_harm": Look("#e08a4f", "xxx", INK),
    "not_significant": Look("#e9e4d8", "...", INK),
    "no_effects": Look("#ffffff", "", MUTED),
}
_LEGEND = (
    ("benefit", "benefit, significant benefit"), ("harm", "harm, significant harm"),
    ("little_or_none", "little or no difference"), ("uncertain", "uncertain"),
    ("not_significant", "not significant"), ("no_evidence", "no evidence, no effects to test"),
)  # fmt: skip


def render(told: Json) -> bytes:
    """Draw every claim's lane; only a title where there is none to draw."""
    tall = LEGEND + LANE * max(1, len(told["claims"])) + 0.4
    with style.context(["default", STYLE | {"hatch.linewidth": 0.5}]), warnings.catch_warnings():
        # A label in another script is drawn by the reader's fonts, not by ours.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, tall))
        axes = figure.add_axes(
            (LEFT / WIDTH, 0.4 / tall, 1 - (LEFT + RIGHT) / WIDTH, 1 - (LEGEND + 0.4) / tall)
        )
        ends = _time(axes, told["versions"])
        axes.set_ylim(LANE * max(1, len(told["claims"])), 0)
        for lane, claim in enumerate(told["claims"]):
            _lane(axes, lane * LANE, claim, told["versions"], ends)
        _legend(figure, tall)
        return as_svg(figure, f"Back-test: {told['review']['title']}")


def _time(axes: Axes, versions: Sequence[Json]) -> tuple[float, float]:
    """Set up the axis of time; the last version's state is drawn a little beyond its date."""
    days = [date.fromisoformat(version["as_of"]) for version in versions]
    beyond = max((days[-1] - days[0]).days // 30, 30)
    first, last = days[0].toordinal(), days[-1].toordinal() + beyond
    axes.set_xlim(first, last)
    years = range(days[0].year + 1, days[-1].year + 1)
    shown = years[:: max(1, len(years) // 6)]
    axes.set_xticks([date(year, 1, 1).toordinal() for year in shown], [str(y) for y in shown])
    axes.set_yticks([])
    axes.tick_params(colors=MUTED, labelsize=8)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    for day in days:
        axes.axvline(day.toordinal(), color="#d9d4c8", linewidth=0.5, zorder=0)
    return first, last


def _lane(
    axes: Axes, top: float, claim: Json, versions: Sequence[Json], ends: tuple[float, float]
) -> None:
    place = axes.get_yaxis_transform()
    axes.text(-LEFT / (WIDTH - LEFT - RIGHT), top + TITLE * 0.6, shorten(claim["label"], 60),
              transform=place, fontsize=9, fontweight="bold", color=INK, va="center")  # fmt: skip
    for number, (policy, named) in enumerate(words.POLICIES.items()):
        at = top + TITLE + (number + 0.5) * BAND
        turned = claim["turns"][policy]
        axes.text(-0.02, at, named.short, transform=place, fontsize=7.5, color=MUTED, va="center",
                  ha="right", fontweight="bold" if turned else "normal")  # fmt: skip
        for state, start, end in _stretches(claim, policy, versions, ends[1]):
            _fill(axes, at, state, start, end, ends)


def _fill(
    axes: Axes, at: float, state: str, start: float, end: float, ends: tuple[float, float]
) -> None:
    look = _LOOKS[state]
    axes.barh(at, end - start, left=start, height=BAND * 0.86, color=look.face, hatch=look.hatch,
              edgecolor=MUTED, linewidth=0.5)  # fmt: skip
    inches = (end - start) / (ends[1] - ends[0]) * (WIDTH - LEFT - RIGHT)
    if inches >= SIGN_WIDTH:
        behind: dict[str, Any] = {"facecolor": look.face, "edgecolor": "none", "pad": 0.6}
        axes.text(start + (ends[1] - ends[0]) * 0.012, at, words.STATES[state][0], fontsize=6.5,
                  color=look.sign, va="center", ha="left",
                  bbox=behind if look.hatch else None)  # fmt: skip


def _stretches(
    claim: Json, policy: str, versions: Sequence[Json], end: float
) -> Iterator[tuple[str, float, float]]:
    """Each state with the time it was told: until another was, or the claim was given up."""
    starts = {v["version"]: float(date.fromisoformat(v["as_of"]).toordinal()) for v in versions}
    after = dict(zip(starts, [*list(starts.values())[1:], end], strict=True))
    state, since, until = None, 0.0, 0.0
    for version, told in zip(claim["versions"], claim["states"][policy], strict=True):
        if state is not None and (told != state or starts[version] != until):
            yield state, since, until
            state = None
        if state is None:
            state, since = told, starts[version]
        until = after[version]
    if state is not None:
        yield state, since, until


def _legend(figure: Figure, tall: float) -> None:
    for number, (state, said) in enumerate(_LEGEND):
        left = 0.1 + 2.1 * (number % 3)
        up = tall - 0.3 - 0.3 * (number // 3)
        axes = figure.add_axes((left / WIDTH, (up - 0.08) / tall, 0.26 / WIDTH, 0.16 / tall))
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_axis_off()
        look = _LOOKS[state]
        axes.bar(0.5, 1, width=1, color=look.face, hatch=look.hatch, edgecolor=MUTED, linewidth=0.5)
        figure.text((left + 0.32) / WIDTH, up / tall, f"{words.STATES[state][0]} {said}",
                    fontsize=7.5, color=INK, va="center")  # fmt: skip
