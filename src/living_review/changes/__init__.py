"""Comparing: two versions of a review → what changed, by which rule, from what cause. Pure."""

from collections.abc import Mapping, Sequence

from living_review.changes.anchors import state_of, told_now
from living_review.changes.baseline import contradictions, from_baseline
from living_review.changes.detect import changes_between, nearly_changed
from living_review.changes.signals import Signals, signals_of
from living_review.changes.snapshot import Comparison, Part, Snapshot
from living_review.changes.versions import next_version, part_of
from living_review.model import OpenSignal, State

__all__ = ["Comparison", "Part", "Signals", "Snapshot", "compare", "next_version", "signals_of"]

# Rules under which a direction moves.
_OF_DIRECTION = frozenset({"DIRECTION", "COUNTS", "REVIEW"})


def compare(
    previous: Snapshot | None,
    current: Snapshot,
    announced: Mapping[str, State],
    pool_updates: Mapping[str, int],
    carried: Sequence[OpenSignal] = (),
) -> Comparison:
    """Compare a version with the one before it, with what was announced, and with the baseline.

    `announced` is what readers were last told on each claim; `pool_updates` in how many versions
    each claim's pool has changed before this one (Borm and Donders count looks);
    `carried` are the signals that still await an answer: they are not raised again. Without a
    previous snapshot this is version 1, and nothing is a change.
    """
    protocol = current.protocol
    dated = current.as_of >= protocol.review.baseline.date
    beside = tuple(from_baseline(protocol, current.conclusions)) if dated else ()
    contradicted = tuple(contradictions(protocol)) if dated else ()
    states = {conclusion.claim: state_of(conclusion) for conclusion in current.conclusions}
    if previous is None:
        return Comparison((), beside, contradicted, (), states, "initial")
    told = {claim: announced.get(claim, state) for claim, state in states.items()}
    changes = tuple(changes_between(previous, current, told, pool_updates, carried))
    moved_on = {
        change.claim: told_now(
            told[change.claim],
            states[change.claim],
            direction_changed=bool(_OF_DIRECTION & set(change.rules)),
        )
        for change in changes
        if change.change_class == "CHANGED"
    }
    told_after = {**told, **moved_on}
    nearly = tuple(nearly_changed(current, told_after))
    part = part_of(previous, current, changes)
    return Comparison(changes, beside, contradicted, nearly, told_after, part)
