"""Recheck: fetch again what the review rests on, for corrections and retractions since.

Included records only, each from a search that has found it, also one that no longer does: a
record may leave a search and still be retracted. Every update does the same for its searches;
this is for the days between them. Notices by DOI come from the sources of notices.
"""

import os
from collections import Counter
from pathlib import Path

from living_review.errors import SourceError, UserError
from living_review.sources import open_source
from living_review.stages import begin, keep
from living_review.stages.known import by_id
from living_review.stages.pull import pull_one
from living_review.stages.resting import Resting, resting
from living_review.warehouse import Warehouse


def run(review: Path, run_no: int) -> dict[str, int]:
    """Keep what has changed; SourceError stops the run with nothing of that search written.

    UserError before an update has completed: a version would rest on a part of the searches.
    """
    context = begin.load(review, run_no)
    with context.open() as store:
        _refuse_before_a_whole_update(store, context)
        rests_on = resting(store, context)
    counts = Counter(rechecked=0, revised=0, without_source=len(rests_on.without_source), notices=0)
    for name in sorted(rests_on.asked):
        counts.update(_recheck_one(context, name, rests_on))
    for name, search in sorted(context.protocol.searches.items()):
        if search.watches:
            counts["notices"] += pull_one(context, name, rests_on).get("new", 0)
    return dict(counts)


def _refuse_before_a_whole_update(store: Warehouse, context: begin.Context) -> None:
    for name, search in sorted(context.protocol.searches.items()):
        if not (search.secondary or store.rows("last_search", name=name)):
            raise UserError(
                f"the search '{name}' has not succeeded yet, so there is no whole review to "
                "recheck; run `living-review update`"
            )


def _recheck_one(context: begin.Context, name: str, rests_on: Resting) -> Counter[str]:
    """Fetch the included records of one search; a secondary source that fails is noted."""
    search, record_ids = context.protocol.searches[name], rests_on.asked[name]
    source = open_source(search, context.review, context.protocol.run, os.environ, rests_on.dois)
    try:
        payloads = list(source.fetch(record_ids))
    except SourceError as error:
        if not search.secondary:
            raise
        keep.note_failure(context, name, error)
        return Counter()
    received = [(keep.raw_row(context.run_no, name, payload), payload) for payload in payloads]
    with context.open() as store, store.transaction():
        known = by_id(store.rows("known_payloads", cut=context.run_no))
        revised = [
            (row, payload)
            for row, payload in received
            if keep.is_change(row, before := known.get(row["record_id"]))
            and not keep.stays(before, row, source.remote, context.protocol)
        ]
        keep.add(store, revised)
        if source.remote:
            keep.note_fetched(store, context, name, [row for row, _ in received])
    return Counter(rechecked=len(record_ids), revised=len(revised))
