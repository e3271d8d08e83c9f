"""What readers are warned of: what a search or a source did, what is unreadable, what looks odd."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from living_review import config
from living_review.protocol import Protocol
from living_review.stages.check import told_by
from living_review.stages.second import warnings_of_second
from living_review.warehouse import Warehouse, names, store_path

Warning_ = dict[str, str]  # code, text
OF_RETRIEVAL = frozenset(("search", "source", "left", "unreadable", "second_reader"))


def warnings_at(
    store: Warehouse, protocol: Protocol, asked: dict[str, Any], previous_cut: int
) -> list[Warning_]:
    """Every warning for a version: `asked` has its as_of, cut, basis and reader."""
    retrieval = of_retrieval(store, protocol, asked["as_of"], asked["cut"], previous_cut)
    return [*retrieval, *_of_the_data(store, asked | told_by(protocol))]


def of_retrieval(
    store: Warehouse, protocol: Protocol, as_of: date, cut: int, previous_cut: int
) -> Iterator[Warning_]:
    """What the last run of each search remarked, who could not be asked, what was lost or unread.

    A search that was switched off is no cause for worry. Records that left are told once: those
    that left since the previous version's cut.
    """
    searches = protocol.searches
    for row in store.rows("search_runs_at", cut=cut):
        for text in json.loads(row["warnings"]) if row["name"] in searches else ():
            yield {"code": "search", "text": f"{row['name']}: {text}"}
    for row in store.rows("failed_sources", cut=cut):
        if row["name"] in searches:
            text = f"{row['name']} could not be asked as of {row['as_of']}: {row['reason']}"
            yield {"code": "source", "text": text}
    for row in store.rows("left_records", as_of=as_of, cut=cut, previous_cut=previous_cut):
        if row["verdict"] != "exclude":
            yield {"code": "left", "text": _left(row)}
    for row in store.rows("unreadable_at", cut=cut):
        text = f"{row['record_id']} could not be read: {row['reason']}"
        yield {"code": "unreadable", "text": text}
    yield from warnings_of_second(store, protocol, as_of, cut)


def of_last_retrieval(store: Warehouse, review: Path) -> list[str]:
    """What the last run of each search gives cause to say, also where it published nothing."""
    searched = store.rows("last_successful_search")
    if not searched:
        return []
    latest = store.rows("latest_version")
    cut = store.rows("last_run")[0]["run_no"]
    ran_by = config.parse((store_path(review) / "protocol.yaml").read_text(encoding="utf-8"))
    since = latest[0]["cut"] if latest else 0
    told = of_retrieval(store, ran_by, searched[0]["as_of"], cut, since)
    return [warning["text"] for warning in told]


def _left(row: dict[str, Any]) -> str:
    said = (
        f"{row['record_id']} ({row['title'] or 'never read'}) is no longer found by {row['name']}"
    )
    if not row["withdrawn"]:
        return f"{said}: it no longer matches the search, and stays in the review"
    # Sources do not tell a merged record from a deleted one; who bears its DOI now does.
    instead = f"; {row['merged_into']} has its DOI now" if row["merged_into"] else ""
    return f"{said}: its source has withdrawn it, and it counts no more{instead}"


def _of_the_data(store: Warehouse, asked: dict[str, Any]) -> Iterator[Warning_]:
    for name in names("checks"):
        if name.startswith("warn_"):
            sentence = name.removeprefix("warn_").replace("_", " ")
            for row in store.check(name, **asked):
                yield {"code": name, "text": f"{sentence}: {_named(row)}"}


def _named(row: dict[str, Any]) -> str:
    """A bad row in words: its record, then every other value by its name."""
    named = (
        str(value) if name.endswith("record_id") else f"{name.replace('_', ' ')} {value}"
        for name, value in row.items()
    )
    return ", ".join(named)
