"""PubMed XML on disk: single files, gzipped ones, and folders of both, read as a stream."""

import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from living_review import parsing
from living_review.errors import SourceError, SourceRefused, UnreadableRecord
from living_review.parsing import pubmed_xml
from living_review.parsing.payload import Payload
from living_review.protocol import Run, Search
from living_review.sources.contract import Found

SUFFIXES = (".xml", ".xml.gz")


def open_files(search: Search, review: Path, run: Run, environ: Mapping[str, str]) -> "Files":
    """Open the files a search names, relative to the review folder."""
    del run, environ  # files need neither batches nor keys
    path = search.path or ""
    return Files(review / path, path)


@dataclass(frozen=True)
class Files:
    """Every PubMed XML file at or below `path`; `name` is what the protocol calls it."""

    path: Path
    name: str
    remote: bool = False

    def find(self, as_of: date) -> Found:
        """Find what was known that day; undated, unreadable and withdrawn ones count as known."""
        known, read = set(), 0
        latest = self._latest()
        for number, payload in self._payloads():
            read += 1
            if latest[_key(payload)].number == number and _was_known(payload, as_of):
                known.add(_key(payload))
        repeats = read - len(latest)
        warnings = () if not repeats else (
            f"{self.name}: {repeats} record(s) stand there more than once; "
            "the highest version, then the later one, counts",
        )  # fmt: skip
        return Found(tuple(sorted(known)), len(known), f"every record in {self.name}", warnings)

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Name all that are there: a file says nothing of when it was changed."""
        del since, as_of
        return tuple(sorted(self._latest()))

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give the records asked for as they stand in the files, then those that are not there."""
        wanted, latest = set(record_ids), self._latest()
        for number, payload in self._payloads():
            key = _key(payload)
            if key in wanted and latest[key].number == number:
                yield replace(payload, record_id=key)
        for key in sorted(wanted - set(latest)):
            yield Payload(key, "pubmed_xml", b"", problem=f"{self.name} no longer holds it")

    def _latest(self) -> "dict[str, _Place]":
        """Where each record counts: the highest version, then the later one.

        A withdrawal outranks what came before it, whatever the version; a record that comes
        again after it is back.
        """
        latest: dict[str, _Place] = {}
        for number, payload in self._payloads():
            place = _Place(payload.version, payload.deleted, number)
            before = latest.setdefault(_key(payload), place)
            if place.deleted or before.deleted or place.version >= before.version:
                latest[_key(payload)] = place
        return latest

    def _payloads(self) -> Iterator[tuple[int, Payload]]:
        """Every payload with its running number over all files, in the order of their paths."""
        number = 0
        for path in self._paths():
            try:
                with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
                    for payload in pubmed_xml.split(stream):
                        yield number, payload
                        number += 1
            except (SourceError, OSError) as error:
                raise SourceRefused(
                    f"{self._name_of(path)} cannot be read: {error}; "
                    "mend the file, or take it out of the search"
                ) from error

    def _paths(self) -> list[Path]:
        if self.path.is_file():
            return [self.path]
        found = self.path.rglob("*") if self.path.is_dir() else []
        paths = sorted(path for path in found if path.name.endswith(SUFFIXES) and path.is_file())
        if not paths:
            raise SourceRefused(
                f"{self.name}: there is no {' or '.join(SUFFIXES)} file at {self.path}; "
                "put one there, or correct the search's path in config.yaml"
            )
        return paths

    def _name_of(self, path: Path) -> str:
        return self.name if path == self.path else f"{self.name}/{path.relative_to(self.path)}"


@dataclass(frozen=True, slots=True)
class _Place:
    version: int
    deleted: bool
    number: int


def _key(payload: Payload) -> str:
    # One whose own key is unreadable is known by its bytes, as the store keeps it.
    if payload.record_id is not None:
        return payload.record_id
    return f"unreadable:{hashlib.sha256(payload.body).hexdigest()[:16]}"


def _was_known(payload: Payload, as_of: date) -> bool:
    try:
        available_on = parsing.parse(payload).available_on
    except UnreadableRecord:
        return True
    return available_on is None or available_on <= as_of
