"""`records.csv`: every record known at this version, one a row, safe in a spreadsheet.

The records that bear on nothing are in no report. They are listed here, each with the reason.
"""

import csv
import io
from collections.abc import Mapping

from living_review.reporting.canonical import Json
from living_review.reporting.plain import cell

NAME_IN_FOLDER = "records.csv"
COLUMNS = (
    "record", "same_as", "verdict", "criterion", "study", "design", "participants", "published",
    "title", "authors", "journal", "doi", "pmid", "quote",
)  # fmt: skip


def render(report: Json, excluded: Mapping[str, Json]) -> bytes:
    """Write one row a record of the report and of those `excluded`, sorted by record id."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(COLUMNS)
    records = {**excluded, **report["records"]}
    for record_id in sorted(records):
        record = {**records[record_id], "record": record_id}
        record["authors"] = "; ".join(record.get("authors") or ())
        rows.writerow([cell(record.get(column)) for column in COLUMNS])
    return page.getvalue().encode("utf-8", "replace")
