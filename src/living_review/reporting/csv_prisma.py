"""`prisma.csv`: the numbers of the PRISMA flow, one a row."""

import csv
import io
from collections.abc import Iterator

from living_review.reporting.canonical import Json
from living_review.reporting.plain import cell

NAME = "prisma.csv"


def render(report: Json, _diff: Json) -> bytes:
    """Write each number of the flow; reasons for exclusion have rows of their own."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(("box", "reason", "n"))
    rows.writerows([cell(value) for value in row] for row in _rows(report["flow"]))
    return page.getvalue().encode("utf-8", "replace")


def _rows(flow: Json) -> Iterator[tuple[str, str, object]]:
    for box, number in sorted(flow.items()):
        if box == "excluded":
            yield from ((box, reason, n) for reason, n in sorted(number.items()))
        else:
            yield box, "", number
