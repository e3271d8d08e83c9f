"""The word-level diff of a conclusion."""

from hypothesis import given
from hypothesis import strategies as st

from living_review.reporting.wording import word_diff

SENTENCES = st.lists(
    st.sampled_from(["the", "drug", "may", "reduce", "leg", "pain,", "or", "not"])
).map(" ".join)


def test_what_is_gone_and_what_is_new_stand_where_they_stood():
    assert word_diff("It may reduce leg pain.", "It probably reduces leg pain.") == [
        ("same", "It"), ("gone", "may reduce"), ("new", "probably reduces"), ("same", "leg pain."),
    ]  # fmt: skip


def test_a_sentence_that_shares_hardly_a_word_is_told_whole():
    before, after = "It may reduce leg pain a little.", "No study tells of the effect on pain."
    assert word_diff(before, after) == [("gone", before), ("new", after)]


def test_the_same_sentence_has_nothing_gone_or_new():
    assert word_diff("It may reduce pain.", "It may reduce pain.") == [
        ("same", "It may reduce pain.")
    ]


@given(SENTENCES, SENTENCES)
def test_the_stretches_tell_both_sentences(before, after):
    stretches = word_diff(before, after)
    old = " ".join(s.text for s in stretches if s.kind != "new")
    new = " ".join(s.text for s in stretches if s.kind != "gone")
    assert (old, new) == (before, after)
