"""`baseline.html`: how a version stands against the review that it began from."""

from living_review.reporting.canonical import Json
from living_review.reporting.diff import diff_from_baseline
from living_review.reporting.pages import labels, page

NAME = "baseline.html"


def render(report: Json, _diff: Json) -> bytes:
    """Render the page of what differs from the baseline, and what is as it was there."""
    diff = diff_from_baseline(report)
    differ = {entry["claim"] for entry in diff["changes"]}
    return page(
        "baseline.html",
        report=report,
        diff=diff,
        labels=labels(report),
        same=[entry for entry in report["from_baseline"] if entry["claim"] not in differ],
    )
