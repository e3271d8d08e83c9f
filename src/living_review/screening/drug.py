"""Whether a drug of the review is studied, not only named."""

import re

from living_review.model import CriterionAnswer
from living_review.protocol import Criterion
from living_review.screening.facts import Facts, reply

VERSION = "1"

# A review of "treatments" may hold trials of the drug though its abstract names none.
_TREATMENTS = re.compile(
    (
        r"\b(?:pharmacolog\w*|drugs?|medications?|medicines?|analgesics?|treatments? (?:for|"
        r"of)|the treatments|interventions?|conservative|therap(?:y|ies))\b"
    ),
    re.IGNORECASE,
)
_SURGERY = re.compile(r"(?<!non-)(?<!non)\bsurg(?:ery|ical)\b", re.IGNORECASE)


def answer(criterion: Criterion, facts: Facts) -> CriterionAnswer:
    """Yes where one is intervention or comparator; unclear for broad reviews and bare titles."""
    studied = facts.studied()
    if studied:
        return reply(criterion, "yes", studied[0].quote)
    named = facts.drugs()
    if named:
        return reply(criterion, "no", named[0].quote)
    if not facts.has_abstract and facts.population in (None, "direct", "indirect"):
        return reply(criterion, "unclear", facts.record.title)
    title = facts.record.title
    if (
        facts.value("design") == "systematic_review"
        and facts.population == "direct"
        and _TREATMENTS.search(title)
        and not _SURGERY.search(title)
    ):
        return reply(criterion, "unclear", title)
    return reply(criterion, "no", "no drug of the review is named")
