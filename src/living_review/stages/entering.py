"""Enter: effects that people bring, beside what they brought before and what checks say of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from living_review.model import Finding
from living_review.parsing.entered_effects import ExtractedEffect
from living_review.protocol import Protocol
from living_review.stages import serial
from living_review.stages.check import told_by, way_out
from living_review.stages.tag import reader
from living_review.warehouse import Warehouse

# Checks that an entry of a person can fail: told at once, since the next update will stop at them.
STOPPING = ("fail_effect_of_another_drug", "fail_effect_of_another_study")


def unknown(
    entered: Sequence[Mapping[str, Any]], effects: Sequence[ExtractedEffect]
) -> list[dict[str, Any]]:
    """Rows for the records whose entered effects differ from the last entry, whole by record."""
    by_record: dict[str, list[dict[str, Any]]] = {}
    for effect in effects:
        rows = by_record.setdefault(effect.record_id, [])
        rows.append(
            {
                "record_id": effect.record_id,
                "ordinal": len(rows),
                "entered_by": effect.finding.tagger,
                "label": effect.label,
                "body": serial.dump(effect.finding),
            }
        )
    last: dict[str, list[tuple[str, str]]] = {}
    for row in entered:
        last.setdefault(row["record_id"], []).append((row["label"], row["body"]))
    return [
        row
        for record_id, rows in sorted(by_record.items())
        if [(r["label"], r["body"]) for r in rows] != last.get(record_id)
        for row in rows
    ]


def left_out(
    entered: Sequence[Mapping[str, Any]], new_effects: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """What was entered of a record before and is not in the table that replaces it."""

    def results(rows: Sequence[Mapping[str, Any]], record_id: str) -> set[tuple[object, ...]]:
        found = [serial.load(Finding, r["body"]) for r in rows if r["record_id"] == record_id]
        return {(*sorted((f.intervention, f.comparator)), f.outcome, f.weeks) for f in found}

    for record_id in sorted({row["record_id"] for row in new_effects}):
        lost = len(results(entered, record_id) - results(new_effects, record_id))
        if lost:
            yield (
                f"{record_id}: this table leaves out {lost} of what was entered before, which "
                "counts no more; import all that is entered of a record together"
            )


def slips(
    store: Warehouse, protocol: Protocol, run_no: int, records: Collection[str]
) -> Iterator[str]:
    """What would stop the next update from publishing, told to the one who has just entered it."""
    asked = {
        "as_of": date.max,
        "cut": run_no,
        "reader": reader(protocol),
        **told_by(protocol),
    }
    for check in STOPPING:
        for row in store.check(check, **asked):
            if row["record_id"] in records:
                sentence = check.removeprefix("fail_").replace("_", " ")
                yield (
                    f"{row['record_id']}: {sentence} ('{row['title'][:80]}'); nothing is "
                    f"published while it stands. {way_out(check)}"
                )
