"""`records.csv`: every record known at this version, one a row, safe in a spreadsheet."""

import csv
import io

from living_review.reporting.canonical import Json
from living_review.reporting.plain import cell

NAME = "records.csv"
COLUMNS = (
    "record", "same_as", "verdict", "criterion", "study", "design", "participants", "published",
    "title", "authors", "journal", "doi", "pmid", "quote",
)  # fmt: skip


def render(report: Json, _diff: Json) -> bytes:
    """Write one row a record, sorted by record id."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(COLUMNS)
    for record_id in sorted(report["records"]):
        record = {**report["records"][record_id], "record": record_id}
        record["authors"] = "; ".join(record.get("authors") or ())
        rows.writerow([cell(record.get(column)) for column in COLUMNS])
    return page.getvalue().encode("utf-8", "replace")
