"""One version in the making or in retrospect: its readings, conclusions, comparison and report.

`compare` and `publish` make a version with these; `verify` makes it again at its own cut.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from living_review import __version__
from living_review.changes import Comparison, Snapshot, compare, signals_of
from living_review.model import State
from living_review.protocol import Protocol
from living_review.reporting import render_all
from living_review.reporting.diff import diff
from living_review.reporting.manifest import NAME_IN_FOLDER, manifest
from living_review.reporting.report import build
from living_review.stages import claim_judgements, serial
from living_review.stages.bearing import Standpoint
from living_review.stages.flow import Screened
from living_review.stages.inputs import load_readings, protocol_of
from living_review.stages.listing import listed, screened_at
from living_review.stages.report_inputs import report_inputs
from living_review.synthesis import weigh
from living_review.warehouse import Warehouse, names

# What decides a number, a picture or a byte of the published files.
LIBRARIES = ("duckdb", "jinja2", "lxml", "matplotlib", "numpy", "scipy")


@dataclass(frozen=True)
class Edition:
    """Where a version stands: enough to weigh it, whenever asked."""

    version: str
    as_of: date
    cut: int
    trigger: str
    protocol: Protocol

    @property
    def seen_from(self) -> Standpoint:
        """From where it is weighed."""
        return Standpoint(self.protocol, self.as_of, self.cut)


@dataclass(frozen=True)
class Published:
    """A version as the store keeps it."""

    edition: Edition
    ordinal: int
    draft: str
    protocol_hash: str
    code: str
    announced: Mapping[str, State]
    pool_updates: Mapping[str, int]
    report: dict[str, Any]


def published_versions(store: Warehouse) -> list[Published]:
    """Every published version, oldest first."""
    return [_published(store, row) for row in store.rows("versions")]


def latest_version(store: Warehouse) -> Published | None:
    """The newest published version."""
    rows = store.rows("latest_version")
    return _published(store, rows[0]) if rows else None


def snapshot(store: Warehouse, edition: Edition, on: Sequence[str]) -> Snapshot:
    """Readings of these records and conclusions of an edition, weighed at its own date and cut."""
    readings = load_readings(store, edition.seen_from, on)
    judged = claim_judgements.load(store, edition.cut)
    conclusions = weigh(readings, edition.protocol, judged=judged.certainty)
    return Snapshot(edition.as_of, edition.protocol, readings, conclusions, judged)


@dataclass(frozen=True)
class Compared:
    """What a draft changes, and in how many versions each claim's pool has changed so far."""

    comparison: Comparison
    pool_updates: dict[str, int]


def compare_with(
    store: Warehouse, previous: Published | None, current: Snapshot, on: Sequence[str]
) -> Compared:
    """Compare a snapshot with the version before it, weighed again at its own cut.

    `on` are the records that bear on either of them.
    """
    before = snapshot(store, previous.edition, on) if previous else None
    announced = dict(previous.announced) if previous else {}
    updates = _pool_updates(previous, before, current)
    carried = claim_judgements.carried_by(previous.report if previous else None)
    return Compared(compare(before, current, announced, updates, carried), updates)


def _pool_updates(
    previous: Published | None, before: Snapshot | None, current: Snapshot
) -> dict[str, int]:
    """Count the updates of each pool: what repeated looks cost (METHOD 5)."""
    updates = dict(previous.pool_updates) if previous else {}
    pools_before = {c.claim: c.pool for c in before.conclusions} if before else {}
    for conclusion in current.conclusions:
        if conclusion.pool is not None and conclusion.pool != pools_before.get(conclusion.claim):
            updates[conclusion.claim] = updates.get(conclusion.claim, 0) + 1
    return updates


def report_of(
    store: Warehouse,
    edition: Edition,
    previous: Published | None,
    screened: Screened,
    current: Snapshot,
    comparison: Comparison,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The canonical report of an edition and its diff from the version before."""
    since = (previous.edition.as_of, previous.edition.cut) if previous else (None, 0)
    carried = claim_judgements.carried_by(previous.report if previous else None)
    report = build(
        protocol=edition.protocol,
        version=edition.version,
        as_of=edition.as_of,
        evidence_current_to=_searched_until(store, edition),
        trigger=edition.trigger,
        conclusions=current.conclusions,
        changes=comparison.changes,
        from_baseline=comparison.from_baseline,
        contradictions=comparison.contradictions,
        nearly_changed=comparison.nearly_changed,
        signals=signals_of(carried, comparison.changes, current, edition.version),
        previous_version=previous.edition.version if previous else None,
        previous_flow=previous.report["flow"] if previous else None,
        **report_inputs(store, edition.seen_from, screened, current, since),
    )
    return report, diff(previous.report if previous else None, report)


def _searched_until(store: Warehouse, edition: Edition) -> date:
    """The date of the protocol's search that is longest ago; a recheck searches for nothing new."""
    rows = store.rows("search_runs_at", cut=edition.cut)
    searches = edition.protocol.searches
    return min((row["as_of"] for row in rows if row["name"] in searches), default=edition.as_of)


def files_of(
    store: Warehouse,
    edition: Edition,
    previous: Published | None,
    current: Snapshot,
    comparison: Comparison,
    inputs: dict[str, str],
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The canonical report of an edition and every file it is published as.

    Records that bear on nothing are in no report; they are listed, each with its reason.
    """
    screened = screened_at(store, edition.seen_from, current.readings)
    report, changed = report_of(store, edition, previous, screened, current, comparison)
    files = render_all(report, changed, listed(screened))
    versions = made_with() | {"method": edition.protocol.rules.method_version}
    files[NAME_IN_FOLDER] = manifest(files, inputs, versions)
    return report, dict(sorted(files.items()))


def made_with() -> dict[str, str]:
    """Versions of all that bears on published bytes: rebuilding needs the same."""
    libraries = {library: version(library) for library in LIBRARIES}
    return {"code": __version__, "schema": names("migrations")[-1], **libraries}


def inputs_of(protocol_hash: str, draft: str) -> dict[str, str]:
    """What a version was made from, by content."""
    return {"protocol": protocol_hash, "readings": draft.rpartition(":")[2]}


def states_json(states: Mapping[str, State]) -> str:
    """Announced states as the store keeps them."""
    return serial.dump(dict(sorted(states.items())), dict[str, State])


def _published(store: Warehouse, row: Mapping[str, Any]) -> Published:
    return Published(
        edition=Edition(
            version=row["version"],
            as_of=row["as_of"],
            cut=row["cut"],
            trigger=row["triggered_by"],
            protocol=protocol_of(store, row["protocol_hash"]),
        ),
        ordinal=row["ordinal"],
        draft=row["draft"],
        protocol_hash=row["protocol_hash"],
        code=row["code"],
        announced=serial.load(dict[str, State], row["announced"]),
        pool_updates=json.loads(row["pool_updates"]),
        report=json.loads(row["report"]),
    )
