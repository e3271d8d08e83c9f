"""Recheck: fetch again what the review rests on, for corrections and retractions since.

Included records only, each from a search that has found it, also one that no longer does: a
record may leave a search and still be retracted. Imported records have no source to ask.
"""

import os
from collections import defaultdict
from pathlib import Path

from living_review.sources import open_source
from living_review.stages import begin, keep
from living_review.stages.screen import basis


def run(review: Path, run_no: int) -> dict[str, int]:
    """Keep what has changed; SourceError stops the run with nothing of that search written."""
    context = begin.load(review, run_no)
    asked, without_source = _asked(context)
    counts = {"rechecked": 0, "revised": 0, "without_source": without_source}
    for name, record_ids in sorted(asked.items()):
        search = context.protocol.searches[name]
        source = open_source(search, context.review, context.protocol.run, os.environ)
        received = list(source.fetch(record_ids))
        with context.open() as store, store.transaction():
            known = {r["record_id"]: r for r in store.rows("known_payloads", cut=run_no)}
            revised = keep.changed(received, known, run_no, name)
            keep.add(store, revised)
        counts["rechecked"] += len(record_ids)
        counts["revised"] += len(revised)
    return counts


def _asked(context: begin.Context) -> tuple[dict[str, list[str]], int]:
    """Included records by the first search of the protocol that found them; how many have none."""
    found_by: dict[str, list[str]] = defaultdict(list)
    with context.open() as store:
        rows = store.rows(
            "included_hits",
            as_of=context.as_of,
            cut=context.run_no,
            basis=basis(context.protocol),
        )
    for row in rows:
        found_by[row["record_id"]].append(row["name"])
    asked: dict[str, list[str]] = defaultdict(list)
    without_source = 0
    for record_id, names in found_by.items():
        first = next((name for name in names if name in context.protocol.searches), None)
        if first is None:
            without_source += 1
        else:
            asked[first].append(record_id)
    return asked, without_source
