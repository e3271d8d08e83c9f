"""What a back-test goes through: the claims of every version, and a table's trials."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from living_review import config
from living_review.backtest import History, Moment, Series, course, history, run_series
from living_review.errors import ImportError_, UserError
from living_review.model import Conclusion, Reading, Record
from living_review.parsing import effect_table
from living_review.parsing.entered_effects import ExtractedEffect
from living_review.parsing.text_files import decode
from living_review.protocol import Protocol
from living_review.reporting.citations import surname
from living_review.stages import serial
from living_review.stages.draft import Published
from living_review.synthesis.effects import units_of
from living_review.warehouse import Warehouse

EVERY = {"as_of": date.max, "cut": 2**31 - 1, "record_ids": None}


def every_record(store: Warehouse) -> dict[str, Record]:
    """Every record of the store as it stands now, whenever it becomes available."""
    rows = store.rows("current_records", **EVERY)
    return {row["record_id"]: serial.load(Record, row["body"]) for row in rows}


def history_of(
    store: Warehouse, versions: Sequence[Published], records: Mapping[str, Record]
) -> History:
    """Follow every claim that has a direction through the versions, oldest first."""
    moments: dict[str, list[Moment]] = {}
    seen: frozenset[str] = frozenset()
    for version in versions:
        known = frozenset(version.report["records"])
        for row in store.rows("draft_conclusions", draft=version.draft):
            conclusion = serial.load(Conclusion, row["body"])
            announced = version.announced[conclusion.claim].direction
            if conclusion.direction is not None and announced is not None:
                moment = _moment(version, conclusion, announced, known - seen)
                moments.setdefault(conclusion.claim, []).append(moment)
        seen = known
    known_on = {record_id: record.available_on for record_id, record in records.items()}
    return history(
        [(version.edition.version, version.edition.as_of) for version in versions],
        [course(claim, told, known_on) for claim, told in moments.items()],
        [row["as_of"] for row in store.rows("dates_searched")],
    )


def _moment(
    version: Published, conclusion: Conclusion, announced: str, unseen: frozenset[str]
) -> Moment:
    protocol = version.edition.protocol
    mid = protocol.claim(conclusion.claim).mid
    return Moment(
        version=version.edition.version,
        as_of=version.edition.as_of,
        announced=announced,
        raw=str(conclusion.direction),
        evidence=conclusion.evidence,
        told_by=tuple(
            record
            for change in version.report["changes"]
            if change["claim"] == conclusion.claim and change["class"] == "CHANGED"
            for record in change["records"]
        ),
        unseen=unseen,
        units=tuple(units_of(protocol.rules.mids[mid])) if mid else (),
    )


def series_of(
    review: Path,
    path: Path,
    claim: str,
    latest: Mapping[str, Any],
    records: Mapping[str, Record],
) -> Series:
    """Back-test the table at `path` on one claim, by the protocol as it stands.

    UserError for a claim that cannot carry a series, and for records the review does not know.
    """
    protocol = config.load(review / "config.yaml")
    _check_claim(protocol, claim)
    effects = _effects(path, protocol)
    lost = sorted({effect.record_id for effect in effects} - records.keys())
    if lost:
        raise UserError(
            f"{path.name}: this review does not know {', '.join(lost)}; a series takes the years "
            "of its records from the review. Import them first"
        )
    return run_series(_readings(effects, latest, records), protocol, claim)


def _check_claim(protocol: Protocol, name: str) -> None:
    known = {claim.id: claim for claim in protocol.claims}
    fit = sorted(
        claim.id for claim in protocol.claims
        if claim.mid is not None and set(claim.settled_by) - {"systematic_review"}
    )  # fmt: skip
    if name not in fit:
        why = "has no smallest difference that matters" if name in known else "does not exist"
        raise UserError(f"the claim '{name}' {why}; a series needs one of: {', '.join(fit)}")


def _effects(path: Path, protocol: Protocol) -> tuple[ExtractedEffect, ...]:
    if not path.is_file():
        raise ImportError_(f"{path}: there is no such file")
    try:
        text, _ = decode(path.read_bytes())
        return effect_table.parse(text, protocol.vocabulary)
    except ImportError_ as error:
        raise ImportError_(f"{path.name}: {error}") from error


def _readings(
    effects: Sequence[ExtractedEffect], latest: Mapping[str, Any], records: Mapping[str, Record]
) -> list[Reading]:
    """Each record of the table as a reading that has nothing but its effects and its dates."""
    readings = []
    for record_id in sorted({effect.record_id for effect in effects}):
        record = records[record_id]
        readings.append(
            Reading(
                record_id=record_id,
                study_id=record_id,
                title=record.title,
                design="unclear",
                verdict="include",
                decider="the table",
                content_hash=record.content_hash,
                first_author=surname(record.authors[0]) if record.authors else None,
                extracted=tuple(e.finding for e in effects if e.record_id == record_id),
                participants=latest["records"].get(record_id, {}).get("participants"),
                known_on=record.available_on,
                published=record.published or record.published_online,
            )
        )
    return readings
