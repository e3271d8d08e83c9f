"""The flow that keeps a review alive: one update, from new records to changed conclusions."""

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from living_review.flows.tasks import pull, read_and_publish
from living_review.stages import begin


@flow(name="update-review", persist_result=False)
def update_review(review: str, as_of: date | None = None, trigger: str = "schedule") -> State[None]:
    """Update the review in the folder `review` as of a date, by default the present UTC date."""
    folder = Path(review)
    with begin.hold(folder, as_of, trigger) as run_no:
        pull(folder, run_no)
        headline = read_and_publish(folder, run_no)
    return Completed(message=headline)
