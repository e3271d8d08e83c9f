"""Which records are one paper, which are one study, and what a human is asked.

Every record here is made up.
"""

from dataclasses import replace

import pytest

from living_review.model import Kind, Link, PartialDate, Record, Section
from living_review.screening.duplicates import MOST_SHARING, matches

TITLE = "Alphacin for toothache in adults: a randomised, placebo-controlled trial"
PAPER = Record(
    record_id="pmid:1",
    title=TITLE,
    pmid="1",
    doi="10.5555/ABC.1",
    authors=("Müller-García AB", "Smith J", "van der Berg C"),
    journal="The European journal of tooth pain",
    citation="12(3):45-52",
    published=PartialDate(2016, 7),
)
IMPORTED = Record(
    record_id="own:1",
    title=TITLE,
    authors=("Muller-Garcia, Anna B.", "Smith, John", "Berg, C. van der"),
    journal="Eur J Tooth Pain",
    citation="12:45",
    published=PartialDate(2016),
)
ABSTRACT = (Section(None, "We randomised 84 patients with toothache to alphacin or placebo. " * 6),)


def told(*records: Record) -> list[str]:
    return [match.relation for match in matches(records)]


def paper(**change: object) -> Record:
    return replace(PAPER, **change)


def imported(**change: object) -> Record:
    return replace(IMPORTED, **change)


def bare(**change: object) -> Record:
    """Another record of PubMed, without a DOI."""
    return replace(PAPER, **{"record_id": "pmid:2", "pmid": "2", "doi": None, **change})


def without_place(record: Record, **change: object) -> Record:
    return replace(record, citation=None, **change)


# By identifier.


def test_the_same_pmid_is_the_same_record() -> None:
    (match,) = matches([PAPER, without_place(IMPORTED, pmid="1", authors=(), journal=None)])
    assert (match.first, match.second, match.relation) == ("own:1", "pmid:1", "same_record")
    assert match.reason == "PMID 1 in both"


def test_a_pmid_typed_wrongly_on_another_paper_is_for_a_human() -> None:
    other = imported(
        pmid="1", title="Betacin and the sleep of mice", authors=("Lee K",), citation=None
    )
    assert told(PAPER, other) == ["maybe_same_record"]


@pytest.mark.parametrize(
    "doi", ["10.5555/abc.1", "https://doi.org/10.5555/ABC.1", "doi: 10.5555/Abc.1."]
)
def test_the_same_doi_is_the_same_record_however_it_is_printed(doi: str) -> None:
    assert told(PAPER, without_place(IMPORTED, doi=doi, title=TITLE.upper())) == ["same_record"]


def test_a_doi_with_a_title_cut_short_is_the_same_record() -> None:
    cut = without_place(IMPORTED, doi=PAPER.doi, title="Alphacin for toothache in adults")
    assert told(PAPER, cut) == ["same_record"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": "Betacin and the sleep of mice", "citation": None}, "titles differ"),
        ({"title": f"Erratum to: {TITLE}"}, "one only is marked erratum"),
        ({"title": f"{TITLE} - Authors' reply"}, "one only is marked reply"),
        ({"authors": ("Lee K",)}, "first authors differ"),
        ({"kind": "notice"}, "one is a notice, the other a publication"),
        ({"citation": "14(1):9"}, "volume and pages differ"),
        ({"title": TITLE.replace("adults", "phase II adults")}, "numbers in the titles differ"),
    ],
)
def test_a_doi_that_its_record_does_not_bear_out_is_for_a_human(
    change: dict[str, object], reason: str
) -> None:
    (match,) = matches([PAPER, imported(doi=PAPER.doi, **change)])
    assert match.relation == "maybe_same_record"
    assert match.reason == f"DOI 10.5555/abc.1 in both, but {reason}"


def test_a_stamp_of_retraction_makes_no_other_record_of_its_paper() -> None:
    stamped = imported(doi=PAPER.doi, title=f"RETRACTED ARTICLE: {TITLE}")
    assert told(PAPER, stamped) == ["same_record"]


def test_letters_that_share_their_sections_doi_are_different_papers() -> None:
    other = bare(
        doi=PAPER.doi, title="Betacin for gum disease", authors=("Lee K",), citation="12:46"
    )
    assert told(PAPER, other) == []


def test_a_doi_that_many_records_share_identifies_none_of_them() -> None:
    section = [
        without_place(IMPORTED, record_id=f"own:{n}", doi="10.5555/s", title=f"Poster {n} on teeth")
        for n in range(MOST_SHARING + 1)
    ]
    assert told(*section) == []
    assert told(*section[:2]) == ["maybe_same_record"]


def test_a_registration_that_is_entered_twice_is_the_same_record() -> None:
    kind: Kind = "registration"
    one = Record("nct:1", TITLE, kind=kind, registrations=("NCT00000001",))
    other = Record("own:1", TITLE, kind=kind, registrations=("NCT00000001",))
    assert told(one, other) == ["same_record"]
    assert told(one, replace(other, registrations=("NCT00000002",))) == []
    assert told(one, replace(other, title="Betacin in mice")) == ["maybe_same_record"]


# By title, and what bears it out.


@pytest.mark.parametrize(
    "title",
    [
        TITLE.upper(),
        TITLE.replace("-", "–").replace(":", " -").rstrip(".") + ".",
        TITLE.replace("Alphacin", "<i>Alphacin</i>").replace("adults", "adults&nbsp;"),
        TITLE.replace("Alpha", "α"),
        TITLE.replace("randomised", "randomized"),
        f"[{TITLE}].",
        f"{TITLE} (Review)",
        f"{TITLE} [see comments]",
        TITLE[:50],
        "Alphacin for toothache in adults",
        TITLE.replace("toothache", "tootache").replace("placebo", "placeboo"),
    ],
)
def test_the_title_as_an_export_prints_it_is_the_same_record(title: str) -> None:
    assert told(PAPER, imported(title=title)) == ["same_record"]


@pytest.mark.parametrize(
    "author",
    ["Müller-García AB", "MULLER-GARCIA A.B.", "Mueller-Garcia, Anna", "Anna B. Müller-García",
     "Müller-García A Jr", "Müller-García"],
)  # fmt: skip
def test_the_author_as_an_export_prints_it_is_the_same_record(author: str) -> None:
    assert told(PAPER, imported(authors=(author,))) == ["same_record"]


@pytest.mark.parametrize(
    "change",
    [
        {"published": PartialDate(2015)},
        {"published": PartialDate(2017), "journal": None},
        {"citation": "12(3):45-52", "journal": "Some unknown name"},
        {"citation": "12(3):045"},
        {"citation": "(3):45"},
    ],
)
def test_year_journal_and_pages_as_an_export_prints_them_are_the_same_record(
    change: dict[str, object],
) -> None:
    assert told(PAPER, imported(**change)) == ["same_record"]


def test_without_pages_the_abstract_tells() -> None:
    pages_missing = without_place(IMPORTED, abstract=ABSTRACT)
    assert told(paper(abstract=ABSTRACT), pages_missing) == ["same_record"]
    assert told(PAPER, pages_missing) == ["maybe_same_record"]


def test_ahead_of_print_title_journal_and_authors_tell() -> None:
    assert told(without_place(PAPER), without_place(IMPORTED)) == ["same_record"]
    other_team = without_place(IMPORTED, authors=(*IMPORTED.authors[:1], "Lee K"))
    assert told(without_place(PAPER), other_team) == ["maybe_same_record"]


def test_a_short_title_needs_every_detail() -> None:
    short = paper(title="Toothache.")
    assert told(short, imported(title="Toothache")) == ["same_record"]
    assert told(short, imported(title="Toothache", published=PartialDate(2017))) == []


def test_a_paper_without_authors_needs_every_detail() -> None:
    unsigned = paper(authors=())
    assert told(unsigned, imported(authors=())) == ["same_record"]
    assert told(unsigned, IMPORTED) == ["maybe_same_record"]


# Never.


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"authors": ("Lee K", "Smith J")}, id="the same title by other authors"),
        pytest.param({"authors": ("Müller-García C",)}, id="another person of that name"),
        pytest.param({"title": f"{TITLE}-Reply"}, id="the authors' reply"),
        pytest.param({"title": f"Comment on: {TITLE}"}, id="a comment"),
        pytest.param({"title": f"Letter to the editor: {TITLE}"}, id="a letter"),
        pytest.param({"title": f"Erratum: {TITLE}"}, id="an erratum"),
        pytest.param({"title": f"{TITLE}: study protocol"}, id="the protocol"),
        pytest.param({"title": f"{TITLE}. Part 2", "citation": "12(3):53"}, id="the next part"),
        pytest.param({"citation": "12(4):99"}, id="another item of the volume"),
        pytest.param({"citation": "13(3):45", "published": PartialDate(2017)}, id="next year's"),
        pytest.param({"published": PartialDate(2019)}, id="another year"),
        pytest.param({"kind": "registration"}, id="its registration"),
        pytest.param({"kind": "notice"}, id="its notice"),
        pytest.param({"links": (Link("UpdateOf", "pmid:1", ""),)}, id="a record linked to it"),
    ],
)
def test_is_another_record(change: dict[str, object]) -> None:
    assert told(PAPER, imported(**change)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Symptomatic disease of teeth in mice", "Asymptomatic disease of teeth in mice"),
        ("Hypertension in the teeth of mice", "Hypotension in the teeth of mice"),
        ("Toothache and sleep in older men", "Toothache and sleep in older women"),
        ("Alphacin for toothache in old age", "Betacin for toothache in old age"),
        ("Alphicine for toothache in old age", "Alphicoline for toothache in old age"),
        ("Toothache and the macrobiota of mice", "Toothache and the microbiota of mice"),
        ("Toothache and vitamin B in old age", "Toothache and vitamin C in old age"),
        ("Toothache in the old: phase II results", "Toothache in the old: phase III results"),
    ],
)
def test_titles_that_differ_by_a_meaning_are_never_merged(one: str, other: str) -> None:
    assert "same_record" not in told(paper(title=one), imported(title=other))


@pytest.mark.parametrize(
    "title", ["Editorial.", "In this issue", "Letter to the editor", "Introduction to issue 3"]
)
def test_what_every_issue_has_is_never_merged(title: str) -> None:
    assert told(paper(title=title), imported(title=title)) == []


def test_an_updated_cochrane_review_is_another_record() -> None:
    journal = "The Cochrane database of systematic reviews"
    first = paper(doi="10.1002/14651858.CD000001.pub2", journal=journal, citation="(3):CD000001")
    update = bare(doi="10.1002/14651858.CD000001.pub3", journal=journal, citation="(3):CD000001")
    assert told(first, update) == []
    later = imported(journal=journal, citation="(3):CD000001", published=PartialDate(2017))
    assert told(first, later) == []
    assert told(first, replace(later, published=PartialDate(2016))) == ["same_record"]


# For a human.


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (bare(), "same title, first author and page; two PMIDs"),
        (imported(doi="10.5555/xyz"), "same title, first author and page; two DOIs"),
        (without_place(IMPORTED), "same title and first author; page and abstract do not tell"),
        (bare(journal="Dental news", citation="3:1"),
         "same title and first author; printed in two places"),
        (imported(title=TITLE.replace("in adults", "of adults")),
         "nearly the same title and first author"),
    ],
)  # fmt: skip
def test_what_is_alike_but_not_borne_out_is_for_a_human(other: Record, reason: str) -> None:
    (match,) = matches([PAPER, other])
    assert (match.relation, match.reason) == ("maybe_same_record", reason)


def test_what_could_be_either_of_two_papers_is_for_a_human() -> None:
    series = [PAPER, bare(citation="12(3):60"), imported(citation=None, abstract=ABSTRACT)]
    found = matches([replace(one, abstract=ABSTRACT) for one in series])
    assert {match.relation for match in found} == {"maybe_same_record"}
    assert found[0].reason.endswith("but so has another record that is not the same")


# One study.


@pytest.mark.parametrize(
    "sign",
    [
        {"journal": "medRxiv : the preprint server"},
        {"journal": None, "doi": "10.21203/rs.3.rs-0000000/v1"},
        {"journal": None, "publication_types": ("Preprint",)},
    ],
)
def test_a_preprint_and_its_article_are_one_study(sign: dict[str, object]) -> None:
    preprint = without_place(IMPORTED, published=PartialDate(2014), **sign)
    (match,) = matches([PAPER, preprint])
    assert match.relation == "same_study"
    assert match.reason == "preprint and article: same title, same first author"


def test_a_journal_of_a_preprint_servers_publisher_is_no_preprint() -> None:
    assert told(PAPER, without_place(IMPORTED, doi="10.1101/gad.000001.1")) == ["maybe_same_record"]


def test_a_preprint_by_another_team_or_long_before_is_not_its_study() -> None:
    preprint = without_place(IMPORTED, journal="bioRxiv")
    team = ("Müller-García AB", "Lee K", "Kim H", "Cho P")
    assert told(PAPER, replace(preprint, authors=team)) == ["maybe_same_record"]
    assert told(PAPER, replace(preprint, published=PartialDate(2010))) == []


def test_a_meeting_abstract_and_its_paper_are_one_study_where_the_sample_agrees() -> None:
    meeting = imported(
        title=f"{TITLE} [abstract]", journal="Meeting of dentists", citation="5(Suppl 1):S7",
        published=PartialDate(2014), abstract=ABSTRACT,
    )  # fmt: skip
    assert told(paper(abstract=ABSTRACT), meeting) == ["same_study"]
    other_sample = (Section(None, "We randomised 40 patients with toothache."),)
    assert told(paper(abstract=ABSTRACT), replace(meeting, abstract=other_sample)) == [
        "maybe_same_record"
    ]
    assert told(PAPER, meeting) == ["maybe_same_record"]


# The list as a whole.


def test_pairs_are_sorted_and_do_not_depend_on_the_order_of_records() -> None:
    records = [PAPER, IMPORTED, imported(record_id="own:0"), bare(title="Betacin in old mice")]
    found = matches(records)
    assert found == matches(records[::-1])
    assert [(match.first, match.second) for match in found] == [
        ("own:0", "own:1"), ("own:0", "pmid:1"), ("own:1", "pmid:1"),
    ]  # fmt: skip


def test_nobody_is_asked_about_records_that_are_merged_already() -> None:
    joined = imported(record_id="own:2", pmid="1", citation=None)
    found = matches([PAPER, IMPORTED, joined])
    assert {match.relation for match in found} == {"same_record"}


def test_a_record_without_a_title_or_anything_else_matches_nothing() -> None:
    assert told(Record("own:1", ""), Record("own:2", ""), Record("own:3", "?")) == []
