"""A served review that missed a scheduled update says so, in the schedule's own timezone."""

import json
from datetime import UTC, datetime

import pytest

from living_review.stages.freshness import missed_run
from living_review.warehouse import store_path
from tests.stories.living import LivingReview

# Updates are due at 03:00; a run has six hours before it counts as missed.
EVENING = datetime(2020, 1, 15, 20, 0, tzinfo=UTC)


@pytest.fixture
def review(tmp_path):
    review = LivingReview(tmp_path)
    store_path(tmp_path).mkdir(parents=True)
    (store_path(tmp_path) / "service.json").write_text("{}")
    return review


def attempted(review, ended, outcome="done", doing="update"):
    note = {"ended": f"2020-01-{ended}+00:00", "outcome": outcome, "doing": doing}
    with (store_path(review.folder) / "attempts.jsonl").open("a") as log:
        log.write(json.dumps(note) + "\n")


def test_an_update_that_ran_when_it_was_due_is_fresh(review):
    attempted(review, "15T03:01:00")

    assert missed_run(review.folder, EVENING) is None


def test_an_update_that_failed_or_never_ran_is_stale(review):
    attempted(review, "14T03:01:00")
    attempted(review, "15T03:01:00", outcome="failed")

    assert missed_run(review.folder, EVENING) == (
        "STALE: the update due 2020-01-15 03:00 UTC did not succeed; "
        "the last update that succeeded was 2020-01-14 03:01 UTC."
    )


def test_a_recheck_is_no_update(review):
    attempted(review, "14T03:01:00")
    attempted(review, "15T15:01:00", doing="recheck")

    assert missed_run(review.folder, EVENING).startswith("STALE")


def test_the_schedule_is_read_in_its_timezone(review):
    review.edit("timezone: UTC", "timezone: Asia/Tokyo")
    attempted(review, "14T18:01:00")  # 03:01 on the 15th in Tokyo

    assert missed_run(review.folder, datetime(2020, 1, 15, 23, 0, tzinfo=UTC)) is None
    assert "due 2020-01-15 18:00 UTC" in missed_run(
        review.folder, datetime(2020, 1, 16, 1, 0, tzinfo=UTC)
    )


def test_nobody_misses_the_runs_of_a_review_that_is_not_served(review):
    (store_path(review.folder) / "service.json").unlink()

    assert missed_run(review.folder, EVENING) is None
