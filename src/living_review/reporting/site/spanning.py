"""The pages that follow from the published versions alone."""

from collections.abc import Mapping, Sequence

from living_review.reporting.canonical import Json
from living_review.reporting.site.checklist import checklist_html
from living_review.reporting.site.claim import claim_html, claim_name
from living_review.reporting.site.flow import flow_html
from living_review.reporting.site.methods import methods_html


def render(reports: Sequence[Json], pages: Mapping[str, str]) -> dict[str, bytes]:
    """Render them from all `reports`, oldest first: file name in the site → page.

    `pages` names the page in each version's folder that tells what it changed.
    """
    newest = reports[-1]
    claims = [conclusion["claim"] for conclusion in newest["conclusions"]]
    return {
        "flow.html": flow_html(reports),
        "methods.html": methods_html(newest),
        "checklist.html": checklist_html(reports),
        **{claim_name(claim): claim_html(claim, reports, pages) for claim in claims},
    }
