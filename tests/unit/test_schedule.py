"""When the served flows run next."""

from datetime import UTC, datetime

from living_review.stages.schedule import next_runs
from tests.stories.living import LivingReview

NOON = datetime(2020, 1, 15, 12, 0, tzinfo=UTC)


def test_cron_lines_are_read_in_their_timezone(tmp_path):
    review = LivingReview(tmp_path)
    review.edit("timezone: UTC", "timezone: Asia/Tokyo")

    coming = next_runs(tmp_path, NOON)

    assert coming["update"].astimezone(UTC) == datetime(2020, 1, 15, 18, 0, tzinfo=UTC)
    assert coming["recheck_included"].astimezone(UTC) == datetime(2020, 1, 16, 6, 0, tzinfo=UTC)


def test_the_night_of_the_clock_change_has_its_run(tmp_path):
    review = LivingReview(tmp_path)
    review.edit("timezone: UTC", "timezone: Europe/Berlin")

    coming = next_runs(tmp_path, datetime(2020, 3, 28, 12, 0, tzinfo=UTC))

    assert coming["update"].isoformat() == "2020-03-29T03:00:00+02:00"
