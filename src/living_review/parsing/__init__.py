"""Payload bytes → Records. Pure: no disk, no network, no clock."""

from collections.abc import Callable

from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing import (
    clinicaltrials,
    crossref,
    csv_records,
    json_lines,
    nbib,
    pubmed_xml,
    ris,
)
from living_review.parsing.payload import Format, Payload
from living_review.parsing.stated import under

VERSION = "2"  # raise it when the same bytes give another Record: what was read is read again

PARSERS: dict[Format, Callable[[bytes], Record]] = {
    "pubmed_xml": pubmed_xml.parse,
    "json_line": json_lines.parse,
    "clinicaltrials_json": clinicaltrials.parse,
    "crossref_json": crossref.parse,
    "ris": ris.parse,
    "nbib": nbib.parse,
    "csv_row": csv_records.parse,
}
EXPORTS: tuple[Format, ...] = ("ris", "nbib", "csv_row")  # name a record by what it states


def parse(payload: Payload) -> Record:
    """Read a payload by its format; UnreadableRecord says why one cannot be read."""
    if payload.problem:
        raise UnreadableRecord(payload.problem, payload.record_id)
    if payload.deleted:
        raise UnreadableRecord("its source has withdrawn it", payload.record_id)
    record = PARSERS[payload.format](payload.body)
    is_elsewhere = payload.record_id not in (None, record.record_id)
    if payload.format in EXPORTS and payload.record_id and is_elsewhere:
        return under(record, payload.record_id)  # what it states was found to be another's
    return record
