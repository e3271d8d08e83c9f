"""Which words of a text stand for the arms of a free question."""

import pytest

from living_review.tagging import Question, answer
from living_review.tagging.asking.asked import arms, ready
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import mark
from tests.reading_builders import VOCABULARY, record


def best(text, outcome="pain", intervention="alphacin", comparator="placebo"):
    asked = Question(intervention, comparator, outcome)
    return answer(record(text, "A trial"), asked, VOCABULARY, 0.5).best


def printed(text, intervention, comparator):
    """The words a text uses for each arm."""
    marked = mark(record(text), lexicon(VOCABULARY))
    ask = ready(Question(intervention, comparator, "pain"), marked)
    found = [(s, arms(ask, s, [])) for s in marked.sentences]
    return tuple(
        [s.words[first].raw for s, both in found for first, _ in getattr(both, side)]
        for side in ("mine", "other")
    )


GROUPS = (
    "Fifty adults received alphacin 10 mg (group A) or a dummy tablet (group B). "
    "Pain was lower in group {} than in group {} (p = 0.01)."
)


@pytest.mark.parametrize(("first", "second", "change"), [("A", "B", "lower"), ("B", "A", "higher")])
def test_a_group_is_known_by_the_letter_its_description_gave_it(first, second, change):
    text = GROUPS.format(first, second)
    assert best(text, comparator="dummy tablet") == change


def test_a_group_described_after_its_name_is_known_too():
    text = (
        "Group 1 received alphacin and group 2 received massage. "
        "Pain was significantly higher in group 1 than in group 2."
    )
    assert best(text, comparator="massage") == "higher"


def test_a_group_the_question_itself_names_is_known():
    text = "Pain was significantly lower in group R than in group B."
    assert best(text, "pain", "alphacin (group R)", "betacin (group B)") == "lower"


def test_a_short_form_made_of_the_initials_of_an_arm_is_that_arm():
    text = "Pain was significantly lower with XYZ than with placebo."
    assert best(text, "pain", "xylol ytter zincum") == "lower"


def test_a_dose_is_not_the_other_dose():
    text = "Pain was significantly lower with alphacin 60 mg, but not with alphacin 30 mg."
    assert best(text, "pain", "alphacin 60 mg") == "lower"
    assert best(text, "pain", "alphacin 30 mg") == "no_difference"


def test_words_of_the_outcome_name_no_arm():
    mine, other = printed("Disease control was better with alphacin.", "alphacin", "controls")
    assert (mine, other) == (["alphacin"], ["control"])
    marked = mark(record("Disease control was better with alphacin."), lexicon(VOCABULARY))
    ask = ready(Question("alphacin", "controls", "disease control"), marked)
    sentence = marked.sentences[-1]
    assert arms(ask, sentence, [(0, 1)]).other == []


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        # The outcome's own short form is enough to know it by.
        ("peak torque asymmetry (PTA)", "PTA was significantly lower with alphacin than placebo."),
        # Of a list the item that is named counts.
        ("stiffness, pain and swelling", "Swelling was significantly lower with alphacin."),
    ],
)
def test_an_outcome_is_known_by_its_short_form_or_one_item_of_its_list(outcome, text):
    assert best(text, outcome) == "lower"
