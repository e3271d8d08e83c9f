"""Which findings bear on a claim, and which one counts for a study."""

from dataclasses import replace
from datetime import date

import pytest

from living_review.model import Conclusion, Reading
from living_review.synthesis import weigh
from tests.weighing_builders import (
    AGAINST,
    FAVOURS,
    SAME,
    UNCLEAR,
    finding,
    points,
    smd,
    study,
    the_protocol,
)


def on(claim: str, *readings: Reading) -> Conclusion:
    return weigh(readings, the_protocol(), (claim,))[0]


def studies(claim: str, *readings: Reading) -> list[str]:
    return [item.study for item in on(claim, *readings).evidence if item.settles]


def test_a_pregabalin_trial_bears_on_the_class_and_never_on_gabapentin() -> None:
    trial = study(1, intervention="pregabalin")
    assert studies("class-effect", trial) == ["pmid:1"]
    assert on("pain-vs-placebo", trial).evidence == ()


def test_a_class_result_is_indirect_for_one_drug_and_direct_for_the_class() -> None:
    trial = study(1, intervention="gabapentinoid")
    (item,) = on("pain-vs-placebo", trial).evidence
    assert (item.indirect, item.indirect_because) == (True, "on gabapentinoids as a class")
    assert not on("class-effect", trial).evidence[0].indirect


def test_a_trial_told_from_pregabalins_side_is_turned_around() -> None:
    trial = study(1, FAVOURS, intervention="pregabalin", comparator="gabapentin")
    (item,) = on("pain-vs-pregabalin", trial).evidence
    assert (item.direction, item.stance) == (AGAINST, "opposes")


@pytest.mark.parametrize(
    ("condition", "indirect"),
    [("sciatica", False), ("low_back_pain", True), ("failed_back_surgery", True), (None, True)],
)
def test_a_broader_population_is_indirect(condition: str | None, indirect: bool) -> None:
    (item,) = on("pain-vs-placebo", study(1, reading={"condition": condition})).evidence
    assert item.indirect is indirect


def test_animals_bear_on_no_clinical_claim_and_people_on_no_model() -> None:
    rats = study(1, reading={"species": "rat", "condition": "sciatic_nerve_model"})
    assert on("pain-vs-placebo", rats).evidence == ()
    people = study(2, outcome="allodynia")
    assert on("allodynia", people).evidence == ()


def test_another_neuropathic_model_is_indirect_for_glia_and_nothing_for_allodynia() -> None:
    rats = {"species": "rat", "condition": "neuropathic_model", "design": "animal"}
    assert on("spinal-glia", study(1, outcome="glial_markers", reading=rats)).evidence[0].indirect
    assert on("allodynia", study(1, outcome="allodynia", reading=rats)).evidence == ()


def test_a_part_with_the_other_polarity_counts_by_its_own_direction() -> None:
    rats = {"species": "rat", "condition": "sciatic_nerve_model", "design": "animal"}
    trial = study(1, outcome="withdrawal_threshold", reading=rats)
    assert on("allodynia", trial).direction == "benefit"


@pytest.mark.parametrize(
    ("weeks", "short", "long"), [(12, True, False), (12.1, False, True), (52, False, True)]
)
def test_a_window_has_an_open_start_and_a_closed_end(weeks: float, short: bool, long: bool) -> None:
    trial = study(1, weeks=weeks)
    assert bool(studies("short-term-pain", trial)) is short
    assert bool(studies("long-term-pain", trial)) is long


def test_an_unstated_follow_up_settles_no_claim_with_a_window_and_says_so() -> None:
    (item,) = on("short-term-pain", study(1, weeks=None)).evidence
    assert (item.settles, item.stance) == (False, "neutral")
    assert "follow-up not stated" in item.indirect_because
    assert studies("pain-vs-placebo", study(1, weeks=None)) == ["pmid:1"]


def test_the_follow_up_nearest_eight_weeks_counts() -> None:
    early, near = finding(direction=SAME, weeks=2), finding(direction=FAVOURS, weeks=9)
    trial = study(1, reading={"findings": (early, near)})
    assert on("pain-vs-placebo", trial).evidence[0].weeks == 9


def test_a_stated_primary_time_point_counts_before_the_nearest() -> None:
    primary, near = finding(direction=SAME, weeks=2, primary=True), finding(weeks=8)
    trial = study(1, reading={"findings": (primary, near)})
    assert on("pain-vs-placebo", trial).evidence[0].direction == SAME


def test_any_adverse_event_counts_before_a_single_one() -> None:
    dizzy = finding(direction=AGAINST, outcome="dizziness", primary=True)
    any_event = finding(direction=SAME, outcome="adverse_events")
    trial = study(1, reading={"findings": (dizzy, any_event)})
    assert on("harms-vs-placebo", trial).evidence[0].direction == SAME
    assert on("harms-vs-placebo", study(1, AGAINST, outcome="dizziness")).direction == "harm"


def test_findings_of_equal_standing_that_disagree_leave_the_study_unclear() -> None:
    trial = study(1, reading={"findings": (finding(direction=FAVOURS), finding(direction=SAME))})
    (item,) = on("pain-vs-placebo", trial).evidence
    assert (item.direction, item.stance) == (UNCLEAR, "neutral")
    assert item.indirect_because == "findings of equal standing disagree"


def test_what_people_extracted_outranks_what_was_read() -> None:
    read, entered = finding(direction=SAME, weeks=8), finding(effect=smd(-1.0, 0.2), weeks=6)
    trial = study(1, reading={"findings": (read,), "extracted": (entered,)})
    assert on("pain-vs-placebo", trial).evidence[0].direction == FAVOURS


def test_an_effect_inside_the_mid_is_no_difference_whatever_the_words() -> None:
    trial = study(1, FAVOURS, effect=points(-0.9, -1.5, -0.3))
    assert on("pain-vs-placebo", trial).evidence[0].direction == SAME


def test_a_finding_read_with_little_confidence_is_unclear() -> None:
    assert on("pain-vs-placebo", study(1, confidence=0.49)).counts.unclear == 1
    assert on("pain-vs-placebo", study(1, confidence=0.5)).counts.favours == 1


def test_what_is_read_with_little_confidence_never_stands_before_what_is_sure() -> None:
    sure, unsure = finding(), finding(effect=smd(0.9, 0.2), confidence=0.49)
    trial = study(1, reading={"findings": (sure, unsure)})
    assert on("pain-vs-placebo", trial).evidence[0].direction == FAVOURS


def test_a_mixed_finding_stays_out_of_the_denominator_and_its_effect_out_of_the_pool() -> None:
    conclusion = on("pain-vs-placebo", study(1), study(2, UNCLEAR, effect=smd(-3, 0.1)))
    assert (conclusion.direction, conclusion.counts.unclear) == ("benefit", 1)
    assert conclusion.pool is None


def test_a_study_in_three_records_counts_once_with_its_randomised_participants() -> None:
    main = study(1, n=209)
    others = [
        replace(study(number, n=150), study_id="pmid:1", known_on=date(2016, 1, 1))
        for number in (2, 3)
    ]
    conclusion = on("pain-vs-placebo", main, *others)
    assert (conclusion.studies, conclusion.participants) == (1, 209)
    assert conclusion.evidence[0].records == ("pmid:1", "pmid:2", "pmid:3")


@pytest.mark.parametrize(
    "kept_out",
    [
        {"verdict": "exclude"},
        {"verdict": "unclear"},
        {"retracted": "pmid:99"},
        {"safety_signal": True},
    ],
)
def test_what_does_not_count_bears_on_nothing(kept_out: dict[str, object]) -> None:
    assert on("pain-vs-placebo", study(1, reading=kept_out)).direction == "no_evidence"


def test_a_design_that_cannot_settle_the_claim_is_shown_and_not_counted() -> None:
    conclusion = on("pain-vs-placebo", study(1, reading={"design": "cohort"}))
    assert (conclusion.studies, conclusion.direction) == (0, "no_evidence")
    assert [item.settles for item in conclusion.evidence] == [False]


def test_a_before_after_change_supports_no_comparative_claim() -> None:
    assert on("pain-vs-placebo", study(1, comparator="baseline")).evidence == ()


def test_an_add_on_needs_its_background_drug_and_a_refractory_claim_its_failures() -> None:
    cohort = {"design": "cohort", "background": ("amitriptyline",)}
    trial = study(1, comparator="baseline", reading=cohort)
    assert studies("add-on-amitriptyline", trial) == ["pmid:1"]
    assert studies("add-on-amitriptyline", replace(trial, background=())) == []
    assert studies("refractory-cases", trial) == []
    assert studies("refractory-cases", replace(trial, refractory=True)) == ["pmid:1"]


def test_conversions_are_named_beside_the_effect() -> None:
    arms = study(1, effect=points(-1.2, -2.0, -0.4))
    (item,) = on("pain-vs-placebo", arms).evidence
    assert item.effect is not None
    assert item.effect.source == "abstract; SE from the interval"
    assert (item.benefit, item.unit) == (1.2, "0-10")


@pytest.mark.parametrize(
    ("value", "direction"),
    [
        (0.31, SAME),  # under the MID on ten points and on a hundred
        (-26.6, FAVOURS),  # only a hundred points can hold it
        (-1.5, AGAINST),  # enough on ten, too little on a hundred: the words decide
    ],
)
def test_a_difference_on_an_unstated_scale_counts_where_every_scale_agrees(
    value: float, direction: str
) -> None:
    trial = study(1, AGAINST, effect=replace(points(value), scale=None))
    (item,) = on("pain-vs-placebo", trial).evidence
    assert (item.direction, item.benefit) == (direction, None)


def test_arms_larger_than_the_stated_number_of_participants_correct_it() -> None:
    arms = replace(smd(-1.6, 0.3), n_intervention=23, n_comparator=20)
    assert on("pain-vs-placebo", study(1, n=23, effect=arms)).participants == 43
    assert on("pain-vs-placebo", study(1, n=50, effect=arms)).participants == 50
