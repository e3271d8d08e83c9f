"""Decide: a human's screening decision, kept beside the rules' and above them."""

import re
from datetime import date
from pathlib import Path

from living_review.errors import DecisionError
from living_review.stages import begin
from living_review.stages.importing import refresh_readers

VERDICTS = ("include", "exclude")


def run(review: Path, record_id: str, verdict: str, reason: str, by: str, on: date) -> None:
    """Append the decision of `by` (initials) on a record; it holds from the next version on.

    DecisionError for an unknown record or verdict, an empty reason, or initials that are none.
    """
    if verdict not in VERDICTS:
        raise DecisionError(f"'{verdict}' is no decision; say {' or '.join(VERDICTS)}")
    decider = decider_of(by, reason)
    with begin.writing(review) as (store, run_no):
        found = store.rows("record_content", record_id=record_id)
        if not found:
            raise DecisionError(
                f"there is no record {record_id}; `living-review queue` lists those that wait"
            )
        store.write("screening_decision", [
            {
                "run_no": run_no,
                "record_id": record_id,
                "content_hash": found[0]["content_hash"],
                "basis": "human",
                "verdict": verdict,
                "criterion": None,
                "decider": decider,
                "safety_signal": False,
                "reason": reason,
                "answers": "[]",
                "decided_on": on,
            }
        ])  # fmt: skip
    refresh_readers(review)


def decider_of(by: str, reason: str) -> str:
    """The decider that these initials are; DecisionError where they are none, or no reason is."""
    if not reason.strip():
        raise DecisionError("a decision needs its reason: --reason '…'")
    if not re.fullmatch(r"[A-Za-z][A-Za-z.-]{0,19}", by):
        raise DecisionError(f"--by '{by}' should be the initials of who decides, such as 'ab'")
    return f"human:{by}"
