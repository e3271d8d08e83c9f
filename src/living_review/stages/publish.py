"""Publish: last of all. The version's row is the publication; files are made from it."""

import hashlib
import json
from pathlib import Path

from living_review import __version__
from living_review.changes import next_version
from living_review.reporting import canonical
from living_review.stages import begin, serial
from living_review.stages.bearing import SHOWN, bearing
from living_review.stages.compare import drafted
from living_review.stages.draft import (
    Compared,
    Edition,
    files_of,
    inputs_of,
    latest_version,
    states_json,
)
from living_review.stages.settle import settle
from living_review.warehouse import Warehouse


def run(review: Path, run_no: int) -> dict[str, int]:
    """Publish the draft if it says something new; `settle` in any case.

    A replay goes on to the next date: it makes the pages that span versions once, at its end.
    """
    context = begin.load(review, run_no)
    published = 0 if context.draft is None else _publish_draft(context, context.draft)
    settle(review, spanning=context.trigger != "replay")
    return {"published": published}


def _publish_draft(context: begin.Context, draft: str) -> int:
    with context.open() as store:
        rows = store.rows("draft_comparison", draft=draft)
        if not rows or rows[0]["part"] == "none":
            return 0
        _publish(store, context, draft, serial.load(Compared, rows[0]["body"]))
    return 1


def _publish(
    store: Warehouse,
    context: begin.Context,
    draft: str,
    compared: Compared,
) -> None:
    previous, comparison = latest_version(store), compared.comparison
    version = next_version(previous.edition.version if previous else None, comparison.part)
    edition = Edition(version, context.as_of, context.run_no, context.trigger, context.protocol)
    on = bearing(store, edition.seen_from, previous.edition.seen_from if previous else None, SHOWN)
    current = drafted(store, edition.seen_from, draft, on)
    report, files = files_of(
        store, edition, previous, current, comparison, inputs_of(context.protocol_hash, draft)
    )
    hashed = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    with store.transaction():
        if not store.rows("protocol", protocol_hash=context.protocol_hash):
            store.write("protocol", [
                {"protocol_hash": context.protocol_hash, "body": context.protocol_text,
                 "run_no": context.run_no}
            ])  # fmt: skip
        store.write("blob", [{"sha256": hashed[n], "body": b} for n, b in files.items()])
        store.write(
            "published_file",
            [{"version": version, "name": n, "sha256": digest} for n, digest in hashed.items()],
        )
        store.write("review_version", [
            {
                "version": version,
                "ordinal": previous.ordinal + 1 if previous else 1,
                "run_no": context.run_no,
                "cut": context.run_no,
                "as_of": context.as_of,
                "draft": draft,
                "protocol_hash": context.protocol_hash,
                "triggered_by": context.trigger,
                "code": __version__,
                "announced": states_json(comparison.announced),
                "pool_updates": json.dumps(compared.pool_updates, sort_keys=True),
                "report": canonical.dump(report).decode(),
            }
        ])  # fmt: skip
