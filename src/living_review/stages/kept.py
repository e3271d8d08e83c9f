"""Kept: all that the store has of records, for their pages."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from living_review.judging.words import said
from living_review.model import Finding, Record
from living_review.parsing.revisions import changed_parts
from living_review.reporting.site.record import Kept
from living_review.stages import serial
from living_review.stages.bearing import Standpoint
from living_review.stages.judged import KINDS
from living_review.stages.screen import basis
from living_review.stages.tag import reader
from living_review.warehouse import Warehouse

Row = dict[str, Any]


def kept(store: Warehouse, at: Standpoint, record_ids: Sequence[str]) -> list[Kept]:
    """These records, where they are current and decided on from there, sorted by id."""
    asked: Row = {"as_of": at.as_of, "cut": at.cut, "record_ids": list(record_ids)}
    asked |= {"basis": basis(at.protocol), "reader": reader(at.protocol)}
    of = {"cut": at.cut, "record_ids": list(record_ids)}
    decisions = _grouped(store.rows("decisions_of", **of))
    contents = _grouped(store.rows("contents_of", **of))
    found_by = _grouped(store.rows("found_by", **of))
    tags = _grouped(store.rows("tags", **asked))
    findings = _grouped(store.rows("findings", **asked) + store.rows("extracted_effects", **asked))
    judged = _grouped(store.rows("judgements", as_of=at.as_of, cut=at.cut))
    links = _links(store.rows("links_of", **of))
    return [
        Kept(
            record=serial.load(Record, row["body"]),
            decision={key: row[key] for key in ("verdict", "reason", "decider")},
            answers=json.loads(row["answers"]),
            decisions=[_dated(one) for one in decisions[row["record_id"]]],
            tags=tags[row["record_id"]],
            findings=[serial.load(Finding, one["body"]) for one in findings[row["record_id"]]],
            judged=[_judged(one) for one in judged[row["record_id"]]],
            links=links[row["record_id"]],
            revisions=_revisions(contents[row["record_id"]]),
            found_by=[(one["name"], str(one["since"])) for one in found_by[row["record_id"]]],
        )
        for row in store.rows("decided_records", **asked)
    ]


def _grouped(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["record_id"]].append(row)
    return grouped


def _links(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """The links that hold, by each of their two records."""
    by_record: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row["revoked"]:
            for one, other in (("from_id", "to_id"), ("to_id", "from_id")):
                by_record[row[one]].append({**row, "other": row[other]})
    return by_record


def _dated(row: Row) -> Row:
    return row | {"decided_on": str(row["decided_on"])}


def _judged(row: Row) -> Row:
    told = said(serial.load(KINDS[row["subject"]], row["body"]))
    return {
        "said": told,
        "decider": row["decider"],
        "reason": row["reason"],
        "changed_since": row["changed_since"],
    }


def _revisions(contents: Sequence[Row]) -> list[Row]:
    """What changed from each content of a record to the next, and when the review knew."""
    return [
        {
            "when": str(after["known_on"]),
            "parts": list(
                changed_parts(
                    serial.load(Record, before["body"]), serial.load(Record, after["body"])
                )
            ),
        }
        for before, after in pairwise(contents)
    ]
