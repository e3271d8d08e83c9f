"""RIS for reference managers: written so that they, and our own import, read the record whole."""

from collections.abc import Iterable, Iterator

from living_review.model import PartialDate, Record
from living_review.parsing import ris
from living_review.reporting.references.reference import (
    Reference,
    abstract_text,
    address,
    family_first,
    issued,
    place,
    pmid_of,
    printed_title,
    remarks,
)
from living_review.reporting.references.tagged import Tagged, beside, lines

# What RIS calls the kinds of publication that it has a name for.
KINDS = {
    "Conference Abstract": "ABST", "Conference Paper": "CPAPER", "Preprint": "UNPB",
    "Academic Dissertation": "THES", "Technical Report": "RPRT", "Book": "BOOK",
    "Book Chapter": "CHAP", "News": "NEWS",
}  # fmt: skip
END = "ER  - \n"


def render(references: Iterable[Reference]) -> bytes:
    """Write every reference, in order, so that an import gives the same record again."""
    return "\n".join(_whole(reference) for reference in references).encode("utf-8", "replace")


def render_tags(references: Iterable[Reference]) -> bytes:
    """Write references of records of which not all is known here: with tags alone."""
    return "\n".join(_entry(reference) + END for reference in references).encode("utf-8", "replace")


def _whole(reference: Reference) -> str:
    entry = _entry(reference)
    told = beside(reference.record, entry + END, ris.parse)
    return "".join([entry, *lines([("C8", told)], "  - "), END])


def _entry(reference: Reference) -> str:
    tagged = [*_tags(reference.record), *(("N1", remark) for remark in remarks(reference))]
    return "".join(lines(tagged, "  - "))


def _tags(record: Record) -> Tagged:
    volume, issue, pages = place(record)
    first, _, last = pages.partition("-")
    is_range = bool(first and last) and "-" not in last
    date = issued(record)
    return [
        ("TY", _kind(record)),
        ("ID", record.record_id),
        ("TI", printed_title(record)),
        *(("AU", family_first(name)) for name in record.authors),
        *(("AU", name) for name in record.collective_authors),
        ("JO", record.journal),
        ("VL", volume),
        ("IS", issue),
        ("SP", first if is_range else pages),
        ("EP", last if is_range else None),
        ("PY", date and f"{date.year:04d}"),
        ("DA", _date(date)),
        ("ET", _date(record.published_online)),
        *(("M3", kind) for kind in record.publication_types),
        ("LA", "; ".join(record.languages)),
        ("DO", record.doi),
        ("AN", pmid_of(record) or next(_trial_numbers(record), None)),
        ("C2", record.pmc),
        ("UR", address(record)),
        ("AB", abstract_text(record)),
        *(("KW", word) for word in (*record.keywords, *record.mesh)),
    ]


def _kind(record: Record) -> str:
    named = (KINDS[name] for name in record.publication_types if name in KINDS)
    return next(named, "JOUR" if record.journal else "GEN")


def _date(date: PartialDate | None) -> str:
    return str(date or "").replace("-", "/")


def _trial_numbers(record: Record) -> Iterator[str]:
    """The number that a registration stands under in its register."""
    if record.kind == "registration":
        yield from record.registrations
