"""One claim over all versions."""

from collections.abc import Sequence

from living_review.reporting.canonical import Json
from living_review.reporting.figures.bands import TALLEST, course, draw_band, said_of
from living_review.reporting.figures.calendar import calendar, draw_versions, draw_years
from living_review.reporting.figures.canvas import WIDTH, Canvas, drawing


def draw(claim: str, reports: Sequence[Json]) -> bytes | None:
    """Draw one claim over the versions that have it; None where none does."""
    said = said_of(claim, reports)
    if not said:
        return None
    with drawing():
        canvas = Canvas(110)
        axis = calendar(reports, 8, WIDTH - 8)
        draw_versions(canvas, axis, 30, 70)
        draw_band(canvas, axis, said, 30 + TALLEST + 10)
        draw_years(canvas, axis, 74)
        return canvas.save("History of a claim", alternative(claim, reports))


def alternative(claim: str, reports: Sequence[Json]) -> str:
    """Tell the history in words; empty where no version has the claim."""
    return course(said_of(claim, reports))
