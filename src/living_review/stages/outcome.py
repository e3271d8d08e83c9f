"""How an update ended, in words and numbers for the command line."""

import json
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from living_review.stages import published, serial, update, waiting
from living_review.stages.draft import Compared
from living_review.stages.freshness import attempts
from living_review.stages.warnings import OF_RETRIEVAL, of_last_retrieval
from living_review.warehouse import Warehouse, database_path, store_path


def of_last_run(review: Path) -> dict[str, Any]:
    """What the last update published, or that nothing changed since which version."""
    run_no = attempts(review)[-1]["run_no"]
    with Warehouse(database_path(review)) as store:
        latest = store.rows("latest_version")
        warned = [f"warning: {text}" for text in of_last_retrieval(store, review)]
    report = published.report(review, None) if latest else None
    if report is None:
        said = [*warned, "nothing to publish: no record is included yet"]
        return _result(review, None, said, None)
    if latest[0]["run_no"] != run_no:
        said = [*warned, f"nothing changed since {report['version']}"]
        return _result(review, None, said, report)
    index = store_path(review) / "reports" / report["version"] / "index.html"
    told = [f"warning: {w['text']}" for w in report["warnings"] if w["code"] in OF_RETRIEVAL]
    lines = [*told, *_told(report["changes"]), _headline(report, index)]
    return _result(review, report, lines, report)


def of_replay(review: Path, dates: Sequence[date]) -> list[str]:
    """One line for each version that the replay of these dates published."""
    wanted = {str(day) for day in dates}
    lines = []
    for report in published.reports(review):
        if report["as_of"] in wanted:
            summary = published.summary(report)
            lines.append(
                f"{report['version']}\t{report['as_of']}\t"
                f"{summary['changed']} changed, {summary['signals']} signals"
            )
    return lines


def dry_run(review: Path, as_of: date | None) -> dict[str, Any]:
    """What an update would change: run on a copy of the store, up to the checks."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "review"
        _copy_store(review, copy)
        update.run(copy, as_of, "manual", until="check")
        run_no = attempts(copy)[-1]["run_no"]
        with Warehouse(database_path(copy)) as store:
            drafted = store.rows("newest_comparison", run_no=run_no)
            latest = store.rows("latest_version")
    changes = []
    if drafted:
        comparison = serial.load(Compared, drafted[0]["body"]).comparison
        changes = [
            {"class": c.change_class, "claim": c.claim, "why": c.why} for c in comparison.changes
        ]
    lines = _told(changes) or ["nothing would change"]
    report = json.loads(latest[0]["report"]) if latest else None
    result = _result(review, None, [*lines, "dry run: nothing was kept"], report)
    return result | {"changed": [c["claim"] for c in changes if c["class"] == "CHANGED"]}


def _copy_store(review: Path, copy: Path) -> None:
    """A second review on the same files with a store of its own."""
    store_path(copy).mkdir(parents=True)
    for entry in review.iterdir():
        if entry.name != "warehouse":
            (copy / entry.name).symlink_to(entry)
    if database_path(review).exists():
        with Warehouse(database_path(review)) as store:
            store.snapshot_for_readers(database_path(copy))


def _result(
    review: Path,
    made: dict[str, Any] | None,
    lines: list[str],
    latest: dict[str, Any] | None,
) -> dict[str, Any]:
    changes = made["changes"] if made else []
    return {
        "version": made["version"] if made else None,
        "latest": latest["version"] if latest else None,
        "changed": [c["claim"] for c in changes if c["class"] == "CHANGED"],
        "signals": [c["claim"] for c in changes if c["class"] == "SIGNAL"],
        "waiting": len(waiting.run(review)),
        "lines": lines,
    }


def _told(changes: Sequence[dict[str, Any]]) -> list[str]:
    return [f"{change['class']} {change['claim']}: {change['why']}" for change in changes]


def _headline(report: dict[str, Any], index: Path) -> str:
    summary = published.summary(report)
    return (
        f"published {report['version']} as of {report['as_of']}: {summary['changed']} changed, "
        f"{summary['signals']} signals; {index}"
    )
