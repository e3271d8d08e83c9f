"""What records say of belonging together: notices of their record, records of one study."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from living_review.model import Record

# RefType → (relation, whether the record that carries it is the notice).
RELATIONS = {
    "RetractionOf": ("retracts", True),
    "RetractionIn": ("retracts", False),
    "ExpressionOfConcernFor": ("questions", True),
    "ExpressionOfConcernIn": ("questions", False),
    "ErratumFor": ("corrects", True),
    "ErratumIn": ("corrects", False),
    "UpdateOf": ("updates", True),
    "UpdateIn": ("updates", False),
    "RepublishedFrom": ("republishes", True),
    "RepublishedIn": ("republishes", False),
    "RetractedandRepublishedFrom": ("republishes", True),
    "RetractedandRepublishedIn": ("republishes", False),
    "CommentOn": ("comments_on", True),
    "CommentIn": ("comments_on", False),
}
# A review's own registration groups nothing: other reviews may quote the same trials.
STUDY_REGISTERS = ("NCT", "ACTRN", "ISRCTN", "EUCTR", "JRCT", "CHICTR", "UMIN")


def stated_links(records: Sequence[Record]) -> Iterator[tuple[str, str, str]]:
    """Every (from, to, relation) that the records state of themselves."""
    by_registration: dict[str, list[str]] = defaultdict(list)
    by_doi: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for link in record.links:
            if link.relation not in RELATIONS:
                continue
            relation, carrier_is_notice = RELATIONS[link.relation]
            # A notice that has no record here still counts; its citation stands in for it.
            other = link.record_id or f"cited:{link.citation}"
            pair = (record.record_id, other) if carrier_is_notice else (other, record.record_id)
            yield (*pair, relation)
        for registration in record.registrations:
            if registration.upper().startswith(STUDY_REGISTERS):
                by_registration[registration.upper()].append(record.record_id)
        if record.doi:
            by_doi[record.doi.lower()].append(record.record_id)
    for relation, groups in (("same_study", by_registration), ("same_record", by_doi)):
        for sharing in groups.values():
            first, *others = sorted(set(sharing))
            for other in others:
                yield first, other, relation
