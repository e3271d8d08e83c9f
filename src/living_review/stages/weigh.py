"""Weigh: readings → a draft conclusion on every claim, kept under the hash of its inputs."""

import hashlib
from pathlib import Path
from typing import Any

from living_review import config
from living_review.model import Conclusion, Judgements, Reading
from living_review.protocol import Protocol
from living_review.stages import begin, claim_judgements, serial
from living_review.stages.bearing import Standpoint, bearing
from living_review.stages.inputs import load_readings
from living_review.synthesis import weigh
from living_review.warehouse import Warehouse


def run(review: Path, run_no: int) -> dict[str, int]:
    """Weigh every claim, unless these inputs have been weighed already."""
    context = begin.load(review, run_no)
    with context.open() as store:
        at = Standpoint(context.protocol, context.as_of, run_no)
        readings = load_readings(store, at, bearing(store, at))
        judged = claim_judgements.load(store, run_no)
        draft = draft_key(store, context, readings, judged)
        begin.note_draft(context, draft)
        if draft is None or store.rows("draft_conclusions", draft=draft):
            return {"weighed": 0}
        conclusions = weigh(readings, context.protocol, judged=judged.certainty)
        with store.transaction():
            store.write(
                "draft_conclusion",
                [
                    {"run_no": run_no, "draft": draft, "ordinal": i, **_columns(conclusion)}
                    for i, conclusion in enumerate(conclusions)
                ],
            )
    return {"weighed": len(conclusions)}


def draft_key(
    store: Warehouse,
    context: begin.Context,
    readings: tuple[Reading, ...],
    judged: Judgements,
) -> str | None:
    """Name of the draft these inputs make on top of the latest version; None when they made it."""
    text = serial.dump(readings, tuple[Reading, ...])
    basis = f"{config.fingerprint(weighing_parts(context.protocol))}|{text}"
    if judged != Judgements():
        basis += f"|{serial.dump(judged)}"
    inputs = hashlib.sha256(basis.encode()).hexdigest()[:16]
    latest = store.rows("latest_version")
    if not latest:
        return f"first:{inputs}"
    if latest[0]["draft"].endswith(f":{inputs}"):
        return None
    return f"{latest[0]['version']}:{inputs}"


def weighing_parts(protocol: Protocol) -> tuple[Any, ...]:
    """The parts of the protocol that bear on a conclusion; how it is run is none of them."""
    return (*protocol.claims, *protocol.eligibility, protocol.rules, protocol.vocabulary)


def _columns(conclusion: Conclusion) -> dict[str, Any]:
    return {
        "claim": conclusion.claim,
        "direction": conclusion.direction,
        "certainty": conclusion.certainty,
        "body": serial.dump(conclusion),
    }
