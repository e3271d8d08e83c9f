"""What other programs find in our RIS, NBIB and BibTeX: read by parsers that are not ours."""

import csv
import io
from dataclasses import replace

import bibtexparser
import duckdb
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from Bio import Medline
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from living_review.errors import UserError
from living_review.model import Record
from living_review.reporting.plain import plain
from living_review.reporting.references import Reference, bibtex, nbib, ris, rows
from living_review.reporting.references.reference import family_first, place, printed_title
from living_review.warehouse import Warehouse
from tests.reference_builders import ATTACKS, BARE, FULL, REFERENCES, references

EXCLUDED = REFERENCES[0]


def in_rispy(given_: list[Reference]) -> list[dict]:
    return rispy.loads(ris.render(given_).decode())


def in_biopython(given_: list[Reference]) -> list[dict]:
    return list(Medline.parse(io.StringIO(nbib.render(given_).decode(), newline="\n")))


def latex() -> LatexNodes2Text:
    """Its decoder, with the three marks of LaTeX's own that it lacks or takes for an accent."""
    marks = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, mark) for name, mark in marks.items()]
    known.add_context_category("marks", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known)


def in_bibtexparser(given_: list[Reference], decoded: bool = False) -> list[dict]:
    more = [LatexDecodingMiddleware(decoder=latex())] if decoded else []
    library = bibtexparser.parse_string(bibtex.render(given_).decode(), append_middleware=more)
    assert library.failed_blocks == []
    assert len(library.entries) == len(library.blocks)
    return [
        {field.key: field.value for field in entry.fields} | {"": entry.entry_type}
        for entry in library.entries
    ]


def test_rispy_finds_the_fields_of_a_reference_manager():
    (found,) = in_rispy([Reference(FULL, "include")])
    assert found["type_of_reference"] == "JOUR"
    assert found["title"] == FULL.title
    assert found["authors"][:2] == ["Maker, A. B.", "van den Taker, C."]
    assert found["authors"][-2:] == ["Made-up Study Group", "MAKERS"]
    told = ("journal_name", "volume", "number", "start_page", "end_page", "year", "doi")
    assert [found[name] for name in told] == [
        "Journal of Made-up Trials", "12", "3 Suppl", "45", "67", "2017", "10.5555/Made_Up(12)",
    ]  # fmt: skip
    assert found["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/12/"]
    assert found["keywords"] == [*FULL.keywords, *FULL.mesh]
    assert found["abstract"].startswith("BACKGROUND: Pain was made up. Purpose of it: To make")


def test_biopython_finds_the_fields_of_pubmed():
    (found,) = in_biopython([Reference(FULL, "include")])
    told = ("PMID", "TI", "JT", "VI", "IP", "PG", "DP", "DEP", "LR", "CRDT", "PMC", "TT")
    assert [found[name] for name in told[:-3]] == [
        "12", FULL.title, FULL.journal, "12", "3 Suppl", "45-67", "2017 Mar", "20161231",
        "20190505",
    ]  # fmt: skip
    assert (found["AU"], found["MH"], found["OT"]) == (
        list(FULL.authors), list(FULL.mesh), list(FULL.keywords),
    )  # fmt: skip
    assert found["RIN"] == ["J Made Up. 2018;1(1):2.. PMID: 13"]
    assert found["SI"] == ["ISRCTN/ISRCTN12345678", "ClinicalTrials.gov/NCT01234567"]


def test_bibtexparser_finds_the_fields_and_reads_latex_as_text():
    (found,) = in_bibtexparser([Reference(FULL, "include")], decoded=True)
    assert (found[""], found["title"], found["journal"]) == ("article", FULL.title, FULL.journal)
    assert found["author"].startswith("Maker, A. B. and van den Taker, C. and ")
    assert [found[n] for n in ("year", "month", "volume", "number", "pages")] == [
        "2017", "mar", "12", "3 Suppl", "45–67",
    ]  # fmt: skip
    assert (found["doi"], found["pmid"]) == ("10.5555/Made_Up(12)", "12")
    (raw,) = in_bibtexparser([Reference(FULL, "include")])
    assert r"\{trial" not in raw["title"]
    assert r"50\% \& more" in raw["title"]


@pytest.mark.parametrize(
    ("found", "remark"),
    [
        (lambda: in_rispy([EXCLUDED])[0]["notes"][0], "“After discectomy.”"),
        (lambda: in_biopython([EXCLUDED])[0]["GN"][0], "“After discectomy.”"),
        (lambda: in_bibtexparser([EXCLUDED], decoded=True)[0]["note"], "“After discectomy.”"),
    ],
    ids=["ris", "nbib", "bibtex"],
)
def test_why_a_record_is_out_goes_with_it(found, remark):
    assert found() == (
        f"living-review decision: exclude, population (by human:ab): seen in full; {remark}"
    )


def test_what_people_are_asked_goes_with_a_record_of_the_queue():
    asked = REFERENCES[1]
    assert in_rispy([asked])[0]["notes"][1:] == [
        "living-review asks: the same record?: pmid:12 may be the same",
        "living-review asks: results: overdue",
    ]
    assert "living-review asks: results: overdue" in in_biopython([asked])[0]["GN"]
    assert "asks: results: overdue" in in_bibtexparser([asked])[0]["note"]


@settings(max_examples=40)
@given(given_=st.lists(references(), min_size=1, max_size=2))
def test_no_text_ends_an_entry_or_forges_one_in_any_parser(given_):
    titles = [printed_title(one.record) for one in given_]
    assert [found["title"] for found in in_rispy(given_)] == titles
    assert [found["TI"] for found in in_biopython(given_)] == titles
    assert len(in_bibtexparser(given_)) == len(given_)


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_latex_prints_a_hostile_title_as_it_is(attack):
    (found,) = in_bibtexparser([Reference(replace(BARE, title=f"A{attack}Z"))], decoded=True)
    assert found["title"] == plain(f"A{attack}Z")


def test_two_records_never_share_a_bibtex_key():
    same = [Reference(replace(BARE, record_id=f"own:{mark}")) for mark in ("a/b", "a_b", "a b")]
    library = bibtexparser.parse_string(bibtex.render(same).decode())
    assert [entry.key for entry in library.entries] == ["own:a_b", "own:a_b+2", "own:a_b+3"]


@pytest.mark.parametrize(
    ("author", "printed"),
    [("Maker AB", "Maker, A. B."), ("Taker, Ann", "Taker, Ann"), ("Jean Dupont", "Jean Dupont"),
     ("MAKERS", "MAKERS"), ("Maker A Jr", "Maker A Jr")],
)  # fmt: skip
def test_a_family_name_is_told_only_where_initials_show_it(author, printed):
    assert family_first(author) == printed


def test_a_name_that_bibtex_would_take_apart_stays_whole():
    names = ("Made and Up", "A, B, C, D", "Jean Dupont")
    (found,) = in_bibtexparser([Reference(replace(BARE, authors=names))])
    assert found["author"] == "{Made and Up} and {A, B, C, D} and {Jean Dupont}"


@pytest.mark.parametrize(
    ("citation", "parts"),
    [("12(3):45-67", ("12", "3", "45-67")), ("12:e5", ("12", "", "e5")), ("(3):1", ("", "3", "1")),
     (None, ("", "", "")), ("J Up. 2001;1(1):10", ("J Up. 2001;1", "1", "10")),
     ("a(b(c)", ("", "", ""))],
)  # fmt: skip
def test_a_citation_is_parted_where_it_is_written_as_one(citation, parts):
    assert place(replace(BARE, citation=citation)) == parts


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("Conference Abstract", "ABST"), ("Preprint", "UNPB"), ("Review", "JOUR"), (None, "JOUR")],
)
def test_ris_names_the_kind_of_publication(kind, tag):
    record = replace(BARE, journal="J", publication_types=(kind,) if kind else ())
    assert in_rispy([Reference(record)])[0]["type_of_reference"] == tag


def test_csv_is_safe_in_a_spreadsheet_in_every_cell():
    hostile = replace(FULL, title="=1+1", authors=("@sum(A1)", "b"), journal="+x", citation="-1")
    text = rows.render_csv([Reference(hostile, "exclude", "=c", "-r", "+d", "@q")]).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert [name for name, cell in row.items() if cell.startswith(("=", "+", "-", "@"))] == []
    assert (row["title"], row["authors"], row["reason"]) == ("'=1+1", "'@sum(A1); b", "'-r")


def parquet(tmp_path, given_: list[Reference]) -> list[dict]:
    path = tmp_path / "records.parquet"
    with Warehouse(tmp_path / "review.duckdb") as store:
        store.copy_out("records_parquet", map(rows.flat, given_), rows.COLUMNS, path)
    with duckdb.connect() as connection:
        found = connection.read_parquet(str(path))
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_parquet_holds_texts_and_lists(tmp_path):
    found = parquet(tmp_path, list(REFERENCES))
    assert [row["record_id"] for row in found] == [one.record.record_id for one in REFERENCES]
    assert found[0]["reason"] == "seen in full"
    assert found[1]["asked"] == ["the same record?: pmid:12 may be the same", "results: overdue"]
    assert found[2]["authors"] == list(FULL.authors)
    assert (found[2]["published"], found[2]["journal"]) == ("2017-03", FULL.journal)
    assert (found[0]["authors"], found[0]["journal"]) == ([], None)


def test_no_records_make_a_parquet_file_with_the_columns_and_no_rows(tmp_path):
    assert parquet(tmp_path, []) == []


def test_a_parquet_file_that_cannot_be_written_is_named(tmp_path):
    with (
        Warehouse(tmp_path / "review.duckdb") as store,
        pytest.raises(UserError, match=r"/no/such/x\.parquet cannot be written"),
    ):
        store.copy_out("records_parquet", [], rows.COLUMNS, tmp_path / "no/such/x.parquet")


def test_a_row_names_every_field_of_a_record_that_a_table_can_hold():
    fields = set(Record.__dataclass_fields__) - set(rows.COLUMNS)
    assert fields == {"version", "vernacular_title", "revised", "available_from", "links"}
