"""Which findings of a record bear on a claim, and how well (METHOD 3).

Readings here have no second reader's and no person's word on a finding: test_standing is on those.
"""

from collections.abc import Sequence
from typing import NamedTuple

from living_review.model import Finding, Reading
from living_review.protocol import Claim, Protocol
from tests.slow.effects import turned


class Match(NamedTuple):
    """A finding on the claim, told from the claim's side, with what makes it count for less."""

    reading: Reading
    finding: Finding
    extracted: bool
    by_class: bool
    part: bool
    place: tuple[bool, int, int]
    broader: bool
    in_time: bool


def counted(readings: Sequence[Reading]) -> list[Reading]:
    """The records that may bear on a claim, each once."""
    kept = {
        r.record_id: r
        for r in readings
        if r.verdict == "include" and r.retracted is None and not r.safety_signal
    }
    return [kept[name] for name in sorted(kept)]


def broader(reading: Reading, claim: Claim, protocol: Protocol) -> bool | None:
    """Whether its people or animals are broader than the claim's; None where they are others."""
    people = reading.species in (None, "human")
    if claim.clinical and not people:
        return None
    if any(drug not in reading.background for drug in claim.needs_background):
        return None
    if claim.refractory and not reading.refractory:
        return None
    condition = protocol.vocabulary.conditions.get(reading.condition or "")
    population = condition.population if condition else None
    if population in claim.populations:
        return population in ("indirect", "mechanism_indirect")
    # Whoever let people of no such population in outranks the rule: they count as indirect.
    return True if claim.clinical and population in (None, "unsure", "excluded") else None


def in_time(weeks: float | None, claim: Claim) -> bool | None:
    """Inside the claim's window; None where that cannot be told."""
    over, up_to = claim.window.over, claim.window.up_to
    if over is None and up_to is None:
        return True
    if weeks is None:
        return None
    return (over is None or weeks > over) and (up_to is None or weeks <= up_to)


def matches(reading: Reading, claim: Claim, protocol: Protocol) -> list[Match]:
    """Every finding of the record on the claim."""
    wide = broader(reading, claim, protocol)
    if wide is None:
        return []
    vocabulary = protocol.vocabulary
    own = {claim.intervention, *vocabulary.drugs_of(claim.intervention)}
    drug = vocabulary.drugs.get(claim.intervention)
    drug_class = drug.drug_class if drug else None
    found = []
    told = [(f, False) for f in reading.findings] + [(f, True) for f in reading.extracted]
    for one, extracted in told:
        for finding in (one, turned(one)):
            if finding.comparator not in claim.comparators:
                continue
            if finding.intervention not in own and finding.intervention != drug_class:
                continue
            part = finding.outcome not in claim.outcomes
            if part and vocabulary.outcomes[finding.outcome].part_of not in claim.outcomes:
                continue
            timely = in_time(finding.weeks, claim)
            if timely is False:
                continue
            found.append(
                Match(
                    reading, finding, extracted, finding.intervention not in own, part,
                    (
                        finding.intervention != claim.intervention,
                        claim.comparators.index(finding.comparator),
                        0 if part else claim.outcomes.index(finding.outcome),
                    ),
                    wide, timely is True,
                )
            )  # fmt: skip
    return found


def without_outranked(found: Sequence[Match]) -> list[Match]:
    """What people extracted puts aside what was read of the same comparison and outcome."""

    def what(match: Match) -> tuple[str, str, str]:
        return match.finding.intervention, match.finding.comparator, match.finding.outcome

    extracted = {what(m) for m in found if m.extracted}
    return [m for m in found if m.extracted or what(m) not in extracted]


def standing(match: Match, protocol: Protocol) -> tuple[object, ...]:
    """The smaller, the better: what decides between two findings of one study."""
    weeks = match.finding.weeks
    far = float("inf") if weeks is None else abs(weeks - protocol.rules.preferred_weeks)
    newest = 0
    if match.reading.design == "systematic_review" and match.reading.known_on is not None:
        newest = -match.reading.known_on.toordinal()
    return (
        not match.in_time, newest, match.by_class, match.part, not match.extracted,
        not match.finding.primary, match.place, far, match.reading.secondary,
    )  # fmt: skip
