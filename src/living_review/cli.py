"""The command line: reads arguments, calls a stage or a flow, prints, and gives the exit code.

Everything it knows to do is elsewhere; the clock is read here and nowhere deeper.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console

from living_review import __version__, config
from living_review.errors import ConfigError, LivingReviewError, UserError
from living_review.progress import Told, progress

app = App(
    name="living-review",
    version=__version__,
    help="Keep one systematic review alive: from new records to changed conclusions, with reasons.",
)
Review = Annotated[Path, Parameter(parse=False)]
OutFile = Annotated[Path | None, Parameter(name="--out")]
CONCLUSIONS_CHANGED, HUMAN_NEEDED = 10, 20
out = Console(highlight=False)


def main() -> None:
    """Run a command; errors are one sentence on stderr and an exit code (DESIGN 7)."""
    code = None
    try:
        code = app.meta(exit_on_error=False, print_error=True, result_action="return_value")
    except CycloptsError:
        sys.exit(2)
    except LivingReviewError as error:
        print(f"living-review: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("living-review: stopped; the next update goes on from here", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does; that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code if isinstance(code, int) else 0)


@app.meta.default
def launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    review: Path | None = None,
) -> Any:
    """Find the review folder and run the command.

    Parameters
    ----------
    review
        The review folder; the nearest folder upwards with a config.yaml when not given.

    """
    command, bound, ignored = app.parse_args(tokens, exit_on_error=False, print_error=True)
    given: dict[str, Any] = {"review": _review_folder(review)} if "review" in ignored else {}
    return command(*bound.args, **bound.kwargs, **given)


def _review_folder(named: Path | None) -> Path:
    if named is not None:
        if not (named / "config.yaml").is_file():
            raise ConfigError(
                f"{named}/config.yaml: there is no such file; "
                "`living-review init DIR` makes a review folder"
            )
        return named.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "config.yaml").is_file():
            return folder
    raise UserError(
        f"no config.yaml in {here} or above; name a review with --review DIR, "
        "or make one with `living-review init DIR --sample`"
    )


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
    as_json: Annotated[bool, Parameter(name="--json")] = False,
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

    on = _date(as_of) if as_of else None
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
        print(json.dumps(result, indent=1, sort_keys=True, ensure_ascii=False))
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

    dates = _dates(at, from_, to, every)
    if prefect:
        from living_review.flows.here import replay_here

        with progress(bare.STAGES, runs=len(dates)) as told:
            replay_here(review, dates, told)
    else:
        with progress(bare.STAGES, runs=len(dates)) as told:
            for day in dates:
                bare.run(review, day, "replay", told)
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


@app.command
def status(*, as_json: Annotated[bool, Parameter(name="--json")] = False, review: Review) -> None:
    """Show freshness, last and next runs, versions, queue and warnings.

    Parameters
    ----------
    as_json
        Print it as JSON.

    """
    from living_review.stages import status as stage

    found = stage.run(review)
    if as_json:
        print(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False))
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
def queue(*, review: Review) -> None:
    """List what awaits a human, each with the reason."""
    from living_review.stages import published

    waiting = published.report(review, None)["queue"]
    for item in waiting:
        print(f"{item['record']}\t{item['what']}\t{item['reason']}")
    if not waiting:
        print("nothing awaits a human")


@app.command
def decide(record: str, verdict: str, *, reason: str, by: str, review: Review) -> None:
    """Take a screening decision; it outranks the rules from the next version on.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    verdict
        include or exclude.
    reason
        Why, in a sentence.
    by
        The initials of who decides.

    """
    from living_review.stages import begin
    from living_review.stages import decide as stage

    stage.run(review, record, verdict, reason, by, begin.today())
    print(f"{record}: {verdict}, human:{by}; the next update weighs with it")


@app.command
def link(record: str, other: str, word: str, *, reason: str, by: str, review: Review) -> None:
    """Say what two records are to each other; it outranks the rules, and the opposite undoes it.

    Parameters
    ----------
    record
        A record's id, as pmid:123.
    other
        The other record's id.
    word
        same (one record in two forms), study (two records of one study) or apart.
    reason
        Why, in a sentence.
    by
        The initials of who decides.

    """
    from living_review.stages import begin, say_same

    for before in say_same.run(review, record, other, word, reason, by, begin.today()):
        relation = before.relation.replace("_", " ")
        print(f"before: {relation}, {before.decider}{before.reason and ': '}{before.reason}")
    print(f"{record}, {other}: {word}, human:{by}; the next update weighs with it")


judge = App(name="judge", help="Correct what was read off a record; it outranks every reader.")
app.command(judge)


@judge.command(name="finding")
def judge_finding(
    record: str,
    *,
    intervention: str,
    comparator: str,
    outcome: str,
    weeks: float | None = None,
    direction: str | None = None,
    significant: str | None = None,
    quote: str = "",
    withdraw: Annotated[bool, Parameter(negative=())] = False,
    reason: str,
    by: str,
    review: Review,
) -> None:
    """Say what a record found for one comparison and outcome, or that it does not say.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    intervention
        A drug or drug class of the vocabulary.
    comparator
        A drug, drug class or comparator of the vocabulary.
    outcome
        An outcome of the vocabulary.
    weeks
        The follow-up it speaks of; every time point when not given.
    direction
        favours_intervention, favours_comparator, no_difference or mixed_unclear, better for
        patients; none where the record does not say this.
    significant
        yes or no; as read when not given.
    quote
        The words of the record that show it; those that were read when not given.
    withdraw
        Take your judgement back, so that the readers count again.
    reason
        Why, in a sentence.
    by
        The initials of who judges.

    """
    from living_review.stages import begin
    from living_review.stages import judge as stage

    word = stage.Word(reason, by, begin.today(), quote, withdraw)
    read = stage.finding(
        review, record, intervention, comparator, outcome, weeks, direction, significant, word
    )
    what = f"{intervention} vs {comparator}, {outcome}"
    _print_judged(record, what, direction, word, read)


@judge.command(name="tag")
def judge_tag(
    record: str,
    name: str,
    value: str | None = None,
    *,
    quote: str = "",
    withdraw: Annotated[bool, Parameter(negative=())] = False,
    reason: str,
    by: str,
    review: Review,
) -> None:
    """Say what one tag of a record should be; its screening is decided again.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    name
        design, species, condition, participants, weeks, pain_setting, drug:<id> and others.
    value
        One of the tag's values; several with commas where a record has several; none where the
        record does not say.
    quote
        The words of the record that show it; those that were read when not given.
    withdraw
        Take your judgement back, so that the readers count again.
    reason
        Why, in a sentence.
    by
        The initials of who judges.

    """
    from living_review.stages import begin
    from living_review.stages import judge as stage

    word = stage.Word(reason, by, begin.today(), quote, withdraw)
    read = stage.tag(review, record, name, value, word)
    _print_judged(record, name, value, word, read)


def _print_judged(record: str, what: str, said: str | None, word: Any, read: str) -> None:
    told = "judgement withdrawn" if word.withdraw else said
    print(f"{record}: {what}: {told}, human:{word.by}; the rules read {read}")
    print("the next update weighs with it")


@app.command
def export(
    *, what: str = "judgements", format: str = "json", out_file: OutFile = None, review: Review
) -> None:
    """Write what people have judged, with the text it was judged on: a test set for readers.

    Parameters
    ----------
    what
        judgements.
    format
        json (one object a line) or csv.
    out_file
        The file to write; printed when not given.

    """
    from living_review.stages import exporting

    body = exporting.run(review, what, format)
    if out_file is None:
        sys.stdout.write(body)
        return
    _write(out_file, body)
    print(f"{out_file}: {exporting.rows_in(body, format)} judgements")


@app.command(name="import")
def import_(
    *files: Path, as_json: Annotated[bool, Parameter(name="--json")] = False, review: Review
) -> None:
    """Bring in records (RIS, NBIB, CSV, PubMed XML, JSON lines) and effects (CSV) from elsewhere.

    Parameters
    ----------
    files
        The files; each is taken whole or not at all.
    as_json
        Print the counts as JSON.

    """
    from living_review.stages import importing

    if not files:
        raise UserError("import needs at least one file: .ris, .nbib, .csv, .txt, .xml or .jsonl")
    counts = importing.run(review, files)
    if as_json:
        print(json.dumps(counts, indent=1, sort_keys=True, ensure_ascii=False))
        return
    for file in counts["files"]:
        effects = f"{file['effects']} effects" if file["effects"] else ""
        records = f"{file['new']} new, {file['revised']} revised, {file['already_known']} known"
        print(f"{file['file']}: {effects or records}")
    for said in counts["said"]:
        print(said)
    if counts["waiting"]:
        print(f"{counts['waiting']} effects wait for a record that this review does not have yet")


@app.command
def read(file: Path, *, ask: Path | None = None, review: Review) -> None:
    """Print tags and findings of any records as JSON lines; store nothing.

    Parameters
    ----------
    file
        PubMed XML, or JSON lines with pmid or id, title and abstract.
    ask
        Questions as JSON lines: id, record, intervention, comparator, outcome.

    """
    from living_review.stages import reading

    protocol = config.load(review / "config.yaml")
    for line in reading.answers(file, ask, protocol) if ask else reading.read(file, protocol):
        print(json.dumps(line, ensure_ascii=False, sort_keys=True))


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


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"'{text}' is not a date; write it as 2024-12-31") from error


def _dates(at: list[str] | None, from_: str | None, to: str | None, every: str) -> list[date]:
    from living_review.dates import even_row

    if at:
        return sorted(_date(text) for text in at)
    if from_ and to:
        return even_row(_date(from_), _date(to), every)
    raise UserError("replay needs dates: --at DATE …, or --from DATE --to DATE --every 1y")
