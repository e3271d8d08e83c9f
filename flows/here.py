"""The flows run here and now, for the command line: quiet, and telling each stage as it ends."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from living_review.errors import LivingReviewError, UserError
from living_review.flows import quiet, server
from living_review.stages import served

Told = Callable[[str, dict[str, int]], None]


def update_here(review: Path, as_of: date | None, trigger: str, told: Told) -> None:
    """One update as the Prefect flow; errors are those of the stages, with their own type."""
    with _prefect(review, told):
        from living_review.flows.update_review import update_review

        _run(update_review, str(review), as_of, trigger)


def replay_here(review: Path, dates: Sequence[date], told: Told) -> None:
    """The update at each date, as one flow run."""
    with _prefect(review, told):
        from living_review.flows.replay_history import replay_history

        _run(replay_history, str(review), list(dates))


@contextmanager
def _prefect(review: Path, told: Told) -> Iterator[None]:
    """Prefect imported late and quietly: on the review's served API if there is one."""
    # What goes wrong is raised to the command line, which says it in one sentence.
    quiet.settle(review, console="CRITICAL")
    api = served.api_of(review)
    if api is not None and server.answers(api):
        os.environ.setdefault("PREFECT_API_URL", api)
    from prefect.settings import (
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        temporary_settings,
    )

    from living_review.flows.tasks import heard_by

    _reach_api()
    # The heartbeat's thread sleeps in whole seconds and is waited for at the end.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), heard_by(told):
        yield


def _run(flow: Callable[..., object], *parameters: object) -> None:
    try:
        flow(*parameters)
    except LivingReviewError as error:
        # Prefect keeps what was raised until the end; the frames of the stages, with their
        # connections, must not stay alive with it, or duckdb complains in a hundred lines.
        raise error.with_traceback(None) from None


def _reach_api() -> None:
    """Start Prefect's temporary server, or ask the API that the user named, before any stage."""
    from prefect.client.orchestration import get_client

    problem: Exception | None = None
    try:
        with get_client(sync_client=True) as client:
            problem = client.api_healthcheck()
    except RuntimeError as error:
        problem = error
    if problem is not None:
        raise UserError(
            f"Prefect cannot be reached ({problem}); mend PREFECT_API_URL if it is set, or run "
            "the same stages without Prefect: --no-prefect"
        )
