"""Readers: what people look at after something was entered between two updates."""

from pathlib import Path

from living_review.stages.draft import published_versions
from living_review.stages.record_pages import remake_records
from living_review.stages.site import pages_of
from living_review.warehouse import Warehouse, database_path, readers_path


def refresh_readers(review: Path) -> None:
    """Let readers see what was just entered: in their copy, on records' pages, in the queue."""
    with Warehouse(database_path(review)) as store:
        reports = [version.report for version in published_versions(store)]
        if reports:
            remake_records(store, review, reports, pages_of(store, reports))
        store.snapshot_for_readers(readers_path(review))
