"""One claim through the versions of a review: what each policy told, when, and on what.

A change is any difference between two successive states of a policy. The first answer of all is a
change, and no turn. A reversal is a change back to a state that the policy has told before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from living_review.backtest.policies import NOTHING, POLICIES, Policy
from living_review.backtest.significance import effects_on_one_unit, significance
from living_review.model import Evidence


@dataclass(frozen=True, slots=True)
class Moment:
    """One claim in one version of the review.

    `told_by` are the records that the report names for a CHANGED; `unseen` are the records that
    the version before did not know; `units` are the claim's, the preferred one first.
    """

    version: str
    as_of: date
    announced: str
    raw: str
    evidence: tuple[Evidence, ...] = ()
    told_by: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """One record behind a change; `days` from the day it could be known to the telling.

    `days` is None where the record is undated, or was known to the review before.
    """

    record: str
    known_on: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """One change. `days` is the longest wait among its new records.

    `waited` is for how many versions our rules had seen this direction and not told it.
    """

    version: str
    as_of: date
    before: str
    after: str
    behind: tuple[Behind, ...]
    days: int | None
    first: bool
    reversal: bool
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """One claim: a state for each version and the changes, by policy; versions that knew it."""

    claim: str
    versions: tuple[str, ...]
    states: Mapping[Policy, tuple[str, ...]]
    moves: Mapping[Policy, tuple[Move, ...]]

    def turns(self, policy: Policy) -> int:
        """How often the policy told another answer than the one before; first answers are none."""
        return sum(not move.first for move in self.moves[policy])

    def reversals(self, policy: Policy) -> int:
        """How often it went back to a state it had told before."""
        return sum(move.reversal for move in self.moves[policy])

    @property
    def held_back(self) -> int:
        """In how many versions our rules told another direction than they had found."""
        pairs = zip(self.states["ours"], self.states["previous"], strict=True)
        return sum(told != raw for told, raw in pairs)


def course(claim: str, moments: Sequence[Moment], known_on: Mapping[str, date | None]) -> Course:
    """Follow one claim; `moments` oldest first, `known_on` the day each record could be known."""
    states = {policy: tuple(_state(policy, m) for m in moments) for policy in POLICIES}
    return Course(
        claim,
        tuple(moment.version for moment in moments),
        states,
        {policy: _moves(policy, moments, states, known_on) for policy in POLICIES},
    )


def turns(states: Sequence[str]) -> int:
    """Count the differences between successive states, first answers left out."""
    return sum(
        before != after and not _is_first(states[: at + 1], after)
        for at, (before, after) in enumerate(pairwise(states))
    )


def _state(policy: Policy, moment: Moment) -> str:
    match policy:
        case "ours":
            return moment.announced
        case "previous":
            return moment.raw
        case "significance":
            return significance(effects_on_one_unit(moment.evidence, moment.units))


def _moves(
    policy: Policy,
    moments: Sequence[Moment],
    states: Mapping[Policy, Sequence[str]],
    known_on: Mapping[str, date | None],
) -> tuple[Move, ...]:
    told = states[policy]
    found = []
    for at in range(1, len(moments)):
        if told[at] == told[at - 1]:
            continue
        since = _first_seen(at, states) if policy == "ours" else at
        behind = _behind(policy, moments, range(since, at + 1), known_on)
        waits = [one.days for one in behind if one.days is not None]
        found.append(
            Move(
                version=moments[at].version,
                as_of=moments[at].as_of,
                before=told[at - 1],
                after=told[at],
                behind=behind,
                days=max(waits, default=None),
                first=_is_first(told[:at], told[at]),
                reversal=told[at] in told[:at],
                waited=at - since,
            )
        )
    return tuple(found)


def _is_first(told_before: Sequence[str], now: str) -> bool:
    return now not in NOTHING and all(state in NOTHING for state in told_before)


def _first_seen(at: int, states: Mapping[Policy, Sequence[str]]) -> int:
    """The version from which on the raw direction was what is told at `at`."""
    raw, told = states["previous"], states["ours"]
    since = at
    while since > 1 and raw[since - 1] == told[at] != told[since - 1]:
        since -= 1
    return since


def _behind(
    policy: Policy,
    moments: Sequence[Moment],
    places: range,
    known_on: Mapping[str, date | None],
) -> tuple[Behind, ...]:
    """The records behind a change, from the version where it was first seen to its telling."""
    telling = moments[places[-1]].as_of
    found: dict[str, Behind] = {}
    for place in (places[0], places[-1]):
        before, now = moments[place - 1], moments[place]
        held = place != places[-1]
        for record in _records("previous" if held else policy, before, now):
            known = known_on.get(record)
            is_new = record in now.unseen and known is not None
            days = (telling - known).days if is_new and known is not None else None
            found.setdefault(record, Behind(record, known, days))
    return tuple(found[record] for record in sorted(found))


def _records(policy: Policy, before: Moment, now: Moment) -> tuple[str, ...]:
    """What moved a policy between two versions.

    Our report names the records, found by weighing without each; where the raw direction moved
    with ours, it moved by the same. Else: every settling study that came, left or reads otherwise.
    """
    same = policy == "previous" and now.raw == now.announced != before.announced
    if policy == "ours" or (same and now.told_by):
        return now.told_by
    then, after = (
        [e for e in m.evidence if e.settles]
        if policy == "previous"
        else effects_on_one_unit(m.evidence, m.units)
        for m in (before, now)
    )
    bearing = [
        {(e.study, e.direction, e.benefit, e.records) for e in side} for side in (then, after)
    ]
    return tuple(sorted({record for one in bearing[0] ^ bearing[1] for record in one[3]}))
