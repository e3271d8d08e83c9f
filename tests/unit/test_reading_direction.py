"""What a sentence says of an outcome with one arm against another."""

import pytest

from tests.reading_builders import ONE_ARM, TRIAL_OF_TWO, finding_of, findings_of

FAVOURS, AGAINST, SAME = "favours_intervention", "favours_comparator", "no_difference"


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Pain was lower with alphacin than with placebo.", FAVOURS),
        ("Pain was lower with placebo than with alphacin.", AGAINST),
        ("Compared with placebo, alphacin reduced pain.", FAVOURS),
        ("Alphacin reduced pain more than placebo.", FAVOURS),
        ("The reduction in pain was larger with alphacin than with placebo.", FAVOURS),
        ("The reduction in pain was smaller with alphacin than with placebo.", AGAINST),
        ("Alphacin was less effective in reducing pain than placebo.", AGAINST),
        ("Pain was worse with alphacin than with placebo.", AGAINST),
        ("Alphacin was superior to placebo for pain.", FAVOURS),
        ("Alphacin was inferior to placebo for pain.", AGAINST),
        ("Placebo was inferior to alphacin for pain.", FAVOURS),
        ("Alphacin was not inferior to placebo for pain.", SAME),
        ("Alphacin was no better than placebo for pain.", SAME),
        ("Pain did not differ between alphacin and placebo.", SAME),
        ("Pain was similar with alphacin and placebo.", SAME),
        ("Alphacin failed to lower pain compared with placebo.", SAME),
        ("Alphacin did not reduce pain compared with placebo.", SAME),
        ("There was no significant difference in pain between alphacin and placebo.", SAME),
        ("There was no difference in the reduction of pain between alphacin and placebo.", SAME),
        ("Pain scores favoured alphacin over placebo.", FAVOURS),
        ("Pain improved more in the placebo group than in the alphacin group.", AGAINST),
        ("Pain fell from baseline in both groups but did not differ between them.", SAME),
        ("Pain relief was greater with alphacin than with placebo.", FAVOURS),
        ("Pain was 3.1 with alphacin and 5.2 with placebo (p = 0.01).", FAVOURS),
        ("Pain was 5.1 with alphacin and 5.2 with placebo (p = 0.81).", SAME),
        ("More than 20 patients reported lower pain with alphacin than with placebo.", FAVOURS),
    ],
)
def test_either_order_of_a_comparison_reads_the_same(sentence, direction):
    assert finding_of(sentence).direction == direction


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Chewing was better with alphacin than with placebo.", FAVOURS),
        ("Chewing was lower with alphacin than with placebo.", AGAINST),
        ("Chewing rose more with alphacin than with placebo.", FAVOURS),
    ],
)
def test_which_way_is_better_comes_from_the_vocabulary(sentence, direction):
    assert finding_of(sentence, "chewing").direction == direction


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Dizziness was more frequent with alphacin than with placebo.", AGAINST),
        ("Adverse events were fewer with alphacin than with placebo.", FAVOURS),
        ("Alphacin produced more adverse events than placebo.", AGAINST),
        ("Alphacin did not lower pain, and produced more adverse events than placebo.", AGAINST),
        ("The occurrence of adverse events was no different between the groups.", SAME),
    ],
)
def test_for_adverse_events_fewer_is_better(sentence, direction):
    assert finding_of(sentence, "adverse_events").direction == direction


def test_one_clause_says_one_thing_of_one_outcome():
    found = {
        f.outcome: f.direction
        for f in findings_of(
            "Pain was lower with alphacin than with placebo, but chewing did not differ between "
            "groups."
        )
    }
    assert found == {"pain": FAVOURS, "chewing": SAME}


@pytest.mark.parametrize(
    ("sentence", "significant"),
    [
        ("Pain was significantly lower with alphacin than with placebo.", True),
        ("Pain was lower with alphacin than with placebo (P = .035).", True),
        ("Pain was lower with alphacin than with placebo (p = 0.35).", False),
        ("Pain was lower with alphacin than with placebo (p<0.05).", True),
        ("Pain was lower with alphacin than with placebo.", None),
        ("Pain was non-significantly lower with alphacin than with placebo.", False),
    ],
)
def test_a_trend_keeps_its_direction_and_is_not_significant(sentence, significant):
    finding = finding_of(sentence)
    assert (finding.direction, finding.significant) == (FAVOURS, significant)


def test_the_difference_of_the_next_sentence_is_that_of_the_outcome_before():
    finding = finding_of(
        "Pain had fallen in both groups by 12 weeks. The difference between the drugs was not "
        "significant.",
        methods=TRIAL_OF_TWO,
    )
    assert (finding.comparator, finding.direction, finding.weeks) == ("betacin", SAME, 12)


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain was higher with betacin than with alphacin.",
        "Betacin relieved pain less than alphacin did.",
        "Alphacin was superior to betacin in relieving pain.",
    ],
)
def test_head_to_head_the_topic_drug_is_the_intervention(sentence):
    finding = finding_of(sentence, methods=TRIAL_OF_TWO)
    assert (finding.intervention, finding.comparator) == ("alphacin", "betacin")
    assert finding.direction == FAVOURS


def test_neither_nor_gives_a_finding_for_each_drug():
    found = findings_of(
        "Neither alphacin nor betacin was effective for pain.",
        "Patients with toothache were randomised to alphacin, betacin or placebo.",
    )
    assert {(f.intervention, f.comparator, f.direction) for f in found} == {
        ("alphacin", "placebo", SAME),
        ("betacin", "placebo", SAME),
    }


def test_equally_effective_sets_the_two_against_each_other():
    finding = finding_of(
        "Alphacin and betacin were equally effective for pain.", methods=TRIAL_OF_TWO
    )
    assert (finding.comparator, finding.direction) == ("betacin", SAME)


def test_a_change_in_a_single_arm_is_against_baseline():
    finding = finding_of("Pain decreased from 7.1 to 3.2 (p<0.001).", methods=ONE_ARM)
    assert (finding.comparator, finding.direction, finding.significant) == (
        "baseline",
        FAVOURS,
        True,
    )


def test_a_change_in_both_arms_alike_says_nothing_between_them():
    found = findings_of("Pain improved over time in both groups.")
    assert {f.comparator for f in found} == {"baseline"}


def test_harms_of_one_arm_have_no_direction():
    finding = finding_of("Alphacin was well tolerated.", "adverse_events", methods=ONE_ARM)
    assert finding.direction == "mixed_unclear"
    assert "nothing to hold them against" in finding.unclear_because


def test_single_events_that_disagree_leave_the_whole_unclear():
    finding = finding_of(
        "Dizziness was more frequent with alphacin than with placebo, whereas nausea was less "
        "frequent with alphacin than with placebo.",
        "adverse_events",
    )
    assert finding.direction == "mixed_unclear"


def test_any_adverse_event_outranks_single_events():
    finding = finding_of(
        "Dizziness was more frequent with alphacin than with placebo. Adverse events were fewer "
        "with "
        "alphacin than with placebo.",
        "adverse_events",
    )
    assert finding.direction == FAVOURS


def test_what_is_only_added_to_is_no_comparator():
    found = findings_of(
        "Pain was lower when alphacin was given on top of standard care than in the control group.",
        "Patients with toothache were randomised to standard care with alphacin, or to a "
        "control group.",
    )
    assert {f.comparator for f in found} == {"no_treatment"}


def test_a_part_is_told_of_its_whole_with_its_own_way_of_being_better():
    finding = finding_of(
        "Thresholds rose under alphacin compared with vehicle.",
        "flinching",
        methods="Mice with nerve crush received alphacin or vehicle. The mice were tested daily.",
        title="Alphacin in mice with nerve crush",
    )
    assert (finding.direction, finding.change) == (FAVOURS, "higher")


@pytest.mark.parametrize(
    "sentence",
    [
        "No difference in pain between alphacin and placebo was seen, maybe for a ceiling effect.",
        "Alphacin did not meet the non-inferiority margin against placebo for pain.",
    ],
)
def test_what_leaves_the_difference_open_is_left_to_a_human(sentence):
    finding = finding_of(sentence)
    assert finding.direction == "mixed_unclear"
    assert "open" in finding.unclear_because


def test_both_better_than_placebo_and_no_different_from_each_other_are_three_findings():
    found = findings_of(
        "Both alphacin and betacin were superior to placebo for pain, with no difference between "
        "them.",
        "Patients with toothache were randomised to alphacin, betacin or placebo.",
    )
    assert {(f.intervention, f.comparator, f.direction) for f in found} == {
        ("alphacin", "placebo", FAVOURS),
        ("betacin", "placebo", FAVOURS),
        ("alphacin", "betacin", SAME),
    }


def test_what_was_not_better_in_lowering_something_did_not_lower_it():
    finding = finding_of("Alphacin was not significantly better than placebo in reducing pain.")
    assert (finding.direction, finding.significant) == (SAME, False)


def test_better_at_one_time_and_not_at_another_are_two_findings():
    found = findings_of("Alphacin relieved pain more than placebo at 4 weeks but not at 12 weeks.")
    assert {(f.weeks, f.direction) for f in found} == {(4.0, FAVOURS), (12.0, SAME)}


def test_more_responders_are_better_whatever_the_outcome():
    finding = finding_of(
        "The responder rate for pain was 52% with alphacin and 30% with placebo (p = 0.01)."
    )
    assert (finding.direction, finding.effect) == (FAVOURS, None)


def test_values_of_both_arms_without_a_word_of_their_difference_are_left_to_a_human():
    finding = finding_of("Mean VAS was 3.2 (1.1) with alphacin and 4.5 (1.3) with placebo.")
    assert finding.direction == "mixed_unclear"
    assert [arm.mean for arm in finding.arms] == [3.2, 4.5]


def test_a_short_form_in_capitals_denies_nothing():
    assert finding_of("Alphacin with NO lowered pain compared with placebo.").direction == FAVOURS
