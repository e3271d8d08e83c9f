"""What changed when a source gave a record anew, in a reader's words."""

from collections.abc import Mapping

from living_review.model import Record

# Each part with the fields of a Record that belong to it, in the order in which they are told.
PARTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "vernacular_title"),
    "abstract": ("abstract",),
    "authors": ("authors", "collective_authors"),
    "journal": ("journal", "citation"),
    "dates": ("published", "published_online"),
    "publication types": ("publication_types", "kind"),
    "MeSH": ("mesh",),
    "keywords": ("keywords",),
    "registration": ("registrations",),
    "identifiers": ("record_id", "pmid", "pmc", "doi"),
    "corrections": ("links",),
    "language": ("languages",),
}


def changed_parts(before: Record, after: Record) -> tuple[str, ...]:
    """The parts in which two wordings of a record differ, in the order of PARTS.

    Empty where the content is the same: the bookkeeping dates of a source are no part.
    """
    return tuple(
        part
        for part, fields in PARTS.items()
        if any(getattr(before, field) != getattr(after, field) for field in fields)
    )
