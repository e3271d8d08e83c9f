"""Settle: make whatever published files are missing from what the store keeps.

So a crash between a version's commit and its files heals at the next command. Version folders
never change afterwards; the pages above them, which span versions, are always made again.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from living_review.reporting import site
from living_review.reporting.diff import diff
from living_review.stages.draft import Published, published_versions
from living_review.stages.freshness import freshness
from living_review.stages.published import summary
from living_review.warehouse import Warehouse, database_path, readers_path, store_path

BACKTEST = "backtest"  # the folder beside the versions that `stages.backtest` writes


def settle(review: Path) -> None:
    """Make every published file that is missing, the pages above them, and the readers' copy."""
    reports = store_path(review) / "reports"
    with Warehouse(database_path(review)) as store:
        versions = published_versions(store)
        for version in versions:
            _materialise(store, reports, version.edition.version)
        if versions:
            _remake_site(reports, versions, freshness(store, review))
        store.snapshot_for_readers(readers_path(review))


def _materialise(store: Warehouse, reports: Path, version: str) -> None:
    """Make the folder of a version whole; readers see all of it or none of it."""
    folder = reports / version
    if folder.is_dir():
        for row in store.rows("file_names", version=version):
            if not (folder / row["name"]).is_file():
                break
        else:
            return
    aside = reports / f".{version}.part"
    shutil.rmtree(aside, ignore_errors=True)
    for row in store.rows("blobs", version=version):
        target = aside / row["name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes(row["body"]))
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def _remake_site(reports: Path, versions: list[Published], fresh: dict[str, Any]) -> None:
    reports_kept = [version.report for version in versions]
    listed = [summary(report) for report in reports_kept]
    diffs = {
        after["version"]: diff(before, after)
        for before, after in zip([None, *reports_kept], reports_kept, strict=False)
    }
    newest = reports_kept[-1]
    _write(reports / "index.html", site.index_html(listed, newest, fresh, _backtested(reports)))
    _write(reports / "feed.xml", site.feed_atom(newest["review"]["title"], listed, diffs))
    for conclusion in newest["conclusions"]:
        page = site.claim_history_html(conclusion["claim"], reports_kept)
        _write(reports / site.history_name(conclusion["claim"]), page)
    _point_latest(reports, versions[-1].edition.version)


def _backtested(reports: Path) -> str | None:
    """The version up to which a back-test has been made; None where there is none."""
    path = reports / BACKTEST / "backtest.json"
    return str(json.loads(path.read_bytes())["until"]) if path.is_file() else None


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(body)
    aside.replace(path)


def _point_latest(reports: Path, version: str) -> None:
    aside = reports / ".latest.part"
    aside.unlink(missing_ok=True)
    os.symlink(version, aside)
    aside.replace(reports / "latest")
