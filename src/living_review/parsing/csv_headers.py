"""What exported tables call their columns, and what those are here."""

import csv
import difflib
import re
from collections.abc import Mapping, Sequence

from living_review.errors import ImportError_
from living_review.parsing.text_files import lines

# What exports call each field, the surest name first; compared without case, spaces and marks.
# Two capitals are Web of Science's. In Zotero's table the "Publication Title" is the journal.
NAMES = {
    "pmid": ("PMID", "PubMed ID", "Medline PMID", "PubMed PMID", "PubMed", "PM"),
    "doi": ("DOI", "Digital Object Identifier", "DOI Link", "DI"),
    "pmc": ("PMCID", "PMC ID", "PMC"),
    "title": ("Title", "Article Title", "Document Title", "Primary Title", "Study Title", "TI"),
    "authors": ("Authors", "Author", "Author Names", "Author(s)", "Author full names", "AU"),
    "journal": (
        "Journal", "Source title", "Publication Title", "Journal/Book", "Journal Title",
        "Journal Name", "Secondary Title", "Publication Name", "SO",
    ),
    "year": ("Year", "Publication Year", "Published Year", "Year of Publication", "PY"),
    "month": ("Month", "Published Month", "Publication Month"),
    "day": ("Day",),
    "date": ("Date", "Publication Date", "Date of Publication", "First Posted", "PD"),
    "entered": ("Create Date",),
    "abstract": ("Abstract", "Abstract Note", "Brief Summary", "AB"),
    "volume": ("Volume", "VL"),
    "issue": ("Issue", "Number", "IS"),
    "pages": ("Pages", "Page", "Page Range"),
    "first": ("Page start", "First Page", "Start Page", "BP"),
    "last": ("Page end", "Last Page", "End Page", "EP"),
    "article": ("Art. No.", "Article Number", "AR"),
    "citation": ("Citation",),
    "type": (
        "Publication Type", "Document Type", "Item Type", "Reference Type", "Type of Work",
        "Type of Article", "DT",
    ),
    "keywords": ("Keywords", "Author Keywords", "Manual Tags", "DE"),
    "language": ("Language", "Language of Original Document", "Article Language", "LA"),
    "notes": ("Notes", "Extra"),
    "registration": ("NCT Number", "Clinical Trial Numbers", "Clinical Trial Number"),
    "address": ("URL", "Link", "Study URL", "UR"),
}  # fmt: skip
# Columns that are named much like one of the above, and are another thing.
OTHERS = (
    "Access Date", "Article ID", "Author(s) ID", "Authors ID", "Book Authors", "Book Title",
    "Date Added", "Date Modified", "First Author", "Issues", "Journal Abbreviation", "Num Pages",
    "Original Title", "Page count", "Publisher", "Short Title", "Source",
)  # fmt: skip
NEAR = 0.8  # of difflib's ratio: one letter of five may be wrong


def bare(name: str) -> str:
    """A column's name without case, spaces and marks."""
    return re.sub(r"[\W_]", "", name.casefold())


KNOWN = {bare(name): name for names in NAMES.values() for name in names}
FIELDS = {bare(name): field for field, names in NAMES.items() for name in names}
RANKS = {bare(name): rank for names in NAMES.values() for rank, name in enumerate(names)}
LEFT = {bare(name) for name in OTHERS}


def table_of(text: str) -> tuple[int, str]:
    """How many lines come before the header, and the table from its header on.

    Before it may stand comments (#), Excel's `sep=;`, EndNote's `*Journal Article`, empty lines.
    """
    found = re.match(r"(?:(?:(?:#|sep=|\*)[^\r\n]*|[ \t]*)(?:\r\n|\r|\n))*", text)
    before = found[0] if found else ""
    return len(lines(before)), text[len(before) :]


def delimiter_of(table: str) -> str:
    """Comma, semicolon or tab, whichever gives the header most known names, then most names."""

    def names(mark: str) -> tuple[int, int]:
        cells = _cells(table, mark)
        return sum(bare(name) in FIELDS for name in cells), len(cells)

    return max(",;\t", key=names)


def columns_of(table: str) -> list[str]:
    """The names of the columns in the table's own spelling; empty for no table."""
    return _cells(table, delimiter_of(table))


def holds_records(columns: Sequence[str]) -> bool:
    """Whether one of the columns is known as the title of a publication."""
    return any(FIELDS.get(bare(name)) == "title" for name in columns)


def check(columns: Sequence[str]) -> None:
    """ImportError_ for columns without a title, twice, or nearly of a known name."""
    fields = {FIELDS.get(bare(name)) for name in columns}
    for name in columns:
        if (plain := bare(name)) in KNOWN or plain in LEFT or len(plain) < 4:
            continue
        close = difflib.get_close_matches(plain, KNOWN, n=1, cutoff=NEAR)
        if close and FIELDS[close[0]] not in fields:
            raise ImportError_(
                f"the column '{name}' is not known; did you mean '{KNOWN[close[0]]}'? Rename it"
            )
    if "title" not in fields:
        said = ", ".join(f"'{name[:40]}'" for name in columns[:12])
        raise ImportError_(
            f"no column gives the title of a publication; there are {said}; "
            "call the one that does 'Title'"
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise ImportError_(f"the column '{twice[0]}' stands twice; rename or remove one")


def fields_of(row: Mapping[str, str]) -> dict[str, str]:
    """The cells by field; of two columns for one field the surer one that says anything."""
    said: dict[str, str] = {}
    for name in sorted(row, key=lambda name: (RANKS.get(bare(name), 0), name)):
        field = FIELDS.get(bare(name))
        if field and row[name].strip():
            said.setdefault(field, row[name].strip())
    return said


def _cells(table: str, delimiter: str) -> list[str]:
    try:
        first = next(csv.reader(lines(table), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip() for name in first]
