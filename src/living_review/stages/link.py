"""Link: append what the records themselves say of belonging together.

Retraction, concern, correction and update notices link to their record; records that name the
same trial registration link to each other. `study` grouping happens when readings are loaded.
"""

from pathlib import Path

from living_review.model import Record
from living_review.parsing.links import stated_links
from living_review.stages import begin, serial

DECIDER = "rule:links-1"


def run(review: Path, run_no: int) -> dict[str, int]:
    """Append every link that the current records state and the store does not have yet."""
    context = begin.load(review, run_no)
    with context.open() as store:
        rows = store.rows("current_records", as_of=context.as_of, cut=run_no)
        records = [serial.load(Record, row["body"]) for row in rows]
        known = {(r["from_id"], r["to_id"], r["relation"]) for r in store.rows("links", cut=run_no)}
        new = sorted(set(stated_links(records)) - known)
        with store.transaction():
            store.write("record_link", [
                {"run_no": run_no, "from_id": a, "to_id": b, "relation": relation,
                 "decider": DECIDER, "revoked": False, "reason": "", "decided_on": context.as_of}
                for a, b, relation in new
            ])  # fmt: skip
    return {"links": len(new)}
