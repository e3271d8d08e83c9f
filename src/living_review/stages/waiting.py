"""Waiting: what awaits a human now, whether or not a version has told of it yet.

A record that screening leaves to people makes no version; it must not wait for one to be seen.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from living_review import config
from living_review.model import Conclusion, OpenSignal
from living_review.stages import claim_judgements, serial
from living_review.stages.bearing import SHOWN, Standpoint, bearing
from living_review.stages.draft import Published, latest_version
from living_review.stages.inputs import load_readings
from living_review.stages.listing import screened_at
from living_review.stages.report_inputs import questions
from living_review.warehouse import Warehouse, readers_path, store_path

Rows = list[dict[str, Any]]
SIGNAL = "signal"


def run(review: Path) -> Rows:
    """Records and findings to decide, judgements to renew, signals to answer: what, and why."""
    if not readers_path(review).exists():
        return []
    with Warehouse(readers_path(review), read_only=True) as store:
        at = here(review, store)
        if at is None:
            return []
        return asked(store, at, bearing(store, at, verdicts=SHOWN))


def asked(store: Warehouse, at: Standpoint, shown: Sequence[str]) -> Rows:
    """What people are asked from there, signals last; `shown` are the records not excluded."""
    latest = latest_version(store)
    conclusions = [
        serial.load(Conclusion, row["body"])
        for row in store.rows("draft_conclusions", draft=latest.draft if latest else "")
    ]
    if latest is not None and latest.edition.seen_from == at:
        waiting = list(latest.report["queue"])  # asked from this very standpoint
    else:
        readings = load_readings(store, at, shown)
        waiting = questions(store, at, screened_at(store, at, readings), conclusions)
    waiting += _open_signals(store, at, latest, conclusions)
    return sorted(waiting, key=lambda one: (one["what"] == SIGNAL, one["record"], one["what"]))


def here(review: Path, store: Warehouse) -> Standpoint | None:
    """From where the last update saw the review, with all that people have entered since.

    None while no search has succeeded.
    """
    searched = store.rows("last_successful_search")
    if not searched:
        return None
    text = (store_path(review) / "protocol.yaml").read_text(encoding="utf-8")
    cut = store.rows("last_run")[0]["run_no"]
    return Standpoint(config.parse(text), searched[0]["as_of"], cut)


def _open_signals(
    store: Warehouse, at: Standpoint, latest: Published | None, conclusions: Sequence[Conclusion]
) -> Rows:
    """The signals of the latest version that nobody has answered since."""
    answered = {
        (one.claim, one.rules, one.records, one.inputs)
        for one in claim_judgements.load(store, at.cut).signals
    }
    open_ = [
        signal
        for signal in claim_judgements.carried_by(latest.report if latest else None)
        if (signal.claim, signal.rules, signal.records, signal.inputs) not in answered
    ]
    watched = {conclusion.claim for conclusion in conclusions}
    return [_asked(signal) for signal in open_ if signal.claim in watched]


def _asked(signal: OpenSignal) -> dict[str, Any]:
    return {
        "record": signal.claim,
        "what": SIGNAL,
        "reason": f"{', '.join(signal.rules)} since {signal.since}: {signal.why} Answer with "
        f"`living-review judge signal {signal.claim} yes|no --rule {signal.rules[0]} "
        "--reason … --by …`",
    }
