"""Keep: payloads as received, where they differ from what the store has."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from living_review.parsing.payload import Payload
from living_review.warehouse import Warehouse

UNREADABLE = "unreadable:"

Row = dict[str, Any]
Received = tuple[Row, Payload]


def changed(
    payloads: Sequence[Payload], known: Mapping[str, Mapping[str, Any]], run_no: int, came_by: str
) -> list[Received]:
    """The payloads that are new or differ from the known ones, each with its row.

    `known` has the last payload_hash, deleted and problem of each record by its id.
    """
    received = [(raw_row(run_no, came_by, payload), payload) for payload in payloads]
    return [(row, p) for row, p in received if is_change(row, known.get(row["record_id"]))]


def add(store: Warehouse, received: Sequence[Received]) -> None:
    """Append payloads and their rows; the caller holds the transaction."""
    add_bodies(store, received)
    store.write("raw_record", [row for row, _ in received])


def add_bodies(store: Warehouse, received: Sequence[Received]) -> None:
    """Append the bytes alone, which nothing points to yet; the caller holds the transaction."""
    store.write("payload", [
        {"payload_hash": row["payload_hash"], "format": p.format, "body": p.body}
        for row, p in received
    ])  # fmt: skip


def raw_row(run_no: int, came_by: str, payload: Payload) -> Row:
    """The row that says how a payload came; its bytes are in it by their hash."""
    digest = hashlib.sha256(payload.body).hexdigest()
    return {
        "run_no": run_no,
        # A record whose own key is unreadable is still kept, under the hash of its bytes.
        "record_id": payload.record_id or f"{UNREADABLE}{digest[:16]}",
        "payload_hash": digest,
        "came_by": came_by,
        "deleted": payload.deleted,
        "problem": payload.problem,
    }


def is_change(row: Row, known: Mapping[str, Any] | None) -> bool:
    """Whether a record is new, or differs from what is known of it."""
    return known is None or any(
        row[key] != known[key] for key in ("payload_hash", "deleted", "problem")
    )
