"""What every page of the site shares: one style sheet, one script, and a policy for both.

Nothing is fetched: the page's own policy allows the style and the script that stand in it, by
their hashes, and pictures in the page; so that no title can smuggle anything in. The script
only sorts, filters and steps through versions: without it every page says the same.
"""

import base64
import hashlib
from functools import cache

from living_review.reporting.canonical import Json
from living_review.reporting.templating import html, source


def page(template: str, *more_styles: str, root: str = "../", **data: object) -> bytes:
    """Render any page of the site with its style sheets in it, and the policy for these.

    `root` leads from the page's folder to the site's first page.
    """
    style, policy = _dress(more_styles)
    return html(template, style=style, policy=policy, script=_script(), root=root, **data)


@cache
def _dress(more_styles: tuple[str, ...]) -> tuple[str, str]:
    style = "".join(source(name) for name in ("style.css", *more_styles))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(_script())}; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )
    return style, policy


@cache
def _script() -> str:
    return source("site.js")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def labels(report: Json) -> dict[str, str]:
    """Name each claim of the report for a link or a table."""
    return {conclusion["claim"]: conclusion["label"] for conclusion in report["conclusions"]}


def news(diff: Json) -> dict[str, str]:
    """Name each claim's gravest class of change, in the diff's order: CHANGED comes first."""
    found: dict[str, str] = {}
    for entry in diff["changes"]:
        found.setdefault(entry["claim"], entry["class"])
    return found


def data_address(svg: bytes) -> str:
    """A picture as an address that carries it, so that a page is whole by itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
