"""BibTeX, for people who write in LaTeX. It is handed out only; no import reads it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from living_review.model import Record
from living_review.parsing.pubmed_dates import MONTHS
from living_review.reporting.plain import plain
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

KINDS = {
    "Conference Abstract": "inproceedings", "Conference Paper": "inproceedings",
    "Academic Dissertation": "phdthesis", "Technical Report": "techreport", "Book": "book",
    "Book Chapter": "incollection",
}  # fmt: skip
# In groups of their own, so that braces are even whatever a text holds.
SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
_NO_KEY = re.compile(r"[^A-Za-z0-9:.+-]+")


def render(references: Iterable[Reference]) -> bytes:
    """Write every reference, in order, each under a key of its own made from its record id."""
    entries, taken = [], set[str]()
    for reference in references:
        key = _key(reference.record.record_id, taken)
        taken.add(key)
        entries.append(_entry(key, reference))
    return "\n".join(entries).encode("utf-8", "replace")


def _key(record_id: str, taken: set[str]) -> str:
    key = wanted = _NO_KEY.sub("_", record_id)
    number = 1
    while key in taken:
        number += 1
        key = f"{wanted}+{number}"
    return key


def _entry(key: str, reference: Reference) -> str:
    record = reference.record
    named = (KINDS[name] for name in record.publication_types if name in KINDS)
    kind = next(named, "article" if record.journal else "misc")
    date = issued(record)
    month = f"  month = {MONTHS[date.month - 1]},\n" if date and date.month else ""  # a macro
    fields = "".join(f"  {name} = {{{text}}},\n" for name, text in _fields(reference) if text)
    return f"@{kind}{{{key},\n{fields}{month}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    record, date = reference.record, issued(reference.record)
    volume, issue, pages = place(record)
    yield "title", tex(printed_title(record))
    yield "author", _authors(record)
    yield "journal", tex(record.journal or "")
    yield "year", f"{date.year:04d}" if date else ""
    yield "volume", tex(volume)
    yield "number", tex(issue)
    yield "pages", re.sub(r"(?<=\w)-(?=\w)", "--", tex(pages))
    yield "doi", _verbatim(record.doi or "")
    yield "pmid", pmid_of(record) or ""
    yield "url", _verbatim(address(record) or "")
    yield "language", _listed(record.languages)
    yield "keywords", _listed((*record.keywords, *record.mesh))
    yield "abstract", tex(abstract_text(record))
    yield "note", tex(". ".join(remarks(reference)))


def tex(text: str) -> str:
    """`plain` text that LaTeX prints as it is."""
    return _SPECIAL.sub(lambda match: SPECIAL[match[0]], plain(text))


def _authors(record: Record) -> str:
    """Names joined by `and`; a group, or what BibTeX would take apart, stays whole in braces."""
    people = [family_first(name) for name in record.authors]
    names = [tex(name) if _is_parted(name) else f"{{{tex(name)}}}" for name in people]
    return " and ".join([*names, *(f"{{{tex(name)}}}" for name in record.collective_authors)])


def _is_parted(name: str) -> bool:
    """Whether BibTeX sees the parts of a name: `Family, Given` or `Family, Jr, Given`."""
    return name.count(",") in (1, 2) and not re.search(r"\band\b", name, re.IGNORECASE)


def _listed(texts: Sequence[str]) -> str:
    return tex("; ".join(texts))


def _verbatim(text: str) -> str:
    """An address, which LaTeX prints without escapes: what would end it is percent-encoded."""
    return quote(plain(text), safe="%/.:;()-_~?&=+,@#[]<>!*'")
