"""The queue as a page: what the rules could not answer, and how to answer it."""

from collections.abc import Sequence

from living_review.reporting.canonical import Json
from living_review.reporting.pages import labels, page
from living_review.reporting.site.record import Kept, told_of


def queue_html(
    asked: Sequence[Json], of_records: Sequence[Kept], report: Json, as_of: str
) -> bytes:
    """Render what awaits a person as of a day: record, what, reason of each question.

    A question about a claim, such as a signal, names the claim in `record`.
    """
    known = labels(report)
    records = {one.record.record_id: told_of(one.record) for one in of_records}
    told = [
        {**item, "claim": item["record"] if item["record"] in known else None} for item in asked
    ]
    return page(
        "queue.html", root="", asked=told, records=records, report=report, as_of=as_of, labels=known
    )
