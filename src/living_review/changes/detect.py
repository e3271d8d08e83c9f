"""Which claims changed or signal between two snapshots, each as a Change (METHOD 5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from living_review.changes import fragile, margins, rules, why
from living_review.changes.anchors import Anchors, baseline_state, state_of
from living_review.changes.causes import Origin, Replays
from living_review.changes.events import Event, events
from living_review.changes.inputs import Inputs, inputs
from living_review.changes.signals import is_answered, is_carried
from living_review.changes.snapshot import Snapshot
from living_review.changes.tellings import Moved, Telling, fires, tellings
from living_review.judging.claims import RAISED
from living_review.model import (
    Cause,
    Change,
    Conclusion,
    NearlyChanged,
    OpenSignal,
    Reading,
    State,
)
from living_review.protocol import Claim, Protocol

# A direction is shown under the rule that made it.
_SHOWN_AS = {"pooled": "DIRECTION", "review_level": "REVIEW"}

# A signal from records is news from the literature or from people. Where we edited the
# protocol, an old trial may oppose a reworded claim; that is no finding of this version.
_NEWS: tuple[Cause, ...] = ("new_evidence", "retraction", "correction", "decision_revised")
# Rules that say themselves what happened to their records.
_CAUSE_OF: Mapping[str, Cause] = {
    "RETRACTION": "retraction", "EOC": "correction", "ERRATUM": "correction",
    **dict.fromkeys(RAISED, "decision_revised"),
}  # fmt: skip


def changes_between(
    previous: Snapshot,
    current: Snapshot,
    told: Mapping[str, State],
    pool_updates: Mapping[str, int],
    carried: Sequence[OpenSignal],
) -> Iterator[Change]:
    """Yield what is to be told of each claim on which a rule fires, in the protocol's order.

    A claim has one CHANGED; or a SIGNAL against the previous version, and another where only
    what was announced longer ago, or the baseline, shows it; and one for new harms. A signal that
    is `carried` or that a person has answered is not raised again.
    """
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
        anchors = Anchors(state_of(then), told[claim.id], _baseline(claim, current))
        fired = rules.fired(anchors, now, claim, current.protocol.rules)
        own = tuple((event, origin) for event, origin in happened if event.claim == claim.id)
        if fired or own:
            moved.append(Moved(claim, anchors, now, fired, own))
    replays = Replays(differing, [one.claim.id for one in moved if one.fired])
    readings = {reading.record_id: reading for reading in (*previous.readings, *current.readings)}
    for one in moved:
        for telling in tellings(one, replays, current.protocol):
            looks = pool_updates.get(one.claim.id, 0) + 1
            change = _change(one, telling, replays, current.protocol, readings, looks)
            if not (is_carried(change, carried) or is_answered(change, current.judged.signals)):
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


def _baseline(claim: Claim, current: Snapshot) -> State | None:
    """The state that the baseline review gave; None before its date."""
    if current.as_of < current.protocol.review.baseline.date:
        return None
    return baseline_state(claim, current.protocol.rules.mids.get(claim.mid or ""))


def _origin_of(event: Event, differing: Inputs) -> Origin:
    """The causes of an event: what happened to its records. None: it is no news."""
    if event.rule in _CAUSE_OF:
        return Origin({_CAUSE_OF[event.rule]: event.records})
    by_cause = {
        cause: records
        for cause in _NEWS
        if (records := tuple(r for r in event.records if r in differing.records(cause)))
    }
    return Origin(by_cause)


def _change(
    one: Moved,
    telling: Telling,
    replays: Replays,
    protocol: Protocol,
    readings: Mapping[str, Reading],
    looks: int,
) -> Change:
    numeric = Origin({})
    if telling.target:
        numeric = replays.origin(one.claim.id, telling.target, fires(one))
    told = _told_events(telling, numeric)
    origin = numeric
    for _, of_event in told:
        origin = origin.joined(of_event)
    states = telling.before, state_of(one.now)
    happened = [event for event, _ in told]
    shown = _shown(telling.told | {event.rule for event in happened}, one.now)
    weak = fragile.because(telling.told, one.now, states, looks, protocol.rules.change)
    return Change(
        claim=one.claim.id,
        change_class=telling.change_class,
        anchor=telling.anchor,
        rules=shown,
        causes=origin.causes,
        before=states[0],
        after=states[1],
        records=origin.records,
        why=why.sentence(shown, numeric, happened, one.now, states, readings, weak),
        fragile=bool(weak),
        inputs=origin.inputs,
    )


def _told_events(telling: Telling, numeric: Origin) -> tuple[tuple[Event, Origin], ...]:
    """The events told beside the rules on numbers.

    Where the conclusion has CHANGED, what opposed the old one is told only of the records that
    changed it: against what readers are told now, the others are no news.
    """
    if telling.change_class == "SIGNAL":
        return telling.events
    told = []
    for event, origin in telling.events:
        if event.rule not in ("A1", "A7"):
            told.append((event, origin))
        elif both := tuple(r for r in event.records if r in numeric.records):
            told.append((replace(event, records=both), Origin({})))
    return tuple(told)


def _shown(names: frozenset[str], now: Conclusion) -> tuple[str, ...]:
    """The rules in their fixed order, a direction under the rule that made it."""
    made_by = _SHOWN_AS.get(now.method, "COUNTS")
    shown = {made_by if name == "DIRECTION" else name for name in names}
    return tuple(rule for rule in rules.ORDER if rule in shown)
