"""What a report says beside the conclusions: flow, searches, records, queue, warnings."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from living_review import screening, tagging
from living_review.changes import Snapshot
from living_review.model import Reading, Record
from living_review.protocol import Protocol
from living_review.stages import serial
from living_review.stages.screen import basis
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
    protocol: Protocol,
    as_of: date,
    cut: int,
    current: Snapshot,
    since: tuple[date | None, int],
) -> dict[str, Any]:
    """The arguments of `reporting.report.build` that come from the store, at this date and cut.

    `since` is the date and cut of the version before, (None, 0) for the first.
    """
    asked = {"as_of": as_of, "cut": cut, "basis": basis(protocol), "reader": reader(protocol)}
    decided = store.rows("decided_records", **asked)
    readings = {reading.record_id: reading for reading in current.readings}
    searches = store.rows("search_runs_at", cut=cut)
    records = _records(decided, readings, _harm_quotes(store, asked))
    return {
        "flow": _flow(store, decided, current.readings, asked, since),
        "searches": _searches(searches),
        "warnings": warnings_at(store, asked, since[1]),
        "records": records,
        "queue": _queue(decided, current.readings),
        "awaiting": [
            {"record": row["record_id"], "title": records[row["record_id"]]["title"]}
            for row in decided
            if row["verdict"] == "awaiting_results"
        ],
        "notes": [SAMPLE_NOTE] if _is_sample(searches) else [],
        "taggers": {"reading": tagging.VERSION, "screening": screening.VERSION},
    }


def _records(
    decided: Rows, readings: dict[str, Reading], harm_quotes: dict[str, str]
) -> dict[str, dict[str, Any]]:
    return {
        row["record_id"]: _record(row, readings[row["record_id"]], harm_quotes) for row in decided
    }


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
        "verdict": row["verdict"],
        "criterion": row["criterion"],
        "decider": row["decider"],
        "reason": row["reason"],
        "quote": _quote(deciding, reading, harm_quotes),
        "study": reading.study_id,
        "retracted": reading.retracted,
        "safety_signal": reading.safety_signal,
        "content_hash": reading.content_hash,
        "languages": list(record.languages),
        "registrations": list(record.registrations),
    }


def _quote(deciding: list[dict[str, Any]], reading: Reading, harm_quotes: dict[str, str]) -> str:
    """The words that decided on a record; of a safety signal, those that tell of the harm."""
    if reading.safety_signal:
        return harm_quotes.get(reading.record_id, "")
    return str(deciding[0]["quote"]) if deciding else ""


def _flow(
    store: Warehouse,
    decided: Rows,
    readings: Sequence[Reading],
    asked: dict[str, Any],
    since: tuple[date | None, int],
) -> dict[str, Any]:
    changes = store.rows("record_changes", previous_as_of=since[0], previous_cut=since[1], **asked)
    what = Counter(row["what"] for row in changes)
    verdicts = Counter(row["verdict"] for row in decided)
    # A person excludes for a reason of their own, which is no criterion.
    excluded = (row for row in decided if row["verdict"] == "exclude")
    reasons = Counter(row["criterion"] or "a person's decision" for row in excluded)
    included = [r for r in readings if r.counted]
    identified = store.rows("identified_counts", **asked)[0]
    return {
        "identified": identified["identified"],
        "imported": identified["imported"],
        "new": what["new"],
        "revised": what["revised"],
        "duplicates": _duplicates(decided),
        "screened": len(decided),
        "excluded": dict(sorted(reasons.items())),
        "unclear": verdicts["unclear"],
        "awaiting_results": verdicts["awaiting_results"],
        "included_records": len(included),
        "included_studies": len({r.study_id for r in included}),
        "retracted": sum(1 for r in readings if r.retracted is not None),
    }


def _duplicates(decided: Rows) -> int:
    """Records beyond the first of each DOI: kept, linked as the same record, counted once."""
    dois = Counter(row["doi"].lower() for row in decided if row["doi"])
    return sum(number - 1 for number in dois.values())


def _searches(rows: Rows) -> Rows:
    kept = ("name", "source", "query", "translation", "count", "as_of", "reconstructed")
    return [{key: str(row[key]) if key == "as_of" else row[key] for key in kept} for row in rows]


def _queue(decided: Rows, readings: Sequence[Reading]) -> Rows:
    waiting = [
        {"record": row["record_id"], "what": "screening", "reason": row["reason"]}
        for row in decided
        if row["verdict"] == "unclear"
    ]
    for reading in readings:
        if reading.verdict != "include":
            continue
        waiting += [
            {
                "record": reading.record_id,
                "what": f"finding: {f.intervention} vs {f.comparator}, {f.outcome}",
                "reason": f.unclear_because,
            }
            for f in reading.findings
            if f.unclear_because
        ]
    return waiting


def _is_sample(searches: Rows) -> bool:
    """Whether the review reads the bundled corpus, by the folder that `init --sample` makes."""
    return any(row["source"] == "files" and row["query"] == "sample" for row in searches)
