"""Doctor: what is wrong with a review and the way out, one finding after the other."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version

from living_review import config
from living_review.errors import LivingReviewError
from living_review.model_endpoint import endpoint
from living_review.protocol import Protocol
from living_review.sources import open_source
from living_review.stages import begin
from living_review.warehouse import Warehouse, database_path, names

# Prefect 3.8 admits versions under which its flows die or its scheduler stands still
# (DECISIONS.md); pip itself finds nothing wrong with them.
BREAKS_PREFECT = {"fastapi": "0.151", "sqlalchemy": "2.1"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at, whether it is well, and what is said of it."""

    what: str
    well: bool
    said: str
    exit_code: int = 0


def run(review: Path) -> Iterator[Finding]:
    """Look at config, store, sources, second reader and Prefect, in that order."""
    try:
        protocol = config.load(review / "config.yaml")
    except LivingReviewError as error:
        yield Finding("config", False, str(error), error.exit_code)
        return
    yield Finding(
        "config", True, f"{len(protocol.claims)} claims, {len(protocol.searches)} searches"
    )
    yield _store(review)
    yield from _sources(review, protocol)
    yield _second_reader(protocol)
    yield _prefect()


def _store(review: Path) -> Finding:
    if not database_path(review).exists():
        return Finding("store", True, "not made yet; the first update makes it")
    try:
        with Warehouse(database_path(review), wait=2) as store:
            versions = store.rows("versions")
    except LivingReviewError as error:
        return Finding("store", False, str(error), error.exit_code)
    return Finding("store", True, f"schema {names('migrations')[-1]}, {len(versions)} versions")


def _sources(review: Path, protocol: Protocol) -> Iterator[Finding]:
    for name, search in sorted(protocol.searches.items()):
        try:
            found = open_source(search, review, protocol.run, os.environ).find(begin.today())
        except LivingReviewError as error:
            # Without a secondary source the review still goes on.
            code = 0 if search.secondary else error.exit_code
            yield Finding(f"search '{name}'", False, str(error), code)
        else:
            yield Finding(f"search '{name}'", True, f"{found.count} records")


def _second_reader(protocol: Protocol) -> Finding:
    """Whether it is configured, installed, has a key, and answers. Without it a review is whole."""
    reader = protocol.rules.reading.second_reader
    if reader is None:
        return Finding("second reader", True, "none; rules.reading.second_reader may name one")
    try:
        endpoint(reader.url, reader.model, os.environ).ask('Answer with {"findings": []}', "{}")
    except LivingReviewError as error:
        return Finding("second reader", False, str(error))
    return Finding("second reader", True, f"{reader.model} answers at {reader.url}")


def _prefect() -> Finding:
    prefect = version("prefect")
    if Version(prefect) < Version("3.9"):
        for library, cap in BREAKS_PREFECT.items():
            found = version(library)
            if Version(found) >= Version(cap):
                said = f"{library} {found} breaks Prefect {prefect}; pip install '{library}<{cap}'"
                return Finding("prefect", False, said, 1)
    return Finding("prefect", True, prefect)
