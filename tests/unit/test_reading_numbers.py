"""Numbers as printed, and which of them cannot be."""

import pytest

from living_review.model import Effect
from living_review.tagging import checks
from living_review.tagging.numbers import before_after, effects, p_values, pairs
from tests.reading_builders import TRIAL_OF_TWO, finding_of


@pytest.mark.parametrize(
    ("text", "measure", "value", "low", "high"),
    [
        ("mean difference -26.6, 95% CI -38.3 to -14.9", "MD", -26.6, -38.3, -14.9),
        ("(MD -26.6, -38.3 to -14.9)", "MD", -26.6, -38.3, -14.9),
        ("(MD: -0.6, 95% CI: -1.22 to 0.02)", "MD", -0.6, -1.22, 0.02),
        ("SMD was -0.18 (95% CI -0.51 to 0.16)", "SMD", -0.18, -0.51, 0.16),
        ("odds ratio 1.96; 95% CI, 1.66-2.32", "OR", 1.96, 1.66, 2.32),
        ("(hazard ratio, 0.52 [95% CI, 0.43 to 0.64])", "HR", 0.52, 0.43, 0.64),
        ("RR 1.99, 1.17-3.37", "RR", 1.99, 1.17, 3.37),
        ("NNT 6·4 (95% CI 5·2–8·4)", "NNT", 6.4, 5.2, 8.4),
        ("mean difference −0.31)", "MD", -0.31, None, None),
    ],
)
def test_an_effect_is_read_with_its_interval_as_printed(text, measure, value, low, high):
    ((effect, _),) = effects(text)
    assert (effect.measure, effect.value, effect.ci_low, effect.ci_high) == (
        measure,
        value,
        low,
        high,
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("P = .035", [("=", 0.035)]), ("p<0.0001", [("<", 0.0001)]), ("(P=0.19)", [("=", 0.19)]),
        ("p value of < 0.05", [("<", 0.05)]), ("T&P = 11 days", []), ("p ≤ 0.05", [("<", 0.05)]),
    ],
)  # fmt: skip
def test_p_values_are_read_and_nothing_else_is_one(text, read):
    assert [(p.sign, p.value) for p in p_values(text)] == read


@pytest.mark.parametrize(
    ("sign", "value", "significant"),
    [("=", 0.049, True), ("=", 0.05, False), ("<", 0.05, True), (">", 0.05, False)],
)
def test_significance_is_below_five_hundredths(sign, value, significant):
    (p,) = p_values(f"p {sign} {value}")
    assert p.significant is significant


def test_changes_and_pairs_are_read_in_the_order_printed():
    assert before_after("fell from 7.54 (1.39) to 5.82 (1.72)")[0][:2] == (7.54, 5.82)
    assert pairs("(39.6% vs. 12.9%)")[0][:3] == (39.6, 12.9, True)


def effect(value, low=None, high=None, p=None, measure="MD"):
    return Effect(measure, value, low, high, p=p)


@pytest.mark.parametrize(
    ("one", "impossible"),
    [
        (effect(0.22, -0.5, 0.07), True), (effect(0.07, -0.5, 0.07), False),
        (effect(0.08, -0.5, 0.07), False), (effect(0.09, -0.5, 0.07), True),
        (effect(-0.04, -0.64, -0.57), True), (effect(0.22), False), (effect(0.1, 0.5, 0.2), True),
    ],
)  # fmt: skip
def test_an_estimate_lies_in_its_own_interval_but_for_rounding(one, impossible):
    assert (checks.outside_interval(one) is not None) is impossible


@pytest.mark.parametrize(
    ("one", "doubtful"),
    [
        (effect(-1.08, -2.25, 0.08, 0.61), False), (effect(-1.08, -2.25, 0.08, 0.005), True),
        (effect(-1.0, -2.0, -0.1, 0.2), True), (effect(-1.0, -2.0, -0.1, 0.04), False),
        (effect(1.3, 1.1, 1.5, 0.5, "RR"), True), (effect(1.0, 0.9, 1.1, 0.5, "RR"), False),
    ],
)  # fmt: skip
def test_a_p_value_fits_the_interval_beside_it(one, doubtful):
    assert (checks.p_against_interval(one) is not None) is doubtful


@pytest.mark.parametrize(
    ("first", "second", "events", "shares"),
    [
        (81, 19, True, True),
        (64.2, 42.6, True, False),
        (60, 40, False, False),
        (80, 21, True, True),
        (80, 22, True, False),
    ],
)
def test_percentages_of_events_that_make_a_hundred_are_shares(first, second, events, shares):
    assert checks.shares_of_events(first, second, events) is shares


@pytest.mark.parametrize(
    ("mean", "impossible"), [(3, False), (3.1, True), (0, False), (-0.1, True)]
)
def test_a_mean_lies_on_its_scale(mean, impossible):
    assert (checks.off_scale([mean], 3) is not None) is impossible


@pytest.mark.parametrize(
    ("one", "change", "conflict"),
    [
        (effect(-1.0), -1, False), (effect(-1.0), 1, True), (effect(0.8, measure="RR"), 1, True),
        (effect(0.8, measure="RR"), -1, False), (effect(0.0), 1, False), (effect(5.0), 0, False),
    ],
)  # fmt: skip
def test_an_effect_lies_on_the_side_its_sentence_says(one, change, conflict):
    assert (checks.sign_against_words(one, change) is not None) is conflict


def test_an_interval_without_its_estimate_leaves_the_finding_unclear():
    finding = finding_of(
        "Alphacin showed minimal change in pain relative to placebo (mean difference 0.22, 95% "
        "CI -0.5 "
        "to 0.07)."
    )
    assert finding.direction == "mixed_unclear"
    assert "outside its interval" in finding.unclear_because


def test_shares_of_events_are_dropped_and_the_stated_direction_is_kept():
    finding = finding_of(
        "Adverse events were more frequent with betacin (81%) than with alphacin (19%) (P = .002).",
        "adverse_events",
        methods=TRIAL_OF_TWO,
    )
    assert (finding.direction, finding.effect, finding.arms) == ("favours_intervention", None, ())
    assert "shares of the events" in finding.unclear_because


def test_means_off_their_scale_are_dropped_and_the_stated_direction_is_kept():
    finding = finding_of(
        "Pain on a scale of 0 to 3 was lower with alphacin, 2.34 (1.8), than with placebo, 4.73 "
        "(1.1)."
    )
    assert (finding.direction, finding.arms) == ("favours_intervention", ())
    assert "impossible on a scale of 0 to 3" in finding.unclear_because


def test_means_of_both_arms_are_kept_in_the_order_of_the_arms():
    finding = finding_of(
        "Pain (VAS) was lower with alphacin, 2.3 (1.8), than with placebo, 4.7 (1.1)."
    )
    assert [(a.name, a.mean, a.sd) for a in finding.arms] == [
        ("alphacin", 2.3, 1.8),
        ("placebo", 4.7, 1.1),
    ]


def test_sizes_of_a_reduction_are_changes_downwards():
    finding = finding_of(
        "The VAS reduction was larger with alphacin than with betacin (1.72 [1.17] vs 0.94 "
        "[1.09]).",
        methods=TRIAL_OF_TWO,
    )
    assert [a.mean for a in finding.arms] == [-1.72, -0.94]


def test_an_effect_printed_for_the_other_arm_is_turned_to_intervention_minus_comparator():
    finding = finding_of(
        "Pain reduction was greater with betacin than with alphacin (mean difference -0.31).",
        methods=TRIAL_OF_TWO,
    )
    assert finding.direction == "favours_comparator"
    assert finding.effect is not None
    assert (finding.effect.value, finding.effect.source) == (0.31, "abstract, arms turned round")


def test_said_not_to_differ_significantly_against_its_interval_is_unclear():
    finding = finding_of(
        "No significant difference in pain was found between alphacin and placebo (MD: -3.47, "
        "95% CI: "
        "-7.15 to -0.21)."
    )
    assert finding.direction == "mixed_unclear"


def test_the_effect_of_a_sentence_on_two_outcomes_is_that_of_the_nearer():
    text = (
        "Pain (difference, 0.1; 95% CI, -1.8 to 2.0) and chewing (difference, 0.2; 95% CI, -0.6 to "
        "1.0) did not differ between alphacin and placebo."
    )
    assert finding_of(text).effect.value == 0.1
    assert finding_of(text, "chewing").effect.value == 0.2
