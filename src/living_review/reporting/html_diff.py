"""`diff.html`: what changed since the version before, on one page and the changed first."""

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.pages import labels, page

NAME = "diff.html"


def render(report: Json, diff: Json) -> bytes:
    """Render the page of what one version changed."""
    return page(
        "diff.html",
        report=report,
        diff=diff,
        labels=labels(report),
        **dated(diff),
    )


def dated(diff: Json) -> dict[str, str]:
    """Head the two sides of a change: the version before, and this one, with their dates."""
    before = (
        f"Version {diff['from']}, {words.day(diff['from_as_of'])}" if diff["from"] else "Before"
    )
    return {"from": before, "to": f"Now, {words.day(diff['to_as_of'])}"}
