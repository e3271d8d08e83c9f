"""Bring in and take out: import, export, read."""

import json
import sys
from pathlib import Path

from living_review import config
from living_review.commands import AsJson, OutFile, Review, app, print_json, write
from living_review.errors import UserError


@app.command
def export(
    *, what: str | None = None, format: str = "json", out_file: OutFile = None, review: Review
) -> None:
    """Write records, each with the decision on it; what people have judged; or the conclusions.

    Parameters
    ----------
    what
        included, excluded, queue or all: records. judgements: a test set for readers.
        conclusions: those of the latest version. Left out: judgements where the format is json
        or csv, else the included records.
    format
        ris, nbib, bibtex, csv, json (one object a line) or parquet; of judgements json or csv;
        of conclusions json (FHIR R5) or csv.
    out_file
        The file to write; printed when not given.

    """
    from living_review.stages import exporting

    wanted = exporting.what_for(what, format)
    if out_file is not None and format == exporting.PARQUET:
        done = exporting.to_parquet(review, wanted, out_file)
    else:
        done = exporting.run(review, wanted, format)
        if out_file is None:
            sys.stdout.write(done.text)
            for said in done.said:
                print(said, file=sys.stderr)
            return
        write(out_file, done.text)
    print(f"{out_file}: {done.number} {done.noun}")
    for said in done.said:
        print(said)


@app.command(name="import")
def import_(*files: Path, as_json: AsJson = False, review: Review) -> None:
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
        print_json(counts)
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
    from living_review.reporting.plain import escaped
    from living_review.stages import reading

    protocol = config.load(review / "config.yaml")
    for line in reading.answers(file, ask, protocol) if ask else reading.read(file, protocol):
        print(escaped(json.dumps(line, ensure_ascii=False, sort_keys=True)))
