"""What an export states of one publication → a Record with the key it is known by."""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from living_review.errors import UnreadableRecord
from living_review.model import Kind, Link, PartialDate, Record
from living_review.parsing.doi import bare_doi, printed_doi
from living_review.parsing.names import people_of, plain_words
from living_review.parsing.pubmed_fields import kind_of
from living_review.parsing.registrations import find_registrations
from living_review.parsing.stated_dates import fullest_date, read_stated
from living_review.parsing.stated_words import language_of, sections_of, types_of

PMID = re.compile(r"[1-9]\d{0,7}")
PMC = re.compile(r"\bPMC\d+\b", re.IGNORECASE)
MARKUP = re.compile(r"</?(?:i|b|u|em|strong|su[bp]|sc|scp|span|p|br)\b[^<>]*>", re.IGNORECASE)
# With their semicolon only: `AT&T` and `p&lt` are as printed.
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
REGISTERS = re.compile(
    r"clinicaltrials\.gov|trialsearch\.who\.int|isrctn\.com|anzctr\.org\.au|"
    r"clinicaltrialsregister\.eu|chictr\.org|drks\.de|umin\.ac\.jp|ctri\.nic\.in",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields of one record as an export prints them; empty where it says nothing.

    `dates` and `online` are several statements of one date, the one that rules first.
    `places` are addresses and accession numbers, by which a registration is told; `registered`
    are texts that name the record's own registrations.
    """

    title: str
    vernacular_title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    dates: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    entered: str = ""
    revised: str = ""
    types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pmid: str = ""
    doi: str = ""
    pmc: str = ""
    places: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def record_of(stated: Stated) -> Record:
    """The record under the first of its keys; UnreadableRecord where it has no title."""
    title, abstract = plain(stated.title), sections_of(plain(stated.abstract))
    if not title:
        raise UnreadableRecord("it states no title")
    if stated.pmid and not PMID.fullmatch(stated.pmid):
        raise UnreadableRecord(f"'{stated.pmid[:40]}' is no PMID")
    people, collectives = people_of(plain(name) for name in stated.authors)
    types = types_of(stated.types)
    pmc = PMC.search(stated.pmc)
    journal, kind = plain(stated.journal), _kind(stated, types)
    texts = [title, *(section.text for section in abstract), *stated.registered]
    if kind == "registration":
        texts += [journal, *stated.places]
    record = Record(
        record_id="",
        title=title,
        kind=kind,
        pmid=stated.pmid or None,
        doi=printed_doi(stated.doi),
        pmc=pmc[0].upper() if pmc else None,
        registrations=find_registrations(texts),
        vernacular_title=plain(stated.vernacular_title) or None,
        abstract=abstract,
        authors=people,
        collective_authors=collectives,
        journal=None if not journal or "://" in journal else journal,
        citation=_citation(stated),
        published=fullest_date(*stated.dates),
        published_online=fullest_date(*stated.online),
        entered=read_stated(stated.entered),
        revised=read_stated(stated.revised),
        publication_types=types,
        mesh=_each_once(stated.mesh),
        keywords=_each_once(stated.keywords),
        languages=tuple(dict.fromkeys(language_of(name) for name in stated.languages)),
        links=stated.links,
    )
    return replace(record, record_id=next(keys(record)))


def keys(record: Record) -> Iterator[str]:
    """The keys a record may stand under: PMID, DOI, NCT number, and our own.

    Our own is the hash of all that tells two publications of one title apart: whether two that
    differ in any of it are one is for the search for duplicates to say, and for people.
    """
    if record.pmid:
        yield f"pmid:{record.pmid}"
    if record.doi and (doi := bare_doi(record.doi)):
        yield f"doi:{doi}"
    numbers = [n for n in record.registrations if n.startswith("NCT")]
    if record.kind == "registration" and len(numbers) == 1:
        yield f"nct:{numbers[0]}"
    year = _year(record.published or record.published_online)
    first = next(iter((*record.authors, *record.collective_authors)), "")
    place = (record.journal or "", record.citation or "", *record.publication_types)
    yield _own("|".join(plain_words(part) for part in (record.title, year, first, *place)))


def under(record: Record, key: str) -> Record:
    """The record under another of its keys; the identifiers found wrong are no longer its own."""
    kept_doi = record.doi if key.startswith("doi:") else None
    return replace(record, record_id=key, pmid=None, doi=kept_doi)


def plain(text: str) -> str:
    """One line of text, without markup, escapes and control characters."""
    text = MARKUP.sub("", text)
    text = ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return " ".join(CONTROL.sub(" ", text).split())


def _kind(stated: Stated, types: tuple[str, ...]) -> Kind:
    """A registration says so, or is an entry at a register's address without a journal."""
    in_journal = stated.journal and not REGISTERS.search(stated.journal)
    at_register = any(REGISTERS.search(place) for place in (*stated.places, stated.journal))
    if "Trial Registration" in types or (at_register and not in_journal):
        return "registration"
    return kind_of(types)


def _citation(stated: Stated) -> str | None:
    volume, issue, pages = map(plain, (stated.volume, stated.issue, stated.pages))
    return ":".join(filter(None, (volume + (f"({issue})" if issue else ""), pages))) or None


def _each_once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts if (text := plain(each))))


def _year(found: PartialDate | None) -> str:
    return "" if found is None else str(found.year)


def _own(text: str) -> str:
    return f"own:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
