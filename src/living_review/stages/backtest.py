"""Backtest: what our rules and two naive ones would have told over this review's own history.

Reads the readers' copy alone; writes one folder beside the versions, made anew each time.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from living_review.backtest import Course, History, Series
from living_review.errors import UserError
from living_review.model import Record
from living_review.reporting import canonical
from living_review.reporting.backtest import figure, page
from living_review.reporting.backtest.report import build, records_of
from living_review.stages import published
from living_review.stages.backtest_inputs import every_record, history_of, series_of
from living_review.stages.draft import Published, published_versions
from living_review.stages.report_inputs import SAMPLE_NOTE
from living_review.stages.settle import settle
from living_review.stages.site import BACKTEST
from living_review.warehouse import Warehouse, readers_path, store_path


@dataclass(frozen=True)
class Written:
    """The back-test as data, and the page it was written to."""

    told: dict[str, Any]
    page: Path


def run(review: Path, table: Path | None = None, claim: str | None = None) -> Written:
    """Back-test the published history, and a table of effects on one claim where one is named.

    `table` is found from where the user stands, else in the review. UserError while nothing is
    published, or where table and claim do not go together; ImportError_ for a table that is wrong.
    """
    if (table is None) != (claim is None):
        raise UserError("a series needs both: --series TABLE.csv and --claim CLAIM")
    published.reports(review)  # says so where nothing is published
    with Warehouse(readers_path(review), read_only=True) as store:
        versions = published_versions(store)
        records = every_record(store)
        found = history_of(store, versions, records)
    series = None
    if table is not None and claim is not None:
        path = table if table.is_file() else review / table
        series = series_of(review, path, claim, versions[-1].report, records)
    told = _told(found, series, versions, records, table)
    written = _write(review, told)
    settle(review)
    return Written(told, written)


def _told(
    found: History,
    series: Series | None,
    versions: Sequence[Published],
    records: Mapping[str, Record],
    table: Path | None,
) -> dict[str, Any]:
    latest = versions[-1].report
    wanted = {record for one in found.courses for record in records_of(one)}
    wanted |= {*series.trials, *series.left_out} if series else set()
    return build(
        found,
        series,
        latest=latest,
        records={name: _cited(records[name]) for name in wanted if name in records},
        certainty_only=_certainty_only(found.courses, versions),
        sample=SAMPLE_NOTE in latest["footer"],
        table=table.name if table else None,
    )


def _certainty_only(courses: Sequence[Course], versions: Sequence[Published]) -> int:
    """How many announced changes left the direction where it was."""
    moved = {(move.version, one.claim) for one in courses for move in one.moves["ours"]}
    changed = {
        (version.edition.version, change["claim"])
        for version in versions
        for change in version.report["changes"]
        if change["class"] == "CHANGED"
    }
    return len(changed - moved)


def _cited(record: Record) -> dict[str, Any]:
    published_on = record.published or record.published_online
    return {
        "title": record.title,
        "authors": list(record.authors + record.collective_authors),
        "journal": record.journal,
        "published": str(published_on) if published_on else None,
        "pmid": record.pmid,
        "doi": record.doi,
    }


def _write(review: Path, told: dict[str, Any]) -> Path:
    """Write page, picture and data; a reader never sees half of them."""
    folder = store_path(review) / "reports" / BACKTEST
    aside = folder.with_name(f".{BACKTEST}.part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    files = {
        page.NAME: page.render(told),
        figure.NAME: figure.render(told),
        "backtest.json": canonical.dump(told),
    }
    for name, body in files.items():
        (aside / name).write_bytes(body)
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)
    return folder / page.NAME
