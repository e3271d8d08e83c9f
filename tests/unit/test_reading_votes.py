"""How readings are weighed against each other, by weights that stand in a file."""

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.tagging import Question
from living_review.tagging.asking import votes
from living_review.tagging.asking.asked import ready
from living_review.tagging.asking.candidates import Candidate, Change, candidates
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import mark
from tests.reading_builders import VOCABULARY, record

READINGS = st.lists(
    st.builds(
        Candidate,
        change=st.sampled_from([*get_args(Change), None]),
        traits=st.dictionaries(
            st.sampled_from(sorted(votes.WEIGHTS)), st.floats(-2, 2), max_size=6
        ),
        significant=st.none(),
        quote=st.just(""),
        cue=st.just(""),
    ),
    max_size=8,
)


@given(READINGS)
def test_chances_add_up_to_one(found):
    chances = votes.shares(found)
    assert math.isclose(sum(chances.values()), 1.0)
    assert all(0 <= chance <= 1 for chance in chances.values())


@given(READINGS, st.sampled_from(sorted(get_args(Change))))
def test_one_more_reading_never_lowers_the_chance_of_what_it_reads(found, change):
    more = Candidate(change, {"results": 1.0}, None, "", "")
    assert votes.shares([*found, more])[change] >= votes.shares(found)[change]


def test_a_reading_that_only_says_that_arms_differ_votes_for_both_ways_alike():
    chances = votes.shares([Candidate(None, {}, None, "", "differed")])
    start = votes.shares([])
    assert chances["no_difference"] < start["no_difference"]


def test_the_strongest_reading_of_a_change_is_shown_for_it():
    weak = Candidate("lower", {"elsewhere": 1.0}, None, "far off", "")
    strong = Candidate("lower", {"results": 1.0}, None, "to the point", "")
    assert votes.strongest([weak, strong], "lower") is strong
    assert votes.strongest([weak], "higher") is None


TEXTS = (
    "In the title: alphacin lowers pain",
    "Pain was similar at baseline. Pain fell from 5 to 3 in both groups (p = 0.01). Alphacin "
    "tended to lower pain, but the difference was not significant. Pain was 3.1 with alphacin and "
    "5.2 with placebo (p = 0.01); swelling did not differ. The difference was small. No difference "
    "was seen. Pain (a reduction of a third) favoured alphacin over placebo. Groups differed in "
    "pain. The odds ratio of pain was 0.5 (95% CI 0.3 to 0.8). The ratio of pain was "
    "OR 0.9 (95% CI 0.5 to 1.6). Pain was reduced and swelling grew, and rest was better, but it "
    "was lower. Pain fell by 3 with alphacin and by 5 with placebo (p = 0.01). Alphacin and "
    "placebo lowered pain.",
)
LABELLED = (
    "BACKGROUND: Alphacin may lower pain. OBJECTIVE: To see if alphacin lowers pain. METHODS: "
    "We compared alphacin with placebo for lower pain. RESULTS: Alphacin lowered pain. Mood was "
    "better. CONCLUSIONS: Alphacin lowered pain and was good for wobble, which improved."
)


def test_every_trait_that_a_reading_can_have_is_weighed_and_no_other():
    seen = set()
    for text in (*TEXTS, LABELLED):
        for outcome in ("pain", "wobble"):
            asked = Question("alphacin", "placebo", outcome)
            marked = mark(record(text, text), lexicon(VOCABULARY))
            for one in candidates(marked, ready(asked, marked)):
                seen |= set(one.traits)
    assert seen == set(votes.WEIGHTS)


@pytest.mark.parametrize("trait", ["elsewhere", "background", "at_baseline", "points_back"])
def test_what_is_said_off_the_point_counts_less(trait):
    assert votes.WEIGHTS[trait] < 0
