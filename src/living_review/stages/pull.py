"""Pull: run each search, and keep as received what is new or has changed."""

import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from living_review.protocol import Search
from living_review.sources import Found, Source, open_source
from living_review.stages import begin, keep

OVERLAP_DAYS = 3  # revisions are asked for with this overlap: clocks differ


def run(review: Path, run_no: int) -> dict[str, int]:
    """Search every source and store payloads; SourceError stops the run with nothing written."""
    context = begin.load(review, run_no)
    counts = {"found": 0, "new": 0, "revised": 0, "left": 0}
    for name, search in sorted(context.protocol.searches.items()):
        for key, number in _pull_one(context, name, search).items():
            counts[key] += number
    return counts


def _pull_one(context: begin.Context, name: str, search: Search) -> dict[str, int]:
    with context.open() as store:
        cut = context.run_no
        known = {row["record_id"]: row for row in store.rows("known_payloads", cut=cut)}
        hits = {row["record_id"] for row in store.rows("current_hits", cut=cut, name=name)}
        last = store.rows("last_search", name=name)
    # The store is closed while the network is asked: others may need it meanwhile.
    source = open_source(search, context.review, context.protocol.run, os.environ)
    found = source.find(context.as_of)
    wanted = _wanted(source, found, known, last[0]["as_of"] if last else None, context)
    changed = keep.changed(list(source.fetch(wanted)), known, context.run_no, name)
    now = set(found.record_ids)
    with context.open() as store, store.transaction():
        store.write("search_run", [_search_row(context, name, search, found)])
        store.write("search_hit", [
            {"run_no": context.run_no, "name": name, "record_id": r, "present": r in now}
            for r in sorted(now ^ hits)
        ])  # fmt: skip
        keep.add(store, changed)
    new = sum(1 for row, _ in changed if row["record_id"] not in known)
    return {
        "found": found.count,
        "new": new,
        "revised": len(changed) - new,
        "left": len(hits - now),
    }


def _wanted(
    source: Source,
    found: Found,
    known: Mapping[str, Mapping[str, Any]],
    last: Any,
    context: begin.Context,
) -> list[str]:
    """The new ones, and the known ones that the source says have been revised since."""
    new = {record_id for record_id in found.record_ids if record_id not in known}
    if last is None or new == set(found.record_ids):
        return sorted(found.record_ids)
    revised = source.find_revised(last - timedelta(days=OVERLAP_DAYS), context.as_of)
    return sorted(new | (set(revised) & set(found.record_ids)))


def _search_row(context: begin.Context, name: str, search: Search, found: Found) -> dict[str, Any]:
    return {
        "run_no": context.run_no,
        "name": name,
        "source": search.source,
        "query": search.query or search.path or "",
        "translation": found.translation,
        "count": found.count,
        "as_of": context.as_of,
        # PubMed only has today's text: a search "as of" the past is marked as such.
        "reconstructed": search.source == "pubmed" and context.as_of < context.today,
        "warnings": json.dumps(list(found.warnings)),
    }
