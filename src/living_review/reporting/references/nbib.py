"""NBIB, PubMed's tagged format: written so that our own import reads the record whole."""

from collections.abc import Iterable

from living_review.model import Link, PartialDate, Record
from living_review.parsing import nbib
from living_review.parsing.pubmed_dates import MONTHS
from living_review.parsing.stated import PMID
from living_review.reporting.references.reference import (
    Reference,
    abstract_text,
    issued,
    place,
    pmid_of,
    printed_title,
    remarks,
)
from living_review.reporting.references.tagged import Tagged, beside, lines

LINK_TAGS = {relation: tag for tag, relation in nbib.LINKS.items()}
# How a number names its register in PubMed's SI; the other registers' numbers name their own.
REGISTERS = (
    ("NCT", "ClinicalTrials.gov/NCT"), ("ISRCTN", "ISRCTN/ISRCTN"), ("ACTRN", "ANZCTR/ACTRN"),
    ("EUCTR", "EudraCT/"),
)  # fmt: skip


def render(references: Iterable[Reference]) -> bytes:
    """Write every reference, in order, so that an import gives the same record again."""
    return "\n".join(_whole(reference) for reference in references).encode("utf-8", "replace")


def _whole(reference: Reference) -> str:
    entry = _written([*_tags(reference.record), *(("GN", said) for said in remarks(reference))])
    told = beside(reference.record, entry, nbib.parse)
    return entry + _written([("GN", told)])


def _written(tagged: Tagged) -> str:
    return "".join(lines([(f"{tag:<4}", text) for tag, text in tagged], "- "))


def _tags(record: Record) -> Tagged:
    volume, issue, pages = place(record)
    doi = record.doi and f"{record.doi} [doi]"
    return [
        ("PMID", pmid_of(record)),
        ("OWN", "living-review"),
        ("LR", _digits(record.revised)),
        ("VI", volume),
        ("IP", issue),
        ("DP", _printed(issued(record))),
        ("TI", printed_title(record)),
        ("PG", pages),
        ("LID", doi),
        ("AB", abstract_text(record)),
        *(("AU", name) for name in record.authors),
        *(("CN", name) for name in record.collective_authors),
        *(("LA", language) for language in record.languages),
        *(("SI", _registered(number)) for number in record.registrations),
        *(("PT", kind) for kind in record.publication_types),
        ("DEP", _digits(record.published_online)),
        ("TT", record.vernacular_title),
        ("JT", record.journal),
        *(_link(link) for link in record.links if link.relation in LINK_TAGS),
        *(("MH", heading) for heading in record.mesh),
        *(("OT", word) for word in record.keywords),
        ("CRDT", str(record.entered or "").replace("-", "/")),
        ("PMC", record.pmc),
        ("AID", doi),
    ]


def _printed(date: PartialDate | None) -> str:
    """`2017 Mar 23`, as partial as it is known."""
    if date is None:
        return ""
    parts = [f"{date.year:04d}"]
    if date.month is not None:
        parts.append(MONTHS[date.month - 1].title())
        if date.day is not None:
            parts.append(str(date.day))
    return " ".join(parts)


def _digits(date: PartialDate | None) -> str:
    return str(date or "").replace("-", "")


def _registered(number: str) -> str:
    for start, named in REGISTERS:
        if number.startswith(start):
            return named + number.removeprefix(start)
    return number


def _link(link: Link) -> tuple[str, str]:
    """A comment or correction under its tag."""
    other = (link.record_id or "").removeprefix("pmid:")
    pmid = f". PMID: {other}" if PMID.fullmatch(other) else ""
    return LINK_TAGS[link.relation], f"{link.citation}{pmid}"
