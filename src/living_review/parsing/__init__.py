"""Payload bytes → Records. Pure: no disk, no network, no clock."""

from collections.abc import Callable

from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing import clinicaltrials, crossref, json_lines, pubmed_xml
from living_review.parsing.payload import Format, Payload

VERSION = "1"  # raise it when the same bytes give another Record: what was read is read again

PARSERS: dict[Format, Callable[[bytes], Record]] = {
    "pubmed_xml": pubmed_xml.parse,
    "json_line": json_lines.parse,
    "clinicaltrials_json": clinicaltrials.parse,
    "crossref_json": crossref.parse,
}


def parse(payload: Payload) -> Record:
    """Read a payload by its format; UnreadableRecord says why one cannot be read."""
    if payload.problem:
        raise UnreadableRecord(payload.problem, payload.record_id)
    if payload.deleted:
        raise UnreadableRecord("its source has withdrawn it", payload.record_id)
    return PARSERS[payload.format](payload.body)
