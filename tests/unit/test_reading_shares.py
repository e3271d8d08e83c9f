"""How many of each arm had an event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.model import Arm
from living_review.tagging.shares import Share, shares
from tests.reading_builders import finding_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("13 (13.3%) of 98", [Share(13.3, 13, 98)]),
        ("16 [16.3 %] of 98", [Share(16.3, 16, 98)]),
        ("13 of 98 (13.3%)", [Share(13.3, 13, 98)]),
        ("13/98 patients (13.3%)", [Share(13.3, 13, 98)]),
        ("13.3% (13/98)", [Share(13.3, 13, 98)]),
        ("3 of 12", [Share(25.0, 3, 12)]),
        ("15%", [Share(15.0)]),
        ("95% CI 3 to 4", []),
        ("1 of 2 drugs", []),  # too few for an arm
        ("40 of 20", []),
        ("13 of 98 (31.3%)", [Share(31.3)]),  # counts that belie their share
    ],
)
def test_a_share_is_read_with_its_counts(text, read):
    assert shares(text) == read


@given(st.integers(5, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_printed_count_is_never_more_than_its_arm(counts):
    events, n = counts
    (share,) = shares(f"{events} of {n} patients")
    assert (share.events, share.n) == (events, n)
    assert 0 <= share.percent <= 100


def of_harms(sentence):
    return finding_of(sentence, "adverse_events")


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Adverse events were seen in 13 (13.3%) of 98 alphacin-treated patients and 3 (6.7%) of "
         "45 placebo-treated patients.", "favours_comparator"),
        ("Adverse events were seen in 3 of 45 on alphacin and 13 of 98 on placebo.",
         "favours_intervention"),
        ("Adverse events were seen in 10 of 50 on alphacin and 20 of 100 on placebo.",
         "no_difference"),
    ],
)  # fmt: skip
def test_harms_counted_in_both_arms_are_compared_though_no_word_does(sentence, direction):
    finding = of_harms(sentence)
    assert (finding.direction, finding.significant) == (direction, None)


def test_the_counts_go_with_the_finding():
    finding = of_harms("Adverse events were seen in 3 of 45 on alphacin and 13 of 98 on placebo.")
    assert finding.arms == (Arm("alphacin", n=45, events=3), Arm("placebo", n=98, events=13))


def test_more_than_two_shares_are_nobodys():
    finding = of_harms(
        "Adverse events were seen in 6% with alphacin 400 mg, 14% with alphacin 600 mg, and 10% "
        "with placebo."
    )
    assert finding.direction == "mixed_unclear"


def test_shares_that_add_up_to_a_hundred_are_of_events_and_no_direction():
    finding = of_harms("Adverse events: 81% were seen with alphacin and 19% with placebo.")
    assert finding.direction == "mixed_unclear"
    assert not finding.arms
