"""Whether it is a kind of record that can hold results of its own."""

from living_review.model import CriterionAnswer
from living_review.protocol import Criterion
from living_review.screening.facts import Facts, reply

VERSION = "2"

_WITH_RESULTS = frozenset((
    "systematic_review", "rct", "nonrandomised_trial", "cohort", "case_control",
    "cross_sectional", "case_report", "animal", "in_vitro", "guideline", "pharmacokinetic",
    "protocol", "registration",
))  # fmt: skip
_WITHOUT = frozenset(["narrative_review", "editorial_letter", "notice", "economic"])


def answer(criterion: Criterion, facts: Facts) -> CriterionAnswer:
    """No for narrative reviews, letters, notices and economics; unclear where nothing shows.

    A trial that never says how people were allotted is put before a human, not counted in silence.
    """
    tag = facts.first("design")
    if tag is None:
        return reply(criterion, "unclear", facts.record.title)
    allotted = facts.first("randomised")
    if allotted is not None and allotted.value == "inferred":
        return reply(criterion, "unclear", f"randomisation is inferred from: {allotted.quote}")
    if tag.value in _WITH_RESULTS:
        return reply(criterion, "yes", tag.quote)
    return reply(criterion, "no" if tag.value in _WITHOUT else "unclear", tag.quote)
