"""Make a review and run it: init, update, replay, serve, trigger."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from living_review import config
from living_review.commands import AsJson, Review, app, day, out, print_json
from living_review.errors import UserError
from living_review.progress import Told, progress

CONCLUSIONS_CHANGED, HUMAN_NEEDED = 10, 20


@app.command
def init(folder: Path, *, sample: bool = False) -> None:
    """Make a new review folder from a template that runs as it is.

    Parameters
    ----------
    folder
        Where the review shall live.
    sample
        Read the bundled corpus of real publications, offline, instead of PubMed.

    """
    from living_review.stages import initialise

    imported = initialise.run(folder, sample)
    if imported:
        out.print(
            f"imported {imported['records']} records and {imported['effects']} effects "
            "that PubMed lacks"
        )
    out.print(f"made {folder}; next: living-review --review {folder} update")


@app.command
def update(
    *,
    as_of: str | None = None,
    dry_run: bool = False,
    prefect: bool = True,
    exit_code: bool = False,
    as_json: AsJson = False,
    review: Review,
) -> int:
    """Search, read, weigh, compare, and publish a version if there is something to say.

    Parameters
    ----------
    as_of
        The date the review claims to know the world, as 2024-12-31; today when not given.
    dry_run
        Say what would change, and keep nothing.
    prefect
        Run as a Prefect flow; --no-prefect runs the same stages bare.
    exit_code
        Exit with 10 when conclusions changed, 20 when a human is needed.
    as_json
        Print the result as JSON.

    """
    from living_review.stages import outcome
    from living_review.stages.update import STAGES

    on = day(as_of) if as_of else None
    if dry_run:
        return _print_outcome(outcome.dry_run(review, on), as_json, exit_code)
    with progress(STAGES, quiet=as_json) as told:
        _run_update(review, on, prefect, told)
    return _print_outcome(outcome.of_last_run(review), as_json, exit_code)


def _run_update(review: Path, on: date | None, prefect: bool, told: Told) -> None:
    if prefect:
        from living_review.flows.here import update_here

        update_here(review, on, "manual", told)
    else:
        from living_review.stages import update as bare

        bare.run(review, on, "manual", told)


def _print_outcome(result: dict[str, Any], as_json: bool, exit_code: bool) -> int:
    if as_json:
        print_json(result)
    else:
        for line in result["lines"]:
            print(line)
    if exit_code and result["changed"]:
        return CONCLUSIONS_CHANGED
    if exit_code and result["waiting"]:
        return HUMAN_NEEDED
    return 0


@app.command
def replay(
    *,
    at: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: str | None = None,
    every: str = "1y",
    prefect: bool = True,
    review: Review,
) -> None:
    """Run the same update at each of a row of past dates, into one store.

    Parameters
    ----------
    at
        The dates, as 2003-12-31 2012-12-31.
    from_
        The first date of an even row.
    to
        The last date of an even row.
    every
        The step of an even row: 6m, 1y, 2y.
    prefect
        Run as one Prefect flow; --no-prefect runs the same stages bare.

    """
    from living_review.stages import outcome
    from living_review.stages import update as bare

    dates = _days(at, from_, to, every)
    if prefect:
        from living_review.flows.here import replay_here

        with progress(bare.STAGES, runs=len(dates)) as told:
            replay_here(review, dates, told)
    else:
        with progress(bare.STAGES, runs=len(dates)) as told:
            bare.replay(review, dates, told)
    for line in outcome.of_replay(review, dates):
        print(line)


@app.command
def serve(*, review: Review) -> None:
    """Serve every flow with its schedule, on a Prefect server, until stopped."""
    from living_review.flows.serve import serve as serve_flows

    config.load(review / "config.yaml")
    serve_flows(review)


@app.command
def trigger(name: str = "update-review/manual", *, watch: bool = False, review: Review) -> int:
    """Ask the served deployment to run now.

    Parameters
    ----------
    name
        The deployment, as flow/deployment.
    watch
        Wait for the run and say how it ended; exit 1 when it failed.

    """
    from living_review.flows.serve import trigger as trigger_flow

    return int(trigger_flow(review, name, watch))


def _days(at: list[str] | None, from_: str | None, to: str | None, every: str) -> list[date]:
    from living_review.dates import even_row

    if at:
        return sorted(day(text) for text in at)
    if from_ and to:
        return even_row(day(from_), day(to), every)
    raise UserError("replay needs dates: --at DATE …, or --from DATE --to DATE --every 1y")
