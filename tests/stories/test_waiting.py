"""What awaits a human is asked at once, also where no version has told of it."""

import pytest

from living_review.stages import outcome, status, waiting
from tests.stories.living import BETTER, LivingReview, Paper, trial

UNSURE = Paper(
    9, "Gabapentin in failed back surgery syndrome: a placebo-controlled trial",
    "We randomised 60 adults with failed back surgery syndrome to gabapentin or placebo. "
    "Leg pain did not differ (P=0.6).",
    "2005-01-10", types=("Randomized Controlled Trial",),
)  # fmt: skip


@pytest.fixture
def review(tmp_path):
    made = LivingReview(tmp_path / "review")
    made.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    return made


def asked(review):
    return [(one["record"], one["what"]) for one in waiting.run(review.folder)]


def test_an_unclear_record_that_makes_no_version_is_asked_of_a_person_at_once(review):
    assert asked(review) == []
    assert review.update("2005-02-01", UNSURE) is None
    assert asked(review) == [("pmid:9", "screening")]
    assert outcome.of_last_run(review.folder)["waiting"] == 1
    assert status.run(review.folder)["queue"] == 1


def test_what_a_person_has_decided_since_awaits_nobody(review):
    review.update("2005-02-01", UNSURE)
    review.decide(9, "exclude")
    assert asked(review) == []


def test_before_the_first_update_nothing_is_asked(tmp_path):
    assert waiting.run(LivingReview(tmp_path / "review").folder) == []
