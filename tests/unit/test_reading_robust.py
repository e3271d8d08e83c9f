"""Texts that broke the reader, or would: nothing that can be printed may stop an update."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.tagging import Question, answer, find
from tests.reading_builders import VOCABULARY, findings_of, record, tags_of

PIECES = st.sampled_from([
    "alphacin", "betacin", "placebo", "pain", "VAS", "dizziness", "lower", "more", "not", "failed",
    "than", "compared with", "3x300 mg", "24½ mg", "1.2.3 mg", "5HT3 10 mg", "²", "600 mg", "(",
    ")", "[", ";", ",", ".", "12 of 48", "13% (5/40)", "p = 0.01", "p < .05", "95% CI 0.5 to 1.6",
    "OR 2.1", "from 6.4 to 3.1", "by 4", "respectively", "group A", "(group B)", "without",
    "but not", "as", "both", "at baseline", "stopped", "was", "no longer", "randomised",
    "N =", "\x00", "ﬁ", "−", "–", "’",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=6).map(" ".join))
def test_any_row_of_pieces_is_read_without_a_crash(abstract, title):
    one = record(abstract, title=title)
    find(one, tags_of(one), VOCABULARY, 0.5)
    answer(one, Question("alphacin", "placebo", abstract[:30]), VOCABULARY, 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "Alphacin for toothache when other drugs failed", "Pain with and without",
        "Placebo was stopped", "Patients took alphacin 3x300 mg for pain against 5HT3 10 mg",
    ],
)  # fmt: skip
def test_what_crashed_the_reader_once_is_read(text):
    one = record(text, title=text)
    find(one, tags_of(one), VOCABULARY, 0.5)


def test_a_number_of_a_thousand_digits_counts_nobody():
    nines = "9" * 5000
    one = record(f"Pain was seen in {nines} of {nines} patients on alphacin and placebo")
    assert find(one, tags_of(one), VOCABULARY, 0.5) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "Pain was lower with alphacin than with placebo and ", "pain but not at 8 weeks ",
        "more pain less ", "; ; ; ", "not reduce pain ", "alphacin ",
        "randomised to alphacin ", "(",
    ],
)  # fmt: skip
def test_a_sentence_without_end_takes_no_time(piece):
    text = piece * (60_000 // len(piece))
    one = record(text, title="Alphacin against placebo in toothache")
    started = time.process_time()
    find(one, tags_of(one), VOCABULARY, 0.5)
    answer(one, Question("alphacin", "placebo", "pain"), VOCABULARY, 0.5)
    assert time.process_time() - started < 5


def test_what_is_left_unread_of_an_endless_sentence_is_said():
    one = record("Pain was lower with alphacin than with placebo and " * 200)
    assert any(t.name == "unread" for t in tags_of(one))
    assert not any(t.name == "unread" for t in tags_of(record("Pain was lower with alphacin.")))


def test_the_same_doses_read_the_same_either_way_round():
    for sentence, direction in (
        ("Alphacin 600 mg was better than 300 mg for pain.", "favours_intervention"),
        ("Alphacin 300 mg was better than 600 mg for pain.", "favours_comparator"),
        ("Alphacin 600 mg relieved pain more than 300 mg.", "favours_intervention"),
    ):
        (finding,) = [f for f in findings_of(sentence) if f.comparator == "dose"]
        assert finding.direction == direction, sentence
