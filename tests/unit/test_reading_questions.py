"""Free questions to one record, in the asker's own words."""

import pytest

from living_review.tagging import Question, answer
from tests.reading_builders import VOCABULARY, record

TEXT = (
    "Low-molecular-weight heparin (LMWH) was compared with warfarin in 200 patients. Recurrent "
    "thrombosis occurred in 4% with LMWH and 9% with warfarin (P = 0.02). Major bleeding did not "
    "differ between the groups. Walking distance was shorter in the warfarin group (p<0.01). "
    "Quality "
    "of life improved over time in both groups."
)


def asked(outcome, text=TEXT, intervention="LMWH", comparator="warfarin"):
    asking = Question(intervention, comparator, outcome)
    return answer(record(text, "Heparin"), asking, VOCABULARY, 0.5)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("recurrent thrombosis", "lower"), ("major bleeding", "no_difference"),
        ("walking distance", "higher"),
    ],
)  # fmt: skip
def test_the_change_is_that_of_the_intervention_against_the_comparator(outcome, said):
    assert asked(outcome).answer == said


def test_the_other_way_round_the_change_is_the_other_way():
    assert asked("walking distance", intervention="warfarin", comparator="LMWH").answer == "lower"


def test_an_outcome_the_record_does_not_name_is_unclear_with_a_best_guess():
    reply = asked("serum potassium")
    assert (reply.answer, reply.best, reply.quote) == ("unclear", "no_difference", "")
    # Half of all questions are of no difference, and nothing more is known here.
    assert reply.confidence == pytest.approx(0.5, abs=0.1)


def test_a_reply_quotes_the_words_it_rests_on():
    assert "bleeding" in asked("major bleeding").quote


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("pain", "lower"), ("function", "higher"), ("mortality", "lower"), ("survival", "higher"),
    ],
)  # fmt: skip
def test_what_improved_rose_or_fell_by_the_nature_of_the_outcome(outcome, said):
    text = f"X improved {outcome} compared with Y."
    assert asked(outcome, text, "X", "Y").best == said


def test_a_difference_that_is_not_significant_is_no_difference():
    text = "Pain was lower with X than with Y, but the difference was not significant (p = 0.2)."
    assert asked("pain", text, "X", "Y").best == "no_difference"


def test_the_comparator_may_be_going_without():
    text = "Range of motion was 11 degrees more in the non-splint group (p = 0.001)."
    assert asked("range of motion", text, "splint", "without splint").best == "lower"


def test_against_baseline_a_change_within_the_arm_is_what_is_asked():
    text = "Cholesterol fell from 6.1 to 5.2 (p<0.01) after treatment with X."
    assert asked("cholesterol", text, "X", "baseline").best == "lower"


def test_confidence_lies_between_nought_and_one():
    for outcome in ("recurrent thrombosis", "major bleeding", "quality of life", "nothing"):
        assert 0 <= asked(outcome).confidence <= 1


def test_an_intervention_the_record_does_not_name_is_not_answered_for():
    assert asked("recurrent thrombosis", intervention="aspirin").answer == "unclear"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pain fell by 1.1 points with X and by 2.2 points with Y (P = 0.01).", "higher"),
        ("Pain fell by 3.1 points with X and by 2.9 points with Y (P = 0.6).", "no_difference"),
    ],
)
def test_two_sizes_of_a_change_are_compared(text, said):
    assert asked("pain", text, "X", "Y").best == said
