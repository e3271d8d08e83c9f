"""PubMed XML → Records: each field as a reader would expect it."""

import pytest

from living_review.errors import UnreadableRecord
from living_review.model import Link, PartialDate, Record, Section
from living_review.parsing.pubmed_dates import read_medline_date
from living_review.parsing.pubmed_xml import parse
from tests.pubmed_builders import article, day

MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def read(*args, **kwargs) -> Record:
    return parse(article(*args, **kwargs).encode())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Effect of <i>TERT</i> on pain.", "Effect of TERT on pain."),
        ("<b>Bold</b> start, CO<sub>2</sub> and the rest.", "Bold start, CO2 and the rest."),
        ("I<sup>2</sup> was 79% in 10<sup>6</sup> cells", "I2 was 79% in 10^6 cells"),
        ("10<sup>-3</sup> M, <i>n</i> = 10<sup>3</sup>.", "10^-3 M, n = 10^3."),
        ("Nested <i>in <b>all <u>ways</u></b></i> whole", "Nested in all ways whole"),
        ("Over\n   several\t lines\u2009whole", "Over several lines whole"),
        ("p &lt; 0.05 &amp; α2δ &#x3bc;", "p < 0.05 & α2δ μ"),
        ("kept<!-- not this -->whole<?nor this?>", "keptwhole"),
        (
            f"Where <mml:math {MML}><mml:mi>x</mml:mi><mml:mo>=</mml:mo>"
            "<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math> holds",
            "Where x=1/2 holds",
        ),
        (
            f"To <mml:math {MML}><mml:msup><mml:mn>10</mml:mn><mml:mn>3</mml:mn></mml:msup>"
            '<mml:annotation encoding="x">10^3 again</mml:annotation></mml:math>.',
            "To 10^3.",
        ),
    ],
)
def test_markup_in_a_title_is_flattened_and_the_title_is_whole(markup: str, text: str) -> None:
    assert read(title=markup).title == text


def test_a_long_title_is_not_cut() -> None:
    title = " ".join(f"word{n}" for n in range(2_000))
    assert read(title=title).title == title


@pytest.mark.parametrize("missing", ["", "[Not Available].", "<i/>"])
def test_a_missing_title_is_taken_from_the_original_language(missing: str) -> None:
    record = read(title=missing, inner="<VernacularTitle>Ischias</VernacularTitle>")
    assert record.title == record.vernacular_title == "Ischias"


def test_a_record_without_any_title_still_reads() -> None:
    assert read(title="").title == ""


def test_an_abstract_keeps_its_sections_and_their_labels() -> None:
    inner = (
        "<Abstract><AbstractText>Without label.</AbstractText>"
        '<AbstractText Label="RESULTS" NlmCategory="RESULTS">Pain <i>fell</i>.</AbstractText>'
        '<AbstractText Label="UNLABELLED">Nor this.</AbstractText><AbstractText/></Abstract>'
    )
    assert read(inner=inner).abstract == (
        Section(None, "Without label."),
        Section("RESULTS", "Pain fell."),
        Section(None, "Nor this."),
    )


def test_an_abstract_from_elsewhere_stands_in_for_a_missing_one_english_first() -> None:
    outer = (
        '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>No.</AbstractText>'
        '</OtherAbstract><OtherAbstract Type="Publisher" Language="eng">'
        "<AbstractText>Yes.</AbstractText></OtherAbstract>"
    )
    assert read(outer=outer).abstract == (Section(None, "Yes."),)


def test_people_and_collectives_are_told_apart() -> None:
    inner = (
        '<AuthorList CompleteYN="Y">'
        "<Author><LastName>Mathieson</LastName><ForeName>Stephanie</ForeName>"
        "<Initials>S</Initials></Author>"
        "<Author><LastName>Doe</LastName><ForeName>John Q</ForeName><Suffix>Jr</Suffix></Author>"
        "<Author><CollectiveName>PRECISE Investigators</CollectiveName></Author>"
        '<Author ValidYN="N"><LastName>Misspelt</LastName><Initials>M</Initials></Author>'
        "</AuthorList>"
    )
    record = read(inner=inner)
    assert record.authors == ("Mathieson S", "Doe JQ Jr")
    assert record.collective_authors == ("PRECISE Investigators",)


def test_identifiers_are_the_articles_own_and_not_those_of_its_references() -> None:
    record = read(
        inner='<ELocationID EIdType="doi" ValidYN="N">10.1/old</ELocationID>',
        data=(
            '<ArticleIdList><ArticleId IdType="doi">10.1/own</ArticleId>'
            '<ArticleId IdType="pmc">PMC12</ArticleId></ArticleIdList>'
            "<ReferenceList><Reference><ArticleIdList>"
            '<ArticleId IdType="doi">10.9/other</ArticleId></ArticleIdList></Reference>'
            "</ReferenceList>"
        ),
    )
    assert (record.doi, record.pmc) == ("10.1/own", "PMC12")


def test_registration_numbers_come_from_databanks_of_trials_and_from_the_text() -> None:
    def bank(name: str, number: str) -> str:
        return (
            f"<DataBank><DataBankName>{name}</DataBankName><AccessionNumberList>"
            f"<AccessionNumber>{number}</AccessionNumber></AccessionNumberList></DataBank>"
        )

    banks = (
        bank("ClinicalTrials.gov", "NCT00000001")
        + bank("EudraCT", "2009-012345-67")
        + bank("GENBANK", "U00096")
    )
    text = "Registered as ACTRN12613000530729; ISRCTN 12345678; PROSPERO CRD42016042980."
    record = read(
        inner=f"<Abstract><AbstractText>{text}</AbstractText></Abstract>"
        f"<DataBankList>{banks}</DataBankList>"
    )
    assert record.registrations == (
        "ACTRN12613000530729",
        "CRD42016042980",
        "EUCTR2009-012345-67",
        "ISRCTN12345678",
        "NCT00000001",
    )


@pytest.mark.parametrize(
    ("pagination", "citation"),
    [
        ("<Pagination><MedlinePgn>731-2</MedlinePgn></Pagination>", "7(2):731-2"),
        ("<Pagination><StartPage>5</StartPage><EndPage>9</EndPage></Pagination>", "7(2):5-9"),
        ("", "7(2)"),
    ],
)
def test_a_citation_is_volume_issue_and_pages_as_printed(pagination: str, citation: str) -> None:
    record = read(inner=pagination)
    assert (record.journal, record.citation) == ("Journal of Tests", citation)


@pytest.mark.parametrize(
    ("pub_date", "published"),
    [
        ("<Year>2017</Year><Month>Mar</Month><Day>23</Day>", "2017-03-23"),
        ("<Year>2017</Year><Month>03</Month>", "2017-03"),
        ("<Year>2017</Year>", "2017"),
        ("<Year>2017</Year><Season>Spring</Season>", "2017"),
        ("<Year>2017</Year><Month>Feb</Month><Day>30</Day>", "2017-02"),
        ("<Year>2017</Year><Month>Brumaire</Month><Day>3</Day>", "2017"),
        ("<MedlineDate>2000 Nov-Dec</MedlineDate>", "2000"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998"),
        ("<MedlineDate>1999 Jul 8-14</MedlineDate>", "1999-07"),
        ("<MedlineDate>1999 Jul 8</MedlineDate>", "1999-07-08"),
        ("<MedlineDate>1976-1977 Winter</MedlineDate>", "1976"),
        ("<MedlineDate>Spring 1988</MedlineDate>", "1988"),
        ("<MedlineDate>2003 3rd Quarter</MedlineDate>", "2003"),
        ("<MedlineDate>2001 Aug 30-Sep 5</MedlineDate>", "2001"),
        ("<MedlineDate>n.d.</MedlineDate>", None),
        ("<Year>0000</Year>", None),
        ("", None),
    ],
)
def test_a_date_stays_as_partial_as_it_is_printed(pub_date: str, published: str | None) -> None:
    record = read(pub_date=f"<PubDate>{pub_date}</PubDate>")
    assert record.published == (None if published is None else PartialDate.parse(published))


def test_the_words_of_a_date_may_be_anything() -> None:
    for text in ("", "Jan", "99", "2020 Jan 99", "2020 Febuary 2", "二〇二〇", "2020 Jan-"):
        read_medline_date(text)


def test_each_of_pubmeds_dates_has_its_own_place() -> None:
    record = read(
        entered="2020-01-15",
        revised="2021-02-03",
        inner=day("ArticleDate", "2019-12-31", DateType="Electronic"),
    )
    assert [str(d) for d in (record.published_online, record.entered, record.revised)] == [
        "2019-12-31",
        "2020-01-15",
        "2021-02-03",
    ]


def test_corrections_are_linked_and_old_reference_lists_are_not() -> None:
    def entry(kind: str, rest: str) -> str:
        return f'<CommentsCorrections RefType="{kind}">{rest}</CommentsCorrections>'

    outer = (
        "<CommentsCorrectionsList>"
        + entry("RetractionIn", "<RefSource>Pain. 2020;1:1</RefSource><PMID>77</PMID>")
        + entry("ErratumIn", "<RefSource>Pain. 2021;1:2</RefSource>")
        + entry("Cites", "<RefSource>Lancet. 1999</RefSource><PMID>5</PMID>")
        + "</CommentsCorrectionsList>"
    )
    assert read(outer=outer).links == (
        Link("RetractionIn", "pmid:77", "Pain. 2020;1:1"),
        Link("ErratumIn", None, "Pain. 2021;1:2"),
    )


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("Journal Article", "Randomized Controlled Trial"), "publication"),
        (("Journal Article", "Retracted Publication"), "publication"),
        (("Retraction of Publication",), "notice"),
        (("Retraction Notice",), "notice"),
        (("Published Erratum",), "notice"),
        (("Journal Article", "Expression of Concern"), "notice"),
    ],
)
def test_a_notice_on_another_record_is_told_from_a_publication(types, kind: str) -> None:
    record = read(types=types)
    assert (record.kind, record.publication_types) == (kind, types)


def test_subject_headings_keywords_and_languages_are_kept_in_order() -> None:
    record = read(
        inner="<Language>eng</Language><Language>ger</Language>",
        outer=(
            "<MeshHeadingList><MeshHeading><DescriptorName>Sciatica</DescriptorName>"
            "<QualifierName>drug therapy</QualifierName></MeshHeading><MeshHeading>"
            "<DescriptorName>Humans</DescriptorName></MeshHeading></MeshHeadingList>"
            '<KeywordList Owner="NOTNLM"><Keyword>leg pain</Keyword></KeywordList>'
            '<KeywordList Owner="NASA"><Keyword>space</Keyword></KeywordList>'
        ),
    )
    assert record.mesh == ("Sciatica", "Humans")
    assert record.keywords == ("leg pain", "space")
    assert record.languages == ("eng", "ger")


def test_a_citation_without_its_wrapper_reads_the_same() -> None:
    whole = article(7, "A trial")
    start, end = whole.index("<MedlineCitation"), whole.index("<PubmedData")
    assert parse(whole[start:end].encode()).record_id == "pmid:7"


def test_a_book_and_a_chapter_of_it_are_read() -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID Version='1'>9</PMID>"
        '<ArticleIdList><ArticleId IdType="doi">10.1/book</ArticleId></ArticleIdList>'
        "<Book><BookTitle>Pain: a guideline</BookTitle><PubDate><Year>2009</Year>"
        '<Month>02</Month></PubDate><AuthorList Type="editors"><Author><LastName>Ed</LastName>'
        '</Author></AuthorList><AuthorList Type="authors"><Author><CollectiveName>NICE'
        "</CollectiveName></Author></AuthorList></Book>{}<Language>eng</Language>"
        "<PublicationType>Practice Guideline</PublicationType><Abstract><AbstractText>Text."
        "</AbstractText></Abstract></BookDocument><PubmedBookData><History>"
        + day("PubMedPubDate", "2011-03-18", PubStatus="entrez")
        + "</History></PubmedBookData></PubmedBookArticle>"
    )
    whole = parse(book.format("").encode())
    assert (whole.title, whole.journal, whole.doi) == ("Pain: a guideline", None, "10.1/book")
    assert (whole.authors, whole.collective_authors) == ((), ("NICE",))
    assert (str(whole.published), str(whole.entered)) == ("2009-02", "2011-03-18")
    assert whole.publication_types == ("Practice Guideline",)
    chapter = parse(book.format("<ArticleTitle>Drugs</ArticleTitle>").encode())
    assert (chapter.title, chapter.journal) == ("Drugs", "Pain: a guideline")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not well-formed"),
        (b"{}", "not well-formed"),
        (b"<PubmedArticle>", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<PubmedArticle/>", "no PMID"),
        (b"<html/>", "no kind of PubMed citation"),
        (b"<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>",
         "no article"),
        (b"<PubmedBookArticle><BookDocument><PMID>x1</PMID></BookDocument></PubmedBookArticle>",
         "no PMID"),
    ],
)  # fmt: skip
def test_what_is_no_citation_is_unreadable_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableRecord, match=reason):
        parse(body)
