"""What reads like a result and is none: plans, hopes, purposes, people without the drug."""

import pytest

from living_review.tagging import find
from tests.reading_builders import ONE_ARM, VOCABULARY, finding_of, findings_of, record, tags_of


@pytest.mark.parametrize(
    "sentence",
    [
        "This study will establish whether alphacin reduces pain compared with placebo.",
        "Alphacin may prove effective for pain.",
        "A larger trial of alphacin for the relief of pain is warranted.",
        "Alphacin was given for the relief of pain.",
        "Alphacin is widely prescribed for pain relief.",
        "Alphacin was used to reduce pain.",
        "To the best of our knowledge, nobody has tried alphacin for pain.",
    ],
)
def test_plans_hopes_and_purposes_are_no_findings(sentence):
    assert findings_of(sentence, methods=ONE_ARM) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Alphacin was effective for the relief of pain compared with placebo.",
        "Alphacin was superior to placebo for reducing pain.",
        "Alphacin may reduce pain compared with placebo.",
    ],
)
def test_what_was_effective_for_something_was(sentence):
    assert finding_of(sentence).direction == "favours_intervention"


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients not on alphacin had less pain than with placebo.",
        "Pain was lower in patients not taking alphacin or betacin.",
    ],
)
def test_people_who_did_not_take_a_drug_tell_nothing_of_it(sentence):
    assert findings_of(sentence) == ()


def test_a_drug_that_had_failed_before_is_no_comparator():
    found = findings_of(
        "Alphacin decreased pain that was refractory to usual care.", methods=ONE_ARM
    )
    assert {f.comparator for f in found} == {"baseline"}


def test_a_protocol_has_found_nothing_yet():
    one = record(
        "Patients with toothache will be randomised to alphacin or placebo. Alphacin reduces pain.",
        title="Alphacin for toothache: protocol of a randomised trial",
    )
    assert find(one, tags_of(one), VOCABULARY, 0.0) == ()


def test_the_class_beside_its_member_names_only_the_member():
    found = findings_of("Alphacin, a new antiache, decreased pain.", methods=ONE_ARM)
    assert {f.intervention for f in found} == {"alphacin"}


def test_a_study_of_a_drug_has_not_studied_its_class():
    found = findings_of(
        "Antiaches are moderately effective for pain. Alphacin decreased pain.", methods=ONE_ARM
    )
    assert {f.intervention for f in found} == {"alphacin"}


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Alphacin 600 mg was no better than alphacin 300 mg for pain.", "no_difference"),
        ("Pain was lower with alphacin 600 mg than with 300 mg.", "favours_intervention"),
        ("Pain was lower with the lower dose than with the higher dose of alphacin.",
         "favours_comparator"),
        ("Alphacin doses >1,800 mg/day were as effective for pain as doses ≤1,800 mg/day.",
         "no_difference"),
    ],
)  # fmt: skip
def test_two_doses_are_held_against_each_other_and_not_against_placebo(sentence, direction):
    finding = finding_of(sentence)
    assert (finding.comparator, finding.direction) == ("dose", direction)


def test_doses_against_placebo_are_against_placebo():
    finding = finding_of("Pain was lower with alphacin 300 mg and 600 mg than with placebo.")
    assert finding.comparator == "placebo"


def test_one_drug_excepted_is_not_the_one_spoken_of():
    finding = finding_of("Alphacin, but not placebo, significantly reduced pain.")
    assert (finding.direction, finding.significant) == ("favours_intervention", True)


@pytest.mark.parametrize(("p", "significant"), [("0.2", False), ("0.02", True)])
def test_the_p_value_of_an_outcome_stands_behind_it(p, significant):
    finding = finding_of(
        f"Alphacin lowered chewing (p = 0.5) and pain (p = {p}) compared with placebo.", "pain"
    )
    assert finding.significant is significant


def test_above_normal_grades_nothing():
    finding = finding_of(
        "Pain higher than normal was less frequent with alphacin than with placebo."
    )
    assert finding.direction == "favours_intervention"


def test_labels_that_run_into_the_text_part_its_sections():
    one = record(
        "Does alphacin help?METHODSPatients with toothache took alphacin or placebo.MAIN "
        "RESULTSPain was lower with alphacin than with placebo (p = 0.01).CONCLUSIONSIt helps."
    )
    found = find(one, tags_of(one), VOCABULARY, 0.0)
    assert [(f.outcome, f.comparator) for f in found] == [("pain", "placebo")]
    assert found[0].quote == "Pain was lower with alphacin than with placebo (p = 0.01)."


def test_a_finding_names_the_words_that_decided_it():
    assert finding_of("Pain was lower with alphacin than with placebo.").cue == "lower"
    assert (
        finding_of("Pain was 3.1 with alphacin and 5.2 with placebo (p = 0.01).").cue == "numbers"
    )
