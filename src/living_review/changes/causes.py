"""Why a conclusion moved: replays with one input swapped at a time (DESIGN 4.4)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from living_review.changes.inputs import CAUSES, Inputs, judgement
from living_review.changes.snapshot import Snapshot
from living_review.model import Cause, Conclusion, Reading
from living_review.protocol import Protocol
from living_review.synthesis import weigh

# Which rules a conclusion fires under a protocol; given by compare for each claim.
Fires = Callable[[Conclusion, Protocol], frozenset[str]]

PROGRAM = "the program"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from: the records behind each cause, and the inputs edited.

    `gone` are records that their source has withdrawn.
    """

    by_cause: Mapping[Cause, tuple[str, ...]]
    inputs: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes, in one fixed order."""
        return tuple(cause for cause in CAUSES if cause in self.by_cause)

    @property
    def records(self) -> tuple[str, ...]:
        """Every record behind any of the causes."""
        return tuple(sorted({r for records in self.by_cause.values() for r in records}))

    def joined(self, other: "Origin") -> "Origin":
        """Both origins together."""
        both = {
            cause: tuple(sorted({*self.by_cause.get(cause, ()), *other.by_cause.get(cause, ())}))
            for cause in (*self.by_cause, *other.by_cause)
        }
        inputs = tuple(dict.fromkeys((*self.inputs, *other.inputs)))
        return Origin(both, inputs, self.gone | other.gone)


class Replays:
    """The claims that moved, weighed under each cause alone; each cause is weighed once."""

    def __init__(self, inputs: Inputs, claims: Collection[str]) -> None:
        self.inputs = inputs
        self._by_study: dict[str, list[Reading]] = defaultdict(list)
        for reading in inputs.current.readings:
            self._by_study[reading.study_id].append(reading)
        self.base, self._protocol_of_base = self._base(claims)
        self._alone = {cause: self._weigh((cause,), claims) for cause in inputs.causes}

    def _base(self, claims: Collection[str]) -> tuple[dict[str, Conclusion], Protocol]:
        """The previous inputs weighed; they have been, unless the protocol knows more by now."""
        previous = self.inputs.previous
        if self.inputs.protocol(()) != previous.protocol:
            return self._weigh((), claims)
        return {
            c.claim: _without_forecast(c) for c in previous.conclusions if c.claim in claims
        }, previous.protocol

    def _weigh(
        self, causes: tuple[Cause, ...], claims: Collection[str]
    ) -> tuple[dict[str, Conclusion], Protocol]:
        if causes and causes == self.inputs.causes:  # everything that differs: the current inputs
            current = self.inputs.current
            return {c.claim: _without_forecast(c) for c in current.conclusions}, current.protocol
        readings, protocol, judged = self.inputs.replayed(causes)
        weighed = weigh(readings, protocol, claims, judged=judged, fragility=False)
        return {c.claim: c for c in weighed}, protocol

    def origin(self, claim: str, moved: frozenset[str], fires: Fires) -> Origin:
        """Find what made the claim fire the rules in `moved`.

        Every cause that does so alone is named; where none does alone, every cause that touches
        the claim is; the program itself where the previous inputs do so under today's code.
        """
        if claim in self.base and fires(self.base[claim], self._protocol_of_base) & moved:
            return Origin({"method_changed": ()}, (PROGRAM,))
        causes = [
            cause
            for cause, (weighed, protocol) in self._alone.items()
            if claim in weighed and fires(weighed[claim], protocol) & moved
        ]
        if not causes:
            touching = [
                c for c, (w, _) in self._alone.items() if w.get(claim) != self.base.get(claim)
            ]
            causes = touching or list(self.inputs.causes)
        edited = [path for cause in causes for path in _edited_inputs(self.inputs, cause, claim)]
        by_cause = {
            cause: tuple(sorted(self._records(cause, claim, moved, fires))) for cause in causes
        }
        return Origin(by_cause, tuple(edited), self.inputs.gone)

    def _records(self, cause: Cause, claim: str, moved: frozenset[str], fires: Fires) -> set[str]:
        then = _used(self.inputs.previous, claim)
        now = _used(self.inputs.current, claim)
        if cause != "new_evidence":
            return set(self.inputs.records(cause) & (then | now))
        new = self.inputs.records(cause) & now
        return self._pivots(claim, new, moved, fires) or set(new)

    def _pivots(
        self, claim: str, new: frozenset[str], moved: frozenset[str], fires: Fires
    ) -> set[str]:
        """The new records without whose study, taken away alone, the outcome would be another."""
        current = self.inputs.current
        bearing = {item.study for source in _sources(current, claim) for item in source.evidence}
        readings = [reading for study in sorted(bearing) for reading in self._by_study[study]]
        study_of = {reading.record_id: reading.study_id for reading in readings}
        studies = sorted({study_of[record] for record in new if record in study_of})
        if len(studies) == 1:
            return set(new)
        now = _outcome(current.conclusion(claim), moved)
        pivots: set[str] = set()
        for study in studies:
            taken = {record for record in new if study_of.get(record) == study}
            rest = [reading for reading in readings if reading.record_id not in taken]
            judged = current.judged.certainty
            without = weigh(rest, current.protocol, (claim,), judged=judged, fragility=False)[0]
            if not moved <= fires(without, current.protocol) or _outcome(without, moved) != now:
                pivots |= taken
        return pivots


def _without_forecast(conclusion: Conclusion) -> Conclusion:
    """The conclusion as a replay weighs it: without what only readers are told of its firmness."""
    return replace(conclusion, fragile=False, fragile_because="", leave_one_out=(), would_change="")


def _outcome(conclusion: Conclusion | None, moved: frozenset[str]) -> tuple[object, object]:
    """What a change is about: the direction or the certainty, where the rules are on those."""
    if conclusion is None:
        return None, None
    direction = conclusion.direction if "DIRECTION" in moved else None
    return direction, conclusion.certainty if "GRADE" in moved else None


def _sources(snapshot: Snapshot, claim: str) -> list[Conclusion]:
    """The conclusions whose evidence a claim rests on; a computed claim rests on every other."""
    own = snapshot.conclusion(claim)
    if own is None:
        return []
    return list(snapshot.conclusions) if own.method == "computed" else [own]


def _used(snapshot: Snapshot, claim: str) -> frozenset[str]:
    """The records a claim rests on."""
    sources = _sources(snapshot, claim)
    return frozenset(r for source in sources for item in source.evidence for r in item.records)


def _edited_inputs(inputs: Inputs, cause: Cause, claim: str) -> list[str]:
    named = inputs.edited.get(cause, ())
    if cause == "decision_revised":
        return [path for path in named if path.startswith(judgement(claim))]
    if cause == "claim_reworded":
        return [path for path in named if path == f"claims.{claim}"] or list(named)
    return list(named)
