"""Tables of records as PubMed, Scopus, Embase, Zotero, Covidence and others export them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing.csv_headers import check, columns_of, delimiter_of, fields_of, table_of
from living_review.parsing.names import split_names
from living_review.parsing.payload import Payload
from living_review.parsing.ris import LABELLED_PMID
from living_review.parsing.stated import Stated, record_of
from living_review.parsing.text_files import decode, lines

NOTHING = {"-", "na", "n/a", "nan", "none", "null"}
# `Pain. 2016 Jul;157(7):1499-1507. doi: …`, as PubMed's tables give it.
CITATION = re.compile(r"\.\s+(\d{4}[^;]*);\s*(\S[^.;]*)")


def split(stream: BinaryIO) -> Iterator[Payload]:
    """Cut a table into payloads, each the canonical JSON of header → value of one row.

    ImportError_ for a header that is wrong (see csv_headers.check). A row that cannot be read
    comes with the reason as its problem.
    """
    skipped, table = table_of(decode(stream.read())[0])
    columns = columns_of(table)
    check(columns)
    reader = csv.reader(lines(table), delimiter=delimiter_of(table), strict=True)
    number, at = -1, skipped
    try:
        for cells in reader:
            line, at = at + 1, skipped + reader.line_num
            if any(cell.strip() for cell in cells):
                number += 1
                if number:
                    yield _payload(columns, cells, f"row {number} (line {line})")
    except csv.Error as error:
        said = f"line {at + 1}: what begins here is not CSV: {error}"
        yield Payload(None, "csv_row", b"", problem=said)


def parse(payload: bytes) -> Record:
    """Read one row; UnreadableRecord says what it lacks."""
    try:
        row = {str(name): str(cell) for name, cell in json.loads(payload).items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableRecord(f"it is no row of a table: {error}") from error
    said = fields_of(row)

    def cell(field: str) -> str:
        return said.get(field, "")

    cited = CITATION.search(cell("citation"))
    day = "/".join(filter(None, (cell("year"), cell("month"), cell("day"))))
    return record_of(
        Stated(
            title=cell("title"),
            abstract=cell("abstract"),
            authors=tuple(split_names(cell("authors"))),
            journal=cell("journal"),
            volume=cell("volume") or (cited[2] if cited else ""),
            issue=cell("issue"),
            pages=_pages(said),
            dates=(cell("year"), day, cell("date"), cited[1] if cited else ""),
            entered=cell("entered"),
            types=(cell("type"),),
            keywords=tuple(re.split(r"[;|\n]", cell("keywords"))),
            languages=tuple(w for w in re.split(r"[;,|]", cell("language")) if w.strip()),
            pmid=_pmid(said),
            doi=cell("doi") or cell("address"),
            pmc=cell("pmc"),
            places=(cell("registration"), cell("address")),
        )
    )


def _payload(columns: Sequence[str], cells: Sequence[str], about: str) -> Payload:
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        said = f"{about}: has {len(cells)} cells where the header has {len(columns)}"
        return Payload(None, "csv_row", b"", problem=said)
    row = dict(zip(columns, cells, strict=False))
    body = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    try:
        return Payload(parse(body).record_id, "csv_row", body)
    except UnreadableRecord as error:
        return Payload(None, "csv_row", body, problem=f"{about}: {error.reason}")


def _pages(said: Mapping[str, str]) -> str:
    ends = [said[key] for key in ("first", "last") if key in said]
    return said.get("pages") or "-".join(dict.fromkeys(ends)) or said.get("article", "")


def _pmid(said: Mapping[str, str]) -> str:
    """From its own column, where a spreadsheet may have made `123.0` of it; else from a note."""
    own = said.get("pmid", "")
    if own and own.casefold() not in NOTHING:
        labelled = LABELLED_PMID.fullmatch(own)
        return labelled[1] if labelled else re.sub(r"\.0+$", "", own)
    notes = re.split(r"[\n;]", said.get("notes", ""))
    return next((m[1] for note in notes if (m := LABELLED_PMID.match(note.strip()))), "")
