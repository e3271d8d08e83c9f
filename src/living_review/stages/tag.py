"""Tag: read every record's title and abstract once per wording and per reader.

Before screening, not after it: the criteria ask what was read (design, drugs and their roles),
and a record screened out may be wanted by a claim or criterion that is written later.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from living_review import config, screening, tagging
from living_review.model import Finding, Record, Tag
from living_review.protocol import Protocol
from living_review.stages import begin, serial
from living_review.warehouse import Warehouse

PORTION = 5000  # of bodies; a store may have more than memory should hold at once


def reader(protocol: Protocol) -> str:
    """The name of who reads: the taggers' versions and the vocabulary they read with."""
    basis = [tagging.VERSION, config.fingerprint(protocol.vocabulary)]
    basis.append(str(protocol.rules.reading.min_confidence))
    return "rules:" + hashlib.sha256("|".join(basis).encode()).hexdigest()[:16]


def run(review: Path, run_no: int) -> dict[str, int]:
    """Read every record whose current content this reader has not read yet."""
    context = begin.load(review, run_no)
    name = reader(context.protocol)
    with context.open() as store:
        waiting = store.rows("untagged", as_of=context.as_of, cut=run_no, reader=name)
        readings, tags, findings = [], [], []
        for row in with_bodies(store, context, waiting):
            key = {
                "run_no": run_no,
                "record_id": row["record_id"],
                "content_hash": row["content_hash"],
                "reader": name,
            }
            readings.append(key)
            new_tags, new_findings = _read(row["body"], key, context.protocol)
            tags.extend(new_tags)
            findings.extend(new_findings)
        with store.transaction():
            store.write("tag", tags)
            store.write("finding", findings)
            store.write("reading", readings)
    return {"read": len(readings), "tags": len(tags), "findings": len(findings)}


def with_bodies(
    store: Warehouse, context: begin.Context, waiting: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """These rows of current records with what is stored of each, in portions."""
    for start in range(0, len(waiting), PORTION):
        portion = {row["record_id"]: row for row in waiting[start : start + PORTION]}
        at = {"as_of": context.as_of, "cut": context.run_no, "record_ids": list(portion)}
        for row in store.rows("current_records", **at):
            yield portion[row["record_id"]] | row


def _safely(record: Record, protocol: Protocol) -> tuple[tuple[Tag, ...], tuple[Finding, ...]]:
    """Tags and findings, or that the reader broke on this record: one must not stop the others.

    Screening leaves such a record to a human, with the reason; a mended reader reads it again.
    """
    try:
        tags = tagging.tag(record, protocol.vocabulary)
        level = protocol.rules.reading.min_confidence
        return tags, tagging.find(record, tags, protocol.vocabulary, level)
    except Exception as error:  # whatever it is, it is about this record
        what = f"the reader broke on it ({type(error).__name__}: {str(error)[:200]})"
        return (Tag(screening.NOT_READ, what, record.title, f"tagging:{tagging.VERSION}"),), ()


def _read(
    body: str, key: dict[str, Any], protocol: Protocol
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    record = serial.load(Record, body)
    tags, found = _safely(record, protocol)
    tag_rows = [
        key | {"name": t.name, "value": t.value, "quote": t.quote, "tagger": t.tagger} for t in tags
    ]
    finding_rows = [
        key
        | {
            "ordinal": ordinal,
            "intervention": f.intervention,
            "comparator": f.comparator,
            "outcome": f.outcome,
            "direction": f.direction,
            "unclear_because": f.unclear_because,
            "quote": f.quote,
            "body": serial.dump(f),
        }
        for ordinal, f in enumerate(found)
    ]
    return tag_rows, finding_rows
