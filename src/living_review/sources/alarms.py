"""Alarms: what about a search's answer is not to be believed, or is to be told.

The worst stop the update before anything of the search is kept: a set that has shrunk by much, or
that has lost a record it must find. They are ours; the share is `run.max_drop` in config.yaml.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.protocol import Search
from living_review.sources.contract import Found

# Small sets lose a record or two by merging alone; fewer than these are no alarm.
FEWEST_LOST = 10
DATE = re.compile(r"\d{4}/\d{2}/\d{2}")


@dataclass(frozen=True, slots=True)
class Before:
    """The search as it last ran: `hits` are the records it found; `last` is its row, if any."""

    hits: Collection[str]
    last: Mapping[str, Any] | None

    def asked_the_same(self, search: Search) -> bool:
        """Whether the last run asked what the protocol asks now."""
        return self.last is not None and self.last["query"] == asked(search)


def asked(search: Search) -> str:
    """The search in the protocol's words: its query, or its path."""
    return search.query or search.path or ""


def raise_alarm(name: str, search: Search, found: Found, before: Before, max_drop: float) -> None:
    """Raise SourceUnavailable or SourceRefused where the set cannot be the whole one."""
    if search.watches:
        return  # its set follows from the records that the review has, and shrinks with them
    same = before.asked_the_same(search)
    lost = set(before.hits) - set(found.record_ids)
    share = len(lost) / len(before.hits) if before.hits else 0.0
    if same and share > max_drop and (len(lost) >= FEWEST_LOST or not found.record_ids):
        raise SourceUnavailable(
            f"the search '{name}' has lost {len(lost):,} of {len(before.hits):,} records "
            f"({share:.0%}), more than run.max_drop ({max_drop:.0%}); nothing is taken from it; "
            "run again later, or raise run.max_drop in config.yaml if the loss is right"
        )
    missing = sorted(lost & set(search.must_find))
    if missing:
        error = SourceUnavailable if same else SourceRefused
        way_out = "run again later" if same else "correct the query in config.yaml"
        raise error(
            f"the search '{name}' no longer finds {', '.join(missing)}, which it must find; "
            f"nothing is taken from it; {way_out}, or take the record out of must_find"
        )


def remarks(search: Search, found: Found, before: Before, is_present: bool) -> tuple[str, ...]:
    """What is to be told of a search that can be believed: sentences for the report.

    `is_present` says that the search is as of the present day: in the past, a record that it must
    find may not have been there.
    """
    said = list(found.warnings)
    if search.watches:
        return tuple(said)
    if not found.record_ids:
        said.append("it finds no record at all; the query may be wrong")
    if before.last is not None and before.asked_the_same(search):
        then, now = before.last["translation"], found.translation
        if _undated(then) != _undated(now):
            said.append(
                f"the source understands the same search differently: now {now}; was {then}"
            )
    missing = sorted(set(search.must_find) - set(found.record_ids)) if is_present else []
    if missing:
        said.append(f"it does not find {', '.join(missing)}, which it must find; correct the query")
    return tuple(said)


def _undated(translation: str) -> str:
    """A translation without the dates that differ from day to day."""
    return DATE.sub("…", translation)
