"""`figures/`: the pictures of a version, one SVG for each claim that has studies, and the flow.

A module for each picture: `forest` and `directions` for the studies of a claim, `prisma` for the
flow of records; `timeline` and `history` span versions and are drawn for the pages above them.
Each has `draw`, the same bytes for the same report, and `alternative`, the picture in words.
"""

import re
from types import ModuleType
from urllib.parse import quote

from living_review.reporting.canonical import Json
from living_review.reporting.figures import directions, forest, history, prisma, timeline
from living_review.reporting.figures.inks import INK, MUTED
from living_review.reporting.figures.svg import STYLE, as_svg

__all__ = [
    "FLOW", "INK", "MUTED", "NAME", "STYLE", "alternative", "as_svg", "directions", "draw",
    "file_name", "forest", "has_figure", "history", "prisma", "render", "timeline",
]  # fmt: skip

NAME = "figures/"
FLOW = "prisma.svg"


def render(report: Json, _diff: Json) -> dict[str, bytes]:
    """Draw the flow and every claim that has studies to draw: file name → SVG."""
    return {FLOW: prisma.draw(report)} | {
        file_name(conclusion["claim"]): draw(conclusion, report["records"])
        for conclusion in report["conclusions"]
        if has_figure(conclusion)
    }


def has_figure(conclusion: Json) -> bool:
    """Whether there is a study to draw."""
    return bool(conclusion["evidence"])


def file_name(claim: str) -> str:
    """Name a claim's figure; whatever the claim's id, it stays inside its folder."""
    # A claim that is called as the flow is gets a sign more than it has.
    apart = "-" if re.fullmatch(r"prisma-*", claim, re.IGNORECASE) else ""
    return f"{quote(claim, safe='')}{apart}.svg"


def draw(conclusion: Json, records: Json) -> bytes:
    """Draw one claim's studies: as a forest plot where numbers compare, else by direction."""
    picture: bytes = _picture(conclusion).draw(conclusion, records)
    return picture


def alternative(conclusion: Json, records: Json) -> str:
    """Tell the picture of one claim's studies in words."""
    told: str = _picture(conclusion).alternative(conclusion, records)
    return told


def _picture(conclusion: Json) -> ModuleType:
    return forest if forest.compares(conclusion) else directions
