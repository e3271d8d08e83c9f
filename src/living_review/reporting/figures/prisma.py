"""The flow of records as a picture."""

from living_review.reporting.canonical import Json
from living_review.reporting.figures.canvas import Canvas, drawing


def draw(report: Json) -> bytes:
    """Draw the flow of a version."""
    with drawing():
        canvas = Canvas(60)
        canvas.text(4, 20, alternative(report), room=600)
        return canvas.save("Flow of records", alternative(report))


def alternative(report: Json) -> str:
    """Tell the flow in words."""
    flow = report["flow"]
    return f"{flow['identified']} identified, {flow['included_studies']} studies included."
