"""How a record is named in front of a reader, and where it can be read."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from living_review.model import PartialDate, Record
from living_review.reporting.canonical import Json
from living_review.reporting.plain import plain, shorten

_INITIALS = re.compile(r"^[A-Z](?:[A-Z.\-]{0,4})$")
_YEAR = re.compile(r"\d{4}")
_PMID = re.compile(r"\d{1,9}")
_NCT = re.compile(r"NCT\d{8}")


def surname(author: str) -> str:
    """Take the family name of `Surname AB` or `Surname, Given`; a group keeps its whole name."""
    if "," in author:
        return author.split(",", 1)[0].strip()
    words = plain(author).split(" ")
    return (
        " ".join(words[:-1]) if len(words) > 1 and _INITIALS.match(words[-1]) else " ".join(words)
    )


def year(record: Json) -> str:
    """Find the year of publication; empty where it is not stated."""
    found = _YEAR.search(str(record.get("published") or ""))
    return found[0] if found else ""


def short(record_id: str, records: Mapping[str, Json]) -> str:
    """`Surname 2019`; without an author the start of the title, without a record its id."""
    record = records.get(record_id, {})
    authors = record.get("authors") or ()
    name = surname(authors[0]) if authors else shorten(record.get("title") or "", 48)
    return " ".join(part for part in (shorten(name, 48), year(record)) if part) or record_id


def full(record_id: str, records: Mapping[str, Json]) -> str:
    """Cite authors, title, journal and year in one line; the id where nothing else is known."""
    record = records.get(record_id, {})
    authors = [plain(author) for author in record.get("authors") or ()]
    by = ", ".join(authors[:3]) + (" et al." if len(authors) > 3 else "")
    source = " ".join(part for part in (plain(record.get("journal") or ""), year(record)) if part)
    parts = [by, shorten(record.get("title") or "", 300), source]
    return ". ".join(part.rstrip(".") for part in parts if part) or record_id


def link(record: Json) -> str | None:
    """Where the record can be read: PubMed, else its DOI; None where it has neither."""
    return pubmed_link(record.get("pmid")) or doi_link(record.get("doi"))


def pubmed_link(pmid: str | None) -> str | None:
    """Make a PMID a link; None where it does not look like one."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid and _PMID.fullmatch(pmid) else None


def registry_link(number: str) -> str | None:
    """Make a ClinicalTrials.gov number a link; None for other registries."""
    return f"https://clinicaltrials.gov/study/{number}" if _NCT.fullmatch(number) else None


def doi_link(doi: str | None) -> str | None:
    """Make a DOI a link; None where it does not look like one."""
    if doi is None or not doi.startswith("10."):
        return None
    return f"https://doi.org/{quote(doi, safe='/.:;()-_')}"


def record_told(record_id: str, told: Json) -> Record:
    """Take a record back from what a report tells of it, which is less than the store holds."""
    published = told.get("published")
    return Record(
        record_id,
        told.get("title") or "",
        pmid=told.get("pmid"),
        doi=told.get("doi"),
        authors=tuple(told.get("authors") or ()),
        journal=told.get("journal"),
        citation=told.get("citation"),
        published=PartialDate.parse(published) if published else None,
        languages=tuple(told.get("languages") or ()),
    )


def participants(number: int | None) -> str:
    """`n = 20`, or that the number is not stated."""
    return f"n = {number:,}" if number is not None else "n not stated"
