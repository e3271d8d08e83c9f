"""Settle: make whatever published files are missing from what the store keeps.

So a crash between a version's commit and its files heals at the next command. Version folders
never change afterwards; the pages above them, which span versions, are made again as they go on.
"""

import os
import shutil
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from living_review.stages import site
from living_review.stages.draft import published_versions
from living_review.stages.freshness import freshness
from living_review.warehouse import Warehouse, database_path, readers_path, store_path

AT_ONCE = 10  # versions whose bytes are held in memory together


def settle(review: Path, *, spanning: bool = True) -> None:
    """Make every published file that is missing, the pages above them, and the readers' copy.

    Without `spanning`, the pages that span versions stay as they are.
    """
    reports = store_path(review) / "reports"
    with Warehouse(database_path(review)) as store:
        versions = published_versions(store)
        _materialise(store, reports)
        if versions:
            if spanning:
                site.remake(store, review, versions, freshness(store, review))
            _point_latest(reports, versions[-1].edition.version)
        store.snapshot_for_readers(readers_path(review))


def _materialise(store: Warehouse, reports: Path) -> None:
    """Make the folder of each version whole; readers see all of it or none of it."""
    missing = sorted(
        {
            row["version"]
            for row in store.rows("file_names")
            if not (reports / row["version"] / row["name"]).is_file()
        }
    )
    for start in range(0, len(missing), AT_ONCE):
        versions = missing[start : start + AT_ONCE]
        rows = store.rows("blobs", versions=versions)
        for version, files in groupby(rows, key=lambda row: str(row["version"])):
            _make_folder(reports, version, files)


def _make_folder(reports: Path, version: str, files: Iterable[dict[str, Any]]) -> None:
    folder, aside = reports / version, reports / f".{version}.part"
    shutil.rmtree(aside, ignore_errors=True)
    for file in files:
        target = aside / file["name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes(file["body"]))
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def _point_latest(reports: Path, version: str) -> None:
    aside = reports / ".latest.part"
    aside.unlink(missing_ok=True)
    os.symlink(version, aside)
    aside.replace(reports / "latest")
