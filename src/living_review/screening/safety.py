"""Safety signals: records on harms of the drugs in people, eligible as a class of their own."""

from living_review.screening.facts import Facts

VERSION = "1"

_DESIGNS = frozenset((
    "systematic_review", "rct", "nonrandomised_trial", "cohort", "case_control",
    "cross_sectional", "case_report", "guideline", "other",
))  # fmt: skip


def signal(facts: Facts) -> str | None:
    """The sentence that names the harm; None where the record is no safety signal.

    One is a primary study, systematic review or regulator's warning that has a harm of the
    vocabulary for its subject (METHOD 3).
    """
    harm = facts.first("harm")
    species = facts.value("species")
    if harm is None or not facts.studied() or species not in (None, "human"):
        return None
    return harm.quote if facts.value("design") in _DESIGNS else None
