"""Settle: make whatever published files are missing from what the store keeps.

So a crash between a version's commit and its files heals at the next command. Version folders
never change afterwards; the pages above them, which span versions, are made again as they go on.
"""

import os
import shutil
from pathlib import Path

from living_review.stages import site
from living_review.stages.draft import published_versions
from living_review.stages.freshness import freshness
from living_review.warehouse import Warehouse, database_path, readers_path, store_path


def settle(review: Path) -> None:
    """Make every published file that is missing, the pages above them, and the readers' copy."""
    reports = store_path(review) / "reports"
    with Warehouse(database_path(review)) as store:
        versions = published_versions(store)
        for version in versions:
            _materialise(store, reports, version.edition.version)
        if versions:
            site.remake(store, review, versions, freshness(store, review))
            _point_latest(reports, versions[-1].edition.version)
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


def _point_latest(reports: Path, version: str) -> None:
    aside = reports / ".latest.part"
    aside.unlink(missing_ok=True)
    os.symlink(version, aside)
    aside.replace(reports / "latest")
