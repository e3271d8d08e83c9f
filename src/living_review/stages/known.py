"""What the store knows before a search runs, and what an interrupted run has received already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from living_review.sources.alarms import Before
from living_review.stages import begin
from living_review.warehouse import Warehouse

# Revisions are asked for with this overlap: clocks differ. So a new record that an interrupted
# run received as lately is not asked for again: had it been revised since, the next run would see.
OVERLAP_DAYS = 3

Rows = dict[str, dict[str, Any]]  # by record id


@dataclass(frozen=True)
class Known:
    """What the store knows before a search runs."""

    payloads: Rows
    before: Before
    fetched_on: Mapping[str, date]
    resumed: Rows


def what_is_known(store: Warehouse, context: begin.Context, name: str) -> Known:
    """Everything of the store that one search's pull needs, read in one go."""
    last = next(iter(store.rows("last_search", name=name)), None)
    payloads = by_id(store.rows("known_payloads", cut=context.run_no))
    at = {"cut": context.run_no, "name": name}
    hits = store.rows("current_hits", **at)
    return Known(
        payloads=payloads,
        before=Before({r["record_id"] for r in hits}, last),
        fetched_on={r["record_id"]: r["as_of"] for r in store.rows("fetched_on", **at)},
        resumed=_resumed(store, context, name, last["run_no"] if last else 0, payloads),
    )


def _resumed(
    store: Warehouse, context: begin.Context, name: str, after: int, payloads: Rows
) -> Rows:
    """What an interrupted run has received: new records, and of known ones those of this day."""
    lately = context.as_of - timedelta(days=OVERLAP_DAYS)
    rows = store.rows("fetched_since", name=name, run_no=after, since=lately, as_of=context.as_of)
    return {
        row["record_id"]: {**row, "run_no": context.run_no, "came_by": name}
        for row in rows
        if (row.pop("as_of") == context.as_of or row["record_id"] not in payloads)
        and not row["problem"]
    }


def by_id(rows: Iterable[dict[str, Any]]) -> Rows:
    """The rows under their record ids; of two, the later one."""
    return {row["record_id"]: row for row in rows}


def is_wanting(row: Mapping[str, Any] | None) -> bool:
    """Whether a record that a search finds is unknown, unread, or only known from an import."""
    return row is None or row["deleted"] or row["problem"] or row["came_by"] == "import"
