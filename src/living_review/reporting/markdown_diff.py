"""`diff.md`: what changed, for an e-mail, a pull request or a Prefect artifact."""

from living_review.reporting.canonical import Json
from living_review.reporting.templating import markdown_page

NAME = "diff.md"


def render(_report: Json, diff: Json) -> bytes:
    """Render the diff as Markdown."""
    return markdown_page("diff.md", diff=diff)
