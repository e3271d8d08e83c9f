"""What has been published, for readers: from the readers' copy, never from the live store."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from living_review.errors import UserError
from living_review.reporting import words
from living_review.reporting.diff import diff, diff_from_baseline
from living_review.warehouse import Warehouse, readers_path

BASELINE = "baseline"
Report = dict[str, Any]


def reports(review: Path) -> list[Report]:
    """Every published report, oldest first; UserError while there is none."""
    found: list[Report] = []
    if readers_path(review).exists():
        with Warehouse(readers_path(review), read_only=True) as store:
            found = [json.loads(row["report"]) for row in store.rows("versions")]
    if not found:
        raise UserError("nothing is published yet; run `living-review update` first")
    return found


def report(review: Path, version: str | None) -> Report:
    """One published report; the latest when `version` is None."""
    return _named(reports(review), version)


def listed(review: Path) -> list[dict[str, Any]]:
    """A line for each version: number, date, how many conclusions changed, how many signals."""
    return [summary(found) for found in reports(review)]


def summary(found: Report) -> dict[str, Any]:
    """Number, date, headline, and how many claims changed or only signalled."""
    changed = {c["claim"] for c in found["changes"] if c["class"] == "CHANGED"}
    signalled = {c["claim"] for c in found["changes"] if c["class"] == "SIGNAL"} - changed
    return {
        "version": found["version"],
        "as_of": found["as_of"],
        "headline": words.headline(found),
        "changed": len(changed),
        "signals": len(signalled),
    }


def diff_between(review: Path, before: str | None, after: str | None) -> tuple[Report, Report]:
    """The later report, and the diff to it; by default from the previous version to the latest."""
    found = reports(review)
    if before is not None and after is None and before != BASELINE:
        # One version named: what that version changed.
        before, after = None, before
    later = _named(found, after)
    place = found.index(later)
    if before == BASELINE:
        return later, diff_from_baseline(later)
    if before is None:
        return later, diff(found[place - 1] if place else None, later)
    earlier = _named(found, before)
    start = found.index(earlier)
    if start > place:
        raise UserError(f"version {before} is newer than {after}; name the older one first")
    return later, diff(earlier, later, found[start + 1 : place + 1])


def conclusion(found: Mapping[str, Any], claim: str) -> dict[str, Any]:
    """The conclusion on a claim; UserError names the claims there are."""
    for entry in found["conclusions"]:
        if entry["claim"] == claim:
            return dict(entry)
    known = ", ".join(entry["claim"] for entry in found["conclusions"])
    raise UserError(f"there is no claim '{claim}'; claims: {known}")


def _named(found: list[Report], version: str | None) -> Report:
    if version is None:
        return found[-1]
    for candidate in found:
        if candidate["version"] == version:
            return candidate
    raise UserError(f"there is no version {version}; `living-review versions` lists them")
