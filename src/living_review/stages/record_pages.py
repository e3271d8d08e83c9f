"""The pages of records and the queue: made again when a fact about a record was appended."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from living_review.reporting.citations import record_told
from living_review.reporting.site.bearing_on import borne, moved
from living_review.reporting.site.queue import queue_html
from living_review.reporting.site.record import (
    LIST_NAME,
    Kept,
    record_html,
    record_name,
    records_html,
)
from living_review.reporting.templating import looks
from living_review.stages import pages
from living_review.stages.bearing import SHOWN, Standpoint, bearing
from living_review.stages.kept import kept
from living_review.stages.screen import basis
from living_review.stages.waiting import asked, here
from living_review.warehouse import Warehouse, store_path

# Beyond so many, excluded records are listed in `records.csv` alone: a review that excludes a
# hundred thousand must not make as many pages that nobody opens.
PAGES_OF_EXCLUDED = 2000

Report = dict[str, Any]


def remake_records(
    store: Warehouse, review: Path, reports: Sequence[Report], shown_at: Mapping[str, str]
) -> None:
    """Make a page for each record, their list, and the queue, where anything of them changed.

    `reports`, oldest first, are the published ones; `shown_at` names the page of each that tells
    what it changed.
    """
    at = here(review, store)
    if at is None:
        return
    folder = store_path(review) / "reports"
    note = pages.note(folder)
    made_of = _made_of(store, at, reports)
    whole = _all_there(folder, note)
    if whole and note.get("of_records") == made_of:
        return
    newest, day = reports[-1], str(at.as_of)
    shown = bearing(store, at, verdicts=SHOWN)
    if whole and not shown and newest["records"]:
        # The rules were changed and have decided nothing yet: until the next update does, the
        # pages stay as they are, rather than say that nothing is known.
        return
    of_records, unlisted = _every_record(store, at, shown, reports)
    bears, changes = borne(reports), moved(reports, shown_at)
    paged = {one.record.record_id for one in of_records}
    for one in of_records:
        record = one.record.record_id
        body = record_html(one, newest, bears.get(record, ()), changes.get(record, ()), paged)
        pages.write(folder / record_name(record), body)
    pages.write(folder / LIST_NAME, records_html(of_records, newest, day, unlisted))
    pages.write(folder / "queue.html", queue_html(asked(store, at, shown), of_records, newest, day))
    pages.keep_note(folder, of_records=made_of, records=len(of_records))


def _made_of(store: Warehouse, at: Standpoint, reports: Sequence[Report]) -> list[Any]:
    writes = store.rows("last_writes", as_of=at.as_of)
    told = [looks(), basis(at.protocol), writes, [report["version"] for report in reports]]
    made_of: list[Any] = json.loads(json.dumps(told))
    return made_of


def _all_there(folder: Path, note: Mapping[str, Any]) -> bool:
    """Whether no page was lost: those of the records, their list, and the queue."""
    made = sum(1 for _ in (folder / LIST_NAME).parent.glob("*.html"))
    return (folder / "queue.html").is_file() and made > note.get("records", made)


def _every_record(
    store: Warehouse, at: Standpoint, shown: list[str], reports: Sequence[Report]
) -> tuple[list[Kept], int]:
    """What is kept of each record that has a page, by id; and how many excluded ones have none.

    `shown` are the records that are not excluded, with what links join to them.
    """
    seen = {"as_of": at.as_of, "cut": at.cut, "basis": basis(at.protocol), "record_ids": shown}
    excluded = [row["record_id"] for row in store.rows("excluded_ids", **seen)]
    listed = excluded if len(excluded) <= PAGES_OF_EXCLUDED else []
    found = kept(store, at, [*shown, *listed])
    known = {one.record.record_id for one in found}
    reported = _reported(reports, known)
    ordered = sorted([*found, *reported], key=lambda one: one.record.record_id)
    return ordered, len(excluded) - len(listed)


def _reported(reports: Sequence[Report], known: set[str]) -> list[Kept]:
    """Records of a version that are not decided on now, as the newest that has them tells."""
    told = {
        record_id: (report["version"], record)
        for report in reports
        for record_id, record in report["records"].items()
        if record_id not in known
    }
    return [
        Kept(
            record=record_told(record_id, record),
            decision={key: record.get(key) or "" for key in ("verdict", "reason", "decider")},
            as_told_by=version,
        )
        for record_id, (version, record) in told.items()
    ]
