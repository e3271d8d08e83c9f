"""The PRISMA flow as a page: the picture of now, and running totals version by version."""

from collections.abc import Sequence
from typing import Any

from living_review.reporting.canonical import Json
from living_review.reporting.figures import prisma
from living_review.reporting.pages import data_address, page

BOXES = (
    ("new", "New"), ("revised", "Revised"), ("identified", "Identified"),
    ("duplicates", "Duplicates"), ("screened", "Screened"), ("excluded", "Excluded"),
    ("unclear", "Unclear"), ("awaiting_results", "Awaited"),
    ("results_published", "Results elsewhere"), ("retracted", "Retracted"),
    ("included_records", "Included records"), ("included_studies", "Included studies"),
)  # fmt: skip


def flow_html(reports: Sequence[Json]) -> bytes:
    """Render the flow of the newest of `reports`, oldest first, and the totals of each."""
    newest = reports[-1]
    return page(
        "flow.html",
        root="",
        report=newest,
        boxes=BOXES,
        rows=[_row(report) for report in reversed(reports)],
        wordings={c["id"]: c["wording"] for c in newest["methods"]["criteria"]},
        picture={
            "address": data_address(prisma.draw(newest)),
            "alternative": prisma.alternative(newest),
        },
    )


def _row(report: Json) -> dict[str, Any]:
    flow = {**report["flow"], "excluded": sum(report["flow"]["excluded"].values())}
    return {
        "version": report["version"],
        "as_of": report["as_of"],
        "boxes": {key: flow.get(key, 0) for key, _ in BOXES},
    }
