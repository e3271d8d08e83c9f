"""`index.html`: the report on one self-contained page, the answer first."""

from living_review.reporting import figures
from living_review.reporting.canonical import Json
from living_review.reporting.pages import labels, news, page

NAME = "index.html"


def render(report: Json, diff: Json) -> bytes:
    """Render the page of one version."""
    return page(
        "report.html",
        report=report,
        diff=diff,
        figures=_figures(report),
        labels=labels(report),
        news=news(diff),
    )


def _figures(report: Json) -> dict[str, str]:
    return {
        conclusion["claim"]: f"figures/{figures.file_name(conclusion['claim'])}"
        for conclusion in report["conclusions"]
        if figures.has_figure(conclusion)
    }
