"""Compare: a draft's conclusions against previous version, announced states and baseline."""

from collections.abc import Sequence
from pathlib import Path

from living_review.changes import Snapshot
from living_review.model import Conclusion
from living_review.stages import begin, claim_judgements, serial
from living_review.stages.bearing import Standpoint, bearing
from living_review.stages.draft import compare_with, latest_version
from living_review.stages.inputs import load_readings
from living_review.warehouse import Warehouse


def run(review: Path, run_no: int) -> dict[str, int]:
    """Say what the draft changes; nothing to do when there is no draft, or it is compared."""
    context = begin.load(review, run_no)
    if context.draft is None:
        return {"changed": 0, "signals": 0}
    with context.open() as store:
        if store.rows("draft_comparison", draft=context.draft):
            return {"changed": 0, "signals": 0}
        previous = latest_version(store)
        at = Standpoint(context.protocol, context.as_of, run_no)
        on = bearing(store, at, previous.edition.seen_from if previous else None)
        current = drafted(store, at, context.draft, on)
        compared = compare_with(store, previous, current, on)
        with store.transaction():
            store.write("draft_comparison", [
                {"run_no": run_no, "draft": context.draft, "part": compared.comparison.part,
                 "body": serial.dump(compared)}
            ])  # fmt: skip
    classes = [change.change_class for change in compared.comparison.changes]
    return {"changed": classes.count("CHANGED"), "signals": classes.count("SIGNAL")}


def drafted(store: Warehouse, at: Standpoint, draft: str, on: Sequence[str]) -> Snapshot:
    """The draft's own conclusions, with the readings of these records, which they rest on."""
    readings = load_readings(store, at, on)
    conclusions = tuple(
        serial.load(Conclusion, row["body"]) for row in store.rows("draft_conclusions", draft=draft)
    )
    judged = claim_judgements.load(store, at.cut)
    return Snapshot(at.as_of, at.protocol, readings, conclusions, judged)
