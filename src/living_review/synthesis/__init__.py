"""Weighing: the readings of a review → one conclusion a claim. Pure, and in no order of arrival."""

from collections.abc import Collection, Sequence

from living_review.model import (
    Certainty,
    CertaintyStep,
    Conclusion,
    Direction,
    JudgedCertainty,
    LeftOut,
    Reading,
)
from living_review.protocol import Claim, Protocol
from living_review.synthesis import computed, reviews, would_change
from living_review.synthesis.certainty import certainty_by_review, certainty_of
from living_review.synthesis.direction import Settled, leave_one_out, reversing, settle
from living_review.synthesis.matching import Index
from living_review.synthesis.studies import Study, evidence_of, studies_of
from living_review.synthesis.wording import statement

__all__ = ["weigh"]

# Only a direction can rest on one study; "uncertain" is what is left when none does.
DEFINITE: tuple[Direction, ...] = ("benefit", "little_or_none", "harm")


def weigh(
    readings: Sequence[Reading],
    protocol: Protocol,
    claims: Collection[str] | None = None,
    *,
    judged: Sequence[JudgedCertainty] = (),
    fragility: bool = True,
) -> tuple[Conclusion, ...]:
    """Weigh every claim of the protocol, in its order (METHOD 3 and 4).

    `claims` limits the answer to these ids; computed claims still see all of the others.
    `judged` are people's words on the certainty of claims.
    `fragility=False` leaves out the search for a study that decides alone, for replays.
    The order of `readings` does not matter, and a record given twice counts once.
    """
    index = Index(readings)
    wanted = {claim.id for claim in protocol.claims} if claims is None else set(claims)
    needed = [c for c in protocol.claims if c.computed is None and (c.id in wanted or (
        c.clinical and any(other.computed and other.id in wanted for other in protocol.claims)
    ))]  # fmt: skip
    said = {c.id: [one for one in judged if one.claim == c.id] for c in needed}
    found = {c.id: _conclude(index, c, protocol, said[c.id], fragility) for c in needed}
    weighed = tuple(found.values())
    for claim in protocol.claims:
        if claim.computed is not None:
            found[claim.id] = computed.evidence_quality(claim, weighed, protocol)
    return tuple(found[claim.id] for claim in protocol.claims if claim.id in wanted)


def _conclude(
    index: Index,
    claim: Claim,
    protocol: Protocol,
    judged: Sequence[JudgedCertainty],
    fragility: bool,
) -> Conclusion:
    studies = studies_of(index, claim, protocol)
    primary = [study for study in studies if study.settles and not study.is_review]
    outcome = protocol.vocabulary.outcomes[claim.outcomes[0]]
    settled = settle(primary, claim, protocol.rules, outcome)
    rule = reviews.judge([s for s in studies if s.is_review], primary, settled)
    by_review = rule.direction is not None
    direction = rule.direction or settled.direction
    certainty: Certainty | None
    steps: tuple[CertaintyStep, ...]
    if by_review:
        certainty, steps = certainty_by_review(judged)
    else:
        certainty, steps = certainty_of(settled, primary, claim, protocol.rules.certainty, judged)
    participants = sum(study.participants or 0 for study in primary)
    without = leave_one_out(settled) if fragility else ()
    because = ""
    if fragility and not by_review:
        because = _fragile(direction, settled, primary, without, claim, protocol)
    change = ""
    if fragility:
        change = would_change.sentence(settled, participants, claim, protocol.rules)
    if by_review:
        change = (
            "A trial newer than the search of the review that sets the direction: the trials "
            "would then be counted again."
        )
    evidence = [evidence_of(study, claim, settled.unit) for study in studies]
    return Conclusion(
        claim=claim.id,
        statement=claim.statement,
        direction=direction,
        certainty=certainty,
        wording=statement(claim, direction, certainty, protocol.vocabulary),
        method="review_level" if by_review else settled.method,
        studies=len(primary),
        participants=participants,
        pool=settled.pool,
        counts=settled.counts,
        certainty_steps=steps,
        reviews=rule.views,
        would_change=change,
        fragile=bool(because),
        fragile_because=because,
        leave_one_out=without,
        evidence=tuple(
            sorted(evidence, key=lambda e: (not e.settles, str(e.known_on or "9999"), e.study))
        ),
    )


def _fragile(
    direction: Direction,
    settled: Settled,
    primary: Sequence[Study],
    without: Sequence[LeftOut],
    claim: Claim,
    protocol: Protocol,
) -> str:
    """Why the direction rests on one study; empty when it does not (METHOD 5, FRAGILE)."""
    if direction not in DEFINITE:
        return ""
    if settled.tally.total_studies == 1:
        return "rests on one study only"
    outcome = protocol.vocabulary.outcomes[claim.outcomes[0]]
    deciding = reversing(settled, primary, without, claim, protocol.rules, outcome)
    names = [study.readings[0].record_id for study in deciding]
    return f"would be different without {' or without '.join(names)}" if names else ""
