"""What is told of a claim that moved: CHANGED or SIGNAL, and against which anchor."""

from collections.abc import Iterator
from typing import NamedTuple

from living_review.changes import rules
from living_review.changes.anchors import Anchors, state_of
from living_review.changes.causes import Fires, Origin, Replays
from living_review.changes.events import Event
from living_review.judging.claims import RAISED
from living_review.model import Anchor, ChangeClass, Conclusion, State
from living_review.protocol import Claim, Protocol

# Told as signals of their own, whatever the claim does: a new harm, and what people raise.
_OF_THEIR_OWN = ("A2", *RAISED)


class Moved(NamedTuple):
    """A claim that fires something: its anchors, its conclusion, the rules, the events."""

    claim: Claim
    anchors: Anchors
    now: Conclusion
    fired: frozenset[str]
    events: tuple[tuple[Event, Origin], ...]


class Telling(NamedTuple):
    """What is told of a claim against one anchor: its state there, the rules, what decides."""

    change_class: ChangeClass
    anchor: Anchor
    before: State
    told: frozenset[str]
    target: frozenset[str]  # the rules whose causes are looked for
    events: tuple[tuple[Event, Origin], ...] = ()


def tellings(one: Moved, replays: Replays, protocol: Protocol) -> Iterator[Telling]:
    """Choose what is told against which anchor.

    A CHANGED is always against what was announced; its anchor is called "previous" where the
    previous version said the same. Rules on numbers are told only where they are true of the two
    states that the reader is shown. A new harm is a signal of its own, whatever the claim does,
    and so is what a person raises.
    """
    previous, announced, baseline = one.anchors
    after = state_of(one.now)
    of_step = rules.between(previous, after, one.claim, protocol.rules)
    of_drift = rules.between(announced, after, one.claim, protocol.rules)
    of_evidence = tuple(pair for pair in one.events if pair[0].rule not in _OF_THEIR_OWN)
    nothing: frozenset[str] = frozenset()
    for rule in _OF_THEIR_OWN:
        if told_alone := tuple(pair for pair in one.events if pair[0].rule == rule):
            yield Telling("SIGNAL", "previous", previous, nothing, nothing, told_alone)
    deciding = _deciding(one, after, replays)
    if deciding is not None:
        same = (previous.direction, previous.certainty) == (
            announced.direction,
            announced.certainty,
        )
        anchor: Anchor = "previous" if same else "announced"
        # GRADE is about certainty that moves while the direction stands (METHOD 5).
        told = (one.fired & of_drift) - ({"GRADE"} if deciding == "DIRECTION" else set())
        target = frozenset({deciding})
        yield Telling("CHANGED", anchor, announced, told | target, target, of_evidence)
        return
    step = one.fired & of_step
    if step or of_evidence:
        yield Telling("SIGNAL", "previous", previous, step, step, of_evidence)
    later = one.fired - step
    # What was true of the announced state before this version is no news against it.
    drift = later & of_drift - rules.between(announced, previous, one.claim, protocol.rules)
    if drift:
        yield Telling("SIGNAL", "announced", announced, drift, drift)
    if baseline is not None and (since := later - drift):
        yield Telling("SIGNAL", "baseline", baseline, since, since)


def _deciding(one: Moved, after: State, replays: Replays) -> str | None:
    """Find what makes this a CHANGED: the direction, or certainty across low ↔ moderate.

    Certainty only through new evidence or a retraction; None when neither does.
    """
    if "DIRECTION" in one.fired:
        return "DIRECTION"
    crosses = rules.crosses_to_moderate(one.anchors.announced.certainty, after.certainty)
    if "GRADE" not in one.fired or not crosses:
        return None
    causes = replays.origin(one.claim.id, frozenset({"GRADE"}), fires(one)).causes
    return "GRADE" if "new_evidence" in causes or "retraction" in causes else None


def fires(one: Moved) -> Fires:
    """Give the rules a conclusion would fire against this claim's anchors."""

    def fired(conclusion: Conclusion, under: Protocol) -> frozenset[str]:
        return rules.fired(one.anchors, conclusion, under.claim(one.claim.id), under.rules)

    return fired
