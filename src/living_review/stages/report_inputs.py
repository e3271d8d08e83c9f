"""What a report says beside the conclusions: flow, searches, records, queue, warnings."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from living_review import screening, tagging
from living_review.changes import Snapshot
from living_review.judging.words import said as said_of
from living_review.model import Conclusion, Reading, Record
from living_review.parsing.revisions import changed_parts
from living_review.stages import claim_judgements, flow, serial
from living_review.stages.bearing import Standpoint
from living_review.stages.judged import to_judge_again
from living_review.stages.screen import basis
from living_review.stages.second import agreement
from living_review.stages.tag import reader
from living_review.stages.warnings import warnings_at
from living_review.warehouse import Warehouse

Rows = list[dict[str, Any]]
SAMPLE_NOTE = (
    "This review runs on the bundled sample: the publications are real, their abstracts are in "
    "our own words. It shows how the program works and is no advice on treatment."
)


def report_inputs(
    store: Warehouse,
    at: Standpoint,
    screened: flow.Screened,
    current: Snapshot,
    since: tuple[date | None, int],
) -> dict[str, Any]:
    """The arguments of `reporting.report.build` that come from the store, at this date and cut.

    `since` is the date and cut of the version before, (None, 0) for the first.
    """
    protocol, as_of, cut = at
    asked: dict[str, Any] = {"as_of": as_of, "cut": cut, "record_ids": list(screened.readings)}
    asked |= {"basis": basis(protocol), "reader": reader(protocol)}
    searches = store.rows("search_runs_at", cut=cut)
    records = _records(screened, _harm_quotes(store, asked))
    changes = store.rows("record_changes", previous_as_of=since[0], previous_cut=since[1], **asked)
    return {
        "flow": _flow(store, screened, changes, asked),
        "revised": _revised(changes),
        "searches": _searches(searches),
        "warnings": warnings_at(store, protocol, asked, since[1]),
        "records": records,
        "queue": questions(store, at, screened, current.conclusions),
        "awaiting": [
            {"record": record_id, "title": records[record_id]["title"]}
            for record_id in flow.awaiting(screened)
        ],
        "notes": [SAMPLE_NOTE] if _is_sample(searches) else [],
        "taggers": {"reading": tagging.VERSION, "screening": screening.VERSION},
        "second_reader": agreement(store, protocol, as_of, cut, current.readings),
    }


def questions(
    store: Warehouse,
    at: Standpoint,
    screened: flow.Screened,
    conclusions: Sequence[Conclusion],
) -> Rows:
    """What people are asked from there: records and findings to decide, judgements to renew."""
    protocol, as_of, cut = at
    return [
        *flow.queue(screened),
        *to_judge_again(store, protocol.vocabulary, as_of, cut),
        *claim_judgements.to_judge_again(store, protocol, cut, conclusions),
    ]


def _records(screened: flow.Screened, harm_quotes: dict[str, str]) -> dict[str, dict[str, Any]]:
    records = {}
    for row in screened.bearing:
        record_id = row["record_id"]
        shown_as = screened.shown_as[record_id]
        records[record_id] = {
            **_record(row, screened.readings[record_id], harm_quotes),
            "same_as": None if shown_as == record_id else shown_as,
        }
    return records


def _harm_quotes(store: Warehouse, asked: dict[str, Any]) -> dict[str, str]:
    """The sentence that tells of a harm, by record."""
    tags = store.rows("tags", **asked)
    return {tag["record_id"]: tag["quote"] for tag in tags if tag["name"] == "harm"}


def _record(row: dict[str, Any], reading: Reading, harm_quotes: dict[str, str]) -> dict[str, Any]:
    record = serial.load(Record, row["body"])
    answers = json.loads(row["answers"])
    deciding = [a for a in answers if a["criterion"] == row["criterion"]]
    return {
        "title": record.title,
        "authors": list(record.authors + record.collective_authors),
        "journal": record.journal,
        "citation": record.citation,
        "published": str(reading.published) if reading.published else None,
        "doi": record.doi,
        "pmid": record.pmid,
        "design": reading.design,
        "participants": reading.participants,
        "verdict": reading.verdict,
        "criterion": row["criterion"],
        "decider": reading.decider,
        "reason": row["reason"],
        "quote": _quote(deciding, reading, harm_quotes),
        "study": reading.study_id,
        "retracted": reading.retracted,
        "safety_signal": reading.safety_signal,
        "content_hash": reading.content_hash,
        "judged": [
            *(f"{said_of(tag)}, {tag.decider}" for tag in reading.judged_tags),
            *(f"{said_of(finding)}, {finding.decider}" for finding in reading.judged),
        ],
        "languages": list(record.languages),
        "registrations": list(record.registrations),
    }


def _quote(deciding: list[dict[str, Any]], reading: Reading, harm_quotes: dict[str, str]) -> str:
    """The words that decided on a record; of a safety signal, those that tell of the harm."""
    if reading.safety_signal:
        return harm_quotes.get(reading.record_id, "")
    return str(deciding[0]["quote"]) if deciding else ""


def _flow(
    store: Warehouse, screened: flow.Screened, changes: Rows, asked: dict[str, Any]
) -> dict[str, Any]:
    what = Counter(row["what"] for row in changes)
    identified = store.rows("identified_counts", **asked)[0]
    return {
        "identified": identified["identified"],
        "imported": identified["imported"],
        "new": what["new"],
        "revised": what["revised"],
        **flow.flow(screened),
    }


def _revised(changes: Rows) -> Rows:
    """Which parts of each revised record have changed since the version before."""
    return [
        {
            "record": row["record_id"],
            "parts": list(
                changed_parts(
                    serial.load(Record, row["body_before"]), serial.load(Record, row["body_now"])
                )
            ),
        }
        for row in changes
        if row["what"] == "revised"
    ]


def _searches(rows: Rows) -> Rows:
    kept = ("name", "source", "query", "translation", "count", "as_of", "reconstructed")
    return [{key: str(row[key]) if key == "as_of" else row[key] for key in kept} for row in rows]


def _is_sample(searches: Rows) -> bool:
    """Whether the review reads the bundled corpus, by the folder that `init --sample` makes."""
    return any(row["source"] == "files" and row["query"] == "sample" for row in searches)
