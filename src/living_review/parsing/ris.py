"""RIS, as Zotero, EndNote, Ovid, Embase, Scopus, Web of Science and Cochrane write it → Records."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TypeAlias

import rispy

from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing.beside import REMARK, with_line
from living_review.parsing.doi import printed_doi
from living_review.parsing.payload import Payload
from living_review.parsing.stated import PMC, PMID, Stated, record_of
from living_review.parsing.text_files import decode, lines

Fields: TypeAlias = Mapping[str, Sequence[str]]

TAGS = {tag: tag for tag in (*rispy.config.TAG_KEY_MAPPING, "BT", "CP", "J1", "L3", "PM", "PT")}
STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?:\s(.*)|)$")
LOOSE = re.compile(rf"\s{{0,3}}({'|'.join(sorted(TAGS))})\s{{0,3}}-(?:\s+(.*)|)$")
END = re.compile(r"ER  -|\s{0,3}ER\s{0,3}-\s*$")

PUBMED = re.compile(r"\bpubmed\b|\bmedline\b|\bnlm\b", re.IGNORECASE)
PUBMED_PAGE = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d+)")
LABELLED_PMID = re.compile(
    r"\b(?:pmid|pubmed(?:[ _-]*(?:id|pmid))?|medline pmid)[\s:=#]*([1-9]\d{0,7})\b", re.IGNORECASE
)


class _TolerantParser(rispy.RisParser):  # type: ignore[misc]
    """rispy's reading, with odd spacing around known tags, and every tag as a list."""

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        tag, text = _tagged(line)
        return (None, line.strip()) if tag is None else (tag, text)


def split(stream: BinaryIO) -> Iterator[Payload]:
    """Cut a RIS file into records, each from its TY to its ER, or to the next TY where ER lacks.

    What stands before, between and after records and has no tag is a program's preamble and no
    record. A record that cannot be read comes with the reason as its problem.
    """
    open_at, body, number, is_told = 0, "", 0, False
    for at, line in enumerate(lines(decode(stream.read())[0]), 1):
        tag = _tagged(line)[0]
        if tag == "TY":
            if open_at:
                yield _payload(body, number, open_at)
            open_at, body, number, is_told = at, line, number + 1, False
        elif open_at:
            body += line
            if END.match(line):
                yield _payload(body, number, open_at)
                open_at = 0
        elif tag not in (None, "ER") and not is_told:
            said = f"line {at}: '{tag}' stands outside a record; 'TY  - JOUR' must open it"
            yield Payload(None, "ris", line.encode(), problem=said)
            is_told = True
    if open_at:
        yield _payload(body, number, open_at)


def parse(payload: bytes) -> Record:
    """Read one record; UnreadableRecord says what it lacks."""
    fields = _fields(payload.decode("utf-8", "replace"))
    if "TY" not in fields:
        raise UnreadableRecord("no TY opens it")
    addresses = _all(fields, "UR", "L1", "L2", "L3")
    by_tags = record_of(
        Stated(
            title=_text(fields, "TI", "T1", "CT"),
            abstract=_text(fields, "AB", "N2"),
            authors=tuple(name for n in _all(fields, "AU", "A1") for name in n.split(";")),
            journal=_first(fields, "JF", "T2", "BT", "JO", "JA", "J1", "J2"),
            volume=_first(fields, "VL"),
            issue=_first(fields, "IS", "CP"),
            pages=_pages(fields),
            dates=tuple(_all(fields, "PY", "Y1", "DA")),
            online=tuple(t for t in _all(fields, "ET") if re.match(r"\d{4}[/-]\d", t)),
            types=(*_all(fields, "TY"), *(t for t in _all(fields, "M3", "PT") if _is_type(t))),
            keywords=tuple(k for text in _all(fields, "KW") for k in text.split(";")),
            languages=tuple(w for t in _all(fields, "LA")[:1] for w in re.split(r"[;,]", t)),
            pmid=_pmid(fields, addresses),
            doi=_doi(fields, addresses),
            pmc=next(filter(PMC.search, (*_all(fields, "C2", "ID", "AN"), *_notes(fields))), ""),
            places=(*addresses, *_all(fields, "AN", "ID", "C1", "C3")),
        )
    )
    return with_line(by_tags, _all(fields, "C8"))


def _tagged(line: str) -> tuple[str, str] | tuple[None, str]:
    line = line.rstrip("\r\n").lstrip("\ufeff")  # files put together keep each one's mark
    found = STRICT.match(line) or LOOSE.match(line)
    return (found[1], (found[2] or "").strip()) if found else (None, line)


def _payload(body: str, number: int, at: int) -> Payload:
    kept = body.encode()
    try:
        return Payload(parse(kept).record_id, "ris", kept)
    except UnreadableRecord as error:
        return Payload(None, "ris", kept, problem=f"record {number} (line {at}): {error.reason}")


def _fields(body: str) -> Fields:
    """The texts by tag, empty ones left out."""
    wanted = [line.rstrip("\r\n") for line in lines(body) if not END.match(line)]
    wanted[:1] = [line.lstrip("\ufeff ") for line in wanted[:1]]
    found: list[dict[str, Any]] = rispy.loads(
        "\n".join([*wanted, "ER  - "]),
        implementation=_TolerantParser,
        mapping=TAGS,
        list_tags=[tag for tag in TAGS if tag not in ("TY", "UK")],
        delimiter_tags_mapping={},
    )
    if not found:
        return {}
    said = {**found[0].pop("UK", {}), **found[0], "TY": [found[0]["TY"]]}
    return {tag: [text for text in texts if text] for tag, texts in said.items()}


def _all(fields: Fields, *tags: str) -> list[str]:
    return [text for tag in tags for text in fields.get(tag, ())]


def _first(fields: Fields, *tags: str) -> str:
    return next(iter(_all(fields, *tags)), "")


def _text(fields: Fields, *tags: str) -> str:
    """The first tag that says anything, its lines joined; the same line twice is said once."""
    said = next((fields[tag] for tag in tags if fields.get(tag)), ())
    return " ".join(dict.fromkeys(said))


def _notes(fields: Fields) -> list[str]:
    """Single remarks of the notes; what we remarked on a record says nothing of it."""
    said = [t for t in _all(fields, "N1", "M1", "RN") if not t.startswith(REMARK)]
    return [part.strip(" .") for text in said for part in re.split(r"[;|\n]", text)]


def _pages(fields: Fields) -> str:
    first, last = _first(fields, "SP"), _first(fields, "EP")
    if not first:
        return _first(fields, "C7") or last
    return first if not last or first == last or "-" in first else f"{first}-{last}"


def _is_type(text: str) -> bool:
    return printed_doi(text) is None and len(text) < 60


def _doi(fields: Fields, addresses: Sequence[str]) -> str:
    """The record's own DOI. A note may name another paper's: only a remark that is one counts."""
    remarks = [n for n in _notes(fields) if re.match(r"doi\b|https?://\S+$|10\.\d{4}", n, re.I)]
    said = (*_all(fields, "DO", "DI"), *addresses, *_all(fields, "M3", "AN", "ID"), *remarks)
    return next((doi for text in said if (doi := printed_doi(text))), "")


def _pmid(fields: Fields, addresses: Sequence[str]) -> str:
    """The record's own PMID, from where exporters put it, nowhere by its look alone.

    A bare number is one in PM; in Scopus's C2 and Embase's C5; and in AN or ID where the record
    says that it comes from PubMed or MEDLINE, since EndNote numbers its own records in ID.
    """
    if text := _first(fields, "PM"):
        return match[1] if (match := LABELLED_PMID.search(text)) else text
    found = {match[1] for text in addresses for match in PUBMED_PAGE.finditer(text)}
    if len(found) == 1:
        return found.pop()
    database = " ".join(_all(fields, "DB", "DP"))
    bare = []
    if PUBMED.search(database):
        bare += [*_all(fields, "AN"), *(t for t in _all(fields, "ID") if len(t) > 5)]
    bare += _all(fields, "C2") if "scopus" in database.casefold() else []
    is_embase = re.search(r"\bembase\b", database, re.I) or _first(fields, "U2").startswith("L")
    bare += _all(fields, "C5") if is_embase else []
    labelled = [*_all(fields, "AN", "ID", "C1", "C2", "C3", "C5", "C7", "C8"), *_notes(fields)]
    said = [m[1] for text in labelled if (m := LABELLED_PMID.match(text))]
    return next((text for text in (*bare, *said) if PMID.fullmatch(text)), "")
