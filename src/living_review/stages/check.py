"""Check: every data rule of warehouse/checks over the draft. `fail_` stops publication."""

from pathlib import Path

from living_review.errors import CheckFailed
from living_review.stages import begin
from living_review.stages.screen import basis
from living_review.warehouse import names


def run(review: Path, run_no: int) -> dict[str, int]:
    """Raise CheckFailed, naming check and rows, when a rule that must hold does not."""
    context = begin.load(review, run_no)
    if context.draft is None:
        return {"checks": 0}  # nothing is about to be published
    failing = [name for name in names("checks") if name.startswith("fail_")]
    asked = {
        "as_of": context.as_of,
        "cut": run_no,
        "basis": basis(context.protocol),
        "draft": context.draft,
    }
    with context.open() as store:
        for name in failing:
            bad = store.check(name, **asked)
            if bad:
                raise CheckFailed(name, bad)
    return {"checks": len(failing)}
