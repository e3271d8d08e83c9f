"""A record with what duplicates are told by, read once."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from living_review.model import Record
from living_review.parsing.doi import bare_doi
from living_review.screening.duplicates.imprints import Place, read_place
from living_review.screening.duplicates.titles import Title, fold, read_title

Relation = Literal["same_record", "same_study", "maybe_same_record"]
Basis = Literal["pmid", "identifier", "title"]

# The servers' own prefixes, and how they number: 10.1101 is a publisher of journals, too.
PREPRINT_DOI = re.compile(
    r"""10\.1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}(?:v\d+)?$ | 10\.21203/rs\. | 10\.20944/preprints
      | 10\.3121[79]/osf | 10\.3123[4-9]/osf | 10\.2139/ssrn | 10\.48550/arxiv | 10\.22541/au
      | 10\.26434/chemrxiv | 10\.36227/techrxiv | 10\.1590/scielopreprints""",
    re.VERBOSE,
)
PREPRINT_SERVER = re.compile(
    r"\b(?:medrxiv|biorxiv|arxiv|psyarxiv|chemrxiv|ssrn|research square|preprints\.org)\b"
)
MEETING = frozenset(("Congress", "Meeting Abstract", "Conference Abstract", "Conference Paper"))


class Found(NamedTuple):
    """What two records are to each other, and what that rests on."""

    relation: Relation
    reason: str
    basis: Basis = "title"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with what is compared read once."""

    record: Record
    title: Title
    doi: str | None
    place: Place
    years: tuple[int, ...]
    is_preprint: bool
    is_meeting: bool

    @property
    def record_id(self) -> str:
        """The record's own id."""
        return self.record.record_id


def read_entry(record: Record) -> Entry:
    """Read what duplicates are told by."""
    title, place = read_title(record.title), read_place(record.citation)
    doi = bare_doi(record.doi) if record.doi else None
    told = (record.published, record.published_online)
    return Entry(
        record=record,
        title=title,
        doi=doi,
        place=place,
        years=tuple(sorted({each.year for each in told if each is not None})),
        is_preprint="Preprint" in record.publication_types
        or bool(doi and PREPRINT_DOI.match(doi))
        or bool(record.journal and PREPRINT_SERVER.search(fold(record.journal))),
        is_meeting="abstract" in title.marks
        or not MEETING.isdisjoint(record.publication_types)
        or (place.supplement and place.alone and bool(place.page)),
    )


def differ(one: str | None, other: str | None) -> bool:
    """Whether both are told and are not the same."""
    return bool(one and other and one != other)


def told_apart(a: Entry, b: Entry) -> frozenset[str]:
    """The marks that one title only carries. That of a meeting abstract is looked at apart."""
    return (a.title.marks ^ b.title.marks) - {"abstract"}
