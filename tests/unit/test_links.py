"""What records say of each other, read from whichever side states it."""

import re
from importlib.resources import files

import pytest

from living_review.model import Link, Record
from living_review.parsing.links import IGNORED, RELATIONS, Stated, stated_links

TITLE = "A made-up drug for a made-up ailment: a trial"


def paper(number: int, title: str = "", **more) -> Record:
    return Record(f"pmid:{number}", title or f"{TITLE}, number {number}", pmid=str(number), **more)


def states(*links: tuple[str, int | str | None], citation: str = "Made up. 2001") -> tuple:
    return tuple(
        Link(relation, f"pmid:{other}" if isinstance(other, int) else other, citation)
        for relation, other in links
    )


def notice(number: int, title: str = "Made-up notice", **more) -> Record:
    return paper(number, title, kind="notice", **more)


def links(*records: Record, same=None) -> list[tuple[str, str, str]]:
    return [stated[:3] for stated in stated_links(records, same)]


def ref_types() -> set[str]:
    """Every RefType of every PubMed DTD that Biopython carries, the older MEDLINE ones too."""
    folder = files("Bio.Entrez") / "DTDs"
    texts = [
        dtd.read_text(encoding="utf-8", errors="replace")
        for dtd in folder.iterdir()
        if re.match(r"(pubmed|nlmmedlinecitationset)_\d+\.dtd", dtd.name)
    ]
    listed = [found[1] for text in texts for found in re.finditer(r"RefType\s*\(([^)]*)\)", text)]
    return {name.strip() for names in listed for name in names.split("|")}


def test_every_ref_type_of_nlm_is_handled_or_named_as_ignored():
    assert len(ref_types()) > 20
    assert ref_types() == (set(RELATIONS) - {"ResultsIn"}) | IGNORED
    assert not set(RELATIONS) & IGNORED


@pytest.mark.parametrize(
    ("of", "in_"),
    [
        ("RetractionOf", "RetractionIn"),
        ("PartialRetractionOf", "PartialRetractionIn"),
        ("ExpressionOfConcernFor", "ExpressionOfConcernIn"),
        ("ErratumFor", "ErratumIn"),
        ("UpdateOf", "UpdateIn"),
        ("RepublishedFrom", "RepublishedIn"),
        ("CorrectedandRepublishedFrom", "CorrectedandRepublishedIn"),
        ("RetractedandRepublishedFrom", "RetractedandRepublishedIn"),
        ("ReprintOf", "ReprintIn"),
        ("OriginalReportIn", "SummaryForPatientsIn"),
        ("CommentOn", "CommentIn"),
    ],
)
def test_both_directions_of_a_ref_type_say_the_same(of, in_):
    said_by_older = links(paper(2), paper(1, links=states((in_, 2))))
    said_by_newer = links(paper(2, links=states((of, 1))), paper(1))
    assert said_by_older == said_by_newer == [("pmid:2", "pmid:1", RELATIONS[of][0])]


def test_an_erratum_is_never_a_retraction():
    retracting = {name for name, (relation, _) in RELATIONS.items() if "retract" in relation}
    assert retracting == {
        "RetractionOf", "RetractionIn", "RetractedandRepublishedFrom", "RetractedandRepublishedIn",
    }  # fmt: skip


def test_a_notice_that_is_not_here_still_counts():
    assert links(paper(1, links=states(("RetractionIn", 9)))) == [("pmid:9", "pmid:1", "retracts")]


def test_a_citation_stands_in_for_a_notice_that_has_no_id():
    record = paper(1, links=states(("RetractionIn", None), citation="J Made Up. 2001;1:2"))
    assert links(record) == [("cited:J Made Up. 2001;1:2", "pmid:1", "retracts")]


def test_a_citation_with_a_doi_leads_to_the_record_that_has_it():
    cited = states(("RetractionOf", None), citation="J Made Up. 2001;1:2. doi: 10.5555/Made.Up")
    assert links(paper(1, doi="10.5555/made.up"), notice(9, links=cited)) == [
        ("pmid:9", "pmid:1", "retracts")
    ]


def test_a_citation_with_a_doi_that_nobody_has_waits_under_that_doi():
    cited = states(("RetractionOf", None), citation="J Made Up. 2001;1:2. doi: 10.5555/Made.Up")
    assert links(notice(9, links=cited)) == [("pmid:9", "doi:10.5555/made.up", "retracts")]


def test_a_link_by_doi_leads_to_every_record_with_that_doi_under_whatever_id():
    told = Record("doi:10.5555/n", "Retraction", kind="notice", links=(
        Link("RetractionOf", "doi:10.5555/MADE.up", ""),
    ))  # fmt: skip
    own = Record("own:8", TITLE, doi="https://doi.org/10.5555/made.up")
    assert links(told, paper(1, doi="10.5555/Made.up"), own) == [
        ("doi:10.5555/n", "own:8", "retracts"), ("doi:10.5555/n", "pmid:1", "retracts"),
    ]  # fmt: skip


def test_a_link_by_pmid_leads_to_the_record_that_came_under_another_id():
    assert links(Record("own:8", TITLE, pmid="1"), notice(9, links=states(("ErratumFor", 1)))) == [
        ("pmid:9", "own:8", "corrects")
    ]


@pytest.mark.parametrize(
    ("begins", "relation"),
    [
        ("Retraction: ", "retracts"),
        ("RETRACTION NOTICE TO: ", "retracts"),
        ("Retraction note: ", "retracts"),
        ("Notice of Retraction: ", "retracts"),
        ("Retracted: ", "retracts"),
        ("Notice of retraction and replacement: ", "retracts"),
        ("Correction to: ", "corrects"),
        ("Author Correction: ", "corrects"),
        ("Publisher's Correction: ", "corrects"),
        ("Corrigendum to ", "corrects"),
        ("Erratum: ", "corrects"),
        ("Erratum for the article: ", "corrects"),
        ("Expression of Concern: ", "questions"),
        ("Editorial Expression of Concern: ", "questions"),
        ("Expression of concern regarding ", "questions"),
        ("Partial Retraction: ", "questions"),
    ],
)
def test_a_notice_may_name_its_record_by_title_alone(begins, relation):
    record = paper(1, TITLE)
    named = notice(9, f"{begins}“{TITLE.upper()}”.")
    assert links(record, named) == [("pmid:9", "pmid:1", relation)]


def test_a_title_that_several_records_have_names_none_of_them():
    records = paper(1, TITLE), paper(2, TITLE), notice(9, f"Retraction: {TITLE}")
    assert links(*records) == []


def test_a_title_that_one_record_has_in_several_forms_names_it_in_each():
    records = paper(1, TITLE), paper(2, TITLE), notice(9, f"Retraction: {TITLE}")
    same = {"pmid:1": "pmid:1", "pmid:2": "pmid:1"}
    assert links(*records, same=same) == [
        ("pmid:9", "pmid:1", "retracts"), ("pmid:9", "pmid:2", "retracts"),
    ]  # fmt: skip


def test_a_notice_that_names_a_record_by_id_is_not_read_by_its_title_too():
    named = notice(9, f"Retraction: {TITLE}", links=states(("RetractionOf", 5)))
    assert links(paper(1, TITLE), named) == [("pmid:9", "pmid:5", "retracts")]


@pytest.mark.parametrize(
    "title",
    [
        "Retraction: Low back pain",  # three words belong to more records than we know
        f"Retraction: {TITLE} and more",
        f"Comment on: {TITLE}",
        TITLE,
    ],
)
def test_a_title_that_says_less_names_no_record(title):
    assert links(paper(1, TITLE), paper(2, "Low back pain"), notice(9, title)) == []


def test_a_paper_about_retraction_is_no_notice():
    whole = "Retraction of the upper lip in adults"
    assert links(paper(1, "The upper lip in adults"), paper(2, whole)) == []


def test_a_record_whose_own_title_was_marked_is_no_notice_of_another():
    assert links(paper(1, TITLE), paper(2, f"RETRACTED: {TITLE}")) == []


def test_a_notice_names_the_record_whose_title_was_marked():
    marked = paper(1, f"RETRACTED ARTICLE: {TITLE}")
    assert links(marked, notice(9, f"Retraction: {TITLE}")) == [("pmid:9", "pmid:1", "retracts")]


def test_an_imported_notice_without_a_publication_type_is_read_by_its_title():
    assert links(paper(1, TITLE), paper(2, f"Correction: {TITLE}")) == [
        ("pmid:2", "pmid:1", "corrects")
    ]


def test_records_of_one_registered_study_link_to_the_first():
    records = [paper(n, registrations=("NCT00000001",)) for n in (3, 1, 2)]
    assert stated_links(records) == (
        Stated("pmid:1", "pmid:2", "same_study", "both name NCT00000001"),
        Stated("pmid:1", "pmid:3", "same_study", "both name NCT00000001"),
    )


def test_a_registration_and_the_publication_of_its_results_are_one_study():
    registration = Record(
        "nct:NCT00000001", "Made up", kind="registration", links=states(("ResultsIn", 1))
    )
    assert links(registration, paper(1)) == [("nct:NCT00000001", "pmid:1", "same_study")]
    by_number = paper(2, registrations=("NCT00000001",))
    assert links(Record("nct:NCT00000001", "Made up", kind="registration"), by_number) == [
        ("nct:NCT00000001", "pmid:2", "same_study")
    ]


def test_a_paper_that_pools_two_registered_trials_does_not_make_them_one():
    both = paper(3, registrations=("NCT00000001", "NCT00000002"))
    first, second = (paper(n, registrations=(f"NCT0000000{n}",)) for n in (1, 2))
    assert links(first, second, both) == []
    registered = [
        Record(f"nct:NCT0000000{n}", "Made up", kind="registration", links=states(("ResultsIn", 3)))
        for n in (1, 2)
    ]
    assert links(*registered, paper(3)) == []


def test_one_trial_in_two_registers_is_one_study():
    first = paper(1, registrations=("EUCTR2010-000001-01", "NCT00000001"))
    assert links(first, paper(2, registrations=("NCT00000001",))) == [
        ("pmid:1", "pmid:2", "same_study")
    ]


@pytest.mark.parametrize(
    "more", [{"publication_types": ("Systematic Review",)}, {"title": "X: a systematic review"}]
)
def test_a_review_that_quotes_a_trials_number_is_not_of_that_study(more):
    trial = paper(1, registrations=("NCT00000001",))
    assert links(trial, paper(2, registrations=("NCT00000001",), **more)) == []


def test_a_number_of_a_register_of_reviews_groups_nothing():
    assert links(*(paper(n, registrations=("CRD42010000001",)) for n in (1, 2))) == []


def test_no_record_links_to_itself():
    itself = paper(1, doi="10.5555/a", links=states(("UpdateOf", "doi:10.5555/a")))
    assert links(itself) == []


def test_a_retraction_that_was_printed_under_the_records_own_doi_still_counts():
    link = Link("RetractionIn", None, "Made up. 2002. doi: 10.1000/own")
    retracted = paper(1, doi="10.1000/own", links=(link,))
    assert links(retracted) == [(f"cited:{link.citation}", "pmid:1", "retracts")]
