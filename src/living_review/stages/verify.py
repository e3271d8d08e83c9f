"""Verify: published bytes are as kept, and weighing and rendering again gives the same bytes."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from living_review.errors import UserError
from living_review.reporting.manifest import NAME_IN_FOLDER
from living_review.stages.bearing import SHOWN, bearing
from living_review.stages.draft import (
    Published,
    compare_with,
    files_of,
    inputs_of,
    made_with,
    published_versions,
    snapshot,
)
from living_review.warehouse import Warehouse, database_path, store_path


@dataclass(frozen=True)
class Verified:
    """What was found of one version; `faults` empty is well."""

    version: str
    files: int
    rebuilt: bool
    rebuild_needs: str
    faults: tuple[str, ...]


def run(review: Path, wanted: tuple[str, ...] = ()) -> list[Verified]:
    """Check the versions named, or all; UserError for one that does not exist."""
    with Warehouse(database_path(review)) as store:
        versions = published_versions(store)
        known = {v.edition.version for v in versions}
        for name in wanted:
            if name not in known:
                raise UserError(f"there is no version {name}; `living-review versions` lists them")
        return [
            _verify(store, review, version, versions[i - 1] if i else None)
            for i, version in enumerate(versions)
            if not wanted or version.edition.version in wanted
        ]


def _verify(
    store: Warehouse, review: Path, version: Published, previous: Published | None
) -> Verified:
    name = version.edition.version
    rows = store.rows("blobs", versions=[name])
    kept = {row["name"]: bytes(row["body"]) for row in rows}
    hashes = {row["name"]: row["sha256"] for row in rows}
    faults = [
        f"{file}: the kept bytes do not match their hash"
        for file, body in kept.items()
        if hashlib.sha256(body).hexdigest() != hashes[file]
    ]
    folder = store_path(review) / "reports" / name
    for file, body in kept.items():
        path = folder / file
        if not path.is_file():
            faults.append(f"{file}: missing from {folder.name}/; any update makes it again")
        elif path.read_bytes() != body:
            faults.append(
                f"{file}: changed on disk since it was published; delete it, and any update "
                "makes it again"
            )
    faults += [
        f"{path.relative_to(folder)}: is no file of this version"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and str(path.relative_to(folder)) not in kept
    ]
    needs = _rebuild_needs(kept)
    if not needs:
        faults += _differences(store, version, previous, kept)
    return Verified(name, len(kept), not needs, needs, tuple(faults))


def _rebuild_needs(kept: dict[str, bytes]) -> str:
    """What must be installed to make the same bytes again; empty when it is."""
    made = json.loads(kept[NAME_IN_FOLDER])["versions"]
    missing = [
        f"{name} {made.get(name)}" for name, now in made_with().items() if made.get(name) != now
    ]
    return f"intact; rebuild needs {', '.join(missing)}" if missing else ""


def _differences(
    store: Warehouse, version: Published, previous: Published | None, kept: dict[str, bytes]
) -> list[str]:
    edition = version.edition
    on = bearing(store, edition.seen_from, previous.edition.seen_from if previous else None, SHOWN)
    current = snapshot(store, edition, on)
    comparison = compare_with(store, previous, current, on).comparison
    _, again = files_of(
        store,
        edition,
        previous,
        current,
        comparison,
        inputs_of(version.protocol_hash, version.draft),
    )
    return [
        f"{file}: rebuilding gives other bytes"
        for file in sorted(kept.keys() | again.keys())
        if kept.get(file) != again.get(file)
    ]
