"""Parse: payloads as received → records; what cannot be read is listed with its reason."""

from pathlib import Path
from typing import Any

from living_review import parsing
from living_review.errors import LivingReviewError
from living_review.model import Record
from living_review.parsing.payload import Payload
from living_review.stages import begin, serial


def run(review: Path, run_no: int) -> dict[str, int]:
    """Read every payload that this parser has not read yet."""
    context = begin.load(review, run_no)
    counts = {"parsed": 0, "unreadable": 0}
    with context.open() as store:
        # In portions: a first pull may bring more bodies than memory should hold at once.
        while waiting := store.rows("unparsed", cut=run_no, parser=parsing.VERSION):
            records, unreadable = _parse_all(waiting, run_no)
            with store.transaction():
                store.write("record", records)
                store.write("unreadable", unreadable)
            counts["parsed"] += len(records)
            counts["unreadable"] += len(unreadable)
    return counts


def _parse_all(
    waiting: list[dict[str, Any]], run_no: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    records, unreadable = [], []
    for row in waiting:
        key = {
            "run_no": run_no,
            "record_id": row["record_id"],
            "payload_hash": row["payload_hash"],
            "parser": parsing.VERSION,
        }
        try:
            if row["problem"]:
                raise LivingReviewError(row["problem"])
            payload = Payload(row["record_id"], row["format"], bytes(row["body"]))
            records.append(key | record_columns(parsing.parse(payload)))
        except LivingReviewError as error:
            unreadable.append(key | {"reason": getattr(error, "reason", str(error))})
    return records, unreadable


def record_columns(record: Record) -> dict[str, Any]:
    """The columns that the store keeps beside a record's body."""
    return {
        "content_hash": record.content_hash,
        "available_on": record.available_on,
        "kind": record.kind,
        "pmid": record.pmid,
        "doi": record.doi,
        "title": record.title,
        "body": serial.dump(record),
    }
