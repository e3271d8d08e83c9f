"""Pull: run each search, and keep as received what is new or has changed.

The whole set of each search is compared with what is known, and each batch is kept as it comes,
so that an interrupted pull goes on from there. What the review knows changes only at the end of
a search, in one transaction: nothing is concluded from half a set.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from living_review.errors import SourceError
from living_review.protocol import Protocol, Search
from living_review.sources import Found, Source, open_source
from living_review.sources.alarms import asked, raise_alarm, remarks
from living_review.stages import begin, keep
from living_review.stages.keep import UNREADABLE
from living_review.stages.known import OVERLAP_DAYS, Known, Rows, by_id, is_wanting, what_is_known
from living_review.stages.resting import Resting, resting
from living_review.warehouse import Warehouse


def run(review: Path, run_no: int) -> dict[str, int]:
    """Search every source that is due. SourceError stops the run, except from a secondary source.

    A search that stops leaves what the review knows as it was.
    """
    context = begin.load(review, run_no)
    counts = {"found": 0, "new": 0, "revised": 0, "left": 0, "not_asked": 0}
    with context.open() as store:
        rests_on = resting(store, context)
        due = [*_due(store, context, rests_on)]
    for name in due:
        for key, number in pull_one(context, name, rests_on).items():
            counts[key] += number
    return counts


def pull_one(context: begin.Context, name: str, rests_on: Resting) -> dict[str, int]:
    """Run one search of the protocol; what came of it as counts."""
    search = context.protocol.searches[name]
    source = open_source(search, context.review, context.protocol.run, os.environ, rests_on.dois)
    # The store is closed while the network is asked: others may need it meanwhile.
    try:
        found = source.find(context.as_of)
        return _reconcile(context, name, source, found, rests_on.asked.get(name, ()))
    except SourceError as error:
        if not search.secondary:
            raise
        keep.note_failure(context, name, error)
        return {"not_asked": 1}


def _due(store: Warehouse, context: begin.Context, rests_on: Resting) -> Iterator[str]:
    """The searches that have not succeeded, as they are worded, in the days that may pass.

    Notices are asked for as soon as there is a record to ask about that nobody asked about yet.
    """
    for name, search in sorted(context.protocol.searches.items()):
        if search.watches and not rests_on.dois:
            continue
        last = next(iter(store.rows("last_search", name=name)), None)
        if last is None:
            yield name
        # A stage that is tried again goes on with the searches that have failed.
        elif last["run_no"] != context.run_no:
            # A date before the last search's is another question, and is asked.
            waits = 0 <= (context.as_of - last["as_of"]).days < search.every_days
            is_news = search.watches and rests_on.newest >= last["run_no"]
            if is_news or not waits or last["query"] != asked(search):
                yield name


def _reconcile(
    context: begin.Context, name: str, source: Source, found: Found, included: Iterable[str]
) -> dict[str, int]:
    """Compare the set of a search with what is known, and fetch what may differ.

    `included` are records that are read again whatever the source says of them.
    """
    search = context.protocol.searches[name]
    with context.open() as store:
        known = what_is_known(store, context, name)
    raise_alarm(name, search, found, known.before, context.protocol.run.max_drop)
    wanted = {*included, *_wanted(context, search, source, found, known)}
    rows, last = _fetch(context, name, source, wanted, known)
    now = set(found.record_ids)
    changed = list(_changed(context.protocol, source, rows, now, known))
    hits = set(known.before.hits)
    with context.open() as store, store.transaction():
        _keep(store, context, name, source, known, last)
        store.write("search_run", [_search_row(context, name, search, found, known)])
        store.write("search_hit", [
            {"run_no": context.run_no, "name": name, "record_id": r, "present": r in now}
            for r in sorted(now ^ hits)
        ])  # fmt: skip
        store.write("raw_record", changed)
    new = sum(1 for row in changed if row["record_id"] not in known.payloads)
    return {
        "found": found.count,
        "new": new,
        "revised": len(changed) - new,
        "left": len(hits - now),
    }


def _fetch(
    context: begin.Context, name: str, source: Source, wanted: set[str], known: Known
) -> tuple[Rows, list[keep.Received]]:
    """Every wanted record's row, and the last records, which are to be kept with the search.

    All before them are kept as they come; what an interrupted run has kept is not asked for.
    """
    rows = {r: row for r, row in known.resumed.items() if r in wanted or r.startswith(UNREADABLE)}
    last: list[keep.Received] = []
    payloads = source.fetch(sorted(wanted - rows.keys()))
    while portion := list(islice(payloads, context.protocol.run.batch_size)):
        received = [(keep.raw_row(context.run_no, name, each), each) for each in portion]
        rows |= by_id(row for row, _ in received)
        if len(rows) < len(wanted):
            with context.open() as store, store.transaction():
                _keep(store, context, name, source, known, received)
        else:
            last += received
    return rows, last


def _wanted(
    context: begin.Context, search: Search, source: Source, found: Found, known: Known
) -> set[str]:
    """The records that are new, or may have changed since they were last received."""
    now, last = set(found.record_ids), known.before.last
    wanted = {r for r in now if is_wanting(known.payloads.get(r))}
    if source.remote:
        if not search.watches:
            wanted |= set(known.before.hits) - now  # to see what became of them
        stale = context.as_of - timedelta(days=context.protocol.run.refresh_days)
        wanted |= {r for r in now if known.fetched_on.get(r, date.min) <= stale}
    if last is not None and not now <= wanted:
        since = last["as_of"] - timedelta(days=OVERLAP_DAYS)
        wanted |= set(source.find_revised(since, context.as_of)) & now
    return wanted


def _changed(
    protocol: Protocol, source: Source, rows: Rows, now: set[str], known: Known
) -> Iterator[dict[str, Any]]:
    """The rows that tell something new, by record id."""
    for record_id, row in sorted(rows.items()):
        before = known.payloads.get(record_id)
        if keep.stays(before, row, source.remote, protocol):
            continue
        if row["problem"] and source.remote and record_id not in now:
            # Neither found nor had any more: withdrawn, or merged into another record.
            told = row | {"deleted": True, "problem": ""}
        else:
            told = row
        if keep.is_change(told, before):
            yield told


def _keep(
    store: Warehouse,
    context: begin.Context,
    name: str,
    source: Source,
    known: Known,
    received: list[keep.Received],
) -> None:
    """Keep a portion: its bytes where they are new, and from afar that they have come."""
    before = known.payloads.get
    keep.add_bodies(
        store, [(row, p) for row, p in received if keep.is_change(row, before(row["record_id"]))]
    )
    if source.remote:
        keep.note_fetched(store, context, name, [row for row, _ in received])


def _search_row(
    context: begin.Context, name: str, search: Search, found: Found, known: Known
) -> dict[str, Any]:
    is_present = context.as_of >= context.today
    said = remarks(search, found, known.before, is_present)
    return {
        "run_no": context.run_no,
        "name": name,
        "source": search.source,
        "query": asked(search),
        "translation": found.translation,
        "count": found.count,
        "as_of": context.as_of,
        # PubMed only has today's text: a search "as of" the past is marked as such.
        "reconstructed": search.source != "files" and not is_present,
        "warnings": json.dumps(list(said)),
    }
