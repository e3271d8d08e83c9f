"""Recheck: fetch again what the review rests on, for corrections and retractions since.

Included records only, each from a search that has found it, also one that no longer does: a
record may leave a search and still be retracted. Every update does the same for its searches;
this is for the days between them. Notices by DOI come from the sources of notices.
"""

import os
from pathlib import Path

from living_review.errors import SourceError, UserError
from living_review.sources import open_source
from living_review.stages import begin, keep
from living_review.stages.pull import pull_one
from living_review.stages.resting import resting


def run(review: Path, run_no: int) -> dict[str, int]:
    """Keep what has changed; SourceError stops the run with nothing of that search written.

    UserError before an update has completed: a version would rest on a part of the searches.
    """
    context = begin.load(review, run_no)
    with context.open() as store:
        for name, search in sorted(context.protocol.searches.items()):
            if not (search.secondary or store.rows("last_search", name=name)):
                raise UserError(
                    f"the search '{name}' has not succeeded yet, so there is no whole review to "
                    "recheck; run `living-review update`"
                )
        rests_on = resting(store, context)
    counts = {
        "rechecked": 0,
        "revised": 0,
        "without_source": len(rests_on.without_source),
        "notices": 0,
    }
    for name, record_ids in sorted(rests_on.asked.items()):
        search = context.protocol.searches[name]
        source = open_source(
            search, context.review, context.protocol.run, os.environ, rests_on.dois
        )
        try:
            received = list(source.fetch(record_ids))
        except SourceError as error:
            if not search.secondary:
                raise
            keep.note_failure(context, name, error)
            continue
        with context.open() as store, store.transaction():
            known = {r["record_id"]: r for r in store.rows("known_payloads", cut=run_no)}
            revised = [
                (row, payload)
                for row, payload in keep.changed(received, known, run_no, name)
                if not keep.stays(known.get(row["record_id"]), row, source.remote, context.protocol)
            ]
            keep.add(store, revised)
            if source.remote:
                rows = [keep.raw_row(run_no, name, payload) for payload in received]
                keep.note_fetched(store, context, name, rows)
        counts["rechecked"] += len(record_ids)
        counts["revised"] += len(revised)
    for name, search in sorted(context.protocol.searches.items()):
        if search.watches:
            counts["notices"] += pull_one(context, name, rests_on).get("new", 0)
    return counts
