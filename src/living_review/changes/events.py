"""Rules that fire on records rather than on numbers: A1–A7, RETRACTION, EOC, ERRATUM, RESULTS.

A3–A6 are raised by people. Each fires once: for what is new against the previous snapshot.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from living_review.changes.signals import raised_by_people
from living_review.changes.snapshot import Snapshot
from living_review.model import Conclusion, Direction, Evidence, Reading
from living_review.protocol import Claim, Protocol

# Findings that say otherwise than a conclusion of that direction.
OPPOSITE: dict[Direction, tuple[str, ...]] = {
    "benefit": ("no_difference", "favours_comparator"),
    "harm": ("no_difference", "favours_intervention"),
    "little_or_none": ("favours_intervention", "favours_comparator"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A rule that one or more records fire on one claim.

    `what` names a harm, or says who raised the signal and why.
    """

    claim: str
    rule: str
    records: tuple[str, ...]
    what: str = ""


def events(
    previous: Snapshot, current: Snapshot, told: dict[str, Direction | None]
) -> Iterator[Event]:
    """Every event between two snapshots; `told` is each claim's announced direction."""
    before = {reading.record_id: reading for reading in previous.readings}
    after = {reading.record_id: reading for reading in current.readings}
    results = _posted(before, after)
    without_trials = {r.record_id for r in current.readings if r.direct_trials == 0}
    for claim in current.protocol.claims:
        then, now = previous.conclusion(claim.id), current.conclusion(claim.id)
        if then is not None and now is not None:
            opposing = _opposing(then, now, told.get(claim.id), current.protocol, without_trials)
            yield from (Event(claim.id, rule, records) for rule, records in opposing)
            yield from _notices(claim, then, now, before, after)
            yield from _results(claim, now, results)
    yield from _harms(previous, current)
    for raised in raised_by_people(previous, current):
        said = f"{raised.decider}: {raised.reason}"
        for rule in raised.rules:
            yield Event(raised.claim, rule, raised.records, what=said)


def opposes(item: Evidence, told: Direction | None) -> bool:
    """Whether a study contradicts what readers were told.

    Where they were told no direction: whether it contradicts the claim as worded.
    """
    if item.direction == "mixed_unclear":
        return False
    if told in OPPOSITE:
        return item.direction in OPPOSITE[told]
    return item.stance == "opposes"


def is_pivotal(item: Evidence, protocol: Protocol) -> bool:
    """Ours: randomised, direct, and at least 100 participants."""
    enough = (item.participants or 0) >= protocol.rules.change.pivotal_participants
    return item.design == "rct" and not item.indirect and enough


def _opposing(
    then: Conclusion,
    now: Conclusion,
    told: Direction | None,
    protocol: Protocol,
    without_trials: Set[str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rule, and the records that newly oppose what was told; `without_trials` are reviews."""
    known = {record for item in then.evidence if opposes(item, told) for record in item.records}
    found: dict[str, list[str]] = {"A1": [], "A7": []}
    for item in now.evidence:
        is_new = item.settles and opposes(item, told) and not known & set(item.records)
        review = item.design == "systematic_review"
        if is_new and not (review and not without_trials.isdisjoint(item.records)):
            strong = review or is_pivotal(item, protocol)
            found["A1" if strong else "A7"].extend(item.records)
    for rule, records in found.items():
        if records:
            yield rule, tuple(sorted(records))


def _notices(
    claim: Claim,
    then: Conclusion,
    now: Conclusion,
    before: dict[str, Reading],
    after: dict[str, Reading],
) -> Iterator[Event]:
    used, using = _records(then.evidence), _records(now.evidence)
    retracted = [r for r in used if _newly("retracted", r, before, after) and before[r].counted]
    for rule, records in (
        ("RETRACTION", retracted),
        ("EOC", [r for r in using if _newly("concern", r, before, after)]),
        # Of a corrected and republished record, the old form is no longer used.
        ("ERRATUM", [r for r in sorted({*used, *using}) if _newly("corrected", r, before, after)]),
    ):
        if records:
            yield Event(claim.id, rule, tuple(records))


def _newly(notice: str, record: str, before: dict[str, Reading], after: dict[str, Reading]) -> bool:
    """Whether a known record bears a notice that it did not bear."""
    if record not in before or record not in after:
        return False
    named = getattr(after[record], notice)
    return named is not None and getattr(before[record], notice) != named


def _posted(before: dict[str, Reading], after: dict[str, Reading]) -> set[str]:
    """Records that now count, of studies that were awaiting results and had none."""
    awaited = {
        after[record].study_id
        for record, reading in before.items()
        if reading.verdict == "awaiting_results" and record in after
    }
    had = {after[r].study_id for r, reading in before.items() if reading.counted and r in after}
    return {
        record
        for record, reading in after.items()
        if reading.counted and reading.study_id in awaited - had
    }


def _results(claim: Claim, now: Conclusion, posted: set[str]) -> Iterator[Event]:
    records = tuple(record for record in _records(now.evidence) if record in posted)
    if records:
        yield Event(claim.id, "RESULTS", records)


def _harms(previous: Snapshot, current: Snapshot) -> Iterator[Event]:
    """A2, once for each new harm, on the claim that is about harms."""
    known = {harm for reading in previous.readings if reading.counted for harm in reading.harms}
    claim = harm_claim(current.protocol)
    told: dict[str, list[str]] = {}
    for reading in current.readings:
        for harm in reading.harms if reading.counted else ():
            if harm not in known:
                told.setdefault(harm, []).append(reading.record_id)
    for harm in sorted(told):
        yield Event(claim.id, "A2", tuple(sorted(told[harm])), what=harm)


def harm_claim(protocol: Protocol) -> Claim:
    """Choose the claim that new harms are raised on: one that asserts harm, else one on harms."""
    outcomes = protocol.vocabulary.outcomes
    about = [c for c in protocol.claims if any(outcomes[name].harm for name in c.outcomes)]
    asserting = [claim for claim in about if claim.asserts == "harm"]
    return (asserting or about or list(protocol.claims))[0]


def _records(evidence: Iterable[Evidence]) -> list[str]:
    return sorted({record for item in evidence for record in item.records})
