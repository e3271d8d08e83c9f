"""`index.html`: the report on one self-contained page, the answer first."""

from urllib.parse import quote

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
        quoted_under=_quoted_under(report),
    )


def _quoted_under(report: Json) -> dict[tuple[str, str], str]:
    """The first claim under which each study's words stand: quoting them again weighs too much."""
    found: dict[tuple[str, str], str] = {}
    for conclusion in report["conclusions"]:
        for item in conclusion["evidence"]:
            found.setdefault((item["study"], item["quote"]), conclusion["claim"])
    return found


def _figures(report: Json) -> dict[str, str]:
    return {
        conclusion["claim"]: f"figures/{quote(figures.file_name(conclusion['claim']))}"
        for conclusion in report["conclusions"]
        if figures.has_figure(conclusion)
    }
