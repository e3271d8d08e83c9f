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
TOLD = (
    "abstract", "authors", "journal", "citation", "published", "doi", "pmid", "registrations",
    "publication_types", "keywords", "mesh",
)  # fmt: skip


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
    """The keys a record may stand under, its own first; of one that names its key, that alone."""
    others = keys(record) if payload.format in parsing.EXPORTS else ()
    return tuple(dict.fromkeys((record.record_id, *others)))


def place(records: Sequence[Read], here: Mapping[str, Here]) -> Iterator[Placed]:
    """Place each record, and give them in the order they came.

    Of several for one record the one that says most is taken. A record that a search has brought
    is never overwritten: its source's own text is better; nor is one that says more than the file.
    Where the key stated belongs to a wholly different title, the record states it wrongly and
    stands under its next key.
    """
    now, placed = dict(here), dict[int, Placed]()
    for number in sorted(range(len(records)), key=lambda n: _richness(records[n][1]), reverse=True):
        payload, stated = records[number]
        placed[number] = one = _place_one(payload, stated, now)
        if one.outcome != "already_known":
            key = str(one.payload.record_id)
            now[key] = Here(_digest(payload), "import", one.record, just_now=True)
    yield from (placed[number] for number in range(len(records)))


def is_another(record: Record, other: Record) -> bool:
    """Whether two records under one key cannot be the same publication."""
    return all(
        _differ(record.title, title) for title in (other.title, other.vernacular_title) if title
    )


def says_less(record: Record, than: Record) -> bool:
    """Whether a copy lacks what another copy of the record tells."""
    if any(getattr(than, part) and not getattr(record, part) for part in TOLD):
        return True
    here, there = (" ".join(s.text for s in each.abstract) for each in (record, than))
    return len(here) < len(there) and there.startswith(here.rstrip(".… "))


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
        if there.record is None:
            return Placed(
                moved, record, "revised" if there.came_by == "import" else "already_known", told
            )
        if not is_another(stated, there.record):
            return _placed_again(moved, record, there, there.record, told)
        said = said or f"'{stated.title[:80]}' states {key}, which is '{there.record.title[:80]}'"
    return Placed(payload, stated, "already_known")


def _placed_again(
    payload: Payload, record: Record, there: Here, known: Record, told: str
) -> Placed:
    """A record that is here: revised where an import brought it, and this copy says no less."""
    if _is_retracted(record) and not _is_retracted(known):
        told = (
            f"{payload.record_id}: the file says that it is retracted, and what is here does not; "
            "if so, exclude it with `living-review decide`"
        )
    if there.came_by != "import" or there.just_now:
        return Placed(payload, record, "already_known", told)
    if says_less(record, known):
        kept = f"{payload.record_id}: the copy that is here says more, and is kept"
        return Placed(payload, record, "already_known", told or kept)
    return Placed(payload, record, "revised", told)


def _is_retracted(record: Record) -> bool:
    flagged = any(link.relation == "RetractionIn" for link in record.links)
    return flagged or "Retracted Publication" in record.publication_types


def _richness(record: Record) -> tuple[int, int]:
    """How much a copy tells: its filled parts, then the length of its abstract."""
    filled = sum(1 for part in TOLD if getattr(record, part))
    return filled, sum(len(section.text) for section in record.abstract)


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
