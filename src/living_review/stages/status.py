"""Status: how fresh the review is, what ran, what runs next, what waits, what is wrong."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from living_review import config
from living_review.errors import UserError
from living_review.stages import published, waiting
from living_review.stages.freshness import attempts, missed_run, updates_done
from living_review.stages.schedule import next_runs
from living_review.stages.warnings import OF_RETRIEVAL, of_last_retrieval
from living_review.warehouse import Warehouse, readers_path, store_path


def run(review: Path) -> dict[str, Any]:
    """Everything `status` tells, as plain data."""
    now = datetime.now(UTC)
    config.load(review / "config.yaml")  # a review whose protocol cannot be read is not well
    tried = attempts(review)
    try:
        reports = published.reports(review)
    except UserError:
        reports = []
    latest = reports[-1] if reports else None
    asked = waiting.run(review)
    served = (store_path(review) / "service.json").exists()
    return {
        "review": latest["review"]["title"] if latest else None,
        "versions": [published.summary(report) for report in reports],
        "evidence_current_to": max((a["as_of"] for a in updates_done(review)), default=None),
        "last_attempt": tried[-1] if tried else None,
        "failed_since_success": _failures_since_success(tried),
        "stale": missed_run(review, now),
        "served": served,
        "next_update": f"{next_runs(review, now)['update']:%Y-%m-%d %H:%M %Z}" if served else None,
        "queue": len(asked),
        "signals": sum(1 for one in asked if one["what"] == waiting.SIGNAL),
        "warnings": _warnings(review, latest),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The same in words, the most pressing first."""
    said = [found["stale"]] if found["stale"] else []
    said += [f"failed {f['ended']}: {f['error']}" for f in found["failed_since_success"]]
    versions = found["versions"]
    if versions:
        newest = versions[-1]
        said.append(f"{found['review']}: version {newest['version']}, as of {newest['as_of']}")
    else:
        said.append("nothing is published yet")
    said.append(f"evidence current to: {found['evidence_current_to'] or 'never searched'}")
    said.append(f"next update: {found['next_update'] or 'not scheduled; living-review serve'}")
    said.append(f"versions: {len(versions)}")
    signals = f", of them {found['signals']} signals" if found["signals"] else ""
    said.append(f"awaiting a human: {found['queue']}{signals}")
    said += [f"warning: {text}" for text in found["warnings"]]
    return said


def _warnings(review: Path, latest: dict[str, Any] | None) -> list[str]:
    """Those of the last run of each search, then those of the last version that still hold."""
    if not readers_path(review).exists():
        return []
    with Warehouse(readers_path(review), read_only=True) as store:
        now = of_last_retrieval(store, review)
    told = latest["warnings"] if latest else []
    passing = OF_RETRIEVAL - {"left"}
    return now + [w["text"] for w in told if w["code"] not in passing and w["text"] not in now]


def _failures_since_success(tried: list[dict[str, Any]]) -> list[dict[str, Any]]:
    failures: list[dict[str, Any]] = []
    for attempt in tried:
        if attempt["outcome"] == "failed":
            failures.append(attempt)
        else:  # a recheck that succeeds does not make up for an update that failed
            failures = [f for f in failures if f["doing"] != attempt["doing"]]
    return failures
