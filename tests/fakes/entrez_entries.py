"""What the stand-in for PubMed holds: each record as it stands, and from which day on."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from living_review.errors import UnreadableRecord
from living_review.model import PartialDate, Record
from living_review.parsing import pubmed_xml

Source = Path | bytes | Iterable["Entry"]


@dataclass(frozen=True)
class Entry:
    """One record as PubMed holds it from the day `enters` on; None: from ever.

    `created`, `edat`, `revised` and `published` are what [crdt], [edat], [mdat] and [pdat] search;
    without `edat` it is the day it was created.
    """

    pmid: int
    body: bytes
    created: date | None = None
    revised: date | None = None
    edat: date | None = None
    published: date | None = None
    enters: date | None = None
    version: int = 1
    removed: bool = False

    def day(self, field: str) -> date | None:
        """The date that a search field looks at."""
        if field == "edat":
            return self.edat or self.created
        return {"crdt": self.created, "mdat": self.revised, "pdat": self.published}[field]


class Holdings:
    """Every state of every record; `at` gives those of one day."""

    def __init__(self) -> None:
        self._states: dict[int, list[Entry]] = {}
        self._seen: dict[date | None, dict[int, list[Entry]]] = {}

    def add(self, source: Source, enters: date | None = None) -> None:
        """Let records stand so from a day on, whatever was said of that day and later before."""
        for entry in entries_of(source) if isinstance(source, Path | bytes) else source:
            new = entry if enters is None else replace(entry, enters=enters)
            self._states[new.pmid] = [
                *(old for old in self._states.get(new.pmid, []) if not _is_replaced(old, new)),
                new,
            ]
        self._seen.clear()

    def remove(self, pmids: Iterable[int], on: date | None = None) -> None:
        """Let records be gone from a day on: deleted, or merged into another."""
        for pmid in pmids:
            versions = {entry.version for entry in self._states.get(pmid, [])}
            gone = [Entry(pmid, b"", enters=on, version=v, removed=True) for v in sorted(versions)]
            self.add(gone)

    def at(self, today: date | None) -> dict[int, list[Entry]]:
        """Every record there is that day, each with its versions in order; None: the last day."""
        if today not in self._seen:
            held = {pmid: _versions(states, today) for pmid, states in self._states.items()}
            self._seen[today] = {pmid: versions for pmid, versions in held.items() if versions}
        return self._seen[today]


def entries_of(source: Path | bytes) -> list[Entry]:
    """Every readable record of a PubMed XML file, gzipped or not, or of its bytes."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    entries = []
    for payload in pubmed_xml.split(BytesIO(data)):
        try:
            entries.append(_entry(payload.body, pubmed_xml.parse(payload.body)))
        except UnreadableRecord:
            continue
    return entries


def _entry(body: bytes, record: Record) -> Entry:
    created, published = record.available_on, _first_day(record.published)
    # What enters more than a year after its publication is entered under the latter.
    is_late = created and published and created - published > timedelta(days=365)
    return Entry(
        int(record.pmid or 0),
        body,
        created,
        record.revised.last_day() if record.revised else created,
        edat=published if is_late else created,
        published=published,
        version=record.version,
    )


def _first_day(partial: PartialDate | None) -> date | None:
    return None if partial is None else date(partial.year, partial.month or 1, partial.day or 1)


def _is_replaced(old: Entry, new: Entry) -> bool:
    return old.version == new.version and (old.enters or date.min) >= (new.enters or date.min)


def _versions(states: Iterable[Entry], today: date | None) -> list[Entry]:
    """The last state of each version, as they were entered, without those that are gone."""
    last: dict[int, Entry] = {}
    for entry in sorted(states, key=lambda each: each.enters or date.min):
        if today is None or entry.enters is None or entry.enters <= today:
            last[entry.version] = entry
    return [last[version] for version in sorted(last) if not last[version].removed]
