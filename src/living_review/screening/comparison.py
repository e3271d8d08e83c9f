"""Whether the drug is compared with something a claim speaks of."""

from living_review.model import CriterionAnswer
from living_review.protocol import Criterion
from living_review.screening.facts import Facts, reply

VERSION = "1"


def answer(criterion: Criterion, facts: Facts) -> CriterionAnswer:
    """A topic drug against anything; a related one only against what the protocol lists."""
    studied = {t.name.removeprefix("drug:"): t for t in facts.studied()}
    drugs = facts.vocabulary.drugs
    for name, tag in studied.items():
        if name in drugs and drugs[name].role == "topic":
            return reply(criterion, "yes", tag.quote)
    compared = _compared(facts)
    for name, tag in studied.items():
        if name in drugs and drugs[name].role == "related":
            for other in drugs[name].eligible_against:
                if other in compared and _claimed(name, facts):
                    return reply(criterion, "yes", compared[other])
            if facts.has_abstract:
                return reply(criterion, "no", tag.quote)
            return reply(criterion, "unclear", tag.quote)
    for tag in studied.values():  # only the class is named
        return reply(criterion, "yes" if compared or _is_review(facts) else "unclear", tag.quote)
    return reply(criterion, "unclear", facts.record.title)


def _compared(facts: Facts) -> dict[str, str]:
    """What the record compares with: plain comparators, and other drugs studied."""
    found = {t.value: t.quote for t in facts.tags if t.name == "comparator"}
    for tag in facts.tags:
        if tag.name.startswith("drug:") and tag.value in ("intervention", "comparator"):
            found.setdefault(tag.name.removeprefix("drug:"), tag.quote)
    return found


def _claimed(drug: str, facts: Facts) -> bool:
    """Whether a claim on this population speaks of the drug, or of its class."""
    return any(
        drug in facts.vocabulary.drugs_of(claim.intervention) for claim in facts.claims_here()
    )


def _is_review(facts: Facts) -> bool:
    return facts.value("design") in ("systematic_review", "guideline")
