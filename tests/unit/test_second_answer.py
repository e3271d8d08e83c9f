"""Every number of a conclusion, and the PRISMA counts, again in slow plain Python (tests/slow)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from living_review.model import Conclusion
from living_review.stages.flow import flow
from living_review.synthesis import weigh
from tests.flow_builders import screened
from tests.slow.comparing import differences
from tests.slow.flow import flows
from tests.slow.random_reviews import review_of
from tests.slow.random_screenings import screening_of
from tests.slow.weighing import Answer, weighed
from tests.weighing_builders import the_protocol

PROTOCOL = the_protocol()
REVIEWS = range(300)


@cache
def again(seed: int) -> dict[str, Answer]:
    return weighed(review_of(seed), PROTOCOL)


@cache
def told(seed: int) -> tuple[Conclusion, ...]:
    return weigh(review_of(seed), PROTOCOL)


@pytest.mark.parametrize("seed", REVIEWS)
def test_a_second_answer_gives_every_number_of_every_conclusion(seed: int) -> None:
    assert differences(told(seed), again(seed), PROTOCOL) == []


def test_a_second_answer_agrees_where_higher_is_better() -> None:
    outcomes = dict(PROTOCOL.vocabulary.outcomes)
    outcomes["leg_pain"] = outcomes["leg_pain"].model_copy(update={"better": "higher"})
    vocabulary = PROTOCOL.vocabulary.model_copy(update={"outcomes": outcomes})
    protocol = PROTOCOL.model_copy(update={"vocabulary": vocabulary})
    for seed in REVIEWS[:20]:
        answers = weighed(review_of(seed), protocol)
        assert differences(weigh(review_of(seed), protocol), answers, protocol) == []


def test_those_reviews_hold_all_that_a_conclusion_can_be() -> None:
    conclusions = [conclusion for seed in REVIEWS for conclusion in told(seed)]
    seen = {word for c in conclusions for word in (c.direction, c.method, c.certainty)}
    assert seen == {
        "benefit", "harm", "little_or_none", "uncertain", "no_evidence", None,
        "pooled", "direction_counts", "review_level", "computed", "none",
        "very_low", "low", "moderate", "high",
    }  # fmt: skip
    steps = {step.domain for c in conclusions for step in c.certainty_steps}
    assert steps == {
        "design", "risk_of_bias", "inconsistency", "indirectness", "imprecision",
        "publication_bias", "direction", "review",
    }  # fmt: skip
    pools = [c.pool for c in conclusions if c.pool is not None]
    assert {pool.unit for pool in pools} == {"0-10", "0-100", "SMD", "risk difference"}
    assert {2, 3, 10} <= {pool.k for pool in pools}
    assert sum(c.method == "pooled" for c in conclusions) > 50
    assert {c.fragile for c in conclusions if c.method == "pooled"} == {True, False}
    assert {view.agrees for c in conclusions for view in c.reviews} == {
        "agree", "disagree", "not comparable",
    }  # fmt: skip


EDITS: dict[str, dict[str, object]] = {
    "direction_share": {"direction_share": 0.6},
    "preferred_weeks": {"preferred_weeks": 6},
    "MID of pain": {"mids": {"leg_pain_vs_placebo": {"points": 1.05}}},
    "MID of harms": {"mids": {"adverse_events": {"risk_difference": 0.06}}},
    "min_studies": {"pool": {"min_studies": 4}},
    "min_share": {"pool": {"min_share": 0.75}},
    "typical_sd": {"pool": {"typical_sd": {"leg_pain": 2.1, "disability": 10.0}}},
    "i2_inconsistent": {"certainty": {"i2_inconsistent": 50}},
    "few_participants": {"certainty": {"few_participants": 450}},
    "indirect_share": {"certainty": {"indirect_share": 0.6}},
    "egger_p": {"certainty": {"egger_p": 0.001}},
    "min_confidence": {"reading": {"min_confidence": 0.51}},
}


def edited(part: BaseModel, changes: Mapping[str, Any]) -> BaseModel:
    """A part of the protocol with these changes, however deep they lie."""
    made: dict[str, object] = {}
    for name, change in changes.items():
        old = getattr(part, name)
        if isinstance(old, BaseModel):
            made[name] = edited(old, change)
        elif name == "mids":
            made[name] = {**old, **{mid: edited(old[mid], new) for mid, new in change.items()}}
        else:
            made[name] = change
    return part.model_copy(update=made)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_rule_shows_in_one_of_those_reviews(edit: str) -> None:
    protocol = PROTOCOL.model_copy(update={"rules": edited(PROTOCOL.rules, EDITS[edit])})
    assert any(
        differences(weigh(review_of(seed), protocol), again(seed), PROTOCOL) for seed in REVIEWS
    )


@pytest.mark.parametrize("seed", REVIEWS)
def test_a_second_answer_gives_every_prisma_count(seed: int) -> None:
    decided, said = screening_of(seed)
    counted = flow(screened(
        {record: (one.verdict, one.decider) for record, one in decided.items()}, said,
        {record: one.criterion for record, one in decided.items()},
    ))  # fmt: skip
    identified = counted["duplicates"] + counted["screened"]
    assert {**counted, "identified": identified} in list(flows(decided, said))
