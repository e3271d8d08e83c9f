"""Export: records, judgements and conclusions, in the formats that can hold them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from living_review.errors import UserError
from living_review.reporting import csv_conclusions, fhir_conclusions
from living_review.reporting.canonical import Json
from living_review.reporting.references import Reference, bibtex, nbib, ris, rows
from living_review.stages import exporting_judgements, exporting_records, published
from living_review.stages.exporting_records import choose
from living_review.warehouse import Warehouse, readers_path

PARQUET = "parquet"
RECORDS: Mapping[str, Callable[[Iterable[Reference]], bytes]] = {
    "ris": ris.render,
    "nbib": nbib.render,
    "bibtex": bibtex.render,
    "csv": rows.render_csv,
    "json": rows.render_json,
}
FORMATS = {
    **dict.fromkeys(exporting_records.WHAT, (*RECORDS, PARQUET)),
    "judgements": ("json", "csv"),
    "conclusions": ("json", "csv"),
}


class Export(NamedTuple):
    """An export, how many of what it has, and what a person should know of it."""

    text: str
    number: int
    noun: str
    said: tuple[str, ...] = ()


def what_for(what: str | None, format: str) -> str:
    """What is meant where nobody says: records where only they fit the format, else judgements."""
    return what or ("judgements" if format in FORMATS["judgements"] else "included")


def run(review: Path, what: str, format: str) -> Export:
    """An export as text; UserError names what can be exported, and in which formats."""
    check(what, format)
    if format == PARQUET:
        raise UserError("parquet is no text; name the file to write with --out-file FILE")
    if what == "judgements":
        judged = exporting_judgements.judgements(review)
        write = exporting_judgements.as_csv if format == "csv" else exporting_judgements.as_json
        return Export(write(judged), len(judged), what)
    if what == "conclusions":
        return _conclusions(published.report(review, None), format)
    chosen = choose(review, what)
    text = RECORDS[format](chosen.references).decode()
    return Export(text, len(chosen.references), "records", tuple(chosen.said))


def _conclusions(report: Json, format: str) -> Export:
    number = len(report["conclusions"])
    if format == "csv":
        return Export(csv_conclusions.table(report).decode(), number, "conclusions")
    without = fhir_conclusions.left_out(report)
    told = f"{', '.join(without)}: no place for it in FHIR; --format csv has it"
    text = fhir_conclusions.render(report, {}).decode()
    return Export(text, number - len(without), "conclusions", (told,) if without else ())


def to_parquet(review: Path, what: str, target: Path) -> Export:
    """Write records as Parquet to a file; the export has no text."""
    check(what, PARQUET)
    chosen = choose(review, what)
    with Warehouse(readers_path(review), read_only=True) as store:
        store.copy_out("records_parquet", map(rows.flat, chosen.references), rows.COLUMNS, target)
    return Export("", len(chosen.references), "records", tuple(chosen.said))


def check(what: str, format: str) -> None:
    """UserError where there is no such export."""
    if what not in FORMATS:
        raise UserError(f"--what {what} cannot be exported; known: {', '.join(FORMATS)}")
    if format not in FORMATS[what]:
        known = f"{', '.join(FORMATS[what][:-1])} or {FORMATS[what][-1]}"
        raise UserError(f"--format {format} is not known for {what}; {known}")
