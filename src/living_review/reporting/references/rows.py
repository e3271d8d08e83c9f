"""References as rows: for JSON lines, which `import` reads again, for CSV and for Parquet."""

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from living_review.model import Record
from living_review.reporting.canonical import jsonable
from living_review.reporting.plain import cell, json_line
from living_review.reporting.references.reference import (
    Reference,
    abstract_text,
    printed_title,
)

Row = dict[str, Any]
LISTS = (
    "authors", "collective_authors", "publication_types", "registrations", "languages", "keywords",
    "mesh",
)  # fmt: skip
COLUMNS = (
    "record_id", "same_as", "verdict", "criterion", "decider", "reason", "quote", "asked", "title",
    *LISTS[:2], "journal", "citation", "published", "published_online", "entered", "doi", "pmid",
    "pmc", "kind", *LISTS[2:], "abstract",
)  # fmt: skip


def render_json(references: Iterable[Reference]) -> bytes:
    """One object a line: the record as `import` takes it, the decision and the questions beside."""
    return "".join(json_line(_object(one)) for one in references).encode("utf-8", "replace")


def render_csv(references: Iterable[Reference]) -> bytes:
    """One row a record, lists parted by semicolons, safe in a spreadsheet."""
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(COLUMNS)
    for reference in references:
        row = flat(reference)
        told = ("; ".join(row[c]) if isinstance(row[c], list) else row[c] for c in COLUMNS)
        table.writerow([cell(value) for value in told])
    return page.getvalue().encode("utf-8", "replace")


def flat(reference: Reference) -> Row:
    """The reference as one row of texts and lists of texts."""
    record = reference.record
    row: Row = {name: getattr(record, name, None) for name in COLUMNS}
    for name in ("published", "published_online", "entered"):
        row[name] = str(row[name]) if row[name] else None
    return {
        **row,
        **{name: list(getattr(record, name)) for name in LISTS},
        **{name: getattr(reference, name) for name in ("same_as", "verdict", "criterion")},
        **{name: getattr(reference, name) or None for name in ("decider", "reason", "quote")},
        "asked": [f"{asked.what}: {asked.why}" for asked in reference.asked],
        "title": printed_title(record),
        "abstract": abstract_text(record) or None,
    }


def _object(reference: Reference) -> Row:
    told = {field.name: jsonable(getattr(reference.record, field.name)) for field in fields(Record)}
    decided = ("verdict", "criterion", "reason", "decider", "quote", "same_as")
    return {
        **told,
        "decision": {name: getattr(reference, name) for name in decided},
        "asked": jsonable(reference.asked),
    }
