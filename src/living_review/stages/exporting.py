"""Export: what people have judged, each with the text it was judged on and what the rules read.

A row of findings is a record and a question at once, as `read FILE --ask FILE` takes them, and
holds the answer that a person gave: the rows are a test set that grows with the review.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from living_review import config
from living_review.errors import UserError
from living_review.judging.words import is_known
from living_review.model import JudgedBias, JudgedFinding, JudgedTag, Record
from living_review.protocol import Vocabulary
from living_review.reporting.plain import cell, escaped
from living_review.stages import serial
from living_review.stages.judged import KINDS
from living_review.synthesis.standing import outcome_change
from living_review.warehouse import Warehouse, readers_path

Row = dict[str, Any]
WHAT, FORMATS = ("judgements",), ("json", "csv")


def run(review: Path, what: str, format: str) -> str:
    """The text of an export; UserError names what can be exported, and in which formats."""
    if what not in WHAT:
        raise UserError(f"--what {what} cannot be exported; known: {', '.join(WHAT)}")
    if format not in FORMATS:
        raise UserError(f"--format {format} is not known for {what}; {' or '.join(FORMATS)}")
    rows = judgements(review)
    if format == "csv":
        return _csv(rows)
    return "".join(f"{escaped(json.dumps(r, ensure_ascii=False, sort_keys=True))}\n" for r in rows)


def rows_in(text: str, format: str) -> int:
    """How many rows an export has."""
    if format == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(text))) - 1
    return text.count("\n")


def judgements(review: Path) -> list[Row]:
    """Every judgement that holds, by record, with the text that was judged."""
    vocabulary = config.load(review / "config.yaml").vocabulary
    if not readers_path(review).exists():
        return []
    with Warehouse(readers_path(review), read_only=True) as store:
        return [_row(row, vocabulary) for row in store.rows("judged_texts")]


def _row(row: Row, vocabulary: Vocabulary) -> Row:
    record = serial.load(Record, row["record"])
    judged = serial.load(KINDS[row["subject"]], row["body"])
    return {
        "id": row["record_id"],
        "record": row["record_id"],
        "title": record.title,
        "abstract": [{"label": part.label, "text": part.text} for part in record.abstract],
        "publication_types": list(record.publication_types),
        "what": row["subject"],
        **dict(_said(judged, vocabulary)),
        "read": [_read(one) for one in json.loads(row["read_then"])],
        "quote": getattr(judged, "quote", ""),
        "reason": row["reason"],
        "by": row["decider"],
        "on": str(row["decided_on"]),
    }


def _said(
    judged: JudgedFinding | JudgedTag | JudgedBias, vocabulary: Vocabulary
) -> Iterator[tuple[str, Any]]:
    """What the person says; of a finding also as `read --ask` would answer."""
    if isinstance(judged, JudgedBias):
        yield "risk_of_bias", judged.level
        return
    if isinstance(judged, JudgedTag):
        yield from (("tag", judged.name), ("values", list(judged.values)))
        return
    for name in ("intervention", "comparator", "outcome", "weeks", "direction", "significant"):
        yield name, getattr(judged, name)
    if judged.direction is not None and is_known(judged, vocabulary):
        yield "answer", outcome_change(judged.direction, vocabulary.outcomes[judged.outcome])


def _read(one: Row) -> Row:
    """What the rules read, in the words that a person judges in."""
    if "value" in one:
        return {"value": one["value"], "quote": one["quote"], "tagger": one["tagger"]}
    kept = ("intervention", "comparator", "weeks", "direction", "significant", "quote", "tagger")
    return {name: one[name] for name in kept}


COLUMNS = (
    "record", "title", "abstract", "what", "tag", "values", "intervention", "comparator",
    "outcome", "weeks", "direction", "significant", "read", "quote", "reason", "by", "on",
    "risk_of_bias",
)  # fmt: skip


def _csv(rows: list[Row]) -> str:
    page = io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        told = row | {
            "abstract": " ".join(part["text"] for part in row["abstract"]),
            "read": "; ".join(str(one.get("value") or one["direction"]) for one in row["read"]),
            "values": ",".join(row.get("values", ())),
        }
        if "direction" in row and row["direction"] is None:
            told["direction"] = "none"
        table.writerow([cell(told.get(column)) for column in COLUMNS])
    return page.getvalue()
