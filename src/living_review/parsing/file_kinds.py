"""What a file given to `import` is, told by its name and by what stands in it."""

import re
from typing import Literal

from living_review.errors import ImportError_
from living_review.parsing.csv_headers import bare, columns_of, holds_records, table_of

Kind = Literal["ris", "nbib", "csv_row", "effects", "json_line", "pubmed_xml"]

BY_NAME: dict[str, Kind] = {
    ".jsonl": "json_line", ".xml": "pubmed_xml", ".ris": "ris", ".nbib": "nbib",
    ".medline": "nbib",
}  # fmt: skip
# Files that are read for what they are, whatever their name.
TEXT = {".ris", ".nbib", ".medline", ".txt", ".csv", ".tsv", ".tab"}
KNOWN = ".ris, .nbib, .csv, .tsv, .txt, .xml (PubMed), .jsonl, .csv or .tsv (effects)"

RIS = re.compile(r"^\s{0,3}TY\s{1,3}-\s", re.MULTILINE)
NBIB = re.compile(r"^PMID\s*-\s?\d|^(?:OWN |STAT)- ", re.MULTILINE)
# What programs write that could be RIS one menu entry further on.
NEIGHBOURS = (
    (r"%0 ", "EndNote's own tagged format; export it as 'RefMan (RIS)'"),
    (r"Reference Type:", "EndNote's list of all fields; export it as 'RefMan (RIS)'"),
    (r"FN (?:Clarivate|Thomson|ISI)|PT [JCBSP][\r\n]", "Web of Science's plain text; export 'RIS'"),
    (r"@\w+\s*\{", "BibTeX; export it as RIS"),
    (r"Record #\d+ of \d+\s+ID:", "the Cochrane Library's plain text; export it as RIS"),
    (r"<(?:!doctype|html)", "a web page; export the records again"),
    (r"VN\s+Ovid|<1>", "Ovid's plain text; export it as RIS"),
)
EFFECT_COLUMNS = {"intervention", "comparator", "outcome", "measure", "value"}
ARM_COLUMNS = {"study", "recordid", "outcome", "mean", "sd", "n", "events", "weeks", "by"}


def kind_of_file(suffix: str, text: str) -> Kind:
    """The kind of a file by its suffix, and by its content where that is any text.

    ImportError_ says what it seems to be and how to export it instead.
    """
    suffix = suffix.lower()
    if suffix not in TEXT:
        if suffix in BY_NAME:
            return BY_NAME[suffix]
        raise ImportError_(f"cannot tell what it is; known: {KNOWN}")
    if RIS.search(text):
        return "ris"
    if NBIB.search(text):
        return "nbib"
    for pattern, said in NEIGHBOURS:
        if re.match(rf"\s*(?:{pattern})", text, re.IGNORECASE):
            raise ImportError_(f"this is {said}")
    return BY_NAME.get(suffix) or _kind_of_table(text)


def _kind_of_table(text: str) -> Kind:
    columns = columns_of(table_of(text)[1])
    names = set(map(bare, columns))
    are_effects = len(EFFECT_COLUMNS & names) > 2 or (
        "arm" in names and len(ARM_COLUMNS & names) > 2
    )
    if holds_records(columns):
        if are_effects:
            raise ImportError_(
                "holds effects beside titles of publications; take the column with the titles out, "
                "or import the publications from a file of their own"
            )
        return "csv_row"
    if are_effects or "recordid" in names:
        return "effects"
    if len(columns) > 1:
        return "csv_row"
    raise ImportError_("holds neither records (RIS, NBIB, a table with a title) nor effects")
