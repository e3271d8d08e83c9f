"""One Prefect task a stage. A task takes the review folder and the run number, never data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

from prefect import Task, get_run_logger, task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import FlowRunContext

from living_review.errors import LivingReviewError, is_worth_retrying
from living_review.stages import announce as announcing
from living_review.stages import check as checking
from living_review.stages import compare as comparing
from living_review.stages import link as linking
from living_review.stages import parse as parsing
from living_review.stages import publish as publishing
from living_review.stages import pull as pulling
from living_review.stages import recheck as rechecking
from living_review.stages import screen as screening
from living_review.stages import second as second_reading
from living_review.stages import tag as tagging
from living_review.stages import weigh as weighing

Counts = dict[str, int]
Told = Callable[[str, Counts], None]

DELAYS = (2, 4, 8, 60, 300, 900)  # seconds; the first three fit into PATIENCE, jitter included
PATIENCE = 20.0  # seconds of trying again while somebody waits; served runs climb all DELAYS
JITTER = 0.3


_listener: ContextVar[Told] = ContextVar("listener", default=lambda stage, counts: None)


@contextmanager
def heard_by(told: Told) -> Iterator[None]:
    """Let `told` hear each stage as it ends, for as long as the flow is called here and now."""
    token = _listener.set(told)
    try:
        yield
    finally:
        _listener.reset(token)


def _worth_another_try(_task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again may help, and whoever started the run will wait for it."""
    try:
        state.result()
    except LivingReviewError as error:
        waited = (datetime.now(UTC) - (run.start_time or datetime.now(UTC))).total_seconds()
        ahead = DELAYS[run.run_count - 1] * (1 + JITTER)
        return is_worth_retrying(error) and waited + ahead <= _patience()
    except Exception:
        return False  # not ours: a bug does not go away
    return False


def _patience() -> float:
    context = FlowRunContext.get()
    given = context.parameters if context is not None else None
    return inf if given and given.get("trigger") == "schedule" else PATIENCE


_stage = task(
    retries=len(DELAYS),
    retry_delay_seconds=list(DELAYS),
    retry_jitter_factor=JITTER,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
    persist_result=False,
)


@_stage
def pull(review: Path, run_no: int) -> Counts:
    """Run each search and keep as received what is new or has changed."""
    return _tell("pull", pulling.run(review, run_no))


@_stage
def recheck(review: Path, run_no: int) -> Counts:
    """Fetch again what the review rests on, and keep what has changed."""
    return _tell("recheck", rechecking.run(review, run_no))


@_stage
def parse(review: Path, run_no: int) -> Counts:
    """Payloads to records."""
    return _tell("parse", parsing.run(review, run_no))


@_stage
def link(review: Path, run_no: int) -> Counts:
    """Append what the records say of belonging together."""
    return _tell("link", linking.run(review, run_no))


@_stage
def tag(review: Path, run_no: int) -> Counts:
    """Read the records that nobody has read yet."""
    return _tell("tag", tagging.run(review, run_no))


@_stage
def screen(review: Path, run_no: int) -> Counts:
    """Decide on the records that have no decision yet."""
    return _tell("screen", screening.run(review, run_no))


@_stage
def second_reader(review: Path, run_no: int) -> Counts:
    """Ask the second reader, where the protocol has one, of what is not excluded."""
    return _tell("second reader", second_reading.run(review, run_no))


@_stage
def weigh(review: Path, run_no: int) -> Counts:
    """A draft conclusion on every claim."""
    return _tell("weigh", weighing.run(review, run_no))


@_stage
def compare(review: Path, run_no: int) -> Counts:
    """What the draft changes."""
    return _tell("compare", comparing.run(review, run_no))


@_stage
def check(review: Path, run_no: int) -> Counts:
    """Every data rule over the draft; CheckFailed stops the run."""
    return _tell("check", checking.run(review, run_no))


@_stage
def publish(review: Path, run_no: int) -> Counts:
    """A new version, if there is something to say."""
    return _tell("publish", publishing.run(review, run_no))


@_stage
def announce(review: Path, run_no: int) -> str:
    """Show the changes and the diff as artifacts, on each run; the headline of it."""
    told = announcing.run(review, run_no)
    create_table_artifact(
        key="changes", table=[dict(row) for row in told.rows], description=told.headline
    )
    create_markdown_artifact(key="diff", markdown=told.diff_markdown, description=told.headline)
    for name, page in told.pages.items():
        # Browsers follow no file link from a page of http, so the path itself is to be read.
        create_link_artifact(
            key=name, link=page.as_uri(), link_text=str(page), description=told.headline
        )
    return told.headline


def read_and_publish(review: Path, run_no: int) -> str:
    """Every stage after the payloads are in, in order; the headline of what came of it."""
    parse(review, run_no)
    link(review, run_no)
    tag(review, run_no)
    screen(review, run_no)
    second_reader(review, run_no)
    weigh(review, run_no)
    compare(review, run_no)
    check(review, run_no)
    publish(review, run_no)
    return announce(review, run_no)


def _tell(stage: str, counts: Counts) -> Counts:
    get_run_logger().info("%s: %s", stage, counts)
    _listener.get()(stage, counts)
    return counts
