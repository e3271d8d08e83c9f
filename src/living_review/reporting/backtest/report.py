"""A back-test as plain data: the one input of its page, its picture and its lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from living_review.backtest import POLICIES, Course, History, Move, Series
from living_review.reporting.canonical import SCHEMA, Json, jsonable

SHOWN_ORDERS = 24  # beyond it orders are told by how often they turn, not one by one


def build(
    history: History,
    series: Series | None,
    *,
    latest: Json,
    records: Mapping[str, Json],
    certainty_only: int,
    sample: bool,
    table: str | None = None,
) -> dict[str, Any]:
    """Everything a reader may see of a back-test.

    `latest` is the report of the newest version, for titles and labels; `records` cites every
    record behind a change and every trial of the series; `table` is the series' file by name.
    """
    labels = {entry["claim"]: entry["label"] for entry in latest["conclusions"]}
    followed = {one.claim for one in history.courses}
    named = {record for one in history.courses for record in records_of(one)}
    named |= {*series.trials, *series.left_out} if series else set()
    return {
        "schema": SCHEMA,
        "review": {"title": latest["review"]["title"]},
        "until": latest["version"],
        "versions": jsonable(history.versions),
        "updates": jsonable(history.updates),
        "policies": jsonable(history.counted),
        "held_back": history.held_back,
        "certainty_only": certainty_only,
        "claims": [_claim(one, labels.get(one.claim, one.claim)) for one in history.courses],
        "computed": [label for claim, label in labels.items() if claim not in followed],
        "series": None if series is None else _series(series, labels, table or ""),
        "records": {record: records[record] for record in sorted(named & records.keys())},
        "sample": sample,
        "footer": list(latest["footer"]),
    }


def records_of(course: Course) -> set[str]:
    """Every record that is behind a change of the claim, under any policy."""
    moves = [move for policy in POLICIES for move in course.moves[policy]]
    return {one.record for move in moves for one in move.behind}


def _claim(course: Course, label: str) -> dict[str, Any]:
    return {
        "claim": course.claim,
        "label": label,
        "versions": list(course.versions),
        "states": jsonable(course.states),
        "turns": {policy: course.turns(policy) for policy in POLICIES},
        "reversals": {policy: course.reversals(policy) for policy in POLICIES},
        "held_back": course.held_back,
        "changes": _changes(course),
    }


def _changes(course: Course) -> list[dict[str, Any]]:
    """The changes of every policy by date; one that two policies share is told once."""
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for policy in POLICIES:
        for move in course.moves[policy]:
            entry = told.setdefault(_same(move), {"policies": [], **jsonable(move)})
            entry["policies"].append(policy)
    order = {version: place for place, version in enumerate(course.versions)}
    return sorted(
        told.values(), key=lambda e: (order[e["version"]], POLICIES.index(e["policies"][0]))
    )


def _same(move: Move) -> tuple[Any, ...]:
    return move.version, move.before, move.after, move.behind, move.reversal, move.first


def _series(series: Series, labels: Mapping[str, str], table: str) -> dict[str, Any]:
    return {
        **jsonable(series),
        "label": labels.get(series.claim, series.claim),
        "table": table,
        "sweep": _ranges(jsonable(series.sweep)),
        "by_turns": _by_turns(series),
    }


def _ranges(sweep: Sequence[Json]) -> list[dict[str, Any]]:
    """MIDs beside one another with the same turns and ends, as one range."""
    ranges: list[dict[str, Any]] = []
    for one in sweep:
        found = {key: one[key] for key in ("most_turns", "ends")}
        if ranges and all(ranges[-1][key] == found[key] for key in found):
            ranges[-1]["to"] = one["mid"]
        else:
            ranges.append({"from": one["mid"], "to": one["mid"], **found})
    return ranges


def _by_turns(series: Series) -> dict[str, dict[str, int]]:
    """In how many orders each policy turned how often."""
    counted: dict[str, dict[str, int]] = {}
    for policy in POLICIES:
        seen = sorted(order.turns[policy] for order in series.orders)
        counted[policy] = {str(number): seen.count(number) for number in dict.fromkeys(seen)}
    return counted
