"""Look at a review: status, versions, show, diff, explain, backtest, queue, verify, doctor."""

from pathlib import Path

from living_review.commands import AsJson, Review, app, out, print_json
from living_review.errors import UserError


@app.command
def status(*, as_json: AsJson = False, review: Review) -> None:
    """Show freshness, last and next runs, versions, queue and warnings.

    Parameters
    ----------
    as_json
        Print it as JSON.

    """
    from living_review.stages import status as stage

    found = stage.run(review)
    if as_json:
        print_json(found)
    else:
        for line in stage.lines(found):
            print(line)


@app.command
def versions(*, review: Review) -> None:
    """List the published versions."""
    from living_review.reporting import terminal
    from living_review.stages import published

    terminal.print_versions(out, published.listed(review))


@app.command
def show(version: str | None = None, *, review: Review) -> None:
    """Read a report in the terminal.

    Parameters
    ----------
    version
        The version; the latest when not given.

    """
    from living_review.reporting import terminal
    from living_review.stages import published

    terminal.print_report(out, published.report(review, version))


@app.command
def diff(
    before: str | None = None, after: str | None = None, *, format: str = "text", review: Review
) -> None:
    """Show what changed between two versions; previous to latest when none are named.

    Parameters
    ----------
    before
        A version, or `baseline`.
    after
        A version; the latest when not given.
    format
        text, markdown or json.

    """
    from living_review.reporting import json_diff, markdown_diff, terminal
    from living_review.stages import published

    report, found = published.diff_between(review, before, after)
    match format:
        case "text":
            terminal.print_diff(out, found)
        case "markdown":
            print(markdown_diff.render(report, found).decode(), end="")
        case "json":
            print(json_diff.render(report, found).decode(), end="")
        case _:
            raise UserError(f"--format {format} is not known; text, markdown or json")


@app.command
def explain(claim: str, *, at: str | None = None, review: Review) -> None:
    """Say why a conclusion stands: studies, stances, numbers, quotes, each step of certainty.

    Parameters
    ----------
    claim
        The claim's id.
    at
        A version; the latest when not given.

    """
    from living_review.reporting import terminal
    from living_review.stages import published

    report = published.report(review, at)
    terminal.print_explain(out, published.conclusion(report, claim), report)


@app.command
def backtest(
    *,
    series: Path | None = None,
    claim: str | None = None,
    as_json: AsJson = False,
    review: Review,
) -> None:
    """Say how often the rules changed their mind over the versions, beside two naive rules.

    Parameters
    ----------
    series
        A table of effects whose trials are added one by one, in every within-year order.
    claim
        The claim that the series bears on.
    as_json
        Print it as JSON.

    """
    from living_review.reporting.backtest.terminal import print_backtest
    from living_review.stages import backtest as stage

    written = stage.run(review, series, claim)
    if as_json:
        print_json(written.told)
    else:
        print_backtest(out, written.told)
        print(written.page)


@app.command
def queue(*, review: Review) -> None:
    """List what awaits a human, each with the reason."""
    from living_review.stages import waiting

    asked = waiting.run(review)
    for item in asked:
        print(f"{item['record']}\t{item['what']}\t{item['reason']}")
    if not asked:
        print("nothing awaits a human")


@app.command
def verify(*versions: str, review: Review) -> int:
    """Check the bytes of published versions, and rebuild them where the code is the same.

    Parameters
    ----------
    versions
        The versions; all when none is named.

    """
    from living_review.stages import verify as stage

    faults = 0
    for found in stage.run(review, versions):
        kind = "intact and rebuilt byte for byte" if found.rebuilt else found.rebuild_needs
        print(f"{found.version}: {found.files} files, {kind if not found.faults else 'FAULTS'}")
        for fault in found.faults:
            print(f"  {fault}")
        faults += len(found.faults)
    return 5 if faults else 0


@app.command
def doctor(*, review: Review) -> int:
    """Check config, store, schema, network and Prefect: what is wrong and the way out."""
    from living_review.stages import doctor as stage

    worst = 0
    for finding in stage.run(review):
        print(f"{'ok   ' if finding.well else 'wrong'}  {finding.what}: {finding.said}")
        worst = worst or (0 if finding.well else finding.exit_code)
    return worst
