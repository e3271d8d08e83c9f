"""Keep: payloads as received, where they differ from what the store has."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from living_review.errors import SourceError
from living_review.parsing.payload import Payload
from living_review.protocol import Protocol
from living_review.stages import begin
from living_review.warehouse import Warehouse

UNREADABLE = "unreadable:"

Row = dict[str, Any]
Received = tuple[Row, Payload]


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


def stays(known: Mapping[str, Any] | None, row: Row, remote: bool, protocol: Protocol) -> bool:
    """Whether what is known of a record stays, whatever has come now.

    What a person brought stays where a source has nothing to put for it; what a service sent
    stays where a file, which may be older, says otherwise. `remote`: the row is from a service.
    """
    if known is None:
        return False
    if row["problem"] and known["came_by"] == "import":
        return True
    brought_by = protocol.searches.get(known["came_by"])
    by_service = brought_by is not None and brought_by.source != "files"
    return by_service and not remote and not known["problem"]


def note_fetched(store: Warehouse, context: begin.Context, name: str, rows: Iterable[Row]) -> None:
    """Append that a source was asked for these records; the caller holds the transaction."""
    kept = ("record_id", "payload_hash", "deleted", "problem")
    about = {"run_no": context.run_no, "name": name, "as_of": context.as_of}
    store.write("fetched", [about | {key: row[key] for key in kept} for row in rows])


def note_failure(context: begin.Context, name: str, error: SourceError) -> None:
    """Append that a secondary source could not be asked, for the report to say."""
    about = {"run_no": context.run_no, "name": name, "as_of": context.as_of}
    with context.open() as store, store.transaction():
        store.write("source_failure", [about | {"reason": str(error)}])
