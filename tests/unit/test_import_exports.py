"""What Zotero, EndNote, PubMed, Ovid, Embase, Scopus, Web of Science and Cochrane export."""

import codecs
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from living_review import parsing
from living_review.errors import ImportError_
from living_review.model import Link, PartialDate, Record, Section
from living_review.parsing.csv_headers import check
from living_review.parsing.doi import bare_doi, printed_doi
from living_review.parsing.file_kinds import kind_of_file
from living_review.parsing.names import people_of, split_names
from living_review.parsing.stated_dates import fullest_date, read_stated
from living_review.parsing.stated_words import sections_of, types_of
from living_review.parsing.text_files import decode
from living_review.stages.importing import SPLITTERS

SAMPLES = Path(__file__).parents[1] / "samples" / "import"


def records(suffix: str, raw: bytes) -> list[Record]:
    kind = kind_of_file(suffix, decode(raw)[0])
    return [parsing.parse(payload) for payload in SPLITTERS[kind](BytesIO(raw))]


def sample(name: str) -> list[Record]:
    path = SAMPLES / name
    return records(path.suffix, path.read_bytes())


def ris(*lines: str) -> Record:
    (record,) = records(".ris", "\n".join(["TY  - JOUR", *lines, "ER  - ", ""]).encode())
    return record


def nbib(*lines: str) -> Record:
    (record,) = records(".nbib", "\n".join(["PMID- 1", "TI  - A trial", *lines]).encode())
    return record


YILDIRIM = Record(
    record_id="doi:10.1163/156856903767650718",
    title="The effectiveness of gabapentin in patients with chronic radiculopathy",
    doi="10.1163/156856903767650718",
    authors=("Yildirim K",),
    journal="Pain Clinic",
    citation="15:213-218",
    published=PartialDate(2003),
    publication_types=("Journal Article", "Randomized Controlled Trial"),
    languages=("eng",),
)


def test_a_trial_that_pubmed_lacks_is_the_same_record_from_ris_nbib_and_csv() -> None:
    from_table = sample("zotero.csv")[0]
    assert sample("zotero.ris")[0] == YILDIRIM
    assert sample("pubmed.nbib")[1] == YILDIRIM
    # Zotero's table has no column for the kind of trial.
    assert from_table == replace(YILDIRIM, publication_types=("Journal Article",))


MATHIESON = ("pmid:28328324", "10.1056/NEJMoa1614292", ("Mathieson S",), "376(12):1111-1120")


@pytest.mark.parametrize(
    ("name", "place"),
    [("zotero.ris", 1), ("endnote.ris", 0), ("cochrane.ris", 0), ("pubmed.nbib", 0),
     ("pubmed.csv", 0)],
)  # fmt: skip
def test_one_trial_is_known_from_every_dialect(name: str, place: int) -> None:
    record = sample(name)[place]
    assert (record.record_id, record.doi, record.authors, record.citation) == MATHIESON
    assert record.published is not None
    assert record.published.year == 2017


@pytest.mark.parametrize(
    ("name", "record_id", "citation", "published"),
    [
        ("ovid.ris", "pmid:30326006", None, "2019"),
        ("scopus.ris", "pmid:28809936", "14(8):e1002369", "2017"),
        ("scopus.csv", "pmid:28809936", "14(8):e1002369", "2017"),
        (
            "web_of_science.ris",
            "doi:10.1097/j.pain.0000000000000554",
            "157(7):1499-1507",
            "2016-07",
        ),
        ("web_of_science.txt", "pmid:26963844", "157(7):1499-1507", "2016-07"),
        ("embase.csv", "pmid:26963844", "157(7):1499-1507", "2016-07"),
        ("covidence.csv", "doi:10.1136/bmj.e497", "344:e497", "2012-02"),
        ("endnote.txt", "doi:10.1163/156856903767650718", "15:213-218", "2003"),
        ("oddly_spaced.ris", "doi:10.1163/156856903767650718", None, "2003-05-12"),
    ],
)
def test_each_dialect_gives_key_place_and_date(name, record_id, citation, published) -> None:
    record = sample(name)[0]
    assert (record.record_id, record.citation, str(record.published)) == (
        record_id, citation, published,
    )  # fmt: skip
    assert len(record.authors) == 1


def test_a_note_on_another_paper_gives_neither_its_doi_nor_its_pmid() -> None:
    record = sample("endnote.ris")[0]
    assert (record.pmid, record.doi) == ("28328324", "10.1056/NEJMoa1614292")
    assert record.published == PartialDate(2017, 3, 23)


def test_endnotes_number_of_its_own_record_is_no_pmid() -> None:
    assert ris("TI  - A trial", "ID  - 12345", "DP  - NLM").pmid is None
    assert ris("TI  - A trial", "AN  - 12345678", "DB  - Embase").pmid is None


def test_a_conference_abstract_is_seen_as_one() -> None:
    assert sample("embase.ris")[0].publication_types == ("Conference Abstract",)
    assert sample("oddly_spaced.ris")[1].publication_types == ("Conference Paper",)
    assert types_of(["ABST"]) == types_of(["JOUR", "Meeting Abstract"]) == ("Conference Abstract",)
    assert types_of(["UNPB"]) == types_of(["preprint"]) == ("Preprint",)


@pytest.mark.parametrize("name", ["cochrane.ris", "registry.csv"])
def test_a_registration_stands_under_its_number(name: str) -> None:
    record = sample(name)[-1]
    assert (record.record_id, record.kind, record.journal) == (
        "nct:NCT02064790", "registration", None,
    )  # fmt: skip


def test_a_publication_that_names_its_registration_is_none() -> None:
    record = ris("TI  - A trial", "JO  - Pain", "AB  - Registered as NCT02064790.")
    assert record.kind == "publication"
    assert record.registrations == ("NCT02064790",)
    assert record.record_id.startswith("own:")


def test_nbib_tells_entry_links_and_collectives_as_pubmeds_xml_does() -> None:
    record = nbib(
        "CRDT- 2019/02/03 06:00", "DEP - 20190102", "LR  - 20200101", "CN  - A Long Named Study",
        "      Group", "TT  - Ein Versuch", "PMC - PMC12",
        "RIN - Pain. 2020 Jan;1(1):2. PMID: 44",
    )  # fmt: skip
    assert (str(record.entered), str(record.published_online)) == ("2019-02-03", "2019-01-02")
    assert record.collective_authors == ("A Long Named Study Group",)
    assert (record.vernacular_title, record.pmc) == ("Ein Versuch", "PMC12")
    assert record.links == (Link("RetractionIn", "pmid:44", "Pain. 2020 Jan;1(1):2"),)


def test_nbib_keeps_every_digit_of_a_pmid_without_its_space() -> None:
    assert records(".nbib", b"PMID-22664220\nTI  - A trial\n")[0].pmid == "22664220"


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("10.1136/BMJ.e497", "10.1136/BMJ.e497"),
        ("https://doi.org/10.1136/bmj.e497.", "10.1136/bmj.e497"),
        ("http://dx.doi.org/10.1016%2FS1059-1311%2802%2900142-5", "10.1016/S1059-1311(02)00142-5"),
        ("doi: 10.1136/bmj.e497;", "10.1136/bmj.e497"),
        ("(DOI:10.1016/S1059-1311(02)00142-5)", "10.1016/S1059-1311(02)00142-5"),
        ("10.1016/S1059-1311(02)00142-5", "10.1016/S1059-1311(02)00142-5"),
        ("10.1000/a&lt;1661::b&gt;3.0.CO;2-2", "10.1000/a<1661::b>3.0.CO;2-2"),
        ("https://publisher.org/doi/full/10.1111/papr.13424?af=R", "10.1111/papr.13424"),
        ("https://doi-org.library.example/10.1111/papr.13424", "10.1111/papr.13424"),
        ("10.1111/papr.13424 [doi]", "10.1111/papr.13424"),
        ("10.1111/papr.13424, 10.1111/PAPR.13424", "10.1111/papr.13424"),
        ("https://publisher.org/10.1234/issue/article", None),
        ("10.1111/papr.13424 and 10.1136/bmj.e497", None),
        ("10.1000/", None),
        ("see page 10.12", None),
        ("", None),
    ],
)
def test_a_doi_is_read_bare_however_it_is_printed(printed: str, doi: str | None) -> None:
    assert printed_doi(printed) == doi
    assert bare_doi(printed) == (doi and doi.lower())


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Roe, Ann B.; Doe, Jean-Pierre", ("Roe AB", "Doe JP")),
        ("Roe AB, van der Doe J.", ("Roe AB", "van der Doe J")),
        ("Roe A.B., Doe J.-P.", ("Roe AB", "Doe JP")),
        ("Roe, A. and Doe, J.", ("Roe A", "Doe J")),
        ("Roe, Ann, Jr.", ("Roe A Jr",)),
        ("A. B. Roe", ("Roe AB",)),
        ("Ann Roe", ("Ann Roe",)),
        ("Özdemir, Ayşe; Roe A", ("Özdemir A", "Roe A")),
        ("", ()),
    ],
)
def test_authors_are_written_as_everywhere_else(cell: str, people: tuple[str, ...]) -> None:
    assert people_of(split_names(cell)) == (people, ())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2003/05/12/", "2003-05-12"), ("2003/05//Spring", "2003-05"), ("2003///", "2003"),
        ("2003-05-12T00:00:00Z", "2003-05-12"), ("20181015", "2018-10-15"),
        ("2019 Jan 1", "2019-01-01"), ("May 2003", "2003-05"), ("12/05/2003", "2003"),
        ("2003/13/01", "2003"), ("2003/02/30", "2003-02"), ("1976-1977 Winter", "1976"),
        ("2003-2004", "2003"), ("in press", "None"), ("", "None"),
    ],
)  # fmt: skip
def test_a_date_is_as_partial_as_printed(text: str, date: str) -> None:
    assert str(read_stated(text)) == date


def test_of_several_statements_of_a_date_the_fullest_in_the_first_ones_year_is_taken() -> None:
    assert fullest_date("2017", "Mar 23") == PartialDate(2017, 3, 23)
    assert fullest_date("2019", "2018/10/15") == PartialDate(2019)
    assert fullest_date("in press", "") is None


def test_headings_are_taken_only_where_they_surely_are() -> None:
    assert sections_of("AIM: To see. RESULTS: It fell.") == (
        Section("AIM", "To see."), Section("RESULTS", "It fell."),
    )  # fmt: skip
    for whole in ("Pain (VAS: 0-10) fell. RESULTS: none.", "AIM: To see whether NNT: fell.", "A."):
        assert sections_of(whole) == (Section(None, whole),)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_record(encoding: str, end: str) -> None:
    text = end.join(["TY  - JOUR", "TI  - Über Schmerz – ein Versuch", "AU  - Müller, Jörg", ""])
    (record,) = records(".ris", text.encode(encoding))
    assert (record.title, record.authors) == ("Über Schmerz – ein Versuch", ("Müller J",))


def test_bytes_of_a_record_are_kept_with_their_line_ends() -> None:
    raw = (SAMPLES / "endnote.ris").read_bytes().removeprefix(codecs.BOM_UTF8)
    bodies = [payload.body for payload in SPLITTERS["ris"](BytesIO(raw))]
    assert len(bodies) == 2
    assert all(body in raw and body.startswith(b"TY  -") for body in bodies)
    assert all(body.endswith(b"ER  - \r\n") for body in bodies)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (".txt", "%0 Journal Article\n%T A trial\n", "EndNote's own.*RIS"),
        (".txt", "Reference Type:  Journal Article\nAuthor: Roe\n", "list of all fields.*RIS"),
        (".txt", "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "Web of Science's plain"),
        (".txt", "@article{roe2003,\n title={A}}\n", "BibTeX"),
        (".csv", "<!DOCTYPE html><html></html>", "web page"),
        (".csv", "just a sentence", "neither records"),
        (".xlsx", "", "cannot tell what it is; known: .ris, .nbib"),
        (".enw", "", "cannot tell what it is"),
    ],
)
def test_a_neighbour_of_the_known_formats_is_named_with_the_way_out(name, text, said) -> None:
    with pytest.raises(ImportError_, match=said):
        kind_of_file(name, text)


def test_content_tells_the_kind_where_the_name_does_not() -> None:
    assert kind_of_file(".txt", "TY  - JOUR\nER  - \n") == "ris"
    assert kind_of_file(".csv", "PMID- 1\nTI  - A\n") == "nbib"
    assert kind_of_file(".RIS", "nothing") == "ris"
    assert kind_of_file(".csv", "record_id,intervention,comparator,outcome,measure\n") == "effects"
    assert kind_of_file(".csv", "# made by hand\nrecord_id,wieght\n") == "effects"
    assert kind_of_file(".csv", "record_id,Title,Year\n") == "csv_row"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["Titel", "DOI"], "'Titel' is not known; did you mean 'Title'"),
        (["Title", "Abstrct"], "'Abstrct' is not known; did you mean 'Abstract'"),
        (["A", "B"], "no column gives the title.*there are 'A', 'B'"),
        (["Title", "Year", "Year"], "'Year' stands twice"),
    ],
)
def test_a_header_that_is_wrong_is_named_with_the_nearest_known(columns, said) -> None:
    with pytest.raises(ImportError_, match=said):
        check(columns)


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00\x00\x08", "加巴喷丁治疗".encode("gb18030")])
def test_bytes_that_cannot_be_told_are_refused_with_how_to_save_them(raw: bytes) -> None:
    with pytest.raises(ImportError_, match="save it as plain text in UTF-8"):
        decode(raw)


def test_lines_before_a_tables_header_are_none_of_it() -> None:
    for before in ("\n", "# by hand\r\n\r\n", "sep=,\n", " \n*Journal Article\n"):
        (record,) = records(".csv", f"{before}Title,Year\n\nA trial,2003\n".encode())
        assert (record.title, str(record.published)) == ("A trial", "2003")


def test_files_put_together_are_read_through_the_marks_between_them() -> None:
    one = "\ufeffTY  - JOUR\nTI  - A trial\nER  - \n"
    assert [record.title for record in records(".ris", (one + one).encode())] == ["A trial"] * 2
