"""One record as a source sent it, before anybody has read it."""

from dataclasses import dataclass
from typing import Literal

Format = Literal[
    "pubmed_xml", "json_line", "ris", "nbib", "csv_row", "clinicaltrials_json", "crossref_json"
]


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes of one record, kept as received.

    `record_id` is None where the bytes do not give one. `deleted` says that the source has
    withdrawn the record. `problem` says why it cannot be read; empty for a readable one.
    `version` is PubMed's own number of the record's version.
    """

    record_id: str | None
    format: Format
    body: bytes
    deleted: bool = False
    problem: str = ""
    version: int = 1
