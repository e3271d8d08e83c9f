"""How fresh the review is: last search, last attempts, and whether a scheduled run was missed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter

from living_review import config
from living_review.stages.warnings import of_last_retrieval
from living_review.warehouse import Warehouse, store_path

# A run may start late or take long; only then is it called missed.
GRACE = timedelta(hours=6)


def attempts(review: Path) -> list[dict[str, Any]]:
    """Every attempt at an update, oldest first, also those that could not open the store."""
    log = store_path(review) / "attempts.jsonl"
    if not log.exists():
        return []
    whole = []
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            whole.append(json.loads(line))
        except ValueError:
            continue  # a kill may leave half a last line; the run itself is in the store
    return whole


def updates_done(review: Path) -> list[dict[str, Any]]:
    """The attempts that searched and came to their end, oldest first."""
    return [
        attempt
        for attempt in attempts(review)
        if attempt["outcome"] == "done" and attempt["doing"] == "update"
    ]


def freshness(store: Warehouse, review: Path) -> dict[str, Any]:
    """What a reader must know of the age of what is shown (for the page above the versions)."""
    searched = store.rows("last_successful_search")
    because = missed_run(review, datetime.now(UTC))
    return {
        "last_search": str(searched[0]["as_of"]) if searched else None,
        "stale": because is not None,
        "because": because or "",
        "warnings": of_last_retrieval(store, review),
    }


def missed_run(review: Path, now: datetime) -> str | None:
    """STALE in plain words when a served review has missed a scheduled update, else None."""
    if not (store_path(review) / "service.json").exists():
        return None
    schedules = config.load(review / "config.yaml").run.schedules
    local = (now - GRACE).astimezone(ZoneInfo(schedules.timezone))
    due = croniter(schedules.update, local).get_prev(datetime).astimezone(UTC)
    done = updates_done(review)
    last = datetime.fromisoformat(done[-1]["ended"]) if done else None
    if last is not None and last >= due:
        return None
    since = f"the last update that succeeded was {last:%Y-%m-%d %H:%M} UTC" if last else "none has"
    return f"STALE: the update due {due:%Y-%m-%d %H:%M} UTC did not succeed; {since}."
