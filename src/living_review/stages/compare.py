"""Compare: a draft's conclusions against previous version, announced states and baseline."""

from pathlib import Path

from living_review.changes import Comparison, Snapshot
from living_review.model import Conclusion
from living_review.stages import begin, serial
from living_review.stages.draft import compare_with, latest_version
from living_review.stages.inputs import load_readings
from living_review.stages.weigh import draft_key


def run(review: Path, run_no: int) -> dict[str, int]:
    """Say what the draft changes; nothing to do when there is no draft, or it is compared."""
    context = begin.load(review, run_no)
    with context.open() as store:
        readings = load_readings(store, context.protocol, context.as_of, run_no)
        draft = draft_key(store, context, readings)
        if draft is None or store.rows("draft_comparison", draft=draft):
            return {"changed": 0, "signals": 0}
        conclusions = tuple(
            serial.load(Conclusion, row["body"])
            for row in store.rows("draft_conclusions", draft=draft)
        )
        current = Snapshot(context.as_of, context.protocol, readings, conclusions)
        comparison = compare_with(store, latest_version(store), current)
        with store.transaction():
            store.write("draft_comparison", [
                {"run_no": run_no, "draft": draft, "part": comparison.part,
                 "body": serial.dump(comparison, Comparison)}
            ])  # fmt: skip
    classes = [change.change_class for change in comparison.changes]
    return {"changed": classes.count("CHANGED"), "signals": classes.count("SIGNAL")}
