"""`index.html`: the report on one self-contained page, the answer first.

No script and nothing fetched: the page's own policy forbids both, so that no title can
smuggle either in. The style sheet is allowed by its hash.
"""

import base64
import hashlib

from living_review.reporting.canonical import Json
from living_review.reporting.templating import html, source

NAME = "index.html"


def render(report: Json, diff: Json) -> bytes:
    """Render the page of one version."""
    return page(
        "report.html",
        report=report,
        diff=diff,
        figures=_figures(report),
        labels=labels(report),
        news=_news(diff),
    )


def _news(diff: Json) -> dict[str, str]:
    """Name each claim's gravest class of change, in the diff's order: CHANGED comes first."""
    news: dict[str, str] = {}
    for entry in diff["changes"]:
        news.setdefault(entry["claim"], entry["class"])
    return news


def labels(report: Json) -> dict[str, str]:
    """Name each claim of the report for a link or a table."""
    return {conclusion["claim"]: conclusion["label"] for conclusion in report["conclusions"]}


def page(template: str, *more_styles: str, **data: object) -> bytes:
    """Render any page of the site with its style sheets in it, and the policy for these."""
    style = "".join(source(name) for name in ("style.css", *more_styles))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return html(template, style=style, policy=policy, **data)


def _figures(report: Json) -> dict[str, str]:
    # Imported here: figures draws with matplotlib, which the other pages can do without.
    from living_review.reporting.figures import file_name, has_figure  # noqa: PLC0415

    return {
        conclusion["claim"]: f"figures/{file_name(conclusion['claim'])}"
        for conclusion in report["conclusions"]
        if has_figure(conclusion)
    }
