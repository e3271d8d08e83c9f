"""The site's first page: conclusions today, how fresh they are, every version."""

from collections.abc import Iterator, Sequence
from typing import Any

from living_review.reporting.canonical import Json
from living_review.reporting.pages import data_address, page
from living_review.reporting.site.trend import trends


def index_html(
    versions: Sequence[Json],
    reports: Sequence[Json],
    freshness: Json,
    timeline: tuple[bytes, str],
    backtested: str | None = None,
) -> bytes:
    """Render the first page from all `reports`, oldest first.

    `versions`, as many: version, as_of, headline, changed, signals (counts) and `page`, the page
    in its folder that tells what it changed. `freshness`: `last_search` (date or None),
    `next_run` (text or None), `stale` (bool), `because` (text), `warnings` (what the last search
    gave cause to say). `timeline` is the picture of all claims over all versions (SVG) and what it
    says in words. `backtested` is the version up to which a back-test stands beside them.
    """
    changed = [told for told in versions if told["changed"]]
    return page(
        "index.html",
        root="",
        versions=list(reversed(versions)),
        columns=versions,
        rows=list(_rows(reports)),
        report=reports[-1],
        trends=trends(reports),
        last_changed=changed[-1] if changed and changed[-1] != versions[-1] else None,
        timeline={"address": data_address(timeline[0]), "alternative": timeline[1]},
        freshness={
            "last_search": None,
            "next_run": None,
            "because": "",
            "warnings": [],
            **freshness,
        },
        stale=bool(freshness.get("stale")),
        backtested=backtested,
    )


def _rows(reports: Sequence[Json]) -> Iterator[dict[str, Any]]:
    """One row a claim of today, with a cell for each version; None before the claim was watched."""
    for now in reports[-1]["conclusions"]:
        cells = [_cell(report, now["claim"]) for report in reports]
        yield {"claim": now["claim"], "label": now["label"], "cells": cells}


def _cell(report: Json, claim: str) -> dict[str, Any] | None:
    stood = [c for c in report["conclusions"] if c["claim"] == claim]
    if not stood:
        return None
    classes = sorted(entry["class"] for entry in report["changes"] if entry["claim"] == claim)
    return {
        "direction": stood[0]["direction"],
        "certainty": stood[0]["certainty"],
        "class": classes[0] if classes else None,  # CHANGED sorts before SIGNAL
    }
