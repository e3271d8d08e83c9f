"""Place: under which key an imported record belongs, and whether it tells anything new."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from living_review import parsing
from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing.names import plain_words
from living_review.parsing.payload import Payload
from living_review.parsing.stated import keys, under

Outcome = Literal["new", "revised", "already_known"]
Read: TypeAlias = tuple[Payload, Record]

# Of rapidfuzz's 100. Of 12,561 pairs of different titles on one topic 1 in 100 reaches the first;
# 4 in 10,000 reach the second, for which the longer title is cut to the length of the shorter.
ALIKE = 60
BEGINS_ALIKE = 85
AT_CONFERENCES = {"Conference Abstract", "Conference Paper"}


@dataclass(frozen=True, slots=True)
class Here:
    """What stands under a key: the hash of its bytes, who brought it, and its record if known."""

    payload_hash: str
    came_by: str
    record: Record | None
    just_now: bool = False  # by this very import


@dataclass(frozen=True, slots=True)
class Placed:
    """A payload under its key; `said` where that is not the key it states."""

    payload: Payload
    record: Record
    outcome: Outcome
    said: str = ""


def candidates(payload: Payload, record: Record) -> tuple[str, ...]:
    """The keys a record may stand under; of one that names its own key, that one alone."""
    return tuple(keys(record)) if payload.format in parsing.EXPORTS else (record.record_id,)


def place(records: Sequence[Read], here: Mapping[str, Here]) -> Iterator[Placed]:
    """Place each record in turn; the first of several for one record is the one that is taken.

    A record that a search has brought is never overwritten: its source's own text is better.
    Where the key stated belongs to a wholly different title, the record states it wrongly and
    stands under its next key.
    """
    now = dict(here)
    for payload, stated in records:
        placed = _place_one(payload, stated, now)
        if placed.outcome != "already_known":
            key = str(placed.payload.record_id)
            now[key] = Here(_digest(payload), "import", placed.record, just_now=True)
        yield placed


def is_another(record: Record, other: Record, key: str) -> bool:
    """Whether two records under one key cannot be the same publication.

    Under a key of our own, which is no more than title, year and first author, another journal
    or a conference tells two apart as well.
    """
    titles = filter(None, (other.title, other.vernacular_title))
    if all(_differ(record.title, title) for title in titles):
        return True
    if not key.startswith("own:"):
        return False
    at_conference = [
        not AT_CONFERENCES.isdisjoint(each.publication_types) for each in (record, other)
    ]
    return at_conference[0] != at_conference[1] or _differ(record.journal, other.journal)


def _place_one(payload: Payload, stated: Record, here: Mapping[str, Here]) -> Placed:
    said = ""
    for key in candidates(payload, stated):
        moved = replace(payload, record_id=key)
        record = stated if key == stated.record_id else under(stated, key)
        there, told = here.get(key), said and f"{said}; taken as {key}"
        if there is None:
            return Placed(moved, record, "new", told)
        if there.payload_hash == _digest(payload):
            return Placed(moved, record, "already_known")
        if there.record is None or not is_another(stated, there.record, key):
            is_ours = there.came_by == "import" and not there.just_now
            return Placed(moved, record, "revised" if is_ours else "already_known", told)
        said = said or f"'{stated.title[:80]}' states {key}, which is '{there.record.title[:80]}'"
    return Placed(payload, stated, "already_known")


def read_here(payload: Payload) -> Record | None:
    """The record that a stored payload holds; None where it cannot be read."""
    try:
        return parsing.parse(payload)
    except UnreadableRecord:
        return None


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two texts are wholly different, the end of the longer one (a subtitle) aside."""
    if not one or not other:
        return False
    a, b = plain_words(one), plain_words(other)
    short = min(len(a), len(b))
    return fuzz.ratio(a, b) < ALIKE and fuzz.ratio(a[:short], b[:short]) < BEGINS_ALIKE


def _digest(payload: Payload) -> str:
    return hashlib.sha256(payload.body).hexdigest()
