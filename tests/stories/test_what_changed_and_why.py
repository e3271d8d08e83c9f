"""Stories of a review that lives: each with the exact list of changes it tells of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from living_review.changes import Comparison, Snapshot, compare
from living_review.model import Effect, JudgedFinding, JudgedTag, Reading, State
from living_review.protocol import BaselineEffect, ClaimBaseline, Protocol
from living_review.synthesis import weigh
from tests.weighing_builders import AGAINST, FAVOURS, SAME, review, smd, study, the_protocol

CLAIM = "pain-vs-placebo"
PROTOCOL = the_protocol(CLAIM)
Told = list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str, str]]


def snapshot(
    readings: list[Reading], protocol: Protocol = PROTOCOL, as_of: date = date(2020, 1, 1)
) -> Snapshot:
    return Snapshot(as_of, protocol, tuple(readings), weigh(readings, protocol))


def between(
    before: list[Reading] | Snapshot,
    after: list[Reading] | Snapshot,
    announced: Mapping[str, State] | None = None,
    **more: object,
) -> Comparison:
    then = before if isinstance(before, Snapshot) else snapshot(before)
    now = after if isinstance(after, Snapshot) else snapshot(after)
    told = compare(None, then, {}, {}).announced if announced is None else announced
    return compare(then, now, told, {}, **more)


def told(comparison: Comparison) -> Told:
    return [
        (
            c.change_class,
            c.rules,
            c.causes,
            c.records,
            str(c.before.direction),
            str(c.after.direction),
        )
        for c in comparison.changes
    ]


def pool(*values: float, start: int = 1, n: int = 200) -> list[Reading]:
    return [study(start + i, n=n, effect=smd(v, 0.1)) for i, v in enumerate(values)]


def edited(protocol: Protocol, **rules: object) -> Protocol:
    return protocol.model_copy(update={"rules": protocol.rules.model_copy(update=rules)})


def reworded(protocol: Protocol, **parts: object) -> Protocol:
    claim = protocol.claim(CLAIM).model_copy(update=parts)
    return protocol.model_copy(update={"claims": (claim,)})


def test_version_one_changes_nothing() -> None:
    first = compare(None, snapshot([study(1)]), {}, {})
    assert (first.changes, first.part) == ((), "initial")
    assert first.from_baseline == ()  # before the baseline's date
    assert first.announced[CLAIM].direction == "benefit"


def test_a_first_trial() -> None:
    comparison = between([], [study(1)])
    assert told(comparison) == [
        ("CHANGED", ("COUNTS",), ("new_evidence",), ("pmid:1",), "no_evidence", "benefit")
    ]
    (change,) = comparison.changes
    assert (comparison.part, change.fragile, change.anchor) == ("major", True, "previous")
    assert change.why == (
        "“Trial number 1 of a drug” (pmid:1, 2015) found it better, so 1 in favour, 0 against and "
        "0 without a difference: a benefit instead of no evidence; fragile: rests on one study "
        "only."
    )


def test_an_opposing_pivotal_trial() -> None:
    comparison = between([study(1, n=50)], [study(1, n=50), study(2, SAME, n=160)])
    assert told(comparison) == [
        ("CHANGED", ("COUNTS", "A1"), ("new_evidence",), ("pmid:2",), "benefit", "uncertain")
    ]
    assert comparison.changes[0].why == (
        "“Trial number 2 of a drug” (pmid:2, 2015) found no difference, so 1 in favour, 0 against "
        "and 1 without a difference, and no direction has two thirds of studies and participants: "
        "an uncertain effect instead of a benefit."
    )


def test_an_opposing_trial_too_small_to_turn_the_counts_is_a_signal() -> None:
    four = [study(i) for i in (1, 2, 3, 4)]
    comparison = between(four, [*four, study(5, SAME, n=60)])
    assert told(comparison) == [
        ("SIGNAL", ("A7",), ("new_evidence",), ("pmid:5",), "benefit", "benefit")
    ]
    assert comparison.part == "minor"


def test_a_null_trial_that_only_narrows_says_nothing() -> None:
    trials = pool(-0.05, 0.05, 0.0, -0.02)
    comparison = between(trials, [*trials, *pool(0.01, start=5)])
    assert (told(comparison), comparison.part) == ([], "minor")


def test_a_new_systematic_review_that_disagrees_with_a_pool_is_a_signal() -> None:
    trials = pool(-0.8, -0.8, -0.8)
    comparison = between(trials, [*trials, review(9, SAME, year=2019)])
    assert told(comparison) == [
        ("SIGNAL", ("A1",), ("new_evidence",), ("pmid:9",), "benefit", "benefit")
    ]
    assert comparison.changes[0].why == (
        "“Review number 9 of trials” (pmid:9, 2019) found no difference, which opposes what was "
        "said so far, a benefit, from a systematic review."
    )


def test_a_new_systematic_review_that_disagrees_with_counts_sets_the_direction() -> None:
    comparison = between([study(1)], [study(1), review(9, SAME, year=2019)])
    assert told(comparison) == [
        ("CHANGED", ("REVIEW", "A1"), ("new_evidence",), ("pmid:9",), "benefit", "little_or_none")
    ]


def test_a_retraction_of_the_only_supporting_trial() -> None:
    comparison = between([study(1)], [study(1, reading={"retracted": "pmid:99"})])
    assert told(comparison) == [
        (
            "CHANGED",
            ("COUNTS", "RETRACTION"),
            ("retraction",),
            ("pmid:1",),
            "benefit",
            "no_evidence",
        )
    ]
    assert comparison.changes[0].why == (
        "“Trial number 1 of a drug” (pmid:1, 2015) was retracted, so no study that can settle it "
        "is left: no evidence instead of a benefit."
    )


def test_a_retraction_of_one_of_nine() -> None:
    trials = pool(-0.8, -0.82, -0.78, -0.8, -0.81, -0.79, -0.8, -0.8, -0.8)
    withdrawn = replace(trials[0], retracted="pmid:99", content_hash="marked", verdict="exclude")
    comparison = between(trials, [withdrawn, *trials[1:]])
    assert told(comparison) == [
        ("SIGNAL", ("RETRACTION",), ("retraction",), ("pmid:1",), "benefit", "benefit")
    ]


def test_an_erratum_that_changes_a_number() -> None:
    trials = pool(-0.8, -0.8, -0.8)
    mended = replace(
        study(3, SAME, n=200, effect=smd(0.9, 0.1)), content_hash="mended", corrected="pmid:98"
    )
    comparison = between(trials, [*trials[:2], mended])
    assert told(comparison) == [
        ("CHANGED", ("DIRECTION", "MID", "B1", "B2", "A1", "ERRATUM"), ("correction",), ("pmid:3",),
         "benefit", "uncertain")
    ]  # fmt: skip


def test_an_expression_of_concern_leaves_the_trial_in_and_is_a_signal() -> None:
    comparison = between([study(1)], [study(1, reading={"concern": "pmid:97"})])
    assert told(comparison) == [
        ("SIGNAL", ("EOC",), ("correction",), ("pmid:1",), "benefit", "benefit")
    ]


def test_a_rule_edited_in_config_never_reads_as_news() -> None:
    trials = pool(-0.6, -0.6, -0.6, -0.6)
    mids = dict(PROTOCOL.rules.mids)
    mids["leg_pain_vs_placebo"] = mids["leg_pain_vs_placebo"].model_copy(update={"smd": 0.9})
    comparison = between(trials, snapshot(trials, edited(PROTOCOL, mids=mids)))
    (change,) = comparison.changes
    assert told(comparison) == [
        ("CHANGED", ("DIRECTION", "MID"), ("method_changed",), (), "benefit", "little_or_none")
    ]
    assert change.inputs == ("rules.mids.leg_pain_vs_placebo",)
    assert change.why.startswith(
        "The method was edited (rules.mids.leg_pain_vs_placebo), with no part of it from new "
        "evidence, so the pooled effect is now 0.60"
    )


def test_a_reworded_claim() -> None:
    trials = [study(1), study(2, SAME, comparator="no_treatment"), study(3, n=500)]
    narrower = reworded(PROTOCOL, comparators=("no_treatment",))
    comparison = between(trials, snapshot(trials, narrower))
    assert told(comparison) == [
        ("CHANGED", ("COUNTS",), ("claim_reworded",), (), "benefit", "little_or_none")
    ]
    assert comparison.changes[0].inputs == (f"claims.{CLAIM}",)


def test_a_claim_reworded_without_effect_is_a_patch() -> None:
    trials = [study(1)]
    comparison = between(trials, snapshot(trials, reworded(PROTOCOL, statement="It helps.")))
    assert (comparison.changes, comparison.part) == ((), "patch")


def test_a_human_overturning_a_screening_decision() -> None:
    out = study(2, SAME, n=160, reading={"verdict": "exclude"})
    into = replace(out, verdict="include", decider="human:ab")
    comparison = between([study(1), out], [study(1), into])
    assert told(comparison) == [
        ("CHANGED", ("COUNTS", "A1"), ("decision_revised",), ("pmid:2",), "benefit", "uncertain")
    ]


def test_a_criterion_edited() -> None:
    other = PROTOCOL.eligibility[0].model_copy(update={"wording": "Another wording."})
    protocol = PROTOCOL.model_copy(update={"eligibility": (other, *PROTOCOL.eligibility[1:])})
    out = study(2, SAME, n=160, reading={"verdict": "exclude"})
    comparison = between(
        [study(1), out], snapshot([study(1), replace(out, verdict="include")], protocol)
    )
    (change,) = comparison.changes
    assert (change.causes, change.inputs) == (("criteria_changed",), ("eligibility",))
    assert change.rules == ("COUNTS",)


def test_the_same_words_read_otherwise_by_a_new_tagger_are_a_change_of_method() -> None:
    (found,) = study(1, SAME).findings
    reread = study(1, reading={"findings": (replace(found, tagger="findings:2"),)})
    (change,) = between([study(1)], [reread]).changes
    assert (change.causes, change.inputs) == (("method_changed",), ("findings:2",))


def test_two_causes_at_once_are_both_named() -> None:
    before = [study(1, n=100), study(2, n=100), study(3, n=100)]
    gone = replace(before[0], retracted="pmid:99")
    after = [gone, *before[1:], study(4, SAME, n=160)]
    (change,) = between(before, after).changes
    # Neither alone would do: two of three, and three of four, keep two thirds by studies …
    assert (change.change_class, change.after.direction) == ("CHANGED", "uncertain")
    assert change.causes == ("new_evidence", "retraction")
    assert change.records == ("pmid:1", "pmid:4")


def test_of_two_causes_only_the_one_that_moves_it_alone_is_named() -> None:
    before = [study(1, n=100), study(2, n=100), study(3, n=100)]
    unread = replace(before[0], content_hash="mended")
    after = [unread, *before[1:], study(4, SAME, n=900)]
    (change,) = between(before, after).changes
    assert change.causes == ("new_evidence",)


def test_where_only_several_causes_together_move_it_those_that_touch_the_claim_are_named() -> None:
    protocol = the_protocol(CLAIM, "class-effect")
    others = protocol.model_copy(
        update={
            "claims": (
                protocol.claim(CLAIM),
                protocol.claim("class-effect").model_copy(update={"statement": "Otherwise."}),
            )
        }
    )
    before = [study(1, n=100), study(2, n=100), study(3, n=100), study(4, n=100)]
    retracted = replace(before[0], retracted="pmid:900")
    after = [retracted, *before[1:], study(5, SAME, n=110)]
    told_of = between(snapshot(before, protocol), snapshot([*before, after[-1]], protocol))
    assert [c.change_class for c in told_of.changes if c.claim == CLAIM] == ["SIGNAL"]
    after.append(study(6, SAME, n=40))
    changed = [
        change
        for change in between(snapshot(before, protocol), snapshot(after, others)).changes
        if change.claim == CLAIM and change.change_class == "CHANGED"
    ]
    assert [change.causes for change in changed] == [("new_evidence", "retraction")]


def test_new_evidence_names_the_record_without_which_nothing_would_have_moved() -> None:
    before = [study(1, n=100)]
    after = [*before, study(2, SAME, n=160), study(3, FAVOURS, n=20)]
    (change,) = between(before, after).changes
    assert change.records == ("pmid:2",)


def test_of_several_new_records_the_one_that_made_the_outcome_is_named() -> None:
    three = [study(1, year=2018), study(2, SAME, year=2019), review(9, AGAINST, year=2024)]
    (change,) = between([], three).changes
    assert (change.rules, change.records) == (("REVIEW", "A1"), ("pmid:9",))


def test_slow_drift_is_seen_against_what_was_announced() -> None:
    """No step moves the estimate by half; together they do."""
    values = [-0.9, -0.9, -0.9, -0.9, -0.35, -0.3, -0.2, -0.2, -0.1, -0.1, 0.0]
    steps = [snapshot(pool(*values[:k], n=50)) for k in (4, 5, 6, 8, 11)]
    announced = compare(None, steps[0], {}, {}).announced
    seen = []
    for before, after in pairwise(steps):
        comparison = compare(before, after, announced, {})
        announced = comparison.announced
        seen.append([c.anchor for c in comparison.changes if "B2" in c.rules])
    assert seen == [[], [], [], ["announced"]]


def test_what_only_the_baseline_sees() -> None:
    late = date(2023, 6, 1)
    trials = [study(1, SAME, n=500)]
    comparison = between(snapshot(trials, as_of=late), snapshot(trials, as_of=date(2023, 7, 1)))
    assert (comparison.changes, comparison.part) == ((), "none")
    (view,) = comparison.from_baseline
    assert (view.baseline.direction, view.now.direction) == ("benefit", "little_or_none")
    assert view.why == (
        "The baseline said a benefit (low certainty); the evidence says little or no difference "
        "(moderate certainty), from 1 study."
    )


def test_the_same_evidence_in_another_order_is_nothing_new() -> None:
    trials = [study(1), study(2, SAME), study(3)]
    comparison = between(trials, trials[::-1])
    assert (comparison.changes, comparison.part) == ((), "none")


def test_a_study_reported_in_three_records_is_one_study_and_the_rest_a_patch() -> None:
    others = [study(i, reading={"study_id": "pmid:1"}) for i in (2, 3)]
    comparison = between([study(1)], [study(1), *others])
    assert (comparison.changes, comparison.part) == ((), "patch")
    assert compare(None, snapshot([study(1), *others]), {}, {}).announced[CLAIM].participants == 100


def test_a_raw_state_inside_the_margin_is_nearly_changed_and_not_told() -> None:
    before, after = pool(-0.62, -0.62, -0.62, n=50), pool(-0.62, -0.62, -0.62, -0.1, n=50)
    comparison = between(before, after)
    assert [c.change_class for c in comparison.changes] == ["SIGNAL"]
    (nearly,) = comparison.nearly_changed
    assert (nearly.announced.direction, nearly.raw.direction) == ("benefit", "little_or_none")
    assert comparison.announced[CLAIM].direction == "benefit"


def test_certainty_across_low_and_moderate_through_new_evidence_is_a_change() -> None:
    before, after = [study(1, n=300)], [study(1, n=300), study(2, n=300)]
    comparison = between(before, after)
    assert told(comparison) == [
        ("CHANGED", ("GRADE",), ("new_evidence",), ("pmid:2",), "benefit", "benefit")
    ]
    assert comparison.announced[CLAIM].certainty == "moderate"


def test_certainty_across_low_and_moderate_by_judgement_is_a_signal() -> None:
    judged = study(1, n=300, reading={"risk_of_bias": "low"})
    comparison = between([study(1, n=300)], [judged])
    assert told(comparison) == [
        ("SIGNAL", ("GRADE",), ("decision_revised",), ("pmid:1",), "benefit", "benefit")
    ]


def test_a_signal_is_told_once() -> None:
    four = [study(i) for i in (1, 2, 3, 4)]
    five = [*four, study(5, SAME, n=60)]
    first = between(four, five)
    again = between(five, [*five, study(6, FAVOURS)], first.announced)
    assert [c.rules for c in first.changes] == [("A7",)]
    assert again.changes == ()


def test_slow_drift_that_only_the_baseline_anchor_sees() -> None:
    """The first version stood well below the baseline's estimate already; no step is large."""
    effect = BaselineEffect(benefit=1.3, low=0.6, high=2.0, unit="SMD")
    protocol = reworded(PROTOCOL, baseline=ClaimBaseline(direction="benefit", effect=effect))
    late = date(2024, 1, 1)
    trials = [
        study(number, n=200, effect=smd(value, 0.15))
        for number, value in enumerate([-0.8] * 4 + [-0.62] * 6 + [-0.52] * 6)
    ]
    steps = [snapshot(trials[:k], protocol, late) for k in (4, 10, 16)]
    announced = compare(None, steps[0], {}, {}).announced
    seen = [
        [
            (c.change_class, c.anchor, c.rules, c.causes)
            for c in compare(*pair, announced, {}).changes
        ]
        for pair in pairwise(steps)
    ]
    assert seen == [[], [("SIGNAL", "baseline", ("B2",), ("new_evidence",))]]


@pytest.mark.parametrize(
    ("as_of", "anchors"), [(date(2022, 12, 30), []), (date(2022, 12, 31), ["baseline"])]
)
def test_an_estimate_of_the_baseline_is_compared_only_from_its_date_on(
    as_of: date, anchors: list[str]
) -> None:
    effect = BaselineEffect(benefit=1.3, low=0.6, high=2.0, unit="SMD")
    protocol = reworded(PROTOCOL, baseline=ClaimBaseline(direction="benefit", effect=effect))
    trials = [
        study(number, n=200, effect=smd(value, 0.1))
        for number, value in enumerate([-0.7] * 4 + [-0.58] * 12)
    ]
    steps = [snapshot(trials[:k], protocol, as_of) for k in (4, 16)]
    assert [c.anchor for c in between(*steps).changes if "B2" in c.rules] == anchors


def test_drift_from_the_baseline_is_not_told_as_drift_from_what_was_announced_again() -> None:
    effect = BaselineEffect(benefit=0.27, low=0.2, high=0.34, unit="SMD")
    protocol = reworded(PROTOCOL, baseline=ClaimBaseline(direction="benefit", effect=effect))
    late = date(2024, 1, 1)
    trials = [
        study(number, n=200, effect=smd(value, 0.1))
        for number, value in enumerate([-0.38] * 4 + [0.13] * 4 + [0.10] * 8)
    ]
    steps = [snapshot(trials[:k], protocol, late) for k in (4, 8, 16)]
    announced = compare(None, steps[0], {}, {}).announced
    seen = [
        [c.anchor for c in compare(*pair, announced, {}).changes if "B2" in c.rules]
        for pair in pairwise(steps)
    ]
    assert seen == [["previous"], ["baseline"]]


def test_a_new_harm_is_a_signal_once() -> None:
    protocol = the_protocol(CLAIM, "harms-vs-placebo")
    warning = study(7, reading={"safety_signal": True, "design": "cohort", "harms": ("dementia",)})
    again = replace(warning, record_id="pmid:8", study_id="pmid:8")
    first = between(snapshot([study(1)], protocol), snapshot([study(1), warning], protocol))
    assert [(c.claim, c.rules, c.records) for c in first.changes] == [
        ("harms-vs-placebo", ("A2",), ("pmid:7",))
    ]
    assert first.changes[0].why.endswith("tells of a harm not in the last version: dementia.")
    second = between(
        snapshot([study(1), warning], protocol), snapshot([study(1), warning, again], protocol)
    )
    assert second.changes == ()


def test_results_posted_for_an_awaited_study() -> None:
    awaited = study(2, n=20, reading={"verdict": "awaiting_results", "findings": ()})
    posted = replace(study(2, n=20), content_hash="posted")
    three = [study(i) for i in (3, 4, 5)]
    comparison = between([awaited, *three], [posted, *three])
    assert told(comparison) == [
        ("SIGNAL", ("RESULTS",), ("new_evidence",), ("pmid:2",), "benefit", "benefit")
    ]


def test_significance_lost_by_a_new_trial_is_fragile_when_it_was_never_firm() -> None:
    before = pool(-0.5, -0.9, -0.75)
    assert 0.0125 < (compare(None, snapshot(before), {}, {}).announced[CLAIM].p or 0) < 0.05
    (change,) = between(before, [*before, *pool(0.05, start=4)]).changes
    assert "B1" in change.rules
    assert change.fragile
    assert "does not survive the correction for looking often" in change.why


def test_a_new_excluded_record_makes_no_version() -> None:
    out = study(2, SAME, reading={"verdict": "exclude"})
    assert between([study(1)], [study(1), out]).part == "none"


def test_the_seeds_contradiction_is_said_in_words_from_the_baselines_date_on() -> None:
    protocol = the_protocol(CLAIM, "class-effect")
    first = compare(None, snapshot([], protocol, date(2022, 12, 31)), {}, {})
    (contradiction,) = first.contradictions
    assert contradiction.claims == ("class-effect", CLAIM)
    assert contradiction.text.startswith("The baseline contradicts itself: “Gabapentinoids")
    assert compare(None, snapshot([], protocol, date(2022, 12, 30)), {}, {}).contradictions == ()


@pytest.mark.parametrize("effect", [None, Effect("SMD", -0.9, se=0.1)])
def test_a_claim_that_joins_is_told_without_a_change(effect: Effect | None) -> None:
    both = the_protocol(CLAIM, "short-term-pain")
    trials = [study(1, effect=effect)]
    comparison = between(snapshot(trials), snapshot(trials, both))
    assert (comparison.changes, comparison.part) == ((), "minor")
    assert comparison.announced["short-term-pain"].direction == "benefit"


def test_an_opposite_harm_is_told_in_its_own_words() -> None:
    (change,) = between([], [study(1, AGAINST)]).changes
    assert "found it worse, so 0 in favour, 1 against" in change.why


def judged(direction: str | None) -> JudgedFinding:
    return JudgedFinding("gabapentin", "placebo", "leg_pain", None, direction, None, "", "human:ab")


def reread(reading: Reading, direction: str) -> Reading:
    """The reading by another version of the taggers."""
    (found,) = reading.findings
    return replace(reading, findings=(replace(found, direction=direction, tagger="findings:2"),))


def test_a_persons_correction_of_a_finding() -> None:
    before, after = [study(1), study(2, SAME)], [study(1), study(2, SAME)]
    after[1] = replace(after[1], judged=(judged(FAVOURS),))
    comparison = between(before, after)
    assert told(comparison)[0] == (
        "CHANGED", ("COUNTS",), ("decision_revised",), ("pmid:2",), "uncertain", "benefit",
    )  # fmt: skip
    assert comparison.changes[0].why.startswith(
        "A person revised what was decided on or read off “Trial number 2 of a drug”"
    )


def test_a_correction_taken_back() -> None:
    before, after = [study(1), study(2, SAME)], [study(1), study(2, SAME)]
    before[1] = replace(before[1], judged=(judged(FAVOURS),))
    assert told(between(before, after))[0][2:] == (
        ("decision_revised",), ("pmid:2",), "benefit", "uncertain",
    )  # fmt: skip


def test_a_correction_beside_another_reading_does_not_hide_it() -> None:
    before = [study(1), study(2), study(3, SAME), study(4, SAME)]
    confirmed = replace(before[0], judged=(judged(FAVOURS),))
    now = [confirmed, before[1], reread(before[2], FAVOURS), before[3]]
    (change, *_) = between(before, now).changes
    assert (change.causes, change.records, change.inputs) == (
        ("method_changed",), ("pmid:3",), ("findings:2",),
    )  # fmt: skip


def test_another_reading_beneath_a_correction_moves_nothing() -> None:
    before = [study(1), replace(study(2, SAME), judged=(judged(FAVOURS),))]
    assert told(between(before, [before[0], reread(before[1], AGAINST)])) == []


def test_a_judged_tag_and_what_screening_makes_of_it() -> None:
    tag = JudgedTag("design", ("economic",), "", "human:ab")
    before = [study(1), study(2, SAME)]
    now = [study(1), replace(before[1], design="economic", judged_tags=(tag,), verdict="exclude")]
    assert told(between(before, now))[0][2:] == (
        ("decision_revised",), ("pmid:2",), "uncertain", "benefit",
    )  # fmt: skip


def test_another_tag_than_the_judged_one_is_still_a_change_of_method() -> None:
    tag = JudgedTag("design", ("rct",), "", "human:ab")
    before = [study(1), study(2, SAME)]
    now = [study(1), replace(before[1], judged_tags=(tag,), species="rat")]
    (change, *_) = between(before, now).changes
    assert change.causes == ("method_changed",)


def test_a_second_reader_that_doubts_is_named_and_is_no_news() -> None:
    before = [study(1)]
    doubt = replace(before[0].findings[0], direction=SAME, tagger="model:m:1", weeks=None)
    (change, *_) = between(before, [replace(before[0], second=(doubt,))]).changes
    assert (change.causes, change.inputs) == (("method_changed",), ("model:m:1",))
    assert change.after.direction != "benefit"


@pytest.mark.parametrize("weeks", [8, None])
def test_a_second_reader_that_only_proposes_moves_nothing(weeks: float | None) -> None:
    before = [study(1), study(2, reading={"findings": ()})]
    proposal = replace(study(2, AGAINST).findings[0], tagger="model:m:1", weeks=weeks)
    comparison = between(before, [before[0], replace(before[1], second=(proposal,))])
    assert (told(comparison), comparison.part) == ([], "patch")


def test_a_second_reader_that_agrees_is_no_new_version() -> None:
    before = [study(1)]
    agreed = replace(before[0].findings[0], tagger="model:m:1")
    assert between(before, [replace(before[0], second=(agreed,))]).part == "none"
