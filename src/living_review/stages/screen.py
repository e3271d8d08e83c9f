"""Screen: decide on every record that has no decision by the current criteria."""

import hashlib
from collections import Counter, defaultdict
from pathlib import Path

from living_review import config, screening
from living_review.model import CriterionAnswer, Finding, Record, Tag
from living_review.protocol import Protocol
from living_review.stages import begin, serial
from living_review.stages.tag import reader
from living_review.warehouse import Warehouse


def basis(protocol: Protocol) -> str:
    """What a rule decision rests on: the criteria, the screening rules, and the reader."""
    parts = [screening.VERSION, config.fingerprint(protocol.eligibility), reader(protocol)]
    parts.append(config.fingerprint(protocol.claims))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def run(review: Path, run_no: int) -> dict[str, int]:
    """Append a decision for every current record that has none on this basis."""
    context = begin.load(review, run_no)
    on = basis(context.protocol)
    counts: Counter[str] = Counter()
    with context.open() as store:
        waiting = store.rows("unscreened", as_of=context.as_of, cut=run_no, basis=on)
        tags, findings = read_by(store, context) if waiting else ({}, {})
        rows = []
        for row in waiting:
            record_id = row["record_id"]
            decision = screening.screen(
                serial.load(Record, row["body"]),
                tags.get(record_id, ()),
                findings.get(record_id, ()),
                context.protocol,
            )
            counts[decision.verdict] += 1
            rows.append(
                {
                    "run_no": run_no,
                    "record_id": record_id,
                    "content_hash": row["content_hash"],
                    "basis": on,
                    "verdict": decision.verdict,
                    "criterion": decision.criterion,
                    "decider": decision.decider,
                    "safety_signal": decision.safety_signal,
                    "reason": decision.reason,
                    "answers": serial.dump(decision.answers, tuple[CriterionAnswer, ...]),
                    "decided_on": context.as_of,
                }
            )
        with store.transaction():
            store.write("screening_decision", rows)
    return dict(counts)


def read_by(
    store: Warehouse, context: begin.Context
) -> tuple[dict[str, list[Tag]], dict[str, list[Finding]]]:
    """What the current reader read off every current record."""
    asked = {
        "as_of": context.as_of,
        "cut": context.run_no,
        "reader": reader(context.protocol),
    }
    tags: dict[str, list[Tag]] = defaultdict(list)
    for row in store.rows("tags", **asked):
        tags[row["record_id"]].append(Tag(row["name"], row["value"], row["quote"], row["tagger"]))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for row in store.rows("findings", **asked):
        findings[row["record_id"]].append(serial.load(Finding, row["body"]))
    return tags, findings
