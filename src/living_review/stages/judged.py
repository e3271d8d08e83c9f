"""What people have judged, as of one date and cut: for every form of a record they judged."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from living_review.judging.words import is_known, said
from living_review.model import JudgedBias, JudgedFinding, JudgedTag
from living_review.protocol import Vocabulary
from living_review.stages import serial
from living_review.warehouse import Warehouse

Rows = list[dict[str, Any]]
KINDS: dict[str, type[JudgedFinding | JudgedTag | JudgedBias]] = {
    "finding": JudgedFinding,
    "tag": JudgedTag,
    "bias": JudgedBias,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements that hold on one record, in the order they were made."""

    findings: tuple[JudgedFinding, ...] = ()
    tags: tuple[JudgedTag, ...] = ()
    bias: JudgedBias | None = None


def judged_on(
    store: Warehouse, vocabulary: Vocabulary, as_of: date, cut: int, same: Mapping[str, str]
) -> dict[str, Judged]:
    """The judgements by record, also by the other forms of a record that was judged.

    `same` gives the first record of those that are one. A judgement in words that the vocabulary
    no longer has is left out; it waits in the queue.
    """
    by_first: dict[str, list[JudgedFinding | JudgedTag | JudgedBias]] = defaultdict(list)
    for row in _held(store, as_of, cut):
        judged = serial.load(KINDS[row["subject"]], row["body"])
        if row["record_id"] in same and is_known(judged, vocabulary):
            by_first[same[row["record_id"]]].append(judged)
    return {
        record: Judged(
            tuple(one for one in by_first[first] if isinstance(one, JudgedFinding)),
            tuple(one for one in by_first[first] if isinstance(one, JudgedTag)),
            next((one for one in by_first[first][::-1] if isinstance(one, JudgedBias)), None),
        )
        for record, first in same.items()
        if first in by_first
    }


def _held(store: Warehouse, as_of: date, cut: int) -> Rows:
    """The judgements that hold on current records; most reviews have none, which is soon known."""
    return (
        store.rows("judgements", as_of=as_of, cut=cut) if store.rows("judged_in", cut=cut) else []
    )


def judged_in(judged: Mapping[str, int], same: Mapping[str, str]) -> dict[str, int]:
    """The run of the newest word on each record in any of its forms; `judged` has it by record."""
    newest: dict[str, int] = defaultdict(int)
    for record, run_no in judged.items():
        first = same.get(record, record)
        newest[first] = max(newest[first], run_no)
    return {record: newest[first] for record, first in same.items() if first in newest}


def to_judge_again(store: Warehouse, vocabulary: Vocabulary, as_of: date, cut: int) -> Rows:
    """The judgements that go back to people, as entries of the queue; they hold meanwhile."""
    waiting = []
    for row in _held(store, as_of, cut):
        judged = serial.load(KINDS[row["subject"]], row["body"])
        what = f"{row['decider']} judged: {said(judged)}, {row['reason']}"
        if not is_known(judged, vocabulary):
            why = f"the vocabulary no longer has the words in which {what}; it counts no more"
        elif row["changed_since"]:
            why = f"the record has changed since {what}; it holds until it is judged again"
        else:
            continue
        waiting.append(
            {"record": row["record_id"], "what": f"judged {row['subject']}", "reason": why}
        )
    return waiting
