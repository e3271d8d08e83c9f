"""What records say of each other: notices of their record, newer forms of it, one study.

A link is read from whichever of its two records states it, and leads to the record that is meant
under whatever id it is known: by PMID, by DOI, or by a notice's title.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from living_review.model import Link, Record
from living_review.parsing.doi import bare_doi
from living_review.parsing.notice_titles import notice_of, own_title
from living_review.parsing.study_numbers import is_review, study_numbers

Carrier = Literal["newer", "older", "either"]

# RefType → (relation, which of the two the record that carries it is). Relations go from the
# notice or newer record to the older one. After a partial retraction (met in files before 2018)
# the paper stands in part, and only a human can say which: a caution, no retraction.
RELATIONS: Mapping[str, tuple[str, Carrier]] = {
    "RetractionOf": ("retracts", "newer"),
    "RetractionIn": ("retracts", "older"),
    "PartialRetractionOf": ("questions", "newer"),
    "PartialRetractionIn": ("questions", "older"),
    "ExpressionOfConcernFor": ("questions", "newer"),
    "ExpressionOfConcernIn": ("questions", "older"),
    "ErratumFor": ("corrects", "newer"),
    "ErratumIn": ("corrects", "older"),
    "UpdateOf": ("updates", "newer"),
    "UpdateIn": ("updates", "older"),
    "RepublishedFrom": ("republishes", "newer"),
    "RepublishedIn": ("republishes", "older"),
    "CorrectedandRepublishedFrom": ("republishes_corrected", "newer"),
    "CorrectedandRepublishedIn": ("republishes_corrected", "older"),
    "RetractedandRepublishedFrom": ("republishes_retracted", "newer"),
    "RetractedandRepublishedIn": ("republishes_retracted", "older"),
    "ReprintOf": ("reprints", "newer"),
    "ReprintIn": ("reprints", "older"),
    "OriginalReportIn": ("summarises", "newer"),
    "SummaryForPatientsIn": ("summarises", "older"),
    "CommentOn": ("comments_on", "newer"),
    "CommentIn": ("comments_on", "older"),
    # Ours: a registration names the publication of its results.
    "ResultsIn": ("same_study", "either"),
}
# A data set is no record of the literature, and a reference list states nothing of the record.
IGNORED = frozenset({"AssociatedDataset", "AssociatedPublication", "Cites"})
SYMMETRIC = ("same_record", "same_study", "maybe_same_record")
_ID, _TITLE, _NUMBER = "id ", "title ", "number "


class Stated(NamedTuple):
    """One link that records state; symmetric ones go from the lower id to the higher."""

    from_id: str
    to_id: str
    relation: str
    reason: str


def stated_links(
    records: Sequence[Record],
    same: Mapping[str, str] | None = None,
    by: Collection[str] | None = None,
) -> tuple[Stated, ...]:
    """Every link that the records state, sorted, each once.

    `same` names for each record the first one of those that are the same record, so that a title
    they share still names one record. `by` leaves out what no record of these ids states.
    """
    known = _Known(records, same or {})
    once: dict[tuple[str, str, str], Stated] = {}
    stating = [record for record in records if by is None or record.record_id in by]
    registered = (
        stated
        for stated in _registered(records)
        if by is None or stated.from_id in by or stated.to_id in by
    )
    for stated in (*_corrections(stating, known, _pooled_results(records, known)), *registered):
        once.setdefault(stated[:3], stated)
    return tuple(sorted(once.values()))


def known_as(record: Record) -> frozenset[str]:
    """All that links may name the record by; two records of one study number name each other."""
    found = {_ID + one for one in _ids(record)}
    if record.kind == "publication":
        found.add(_TITLE + own_title(record))
    return frozenset(found | {_NUMBER + number for number in study_numbers(record)})


def names(record: Record) -> frozenset[str]:
    """All that the record's own links name other records by, as `known_as` has it."""
    found = {
        _ID + key
        for link in record.links
        if link.relation in RELATIONS and (key := _key(link)) is not None
    }
    notice = notice_of(record)
    found |= {_TITLE + title for title in notice[1]} if notice else set()
    return frozenset(found | {_NUMBER + number for number in study_numbers(record)})


def ordered(relation: str, first: str, second: str) -> tuple[str, str]:
    """The pair as a link keeps it: a symmetric relation has one direction only."""
    return (min(first, second), max(first, second)) if relation in SYMMETRIC else (first, second)


class _Known:
    """Which records are meant by an id, a DOI or a title."""

    def __init__(self, records: Iterable[Record], same: Mapping[str, str]) -> None:
        self._same = same
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._titles: dict[str, set[str]] = defaultdict(set)
        for record in records:
            for known_id in _ids(record):
                self._ids[known_id].add(record.record_id)
            if record.kind == "publication":
                self._titles[own_title(record)].add(record.record_id)

    def meant_by(self, link: Link) -> tuple[str, ...]:
        """The records a link leads to; an id the store lacks stands for itself."""
        key = _key(link)
        return () if key is None else tuple(sorted(self._ids.get(key, {key})))

    def titled(self, titles: Iterable[str], apart_from: str) -> tuple[str, ...]:
        """The one record of that title, in all its forms; nothing where several have it."""
        for title in titles:
            found = self._titles.get(title, set()) - {apart_from}
            if len({self._same.get(record, record) for record in found}) == 1:
                return tuple(sorted(found))
        return ()


def _ids(record: Record) -> Iterator[str]:
    yield record.record_id
    if record.pmid:
        yield f"pmid:{record.pmid}"
    if record.doi and (doi := bare_doi(record.doi)):
        yield f"doi:{doi}"


def _key(link: Link) -> str | None:
    """The id by which a link names its record; None where it names none."""
    key = link.record_id
    if key is None or key.startswith("doi:"):
        doi = bare_doi(link.citation if key is None else key.removeprefix("doi:"))
        key = f"doi:{doi}" if doi else key
    return key


def _corrections(
    records: Sequence[Record], known: _Known, shared: Collection[str]
) -> Iterator[Stated]:
    for record in records:
        names_a_record = False
        for link in record.links:
            if link.relation not in RELATIONS:
                continue
            relation, carrier = RELATIONS[link.relation]
            meant = [other for other in known.meant_by(link) if other != record.record_id]
            names_a_record |= carrier == "newer" and bool(meant)
            if carrier == "older" and not meant:
                # A notice without a record here, or with none but this one (some are printed under
                # the DOI of what they are about), still counts; its citation stands in for it.
                meant = [f"cited:{link.citation}"]
            for other in meant:
                if carrier == "either" and other in shared:
                    continue
                pair = (other, record.record_id)
                if carrier == "newer":
                    pair = (record.record_id, other)
                yield Stated(*ordered(relation, *pair), relation, "stated by the record")
        if not names_a_record:
            yield from _by_title(record, known)


def _by_title(record: Record, known: _Known) -> Iterator[Stated]:
    """A notice that names its record by nothing but its title."""
    found = notice_of(record)
    if found is not None:
        relation, titles = found
        for other in known.titled(titles, apart_from=record.record_id):
            yield Stated(record.record_id, other, relation, "named by the notice's title")


def _pooled_results(records: Sequence[Record], known: _Known) -> frozenset[str]:
    """Publications that report several registered studies: they would make one study of them."""
    reviews = {record.record_id for record in records if is_review(record)}
    reported: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for link in record.links:
            if link.relation in RELATIONS and RELATIONS[link.relation][1] == "either":
                for other in known.meant_by(link):
                    reported[other].add(record.record_id)
    several = {other for other, registered in reported.items() if len(registered) > 1}
    return frozenset(several | reviews)


def _registered(records: Sequence[Record]) -> Iterator[Stated]:
    by_number: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for number in study_numbers(record):
            by_number[number].add(record.record_id)
    for number, sharing in sorted(by_number.items()):
        yield from _star(sharing, f"both name {number}")


def _star(sharing: Collection[str], reason: str) -> Iterator[Stated]:
    """Link the first record to each other one: as many links as it takes, and no more."""
    first, *others = sorted(sharing)
    for other in others:
        yield Stated(first, other, "same_study", reason)
