"""The pages of records and the queue: made again when a fact about a record was appended."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from living_review.model import PartialDate, Record
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
    if note.get("of_records") == made_of and _all_there(folder, note):
        return
    newest, day = reports[-1], str(at.as_of)
    of_records, unlisted = _every_record(store, at, reports)
    bears, changes = borne(reports), moved(reports, shown_at)
    paged = {one.record.record_id for one in of_records}
    for one in of_records:
        record = one.record.record_id
        body = record_html(one, newest, bears.get(record, ()), changes.get(record, ()), paged)
        pages.write(folder / record_name(record), body)
    pages.write(folder / LIST_NAME, records_html(of_records, newest, day, unlisted))
    pages.write(folder / "queue.html", queue_html(asked(store, at), of_records, newest, day))
    pages.keep_note(folder, of_records=made_of, records=len(of_records))


def _made_of(store: Warehouse, at: Standpoint, reports: Sequence[Report]) -> list[Any]:
    writes = store.rows("last_writes", as_of=at.as_of, cut=at.cut)[0]
    told = [looks(), basis(at.protocol), writes, [report["version"] for report in reports]]
    made_of: list[Any] = json.loads(json.dumps(told))
    return made_of


def _all_there(folder: Path, note: Mapping[str, Any]) -> bool:
    """Whether no page was lost: those of the records, their list, and the queue."""
    made = sum(1 for _ in (folder / LIST_NAME).parent.glob("*.html"))
    return (folder / "queue.html").is_file() and made > note["records"]


def _every_record(
    store: Warehouse, at: Standpoint, reports: Sequence[Report]
) -> tuple[list[Kept], int]:
    """What is kept of each record that has a page, by id; and how many excluded ones have none."""
    shown = bearing(store, at, verdicts=SHOWN)
    seen = {"as_of": at.as_of, "cut": at.cut, "basis": basis(at.protocol), "record_ids": shown}
    excluded = [row["record_id"] for row in store.rows("excluded_ids", **seen)]
    listed = excluded if len(excluded) <= PAGES_OF_EXCLUDED else []
    found = kept(store, at, [*shown, *listed])
    known = {one.record.record_id for one in found}
    reported = _reported(reports, known)
    ordered = sorted([*found, *reported], key=lambda one: one.record.record_id)
    return ordered, len(excluded) - len(listed)


def _reported(reports: Sequence[Report], known: set[str]) -> list[Kept]:
    """Records of a version that have no current entry any more, as the newest of them has them."""
    told = {
        record_id: record
        for report in reports
        for record_id, record in report["records"].items()
        if record_id not in known
    }
    return [Kept(record=_as_told(record_id, record)) for record_id, record in told.items()]


def _as_told(record_id: str, told: Mapping[str, Any]) -> Record:
    published = told.get("published")
    return Record(
        record_id=record_id,
        title=told.get("title") or "",
        pmid=told.get("pmid"),
        doi=told.get("doi"),
        authors=tuple(told.get("authors") or ()),
        journal=told.get("journal"),
        citation=told.get("citation"),
        published=PartialDate.parse(published) if published else None,
    )
