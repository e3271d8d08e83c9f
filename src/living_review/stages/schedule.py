"""When the served flows run next, by the cron lines of the protocol."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from croniter import croniter

from living_review import config


def next_runs(review: Path, now: datetime) -> dict[str, datetime]:
    """The next run of each scheduled flow after `now` (aware), in the schedules' timezone."""
    schedules = config.load(review / "config.yaml").run.schedules
    local = now.astimezone(ZoneInfo(schedules.timezone))
    crons = {"update": schedules.update, "recheck_included": schedules.recheck_included}
    return {name: croniter(cron, local).get_next(datetime) for name, cron in crons.items()}
