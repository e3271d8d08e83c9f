"""Which records are one paper or one study; doubtful pairs are left to a human.

A false merge loses a study and nobody sees it; a duplicate kept is seen by whoever reads both. So
identifiers decide only where titles bear them out, titles only with author, year and page, and
what is contradicted or could be either of two is not decided here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from living_review.model import Record
from living_review.screening.duplicates import bylines
from living_review.screening.duplicates.entries import Basis, Entry, Found, Relation, read_entry
from living_review.screening.duplicates.pairs import contradict, judge

__all__ = [
    "MOST_SHARING",
    "Match",
    "Relation",
    "belong_together",
    "keys",
    "matches",
    "may_be_crowded",
]

# An identifier or a title that more records share is a section's or a slip's: it tells nothing.
MOST_SHARING = 20
_LIMITED = ("identifier ", "same title ")
ENDS = 10  # letters at either end of a title; two titles that are alike share one of them

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that belong together, or may, and why. `first` sorts before `second`."""

    first: str
    second: str
    relation: Relation
    reason: str


def matches(records: Sequence[Record], crowded: Collection[str] = ()) -> tuple[Match, ...]:
    """Every pair that is one record, one study, or worth a human's minute; sorted.

    Records that `same_record` joins, directly or over others, contradict each other nowhere: where
    one could be either of two papers, its pairs are `maybe_same_record`. `crowded` are keys that
    tell nothing, since too many records beside these have them, too.
    """
    entries = [read_entry(record) for record in sorted(records, key=lambda r: r.record_id)]
    found: dict[Pair, Found] = {}
    for first, second in _candidates(entries, crowded):
        judged = judge(entries[first], entries[second])
        if judged is not None:
            found[first, second] = judged
    _leave_ambiguous(entries, found, "title")
    _leave_ambiguous(entries, found, "identifier")
    group = _groups(len(entries), found)
    return tuple(
        Match(entries[a].record_id, entries[b].record_id, one.relation, one.reason)
        for (a, b), one in sorted(found.items())
        if one.relation == "same_record" or group[a] != group[b]
    )


def keys(record: Record) -> frozenset[str]:
    """What the record shares with every record it may belong together with."""
    return frozenset(_keys(read_entry(record)))


def may_be_crowded(key: str) -> bool:
    """Whether a key tells nothing where more than MOST_SHARING records have it."""
    return key.startswith(_LIMITED)


def belong_together(one: Record, other: Record) -> bool:
    """Whether two records that share a key are one, of one study, or for a human to say."""
    first, second = sorted((one, other), key=lambda record: record.record_id)
    return judge(read_entry(first), read_entry(second)) is not None


def _candidates(entries: Sequence[Entry], crowded: Collection[str]) -> list[Pair]:
    """Pairs that share a key; all others are two papers without being looked at."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for key in set(_keys(entry)):
            if key not in crowded:
                blocks[key].append(number)
    return sorted({
        pair
        for key, block in blocks.items()
        if len(block) <= MOST_SHARING or not may_be_crowded(key)
        for pair in combinations(block, 2)
        if entries[pair[0]].record_id != entries[pair[1]].record_id
    })  # fmt: skip


def _keys(entry: Entry) -> Iterator[str]:
    record, key = entry.record, entry.title.key
    if record.pmid:
        yield f"identifier pmid {record.pmid}"
    if entry.doi:
        yield f"identifier doi {entry.doi}"
    if record.kind == "registration":
        yield from (f"identifier registration {n.upper()}" for n in record.registrations)
    if entry.title.is_generic:
        return
    if not entry.title.is_short:
        yield f"same title {key}"
    for family in bylines.families(record.authors[0]) if record.authors else ():
        if entry.place.page:
            yield f"page {entry.place.page} {family}"
        if not entry.title.is_short:
            yield f"begins {key[:ENDS]} {family}"
            yield f"ends {key[-ENDS:]} {family}"


def _leave_ambiguous(entries: Sequence[Entry], found: dict[Pair, Found], basis: Basis) -> None:
    """Leave to a human what would join records that cannot be one."""
    members: dict[int, list[int]] = defaultdict(list)
    group = _groups(len(entries), found)
    for number in sorted({n for pair in found for n in pair}):
        members[group[number]].append(number)
    mixed = {
        root
        for root, numbers in members.items()
        if any(contradict(entries[a], entries[b]) for a, b in combinations(numbers, 2)
               if found.get((a, b), Found("maybe_same_record", "")).relation != "same_record")
    }  # fmt: skip
    for pair, one in found.items():
        if one.relation == "same_record" and one.basis == basis and group[pair[0]] in mixed:
            found[pair] = Found(
                "maybe_same_record", f"{one.reason}; but so has another record that is not the same"
            )


def _groups(size: int, found: Mapping[Pair, Found]) -> list[int]:
    """The group of each entry: the lowest number it is joined to by `same_record`."""
    group = list(range(size))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = number = group[group[number]]
        return number

    for (a, b), one in sorted(found.items()):
        if one.relation == "same_record":
            low, high = sorted((root(a), root(b)))
            group[high] = low
    return [root(number) for number in range(size)]
