"""`report.md`: the whole report as text that reads well unrendered."""

from living_review.reporting.canonical import Json
from living_review.reporting.pages import labels
from living_review.reporting.templating import markdown_page

NAME = "report.md"


def render(report: Json, diff: Json) -> bytes:
    """Render the report as Markdown."""
    return markdown_page("report.md", report=report, diff=diff, labels=labels(report))
