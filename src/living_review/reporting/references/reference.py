"""A record as it is handed out: with the decision beside it, and what people are asked of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from living_review.model import PartialDate, Record
from living_review.parsing.beside import REMARK
from living_review.parsing.stated import PMID
from living_review.parsing.stated import plain as without_markup
from living_review.reporting.citations import doi_link, pubmed_link
from living_review.reporting.plain import plain

UNTITLED = "[title not stated]"
UNSCREENED = "not screened yet"

_CITATION = re.compile(r"(?P<volume>[^():]*)(?:\((?P<issue>[^()]*)\))?(?::(?P<pages>.*))?")
_FAMILY_FIRST = re.compile(r"(?P<family>\S.*)\s(?P<initials>[A-Z]{1,4})")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that people are asked about a record, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A record and where it stands. `verdict` None: not screened yet.

    `quote` are the words that decided. `same_as` names the record that stands for it, where it is
    known in several forms.
    """

    record: Record
    verdict: str | None = None
    criterion: str | None = None
    reason: str = ""
    decider: str = ""
    quote: str = ""
    same_as: str | None = None
    asked: tuple[Asked, ...] = ()


def remarks(reference: Reference) -> Iterator[str]:
    """The decision, and each question, as a sentence for a field of notes."""
    decided = ", ".join(filter(None, (reference.verdict or UNSCREENED, reference.criterion)))
    by = f" (by {reference.decider})" if reference.decider else ""
    because = [reference.reason, f"“{reference.quote}”" if reference.quote else ""]
    why = "; ".join(filter(None, because))
    yield _remark("decision", f"{decided}{by}{': ' if why else ''}{why}")
    if reference.same_as:
        yield _remark("duplicate", f"the same record as {reference.same_as}")
    for asked in reference.asked:
        yield _remark("asks", f"{asked.what}: {asked.why}")


def printed_title(record: Record) -> str:
    """The title in one line; that there is none, where readers of files would see none."""
    said = plain(record.title)
    return said if without_markup(said) else UNTITLED


def place(record: Record) -> tuple[str, str, str]:
    """Volume, issue and pages of the citation; empty ones where it is not written that way."""
    found = _CITATION.fullmatch(record.citation or "")
    if found is None:
        return "", "", ""
    return found["volume"], found["issue"] or "", found["pages"] or ""


def family_first(author: str) -> str:
    """`Family, A. B.` of `Family AB`; any other name as it is."""
    found = _FAMILY_FIRST.fullmatch(plain(author))
    if found is None or "," in author:
        return plain(author)
    return f"{found['family']}, {' '.join(f'{letter}.' for letter in found['initials'])}"


def address(record: Record) -> str | None:
    """Where the record can be read: PubMed, else its DOI."""
    return pubmed_link(pmid_of(record)) or doi_link(record.doi)


def pmid_of(record: Record) -> str | None:
    """The PMID, where it is one: readers refuse an entry that states another number for it."""
    return record.pmid if record.pmid and PMID.fullmatch(record.pmid) else None


def issued(record: Record) -> PartialDate | None:
    """When it was published, on paper or else online."""
    return record.published or record.published_online


def abstract_text(record: Record) -> str:
    """The abstract in one text, each heading before its part."""
    parts = (f"{part.label}: {part.text}" if part.label else part.text for part in record.abstract)
    return " ".join(parts)


def _remark(what: str, text: str) -> str:
    return f"{REMARK}{what}: {plain(text)}"
