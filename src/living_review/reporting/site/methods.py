"""The methods as a page: searches, criteria, rules, what a machine did and how well."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from living_review.reporting.canonical import Json
from living_review.reporting.pages import page


def methods_html(report: Json) -> bytes:
    """Render the methods of one version."""
    accuracy = measured()
    other = report["methods"]["taggers"].get("reading") != accuracy["reader"]
    return page(
        "methods.html", root="", report=report, accuracy={**accuracy, "other_version": other}
    )


@cache
def measured() -> dict[str, Any]:
    """How well records are read, as benchmarks/RESULTS.md has it: reader, measured_on, rows."""
    text = files("living_review.reporting").joinpath("accuracy.json").read_text("utf-8")
    told: dict[str, Any] = json.loads(text)
    return told
