"""NBIB, PubMed's tagged format (`Save → PubMed`) → Records."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, TypeAlias

from Bio import Medline

from living_review.errors import UnreadableRecord
from living_review.model import Link, Record
from living_review.parsing.beside import with_line
from living_review.parsing.payload import Payload
from living_review.parsing.stated import Stated, record_of
from living_review.parsing.text_files import decode, lines

Fields: TypeAlias = Mapping[str, str | Sequence[str]]

# The dash stands in the fifth column, or is set off from what follows.
TAG = re.compile(r"(?=.{4}-|\S+\s*-(?:\s|\d|$))([A-Z][A-Z0-9]{1,3})\s*-\s*(.*)$")
OWN_PMID = re.compile(r"PMID\s*-")
CITED_PMID = re.compile(r"PMID:?\s*(\d+)")

# MEDLINE's display tags for the RefTypes of PubMed's XML.
LINKS = {
    "CIN": "CommentIn", "CON": "CommentOn", "EIN": "ErratumIn", "EFR": "ErratumFor",
    "RIN": "RetractionIn", "ROF": "RetractionOf", "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf", "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor", "UIN": "UpdateIn", "UOF": "UpdateOf",
    "RPI": "RepublishedIn", "RPF": "RepublishedFrom", "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom", "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom", "SPIN": "SummaryForPatientsIn",
    "ORI": "OriginalReportIn",
}  # fmt: skip


def split(stream: BinaryIO) -> Iterator[Payload]:
    """Cut an NBIB file into records: each from a PMID, or from a tag behind an empty line.

    A record that cannot be read comes with the reason as its problem.
    """
    open_at, body, number, is_parted = 0, "", 0, True
    for at, line in enumerate(lines(decode(stream.read())[0]), 1):
        is_opening = TAG.match(line.rstrip()) and (is_parted or OWN_PMID.match(line))
        if is_opening and body.strip():
            yield _payload(body, number, open_at)
        if is_opening:
            open_at, body, number = at, "", number + 1
        elif is_parted and line.strip() and not line[0].isspace():
            said = f"line {at}: '{line.strip()[:40]}' begins with no tag of NBIB"
            yield Payload(None, "nbib", line.encode(), problem=said)
        is_parted = not line.strip()
        body += line
    if number:
        yield _payload(body, number, open_at)


def parse(payload: bytes) -> Record:
    """Read one record; UnreadableRecord says what it lacks."""
    fields = _fields(payload.decode("utf-8", "replace"))
    by_tags = record_of(
        Stated(
            title=_text(fields, "TI") or _text(fields, "BTI"),
            vernacular_title=_text(fields, "TT"),
            abstract=_text(fields, "AB") or _text(fields, "OAB"),
            authors=(*(_all(fields, "AU") or _all(fields, "FAU")), *_all(fields, "CN")),
            journal=_text(fields, "JT") or _text(fields, "TA"),
            volume=_text(fields, "VI"),
            issue=_text(fields, "IP"),
            pages=_text(fields, "PG"),
            dates=(_text(fields, "DP"),),
            online=(_text(fields, "DEP"),),
            entered=_text(fields, "CRDT") or _text(fields, "EDAT"),
            revised=_text(fields, "LR"),
            types=_all(fields, "PT"),
            mesh=tuple(_descriptor(heading) for heading in _all(fields, "MH")),
            keywords=tuple(word.lstrip("*") for word in _all(fields, "OT")),
            languages=_all(fields, "LA"),
            pmid=_text(fields, "PMID"),
            doi=_doi(fields),
            pmc=_text(fields, "PMC"),
            places=_all(fields, "SI"),
            registered=_all(fields, "SI"),
            links=tuple(_links(fields)),
        )
    )
    return with_line(by_tags, _all(fields, "GN"))


def _payload(body: str, number: int, at: int) -> Payload:
    kept = body.encode()
    try:
        return Payload(parse(kept).record_id, "nbib", kept)
    except UnreadableRecord as error:
        return Payload(None, "nbib", kept, problem=f"record {number} (line {at}): {error.reason}")


def _fields(body: str) -> Fields:
    """Biopython's reading of lines put as PubMed puts them, each field unfolded to one line.

    Biopython takes the tag from four columns and drops what stands in the next two, and folds
    a continued name or publication type into two.
    """
    straight: list[str] = []
    for line in lines(body):
        found = TAG.match(line.rstrip())
        if found:
            straight.append(f"{found[1]:<4}- {found[2]}")
        elif straight and line.strip():
            straight[-1] += f" {line.strip()}"
    records = Medline.parse([f"{line}\n" for line in straight])  # type: ignore[no-untyped-call]
    fields: Fields = next(records, {})
    return fields


def _all(fields: Fields, tag: str) -> tuple[str, ...]:
    said = fields.get(tag, ())
    return (said,) if isinstance(said, str) else tuple(said)


def _text(fields: Fields, tag: str) -> str:
    return " ".join(_all(fields, tag)).strip()


def _doi(fields: Fields) -> str:
    said = (*_all(fields, "LID"), *_all(fields, "AID"))
    found = (re.search(r"(10\.\S+)\s*\[doi\]", text) for text in said)
    return next((match[1] for match in found if match), _text(fields, "SO"))


def _descriptor(heading: str) -> str:
    """The descriptor of a MeSH heading such as `Pain/*drug therapy`."""
    return heading.split("/", maxsplit=1)[0].lstrip("*")


def _links(fields: Fields) -> Iterator[Link]:
    for tag, relation in LINKS.items():
        for text in _all(fields, tag):
            cited = CITED_PMID.search(text)
            source = re.split(r"\.?\s*PMID:", text)[0]
            yield Link(relation, f"pmid:{cited[1]}" if cited else None, source)
