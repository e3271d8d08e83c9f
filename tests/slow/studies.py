"""Each study on a claim, by the finding that counts for it (METHOD 3)."""

from collections.abc import Sequence
from typing import NamedTuple

from living_review.model import Design, FindingDirection, Reading
from living_review.protocol import Claim, Protocol
from tests.slow.effects import AGAINST, FAVOURS, OnUnit, against_mid, on_units
from tests.slow.matching import Match, counted, matches, standing, without_outranked

UNCLEAR: FindingDirection = "mixed_unclear"


class Told(NamedTuple):
    """One study on one claim."""

    study: str
    records: tuple[str, ...]
    match: Match
    design: Design
    direction: FindingDirection
    effects: dict[str, OnUnit]
    participants: int | None
    settles: bool
    indirect: bool
    bias: str | None  # the worst that people have judged any of its records to have


def direction_of(match: Match, claim: Claim, protocol: Protocol) -> FindingDirection:
    """Its numbers against the MID, else its words; unclear where it is read with little trust."""
    finding = match.finding
    if finding.direction == UNCLEAR:
        return UNCLEAR
    if finding.confidence < protocol.rules.reading.min_confidence:
        return UNCLEAR
    by_numbers = None
    if claim.mid is not None:
        by_numbers = against_mid(finding, protocol.rules.mids[claim.mid], protocol)
    return by_numbers or finding.direction


def participants_of(match: Match, records: Sequence[Reading]) -> int | None:
    """The larger of what the study's records state and what arms sum to; None: not known.

    A secondary analysis may be of more people than its study has.
    """
    finding, effect = match.finding, match.finding.effect
    stated = [r.participants for r in records if r.participants and not r.secondary]
    sizes = stated or [match.reading.participants]
    if finding.arms and all(arm.n for arm in finding.arms):
        sizes.append(sum(arm.n for arm in finding.arms))
    if effect and effect.n_intervention and effect.n_comparator:
        sizes.append(effect.n_intervention + effect.n_comparator)
    return max((n for n in sizes if n), default=None)


def told_of(
    study: str, records: Sequence[Reading], found: Sequence[Match], claim: Claim, protocol: Protocol
) -> Told:
    """The study by its best finding; unclear where the best ones disagree."""
    best = min(standing(m, protocol) for m in found)
    equal = [m for m in found if standing(m, protocol) == best]
    equal.sort(key=order)
    seen = [(m, direction_of(m, claim, protocol), effects_of(m, claim, protocol)) for m in equal]
    seen = [one for one in seen if one[2]] or seen  # a number says more than a word
    clear = [one for one in seen if one[1] != UNCLEAR]
    match, direction, effects = (clear or seen)[0]
    if len({one[1] for one in clear}) != 1 or not match.in_time:
        match, direction, effects = seen[0][0], UNCLEAR, {}
    judged = {m.reading.risk_of_bias for m in found}
    return Told(
        study, tuple(sorted({m.reading.record_id for m in found})), match, match.reading.design,
        direction, effects, participants_of(match, records),
        match.reading.design in claim.settled_by and match.in_time, match.broader or match.by_class,
        next((level for level in ("high", "some", "low") if level in judged), None),
    )  # fmt: skip


def order(match: Match) -> tuple[str, ...]:
    """Which of equal findings is shown where they agree: any would do, so long as it is one."""
    finding = match.finding
    value = "" if finding.effect is None else f"{finding.effect.value:.9g}"
    return (
        match.reading.record_id, finding.comparator, finding.outcome, finding.direction, value,
        finding.quote,
    )  # fmt: skip


def effects_of(match: Match, claim: Claim, protocol: Protocol) -> dict[str, OnUnit]:
    if claim.mid is None or direction_of(match, claim, protocol) == UNCLEAR:
        return {}
    return on_units(match.finding, protocol.rules.mids[claim.mid], protocol)


def studies(readings: Sequence[Reading], claim: Claim, protocol: Protocol) -> list[Told]:
    """Every study that tells of the claim, by the finding that counts."""
    records: dict[str, list[Reading]] = {}
    for reading in counted(readings):
        records.setdefault(reading.study_id, []).append(reading)
    told = []
    for study in sorted(records):
        found = without_outranked([m for r in records[study] for m in matches(r, claim, protocol)])
        if found:
            told.append(told_of(study, records[study], found, claim, protocol))
    return told


def stance(direction: FindingDirection, claim: Claim) -> str:
    """What the direction says of the claim as worded (METHOD 3)."""
    if direction == UNCLEAR:
        return "neutral"
    supporting = {
        "benefit": {FAVOURS}, "harm": {AGAINST}, "little_or_none": {"no_difference", AGAINST},
    }  # fmt: skip
    return "supports" if direction in supporting[claim.asserts] else "opposes"
