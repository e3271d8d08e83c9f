"""The same update at a row of past dates, into one store and in one flow run."""

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from living_review.flows.tasks import pull, read_and_publish
from living_review.stages import begin
from living_review.stages.settle import settle


@flow(name="replay-history", persist_result=False)
def replay_history(review: str, dates: list[date]) -> State[None]:
    """Update the review as of each date in turn; the first date that fails ends the replay."""
    folder = Path(review)
    for day in dates:
        with begin.hold(folder, day, "replay") as run_no:
            pull(folder, run_no)
            read_and_publish(folder, run_no)
    settle(folder)
    return Completed(message=f"Replayed {len(dates)} dates")
