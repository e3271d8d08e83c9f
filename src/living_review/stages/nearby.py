"""Nearby: the records that a new or changed one can have anything to do with, found by their keys.

A link between two records hangs on what both say, on a third that is the same as one of them, and
on how many share a title. So all that a changed record can move is found over shared keys, few
steps away from it; every record further off is linked as it was, and need not be read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from living_review.model import Record
from living_review.parsing.links import known_as, names
from living_review.screening import duplicates
from living_review.stages import serial
from living_review.synthesis.grouping import Said
from living_review.warehouse import Warehouse

PORTION = 10_000  # of bodies; a store may have more than memory should hold at once
LIKE, KNOWN, NAMES = "like ", "known as ", "names "
Keys = Mapping[str, Collection[str]]  # by record id


class Region(NamedTuple):
    """What to link anew: `touched` records may be linked otherwise than they were.

    What `stating` records state is linked by; `records` are all that it takes to say so, and
    `crowded` the keys that more records share than tell anything.
    """

    touched: set[str]
    stating: set[str]
    records: list[Record]
    crowded: set[str]


def keys_of(record: Record) -> set[str]:
    """Every key of a record: what it may be a duplicate by, is known as, and names others by."""
    return {
        *(LIKE + key for key in duplicates.keys(record)),
        *(KNOWN + key for key in known_as(record)),
        *(NAMES + key for key in names(record)),
    }


@dataclass
class Neighbours:
    """The records of a store by their keys, as they are compared now; each is asked for once."""

    store: Warehouse
    rules: str
    as_of: date
    cut: int
    _read: dict[str, Record] = field(default_factory=dict)
    _keys_of: dict[str, list[str]] = field(default_factory=dict)
    _holders: dict[str, list[str]] = field(default_factory=dict)
    _spoken: dict[str, list[Said]] = field(default_factory=dict)

    def region(self, changed: Collection[str], before: Keys) -> Region:
        """All that may be linked otherwise; `before` has the keys that changed records had."""
        old = {key for keys in before.values() for key in keys}
        touched = self._together({*changed, *self._newly_crowded(changed, before)})
        keys = self._keys(touched) | old
        named = self._sharing(_turned(keys, NAMES, KNOWN))
        keys |= self._keys(named)
        touched |= self._sharing(_turned(keys, KNOWN, NAMES))
        stating = touched | {end for one in self._links(touched) for end in one.pair}
        context = self._sharing(_turned(self._keys(stating), NAMES, KNOWN))
        context |= self._sharing(_turned(self._keys(context), KNOWN, NAMES))
        records = self.read(self._together(stating | context))
        crowded = self._crowded(self._keys(self._read))
        return Region(touched, stating, records, {key.removeprefix(LIKE) for key in crowded})

    def keys(self, record_ids: Collection[str]) -> dict[str, list[str]]:
        """The keys of each of these records that has any, as they were last kept."""
        keys: dict[str, list[str]] = defaultdict(list)
        asked = sorted(record_ids)
        for row in self.store.rows("link_keys", rules=self.rules, record_ids=asked):
            keys[row["record_id"]].append(row["key"])
        return dict(keys)

    def read(self, record_ids: Iterable[str]) -> list[Record]:
        """These records, where they are current, without their indexing terms, which link nothing.

        Each is read once.
        """
        wanted = sorted(record_ids)
        missing = [record_id for record_id in wanted if record_id not in self._read]
        for start in range(0, len(missing), PORTION):
            asked = missing[start : start + PORTION]
            at = {"as_of": self.as_of, "cut": self.cut, "record_ids": asked}
            for row in self.store.rows("current_records", **at):
                record = replace(serial.load(Record, row["body"]), mesh=(), keywords=())
                self._read[row["record_id"]] = record
        return [self._read[record_id] for record_id in wanted if record_id in self._read]

    def _together(self, start: Collection[str]) -> set[str]:
        """These, and all that are found to belong together with them, directly or over others."""
        found: set[str] = set()
        frontier = set(start)
        while frontier:
            found |= frontier
            reached = self._alike(frontier)
            reached |= {
                end
                for one in self._links(frontier)
                if one.by_human or one.decider.startswith("rule:duplicates")
                for end in one.pair
            }
            frontier = reached - found
        return found

    def _alike(self, record_ids: set[str]) -> set[str]:
        """The records that one of these is, by itself, found to belong together with."""
        own = self._keys_by_record(record_ids)
        shared = {key for keys in own.values() for key in keys if key.startswith(LIKE)}
        with_key = self._with(shared - self._crowded(shared))
        beside = {
            record: {other for key in keys for other in with_key.get(key, ())} - {record}
            for record, keys in own.items()
        }
        self.read(record_ids.union(*beside.values()))
        return {
            other
            for record, others in beside.items()
            for other in others
            if duplicates.belong_together(self._read[record], self._read[other])
        }

    def _newly_crowded(self, changed: Collection[str], before: Keys) -> set[str]:
        """The records under a key that these changes have made tell nothing, or tell again."""
        now = self._keys_by_record(changed)
        gained: dict[str, int] = defaultdict(int)
        for keys, by in ((now, 1), (before, -1)):
            for key in (key for of_record in keys.values() for key in of_record):
                gained[key] += by
        most = duplicates.MOST_SHARING
        return {
            record
            for key, records in self._with(_limited(gained)).items()
            if (len(records) > most) != (len(records) - gained[key] > most)
            for record in records
        }

    def _crowded(self, keys: Iterable[str]) -> set[str]:
        with_key = self._with(_limited(keys))
        return {key for key, has in with_key.items() if len(has) > duplicates.MOST_SHARING}

    def _links(self, record_ids: Collection[str]) -> list[Said]:
        missing = sorted(set(record_ids) - self._spoken.keys())
        self._spoken |= {record_id: [] for record_id in missing}
        asked = {"cut": self.cut, "record_ids": missing}
        rows = self.store.rows("links_of", **asked) if missing else ()
        for one in (Said(**row) for row in rows):
            for end in {*one.pair} & set(missing):
                self._spoken[end].append(one)
        return [one for record_id in record_ids for one in self._spoken[record_id]]

    def _keys(self, record_ids: Collection[str]) -> set[str]:
        return {key for keys in self._keys_by_record(record_ids).values() for key in keys}

    def _keys_by_record(self, record_ids: Collection[str]) -> Keys:
        missing = sorted(set(record_ids) - self._keys_of.keys())
        if missing:
            self._keys_of |= {record_id: [] for record_id in missing} | self.keys(missing)
        return {record_id: self._keys_of[record_id] for record_id in record_ids}

    def _sharing(self, keys: Collection[str]) -> set[str]:
        return {record for records in self._with(keys).values() for record in records}

    def _with(self, keys: Collection[str]) -> dict[str, list[str]]:
        """The records that have each key."""
        missing = sorted(set(keys) - self._holders.keys())
        self._holders |= {key: [] for key in missing}
        asked = {"rules": self.rules, "keys": missing}
        for row in self.store.rows("sharing", **asked) if missing else ():
            self._holders[row["key"]].append(row["record_id"])
        return {key: self._holders[key] for key in keys if self._holders[key]}


def _turned(keys: Iterable[str], one: str, other: str) -> set[str]:
    """The keys by which records are found that have the other end of these."""
    return {other + key.removeprefix(one) for key in keys if key.startswith(one)}


def _limited(keys: Iterable[str]) -> set[str]:
    return {
        key
        for key in keys
        if key.startswith(LIKE) and duplicates.may_be_crowded(key.removeprefix(LIKE))
    }
