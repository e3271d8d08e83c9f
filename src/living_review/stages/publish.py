"""Publish: last of all. The version's row is the publication; files are made from it.

`settle` makes whatever files are missing from what the store keeps, so a crash between the
commit and the files heals at the next command. Version folders never change afterwards.
"""

import hashlib
import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

from living_review import __version__
from living_review.changes import Comparison, Snapshot, next_version
from living_review.model import Conclusion
from living_review.reporting import canonical, render_all, site
from living_review.reporting.diff import diff
from living_review.reporting.manifest import NAME_IN_FOLDER, manifest
from living_review.stages import begin, serial
from living_review.stages.draft import (
    Edition,
    Published,
    latest_version,
    pool_updates,
    published_versions,
    report_of,
    snapshot,
    states_json,
)
from living_review.stages.freshness import freshness
from living_review.stages.inputs import load_readings
from living_review.stages.published import summary
from living_review.stages.weigh import draft_key
from living_review.warehouse import Warehouse, database_path, names, readers_path, store_path


def run(review: Path, run_no: int) -> dict[str, int]:
    """Publish the draft if it says something new; `settle` in any case."""
    context = begin.load(review, run_no)
    published = 0
    with context.open() as store:
        readings = load_readings(store, context.protocol, context.as_of, run_no)
        draft = draft_key(store, context, readings)
        compared = store.rows("draft_comparison", draft=draft) if draft else []
        if draft and compared and compared[0]["part"] != "none":
            conclusions = tuple(
                serial.load(Conclusion, row["body"])
                for row in store.rows("draft_conclusions", draft=draft)
            )
            current = Snapshot(context.as_of, context.protocol, readings, conclusions)
            comparison = serial.load(Comparison, compared[0]["body"])
            _publish(store, context, draft, current, comparison)
            published = 1
    settle(review)
    return {"published": published}


# What decides a number, a picture or a byte of the published files.
LIBRARIES = ("duckdb", "jinja2", "lxml", "matplotlib", "numpy", "scipy")


def files_of(
    store: Warehouse,
    edition: Edition,
    previous: Published | None,
    current: Snapshot,
    comparison: Comparison,
    inputs: dict[str, str],
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The canonical report of an edition and every file it is published as."""
    report, changed = report_of(store, edition, previous, current, comparison)
    files = render_all(report, changed)
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


def settle(review: Path) -> None:
    """Make every published file that is missing, the pages above them, and the readers' copy."""
    reports = store_path(review) / "reports"
    with Warehouse(database_path(review)) as store:
        versions = published_versions(store)
        for version in versions:
            _materialise(store, reports, version.edition.version)
        if versions:
            _remake_site(reports, versions, freshness(store, review))
        store.snapshot_for_readers(readers_path(review))


def _publish(
    store: Warehouse,
    context: begin.Context,
    draft: str,
    current: Snapshot,
    comparison: Comparison,
) -> None:
    previous = latest_version(store)
    version = next_version(previous.edition.version if previous else None, comparison.part)
    edition = Edition(version, context.as_of, context.run_no, context.trigger, context.protocol)
    before = snapshot(store, previous.edition) if previous else None
    updates = pool_updates(previous, before, current)
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
                "pool_updates": json.dumps(updates, sort_keys=True),
                "report": canonical.dump(report).decode(),
            }
        ])  # fmt: skip


def _materialise(store: Warehouse, reports: Path, version: str) -> None:
    """Make the folder of a version whole; readers see all of it or none of it."""
    folder = reports / version
    if folder.is_dir():
        for row in store.rows("file_names", version=version):
            if not (folder / row["name"]).is_file():
                break
        else:
            return
    aside = reports / f".{version}.part"
    shutil.rmtree(aside, ignore_errors=True)
    for row in store.rows("blobs", version=version):
        target = aside / row["name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes(row["body"]))
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def _remake_site(reports: Path, versions: list[Published], fresh: dict[str, Any]) -> None:
    reports_kept = [version.report for version in versions]
    listed = [summary(report) for report in reports_kept]
    diffs = {
        after["version"]: diff(before, after)
        for before, after in zip([None, *reports_kept], reports_kept, strict=False)
    }
    newest = reports_kept[-1]
    _write(reports / "index.html", site.index_html(listed, newest, fresh))
    _write(reports / "feed.xml", site.feed_atom(newest["review"]["title"], listed, diffs))
    for conclusion in newest["conclusions"]:
        page = site.claim_history_html(conclusion["claim"], reports_kept)
        _write(reports / site.history_name(conclusion["claim"]), page)
    _point_latest(reports, versions[-1].edition.version)


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(body)
    aside.replace(path)


def _point_latest(reports: Path, version: str) -> None:
    aside = reports / ".latest.part"
    aside.unlink(missing_ok=True)
    os.symlink(version, aside)
    aside.replace(reports / "latest")
