"""What people have judged of claims, as of one cut, and which of it goes back to them."""

from collections.abc import Sequence
from typing import Any

from living_review.judging.claims import basis_of
from living_review.model import (
    Conclusion,
    JudgedCertainty,
    Judgements,
    OpenSignal,
    SignalAnswer,
)
from living_review.protocol import Protocol
from living_review.stages import serial
from living_review.warehouse import Warehouse


def load(store: Warehouse, cut: int) -> Judgements:
    """Every judgement on a claim that holds at this cut."""
    rows = store.rows("claim_judgements", cut=cut)
    return Judgements(
        tuple(serial.load(JudgedCertainty, r["body"]) for r in rows if r["subject"] == "certainty"),
        tuple(serial.load(SignalAnswer, r["body"]) for r in rows if r["subject"] == "signal"),
    )


def carried_by(report: dict[str, Any] | None) -> tuple[OpenSignal, ...]:
    """The signals that a report leaves open; those of one that knew none are its changes."""
    if report is None:
        return ()
    told = report.get("signals")
    if told is None:
        told = [
            {**entry, "since": report["version"], "as_of": report["as_of"]}
            for entry in report["changes"]
            if entry["class"] == "SIGNAL"
        ]
    return tuple(
        OpenSignal(
            claim=entry["claim"],
            rules=tuple(entry["rules"]),
            records=tuple(entry["records"]),
            inputs=tuple(entry["inputs"]),
            why=entry["why"],
            since=entry["since"],
            as_of=entry["as_of"],
        )
        for entry in told
    )


def to_judge_again(
    store: Warehouse, protocol: Protocol, cut: int, conclusions: Sequence[Conclusion]
) -> list[dict[str, Any]]:
    """Judgements of certainty whose evidence has changed since, as entries of the queue."""
    basis = {conclusion.claim: basis_of(conclusion) for conclusion in conclusions}
    watched = {claim.id for claim in protocol.claims}
    waiting = []
    for row in store.rows("claim_judgements", cut=cut):
        what = f"{row['decider']} judged its {row['target'].replace('_', ' ')}: {row['reason']}"
        if row["claim"] not in watched:
            why = f"the claim is watched no more; {what}; it counts no more"
        elif row["subject"] == "certainty" and row["basis"] != basis.get(row["claim"]):
            why = f"the evidence has changed since {what}; it holds until it is judged again"
        else:
            continue
        waiting.append({"record": row["claim"], "what": f"judged {row['subject']}", "reason": why})
    return waiting
