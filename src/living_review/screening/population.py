"""Whether these are the people, or the models, that a claim speaks of."""

from living_review.model import CriterionAnswer
from living_review.protocol import Criterion
from living_review.screening.facts import Facts, reply

VERSION = "1"


def answer(criterion: Criterion, facts: Facts) -> CriterionAnswer:
    """By the population of the condition; models only where a claim can use their outcome."""
    tag = facts.first("population")
    if tag is None:
        if facts.has_abstract:
            return reply(criterion, "no", "no condition of the protocol is named")
        return reply(criterion, "unclear", facts.record.title)
    match tag.value:
        case "direct" | "indirect":
            return reply(criterion, "yes", tag.quote)
        case "unsure":
            return reply(criterion, "unclear", tag.quote)
        case "mechanism" | "mechanism_indirect":
            usable = {o for claim in facts.claims_here() for o in claim.outcomes}
            return reply(criterion, "yes" if usable & facts.outcomes() else "no", tag.quote)
        case _:
            return reply(criterion, "no", tag.quote)
