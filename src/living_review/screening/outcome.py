"""Whether it reports an outcome that a claim is about."""

from living_review.model import CriterionAnswer
from living_review.protocol import Criterion
from living_review.screening.facts import Facts, reply

VERSION = "2"

# An abstract on a treatment need not list its outcomes; one on prescribing has none.
_WITH_UNNAMED_OUTCOMES = ("rct", "nonrandomised_trial", "systematic_review", "case_report")


def answer(criterion: Criterion, facts: Facts) -> CriterionAnswer:
    """Yes where such an outcome is found or measured; cost and kinetics alone are not one."""
    claims = facts.claims_here() or list(facts.protocol.claims)
    wanted = {o for claim in claims for o in claim.outcomes}
    for finding in facts.findings:
        if finding.outcome in wanted:
            return reply(criterion, "yes", finding.quote)
    if facts.value("design") in ("economic", "pharmacokinetic"):
        return reply(criterion, "no", facts.record.title)
    measured = sorted(wanted & facts.outcomes())
    if measured:
        quote = next(
            (t.quote for t in facts.tags if t.name == "outcome" and t.value in measured),
            facts.record.title,
        )
        animals = facts.population in ("mechanism", "mechanism_indirect")
        return reply(criterion, "unclear" if animals else "yes", quote)
    if facts.awaited:
        # Outcomes are judged when there are results; until then the study is awaited.
        return reply(criterion, "yes", facts.record.title)
    if not facts.has_abstract or facts.value("design") in _WITH_UNNAMED_OUTCOMES:
        return reply(criterion, "unclear", facts.record.title)
    return reply(criterion, "no", "no outcome of a claim is named")
