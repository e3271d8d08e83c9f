"""Screen: decide on every record that has no decision by the current criteria."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from living_review import config, screening
from living_review.judging.tags import judged_tags
from living_review.model import CriterionAnswer, Finding, Record, Tag
from living_review.protocol import Protocol
from living_review.stages import begin, serial
from living_review.stages.judged import judged_in, judged_on
from living_review.stages.link import said_of
from living_review.stages.tag import reader, with_bodies
from living_review.synthesis.grouping import same_records
from living_review.synthesis.standing import judged_over
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
        judged = {row["record_id"]: row["run_no"] for row in store.rows("judged_in", cut=run_no)}
        same = _same_records(store, context, judged) if judged else {}
        since = judged_in(judged, same)
        waiting = store.rows(
            "unscreened", as_of=context.as_of, cut=run_no, basis=on,
            judged=list(since), judged_in=list(since.values()),
        )  # fmt: skip
        ids = [row["record_id"] for row in waiting]
        tags, findings = read_by(store, context, ids, same) if waiting else ({}, {})
        rows = []
        for row in with_bodies(store, context, waiting):
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
    store: Warehouse,
    context: begin.Context,
    record_ids: Sequence[str],
    same: Mapping[str, str],
) -> tuple[dict[str, Sequence[Tag]], dict[str, Sequence[Finding]]]:
    """What the rules read off each of these records, with people's judgements over it.

    `same` gives the first record of those that are one: a judgement is of the record in every form.
    """
    asked = {
        "as_of": context.as_of,
        "cut": context.run_no,
        "reader": reader(context.protocol),
        "record_ids": record_ids,
    }
    tags: dict[str, list[Tag]] = defaultdict(list)
    for row in store.rows("tags", **asked):
        tags[row["record_id"]].append(Tag(row["name"], row["value"], row["quote"], row["tagger"]))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for row in store.rows("findings", **asked):
        findings[row["record_id"]].append(serial.load(Finding, row["body"]))
    held_tags: dict[str, Sequence[Tag]] = {**tags}
    held_findings: dict[str, Sequence[Finding]] = {**findings}
    vocabulary = context.protocol.vocabulary
    judged = judged_on(store, vocabulary, context.as_of, context.run_no, same)
    for record_id in judged.keys() & set(record_ids):
        on_record = judged[record_id]
        held_tags[record_id] = judged_tags(tags[record_id], on_record.tags, vocabulary)
        for one in on_record.findings:
            held_findings[record_id] = judged_over(held_findings.get(record_id, ()), one, record_id)
    return held_tags, held_findings


def _same_records(
    store: Warehouse, context: begin.Context, judged: Collection[str]
) -> dict[str, str]:
    """The first id of each judged record, and of what links join to it, that is here in forms."""
    cut, asked = context.run_no, sorted(judged)
    linked = store.rows("linked_with", record_ids=asked, cut=cut, other_cut=cut)
    around = [row["record_id"] for row in linked]
    here = store.rows("current_records", as_of=context.as_of, cut=cut, record_ids=around)
    return same_records((row["record_id"] for row in here), said_of(store, cut, around))
