"""`report.json`: the canonical report itself, for other programs."""

from living_review.reporting.canonical import Json, dump

NAME = "report.json"


def render(report: Json, _diff: Json) -> bytes:
    """Write the canonical report."""
    return dump(report)
