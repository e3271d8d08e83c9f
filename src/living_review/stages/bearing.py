"""Bearing: which records anything can rest on, so that all the others need not be read.

A record that the rules exclude, or leave to people, bears on no conclusion and causes no change.
It is stored, counted and listed; but what an update costs must not follow how many of them there
are. Those that links join to a record that bears are taken with it: they name its study, or carry
its notice.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from living_review.protocol import Protocol
from living_review.stages import claim_judgements
from living_review.stages.screen import basis
from living_review.warehouse import Warehouse


class Standpoint(NamedTuple):
    """From where a review is seen: its protocol, the date, and the cut."""

    protocol: Protocol
    as_of: date
    cut: int


BEARS = ("include", "awaiting_results")
SHOWN = (*BEARS, "unclear")  # in the report, which asks people about them


def bearing(
    store: Warehouse,
    now: Standpoint,
    before: Standpoint | None = None,
    verdicts: Sequence[str] = BEARS,
) -> list[str]:
    """The ids of the records that bear on the review from either standpoint, sorted.

    Two versions are compared on the same records: one that bore on the first and bears on the
    second no more is no record that went away.
    """
    spoken_of: set[str] = set()
    for at in (now, before or now):
        rows = store.rows(
            "bearing", as_of=at.as_of, cut=at.cut, basis=basis(at.protocol), verdicts=verdicts
        )
        spoken_of |= {row["record_id"] for row in rows}
        for signal in claim_judgements.load(store, at.cut).signals:
            spoken_of |= set(signal.records)
        if before is None:
            break
    other_cut = (before or now).cut
    joined = store.rows(
        "linked_with", record_ids=sorted(spoken_of), cut=now.cut, other_cut=other_cut
    )
    return [row["record_id"] for row in joined]
