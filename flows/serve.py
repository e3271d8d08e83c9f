"""Every deployment with its schedule, served until stopped; and asking for a run now."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from living_review import config
from living_review.flows import quiet, server
from living_review.flows.trigger import trigger
from living_review.stages import served
from living_review.stages.schedule import next_runs

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment
    from prefect.runner import Runner

__all__ = ["serve", "trigger"]


def serve(review: Path) -> None:
    """Serve the review until SIGTERM or Ctrl-C, and leave no process behind.

    On PREFECT_API_URL when that is set, else on a Prefect server of its own. UserError when
    the review is served already or the server does not start.
    """
    review = review.resolve()
    config.load(review / "config.yaml")  # what is wrong with it is said before a server starts
    quiet.settle(review, console="WARNING")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    served.reap(review)
    with _api(review) as api:
        from prefect.runner import Runner

        runner = Runner(name="living-review", pause_on_shutdown=True)
        for deployment in _deployments(review):
            runner.add_deployment(deployment)
        print(_greeting(review, api), flush=True)
        try:
            asyncio.run(_run_until_told_to_stop(runner))
        finally:
            _end_runs()


async def _run_until_told_to_stop(runner: "Runner") -> None:
    serving = asyncio.create_task(runner.start())
    # At its first step the runner sets a handler of its own, which forgets to await its stop
    # and so leaves runs going (Prefect 3.8.8); ours comes after it.
    await asyncio.sleep(0)
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    stopping = asyncio.create_task(told.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if runner.started:
        await runner.astop()
    else:
        serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


@contextmanager
def _api(review: Path) -> Iterator[str]:
    """The API to serve on, noted in the store while it is served on."""
    given = os.environ.get("PREFECT_API_URL")
    process, api = (None, given) if given else server.start()
    try:
        os.environ["PREFECT_API_URL"] = api
        served.note(review, api, process.pid if process else None)
        yield api
    finally:
        # A second signal must not cut the farewell short.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if process is not None:
            server.stop(process)
        served.forget(review)


def _deployments(review: Path) -> "Iterator[RunnerDeployment]":
    from prefect.client.schemas.objects import (
        ConcurrencyLimitConfig,
        ConcurrencyLimitStrategy,
    )
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from living_review.flows.recheck_included import recheck_included
    from living_review.flows.update_review import update_review

    schedules = config.load(review / "config.yaml").run.schedules
    once = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    for flow, name, cron in (
        (update_review, "scheduled", schedules.update),
        (recheck_included, "scheduled", schedules.recheck_included),
        (update_review, "manual", None),
    ):
        yield flow.to_deployment(
            name,
            schedules=[Cron(cron, timezone=schedules.timezone, slug="config")] if cron else None,
            parameters={"review": str(review), "trigger": "schedule" if cron else "manual"},
            concurrency_limit=once,
            # By module, so that it resolves from any folder and from an installed package.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def _greeting(review: Path, api: str) -> str:
    times = next_runs(review, datetime.now(UTC))
    coming = "; ".join(
        f"next {name.replace('_', ' ')} {at:%Y-%m-%d %H:%M %Z}" for name, at in times.items()
    )
    return f"serving {review} at {served.page_of(api)}; {coming}; Ctrl-C stops it"


def _end_runs() -> None:
    """End whatever run outlives the runner; the next update goes on from where it was."""
    for run in multiprocessing.active_children():
        run.terminate()
        run.join(3)
        if run.is_alive():
            run.kill()
