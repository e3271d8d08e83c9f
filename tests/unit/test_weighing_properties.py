"""What holds of every review, tried on random ones."""

import math
from dataclasses import astuple, is_dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.changes import Snapshot, compare
from living_review.model import Arm, Conclusion, Reading
from living_review.synthesis import weigh
from living_review.synthesis.certainty import certainty_of, rank
from living_review.synthesis.cumulative import cumulative
from living_review.synthesis.direction import direction_of, settle
from living_review.synthesis.matching import Index
from living_review.synthesis.studies import studies_of
from tests.weighing_builders import (
    AGAINST,
    FAVOURS,
    SAME,
    UNCLEAR,
    finding,
    smd,
    study,
    the_protocol,
)

PROTOCOL = the_protocol(
    "pain-vs-placebo", "short-term-pain", "class-effect", "pain-vs-pregabalin",
    "harms-vs-placebo", "evidence-quality",
)  # fmt: skip
SIMPLE = the_protocol("pain-vs-placebo")
CLAIM = "pain-vs-placebo"


@st.composite
def readings(draw: st.DrawFn, number: int) -> Reading:
    """Any record: trial or review, with or without numbers, counted or not."""
    record = f"pmid:{number}"
    effect = draw(
        st.none()
        | st.builds(
            smd,
            st.floats(-2, 2).map(lambda x: round(x, 2)),
            st.sampled_from([None, 0.0, 0.1, 0.2, 0.4]),
        )
    )
    found = finding(
        record,
        draw(st.sampled_from([FAVOURS, AGAINST, SAME, UNCLEAR])),
        intervention=draw(st.sampled_from(["gabapentin", "pregabalin", "gabapentinoid"])),
        comparator=draw(st.sampled_from(["placebo", "placebo", "pregabalin", "no_treatment"])),
        outcome=draw(st.sampled_from(["leg_pain", "leg_pain", "adverse_events", "dizziness"])),
        weeks=draw(st.sampled_from([None, 4, 8, 26])),
        effect=effect,
        arms=draw(st.sampled_from([(), (Arm("a", 20, events=0), Arm("b", 20, events=0))])),
    )
    return study(
        number,
        n=draw(st.sampled_from([None, 18, 60, 150, 500])),
        year=draw(st.integers(2001, 2024)),
        reading={
            "findings": (found,),
            "study_id": f"pmid:{draw(st.integers(max(1, number - 1), number))}",
            "design": draw(st.sampled_from(["rct", "rct", "rct", "cohort", "systematic_review"])),
            "verdict": draw(st.sampled_from(["include", "include", "include", "exclude"])),
            "retracted": draw(st.sampled_from([None, None, None, "pmid:999"])),
            "condition": draw(st.sampled_from(["sciatica", "low_back_pain", None])),
            "decider": draw(st.sampled_from(["rule:1", "rule:2", "human:ab"])),
        },
    )


@st.composite
def reviews(draw: st.DrawFn) -> list[Reading]:
    return [draw(readings(number)) for number in range(1, draw(st.integers(0, 8)) + 1)]


def snapshot(found: list[Reading]) -> Snapshot:
    return Snapshot(date(2024, 12, 31), PROTOCOL, tuple(found), weigh(found, PROTOCOL))


def numbers(value: object) -> list[float]:
    if isinstance(value, float):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return numbers(astuple(value))
    return [x for item in value for x in numbers(item)] if isinstance(value, tuple) else []


@settings(max_examples=80, deadline=None)
@given(reviews(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_never_matters(found: list[Reading], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert weigh(shuffled, PROTOCOL) == weigh(found, PROTOCOL)


@settings(max_examples=80, deadline=None)
@given(reviews())
def test_no_conclusion_holds_what_is_not_a_number(found: list[Reading]) -> None:
    for conclusion in weigh(found, PROTOCOL):
        assert all(math.isfinite(number) for number in numbers(conclusion))


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_comparing_a_version_with_itself_is_empty(found: list[Reading]) -> None:
    now = snapshot(found)
    comparison = compare(now, now, compare(None, now, {}, {}).announced, {})
    assert (comparison.changes, comparison.part) == ((), "none")


@settings(max_examples=60, deadline=None)
@given(reviews(), st.data())
def test_a_copy_of_a_study_changes_no_conclusion(found: list[Reading], data: st.DataObject) -> None:
    if not found:
        return
    copied = data.draw(st.sampled_from(found))
    assert weigh([*found, copied], PROTOCOL) == weigh(found, PROTOCOL)
    under_another_id = replace(copied, record_id="pmid:9999")

    def told(c: Conclusion) -> tuple[object, ...]:
        return c.direction, c.certainty, c.participants, c.studies, c.counts, c.pool

    with_it = weigh([*found, under_another_id], PROTOCOL)
    assert [told(c) for c in with_it] == [told(c) for c in weigh(found, PROTOCOL)]


@settings(max_examples=60, deadline=None)
@given(reviews(), st.data())
def test_what_does_not_count_may_say_anything(found: list[Reading], data: st.DataObject) -> None:
    kept_out = replace(
        data.draw(readings(50)),
        **data.draw(st.sampled_from([{"verdict": "exclude"}, {"retracted": "pmid:998"}])),
    )
    assert weigh([*found, kept_out], PROTOCOL) == weigh(found, PROTOCOL)


@settings(max_examples=80, deadline=None)
@given(reviews(), reviews())
def test_every_change_has_a_cause_and_a_record_or_an_edited_input(
    before: list[Reading], after: list[Reading]
) -> None:
    then, now = snapshot(before), snapshot(after)
    announced = compare(None, then, {}, {}).announced
    comparison = compare(then, now, announced, {})
    for change in comparison.changes:
        assert change.causes
        assert change.records or change.inputs
        assert change.why.endswith(".")
        assert "nan" not in change.why
    changed = {c.claim for c in comparison.changes if c.change_class == "CHANGED"}
    for claim, state in comparison.announced.items():
        assert claim in changed or state == announced[claim]
    assert (comparison.part == "major") == bool(changed)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-1.5, 1.5), st.sampled_from([0.05, 0.1, 0.3])), min_size=3, max_size=6
    ),
    st.floats(1.0, 5.0),
)
def test_widening_the_pooled_interval_all_else_fixed_never_raises_certainty(
    trials: list[tuple[float, float]], wider: float
) -> None:
    claim, rules = SIMPLE.claim(CLAIM), SIMPLE.rules
    readings = [study(i, n=300, effect=smd(v, e)) for i, (v, e) in enumerate(trials)]
    studies = studies_of(Index(readings), claim, SIMPLE)
    settled = settle(studies, claim, rules, SIMPLE.vocabulary.outcomes["leg_pain"])
    pool = settled.pool
    assert pool is not None
    reach = wider * (pool.benefit_high - pool.benefit)
    low, high = pool.benefit - reach, pool.benefit + reach
    widened = replace(
        settled,
        pool=replace(pool, benefit_low=low, benefit_high=high),
        direction=direction_of(pool.benefit, low, high, pool.mid or 0.0),
    )
    narrow, wide = (
        certainty_of(each, studies, claim, rules.certainty)[0] for each in (settled, widened)
    )
    assert rank(wide) <= rank(narrow)


@settings(max_examples=60, deadline=None)
@given(reviews(), readings(50), readings(50), st.sampled_from(["exclude", "retracted"]))
def test_what_becomes_of_a_record_that_does_not_count_is_no_change(
    found: list[Reading], one: Reading, other: Reading, kept_out: str
) -> None:
    out = {"verdict": "exclude"} if kept_out == "exclude" else {"retracted": "pmid:998"}
    then, now = (snapshot([*found, replace(r, **out, harms=())]) for r in (one, other))
    assert compare(then, now, compare(None, then, {}, {}).announced, {}).changes == ()


@settings(max_examples=60, deadline=None)
@given(reviews(), st.data())
def test_a_retraction_moves_conclusions_as_if_the_record_had_never_been(
    found: list[Reading], data: st.DataObject
) -> None:
    if not found:
        return
    gone = data.draw(st.sampled_from(found))
    rest = [reading for reading in found if reading is not gone]
    retracted = [*rest, replace(gone, retracted="pmid:997")]
    assert weigh(retracted, PROTOCOL) == weigh(rest, PROTOCOL)
    then = snapshot(found)
    comparison = compare(then, snapshot(retracted), compare(None, then, {}, {}).announced, {})
    assert {c for change in comparison.changes for c in change.causes} <= {"retraction"}
    assert {r for change in comparison.changes for r in change.records} <= {gone.record_id}


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_a_pool_that_grew_study_by_study_ends_as_the_pool(found: list[Reading]) -> None:
    for conclusion in weigh(found, PROTOCOL, fragility=False):
        steps, pool = cumulative(conclusion), conclusion.pool
        assert bool(steps) == (pool is not None)
        if pool is not None:
            last = steps[-1]
            assert (last.k, last.unit) == (pool.k, pool.unit)
            assert (last.benefit, last.benefit_low, last.benefit_high) == (
                pool.benefit, pool.benefit_low, pool.benefit_high,
            )  # fmt: skip
            days = [step.known_on for step in steps]
            assert days == sorted(set(days))
