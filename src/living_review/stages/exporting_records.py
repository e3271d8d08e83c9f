"""Records as they are handed out: those that stand where the review stands now, each with why."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from living_review.errors import UserError
from living_review.model import Record
from living_review.reporting.references.reference import Asked, Reference
from living_review.reporting.words import count
from living_review.stages import serial, waiting
from living_review.stages.bearing import SHOWN, bearing
from living_review.stages.link import said
from living_review.stages.screen import basis
from living_review.synthesis.grouping import representatives, same_records
from living_review.warehouse import Warehouse, readers_path

VERDICTS = {"included": "include", "excluded": "exclude"}
WHAT = (*VERDICTS, "queue", "all")


class Chosen(NamedTuple):
    """The references, and the sentences that say what is not among them."""

    references: list[Reference]
    said: list[str]


def choose(review: Path, what: str) -> Chosen:
    """The records that `what` names, by record id; UserError while nothing is stored.

    A record that is known in several forms stands once among those included or excluded; `all`
    has every form, and the records that nobody has screened yet. Of the queue only records are.
    """
    known, questions = _known(review)
    if what == "all":
        return Chosen(known, [])
    if what == "queue":
        waiting_ = [one for one in known if one.asked]
        other = questions - sum(len(one.asked) for one in waiting_)
        told = f"{count(other, 'question')} on claims, not records: see `living-review queue`"
        return Chosen(waiting_, [told] if other else [])
    wanted = [one for one in known if one.verdict == VERDICTS[what]]
    once = [one for one in wanted if one.same_as is None]
    other = len(wanted) - len(once)
    told = f"{count(other, 'duplicate')} left out; --what all has them"
    return Chosen(once, [told] if other else [])


def _known(review: Path) -> tuple[list[Reference], int]:
    """Every record, with what people are asked of it, and how many questions there are in all."""
    with Warehouse(readers_path(review), read_only=True) as store:
        at = waiting.here(review, store)
        if at is None:
            raise UserError("no search has succeeded yet; run `living-review update` first")
        rows = store.rows("exported_records", as_of=at.as_of, cut=at.cut, basis=basis(at.protocol))
        links = said(store, at.cut)
        questions = waiting.asked(store, at, bearing(store, at, verdicts=SHOWN))
    asked: dict[str, list[Asked]] = defaultdict(list)
    for one in questions:
        asked[one["record"]].append(Asked(one["what"], one["reason"]))
    standing = {r["record_id"]: (r["verdict"], r["decider"]) for r in rows if r["verdict"]}
    shown_as = representatives(same_records(standing, links), standing)
    references = [
        _reference(row, shown_as.get(row["record_id"]), asked.get(row["record_id"], ()))
        for row in rows
    ]
    return references, len(questions)


def _reference(row: dict[str, Any], shown_as: str | None, asked: Sequence[Asked]) -> Reference:
    return Reference(
        serial.load(Record, row["body"]),
        row["verdict"],
        row["criterion"],
        row["reason"] or "",
        row["decider"] or "",
        row["quote"] or "",
        None if shown_as == row["record_id"] else shown_as,
        tuple(asked),
    )
