"""Crossref's statements, gathered into one notice each, whoever states it and in which field."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from living_review.model import PartialDate
from living_review.parsing.crossref import first_known, record_id
from living_review.sources.crossref_replies import Update, Work


@dataclass(frozen=True, slots=True)
class Notice:
    """What is stated of one notice; `doi` is None where it has none of its own."""

    doi: str | None
    updates: tuple[Update, ...]


def gather(stated: Iterable[Update], watched: set[str]) -> dict[str, Notice]:
    """The notices on watched works, and watched works that are notices, by their record ids.

    What a notice says of other works stays out: it would date the notice by papers that are no
    part of the review.
    """
    found: dict[str, set[Update]] = defaultdict(set)
    for update in stated:
        if update.of in watched or update.notice in watched:
            found[record_id(update.notice, update.of)].add(update)
    return {
        key: Notice(next(iter(updates)).notice, tuple(sorted(updates, key=_order)))
        for key, updates in found.items()
    }


def was_known(notice: Notice, works: Mapping[str, Work], as_of: date) -> bool:
    """Whether anybody had stated the notice by that day; one without a date counts as known."""
    dates = [PartialDate.parse(each.date) if each.date else None for each in notice.updates]
    work = works.get(notice.doi or "")
    known = first_known(dates, work.created if work else None)
    return known is None or known.last_day() <= as_of


def envelope(notice: Notice, works: Mapping[str, Work]) -> bytes:
    """The notice as this program keeps it: canonical JSON, the same for the same statements."""
    work = works.get(notice.doi or "")
    said = {
        "doi": notice.doi,
        "notice": work and work.described,
        "updates": [_part(update) for update in notice.updates],
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _part(update: Update) -> dict[str, str | None]:
    part = asdict(update)
    del part["notice"]
    return part | {"date": update.date or None}


def _order(update: Update) -> tuple[str, ...]:
    return tuple(part or "" for part in _part(update).values())
