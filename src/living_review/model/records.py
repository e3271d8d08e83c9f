"""Records as a database gives them."""

import hashlib
import json
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date

from living_review.model.codes import Kind


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as a source gives it: a year, a month, or a day. Never filled up by guess."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `2016`, `2016-07` or `2016-07-01`; ValueError on anything else."""
        parts = [int(part) for part in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(f"not a date: {text!r}")
        partial = cls(*parts)
        partial.last_day()
        return partial

    def last_day(self) -> date:
        """The last day of the period, since a partial date is only known to have passed then."""
        month = 12 if self.month is None else self.month
        day = monthrange(self.year, month)[1] if self.day is None else self.day
        return date(self.year, month, day)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an abstract; `label` is None where the abstract is unstructured."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A comment or correction link as PubMed gives it: RefType, the other record, its citation."""

    relation: str
    record_id: str | None
    citation: str


@dataclass(frozen=True, slots=True)
class Record:
    """A bibliographic entry as a database gives it.

    `record_id` is its source's own key (`pmid:123`, `doi:…`, `nct:…`, `own:…`) and never
    changes. `available_from` is set by imports only; for the rest see `available_on`.
    """

    record_id: str
    title: str
    kind: Kind = "publication"
    pmid: str | None = None
    version: int = 1
    doi: str | None = None
    pmc: str | None = None
    registrations: tuple[str, ...] = ()
    vernacular_title: str | None = None
    abstract: tuple[Section, ...] = ()
    authors: tuple[str, ...] = ()
    collective_authors: tuple[str, ...] = ()
    journal: str | None = None
    citation: str | None = None  # volume(issue):pages, as printed
    published: PartialDate | None = None
    published_online: PartialDate | None = None
    entered: PartialDate | None = None  # PubMed's create (entrez) date
    revised: PartialDate | None = None
    available_from: PartialDate | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def available_on(self) -> date | None:
        """The day from which a review could have known this record; None when undated.

        An import may say so; else PubMed's entry date; else the earlier of the dates of
        publication, each counted from the last day of its period (DESIGN 6).
        """
        for stated in (self.available_from, self.entered):
            if stated is not None:
                return stated.last_day()
        known = [d.last_day() for d in (self.published, self.published_online) if d is not None]
        return min(known, default=None)

    @property
    def content_hash(self) -> str:
        """Hash of what a reader reads: unchanged by PubMed's bookkeeping dates."""
        content = asdict(self)
        for bookkeeping in ("revised", "entered", "available_from", "version"):
            del content[bookkeeping]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """Title and abstract in reading order, for taggers that want plain text."""
        return "\n".join([self.title, *(section.text for section in self.abstract)])
