"""Which claims changed or signal between two snapshots, each as a Change (METHOD 5)."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from living_review.changes import fragile, margins, rules, why
from living_review.changes.anchors import Anchors, state_of
from living_review.changes.causes import Fires, Origin, Replays
from living_review.changes.events import Event, events
from living_review.changes.inputs import Inputs, inputs
from living_review.changes.snapshot import Snapshot
from living_review.model import (
    Anchor,
    Cause,
    Change,
    ChangeClass,
    Conclusion,
    NearlyChanged,
    Reading,
    State,
)
from living_review.protocol import Claim, Protocol

# A direction is shown under the rule that made it.
_SHOWN_AS = {"pooled": "DIRECTION", "review_level": "REVIEW"}

# A signal from records is news from the literature or from people. Where we edited the
# protocol, an old trial may oppose a reworded claim; that is no finding of this version.
_NEWS: tuple[Cause, ...] = ("new_evidence", "retraction", "correction", "decision_revised")
_NOTICES: Mapping[str, Cause] = {
    "RETRACTION": "retraction", "EOC": "correction", "ERRATUM": "correction",
}  # fmt: skip


class Moved(NamedTuple):
    """A claim that fires something: its anchors, its conclusion, the rules, the events."""

    claim: Claim
    anchors: Anchors
    now: Conclusion
    fired: frozenset[str]
    events: tuple[tuple[Event, Origin], ...]


def changes_between(
    previous: Snapshot,
    current: Snapshot,
    told: Mapping[str, State],
    pool_updates: Mapping[str, int],
    answered: Collection[tuple[str, str, str]],
) -> Iterator[Change]:
    """Yield one Change for each claim on which a rule fires, in the protocol's order."""
    differing = inputs(previous, current)
    happened = [
        (event, origin)
        for event in events(previous, current, {c: s.direction for c, s in told.items()})
        if (origin := _origin_of(event, differing)).causes
    ]
    moved = []
    for claim in current.protocol.claims:
        then, now = previous.conclusion(claim.id), current.conclusion(claim.id)
        if then is None or now is None:
            continue
        anchors = Anchors(state_of(then), told[claim.id])
        fired = rules.fired(anchors, now, claim, current.protocol.rules)
        own = tuple((event, origin) for event, origin in happened if event.claim == claim.id)
        if fired or own:
            moved.append(Moved(claim, anchors, now, fired, own))
    replays = Replays(differing, [one.claim.id for one in moved if one.fired])
    readings = {reading.record_id: reading for reading in (*previous.readings, *current.readings)}
    for one in moved:
        change = _change(one, replays, current.protocol, readings, pool_updates)
        if not _is_answered(change, answered):
            yield change


def nearly_changed(current: Snapshot, told: Mapping[str, State]) -> Iterator[NearlyChanged]:
    """Yield the claims whose raw direction differs from the announced one inside the margin."""
    for conclusion in current.conclusions:
        announced = told[conclusion.claim]
        if margins.differs(conclusion, announced):
            now = state_of(conclusion)
            margin = current.protocol.rules.change.mid_margin
            text = (
                f"{why.turned(announced, now)} by the rules as they stand, but not with a smallest "
                f"difference that matters {margin:.0%} smaller or larger."
            )
            yield NearlyChanged(conclusion.claim, announced, now, text[:1].upper() + text[1:])


def _origin_of(event: Event, differing: Inputs) -> Origin:
    """The causes of an event: what happened to its records. None: it is no news."""
    if event.rule in _NOTICES:
        return Origin({_NOTICES[event.rule]: event.records})
    by_cause = {
        cause: records
        for cause in _NEWS
        if (records := tuple(r for r in event.records if r in differing.records(cause)))
    }
    return Origin(by_cause)


def _change(
    one: Moved,
    replays: Replays,
    protocol: Protocol,
    readings: Mapping[str, Reading],
    pool_updates: Mapping[str, int],
) -> Change:
    def fires(conclusion: Conclusion, under: Protocol) -> frozenset[str]:
        return rules.fired(one.anchors, conclusion, under.claim(one.claim.id), under.rules)

    numeric = Origin({})
    if one.fired:
        numeric = replays.origin(one.claim.id, one.fired, fires)
    origin = numeric
    for _, of_event in one.events:
        origin = origin.joined(of_event)
    after = state_of(one.now)
    changed = "DIRECTION" in one.fired or _certainty_changed(one, after, replays, fires)
    anchor, before = _anchor(one, after, protocol, changed=changed)
    shown = _shown(one)
    looks = pool_updates.get(one.claim.id, 0) + 1
    weak = fragile.because(one.fired, one.now, before, after, looks, protocol.rules.change)
    of_class: ChangeClass = "CHANGED" if changed else "SIGNAL"
    return Change(
        claim=one.claim.id,
        change_class=of_class,
        anchor=anchor,
        rules=shown,
        causes=origin.causes,
        before=before,
        after=after,
        records=origin.records,
        why=why.sentence(
            shown, numeric, [e for e, _ in one.events], one.now, (before, after), readings, weak
        ),
        fragile=bool(weak),
        inputs=origin.inputs,
    )


def _certainty_changed(one: Moved, after: State, replays: Replays, fires: Fires) -> bool:
    """Whether certainty alone crosses low ↔ moderate through new evidence or a retraction."""
    if "GRADE" not in one.fired:
        return False
    if not rules.crosses_to_moderate(one.anchors.announced.certainty, after.certainty):
        return False
    causes = replays.origin(one.claim.id, frozenset({"GRADE"}), fires).causes
    return "new_evidence" in causes or "retraction" in causes


def _anchor(one: Moved, after: State, protocol: Protocol, *, changed: bool) -> tuple[Anchor, State]:
    """The anchor a change is told against, and its state there.

    A CHANGED is always against what was announced; it is called "previous" where the previous
    version said the same. A SIGNAL is against the previous version unless only what was
    announced longer ago shows it.
    """
    previous, announced = one.anchors.previous, one.anchors.announced
    if changed:
        same = (previous.direction, previous.certainty) == (
            announced.direction,
            announced.certainty,
        )
        return ("previous", announced) if same else ("announced", announced)
    step = rules.between(previous, after, one.claim, protocol.rules)
    if one.fired and not one.fired & step:
        return "announced", announced
    return "previous", previous


def _shown(one: Moved) -> tuple[str, ...]:
    """The rules in their fixed order, a direction under the rule that made it."""
    names = set(one.fired) | {event.rule for event, _ in one.events}
    if "DIRECTION" in names:
        names = (names - {"DIRECTION"}) | {_SHOWN_AS.get(one.now.method, "COUNTS")}
    return tuple(rule for rule in rules.ORDER if rule in names)


def _is_answered(change: Change, answered: Collection[tuple[str, str, str]]) -> bool:
    """Whether a person has answered this very signal, rule by rule and record by record."""
    asked = [(change.claim, rule, record) for rule in change.rules for record in change.records]
    return change.change_class == "SIGNAL" and bool(asked) and set(asked) <= set(answered)
