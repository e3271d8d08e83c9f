"""Corrections and retractions of what the review already rests on, without a new search."""

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from living_review.flows.tasks import read_and_publish, recheck
from living_review.stages import begin


@flow(name="recheck-included", persist_result=False)
def recheck_included(
    review: str, as_of: date | None = None, trigger: str = "schedule"
) -> State[None]:
    """Fetch the included records again, and publish if that moves anything."""
    folder = Path(review)
    with begin.hold(folder, as_of, trigger, "recheck") as run_no:
        recheck(folder, run_no)
        headline = read_and_publish(folder, run_no)
    return Completed(message=headline)
