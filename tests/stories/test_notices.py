"""Retractions, concerns, errata and new forms of a record, over several runs."""

import json
from dataclasses import dataclass, replace
from datetime import date

import pytest

from living_review.errors import DecisionError
from living_review.stages import say_same
from living_review.stages.link import said
from living_review.warehouse import Warehouse, database_path
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, Paper, stands, told, trial

CLAIM = "pain-vs-placebo"
FIRST = trial(1, "2004-03-01", BETTER)
RETRACTION = ("Retraction of Publication",)


@dataclass(frozen=True)
class Cited(Paper):
    """A record with a DOI, or whose link to another gives only a citation."""

    doi: str = ""
    cites: tuple[tuple[str, str], ...] = ()

    def xml(self) -> str:
        cited = "".join(
            f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>'
            "</CommentsCorrections>"
            for kind, source in self.cites
        )
        doi = f'<ELocationID EIdType="doi">{self.doi}</ELocationID>' if self.doi else ""
        whole = (
            super()
            .xml()
            .replace("</CommentsCorrectionsList>", f"{cited}</CommentsCorrectionsList>")
        )
        return whole.replace("</ArticleTitle>", f"</ArticleTitle>{doi}", 1)


def notice(pmid: int, on: str, kind: str, about: int, types=RETRACTION, title="Notice") -> Paper:
    return Paper(pmid, title, "Made up.", on, types=types, links=((kind, about),))


def known_again(paper: Paper, *links: tuple[str, int], **more) -> Paper:
    """The same record, revised: its source now states these links."""
    return replace(paper, links=links, **more)


@pytest.fixture
def review(tmp_path):
    return LivingReview(tmp_path / "review")


def standing(review: LivingReview) -> set[tuple[str, ...]]:
    with Warehouse(database_path(review.folder)) as store:
        links = said(store, 10_000)
    return {(*one[:4], one.reason) for one in links if not one.revoked}


def marks(report, record: str) -> dict[str, object]:
    return {key: report["records"][record][key] for key in ("verdict", "retracted")}


def say(review: LivingReview, *words: str):
    return say_same.run(review.folder, *words, "read both", "ab", date(2020, 1, 1))


def adds_up(report) -> bool:
    flow = report["flow"]
    boxes = ("unclear", "awaiting_results", "results_published", "retracted", "included_records")
    return flow["identified"] == flow["duplicates"] + flow["screened"] and flow["screened"] == sum(
        flow["excluded"].values()
    ) + sum(flow[box] for box in boxes)


# Retractions.


def test_a_retraction_that_comes_before_its_record_counts_once_the_record_is_there(review):
    other = trial(2, "2004-06-01", NO_DIFFERENCE)
    review.update("2005-01-01", other, notice(9, "2004-12-01", "RetractionOf", 1))
    report = review.update("2005-02-01", replace(FIRST, on="2005-01-15"))

    assert report is None or report["flow"]["included_records"] == 1
    last = review.update("2006-01-01", trial(3, "2005-06-01", NO_DIFFERENCE))
    assert marks(last, "pmid:1") == {"verdict": "include", "retracted": "pmid:9"}
    assert last["flow"]["retracted"] == 1
    assert adds_up(last)
    assert stands(last, CLAIM)[0] == "little_or_none"


@pytest.mark.parametrize("flagged", [False, True])
def test_a_retraction_that_comes_after_its_record_counts_with_or_without_a_flag_on_it(
    review, flagged
):
    review.update("2005-01-01", FIRST)
    revised = known_again(FIRST, ("RetractionIn", 9)) if flagged else FIRST
    report = review.update("2006-01-01", notice(9, "2005-12-01", "RetractionOf", 1), revised)

    (change,) = [c for c in told(report, CLAIM) if c[0] == "CHANGED"]
    assert change == ("CHANGED", "benefit", "no_evidence", "retraction", "pmid:1")
    assert marks(report, "pmid:1")["retracted"] == "pmid:9"


def test_a_flag_without_a_notice_is_a_retraction(review):
    review.update("2005-01-01", FIRST)
    marked = replace(FIRST, types=(*FIRST.types, "Retracted Publication"))
    report = review.update("2006-01-01", marked)

    assert marks(report, "pmid:1")["retracted"] == "marked as retracted"
    assert stands(report, CLAIM)[0] == "no_evidence"


def test_a_flag_that_names_a_notice_nobody_has_is_a_retraction(review):
    review.update("2005-01-01", FIRST)
    report = review.update("2006-01-01", known_again(FIRST, ("RetractionIn", 9)))

    assert marks(report, "pmid:1")["retracted"] == "pmid:9"


def test_a_notice_of_a_later_date_waits_for_it_although_the_flag_names_it(review):
    later = notice(9, "2005-12-01", "RetractionOf", 1)
    review.bring("notice.xml", f"<PubmedArticleSet>{later.xml()}</PubmedArticleSet>")
    report = review.update("2005-01-01", known_again(FIRST, ("RetractionIn", 9)))
    assert marks(report, "pmid:1")["retracted"] is None

    report = review.update("2006-01-01")
    assert marks(report, "pmid:1")["retracted"] == "pmid:9"


@pytest.mark.parametrize(
    "named",
    [
        {"cites": (("RetractionOf", "Made up. 2004. doi: 10.5555/Made.Up.1"),), "title": "Notice"},
        {"cites": (("RetractionOf", "Made up. 2004"),), "title": f"Retraction: {FIRST.title}"},
        {"title": f"Retraction notice to “{FIRST.title}”"},
    ],
    ids=["by DOI", "by a citation, and its title", "by its title alone"],
)
def test_a_notice_without_a_pmid_of_its_record_is_a_retraction(review, named):
    first = Cited(1, FIRST.title, FIRST.abstract, FIRST.on, FIRST.types, doi="10.5555/made.up.1")
    review.update("2005-01-01", first)
    report = review.update(
        "2006-01-01", Cited(9, abstract="Made up.", on="2005-12-01", types=RETRACTION, **named)
    )

    assert marks(report, "pmid:1")["retracted"] == "pmid:9"


def test_a_retraction_that_is_taken_back_counts_no_longer(review):
    review.update("2005-01-01", FIRST)
    review.update("2006-01-01", known_again(FIRST, ("RetractionIn", 9)))
    report = review.update("2007-01-01", FIRST)

    assert marks(report, "pmid:1")["retracted"] is None
    assert stands(report, CLAIM)[0] == "benefit"
    assert [c[3] for c in told(report, CLAIM) if c[0] == "CHANGED"] == ["retraction"]


def test_a_notice_that_is_deleted_at_its_source_counts_no_longer(review):
    review.update("2005-01-01", FIRST, notice(9, "2004-12-01", "RetractionOf", 1))
    assert ("pmid:9", "pmid:1", "retracts") in {link[:3] for link in standing(review)}

    del review.papers[9]
    deleted = "<DeleteCitation><PMID Version='1'>9</PMID></DeleteCitation>"
    (review.folder / "records" / "deleted.xml").write_text(
        f"<PubmedArticleSet>{deleted}</PubmedArticleSet>"
    )
    report = review.update("2006-01-01")

    assert standing(review) == set()
    assert marks(report, "pmid:1")["retracted"] is None


# Errata and concerns.


@pytest.mark.parametrize(
    ("kind", "types", "rule"),
    [
        ("ErratumFor", ("Published Erratum",), "ERRATUM"),
        ("ExpressionOfConcernFor", ("Expression of Concern",), "EOC"),
        ("PartialRetractionOf", ("Journal Article",), "EOC"),
    ],
)
def test_an_erratum_or_a_concern_is_a_signal_and_the_study_still_counts(review, kind, types, rule):
    review.update("2005-01-01", FIRST)
    report = review.update("2006-01-01", notice(9, "2005-12-01", kind, 1, types))

    assert [c["rules"] for c in report["changes"] if c["claim"] == CLAIM] == [[rule]]
    assert {c["class"] for c in report["changes"]} == {"SIGNAL"}
    assert marks(report, "pmid:1") == {"verdict": "include", "retracted": None}
    assert stands(report, CLAIM)[0] == "benefit"


# Newer forms of a record.


def test_of_a_retracted_and_republished_record_only_the_new_one_counts(review):
    review.update("2005-01-01", FIRST)
    again = trial(2, "2005-12-01", NO_DIFFERENCE, links=(("RetractedandRepublishedFrom", 1),))
    report = review.update("2006-01-01", again)

    assert marks(report, "pmid:1")["retracted"] == "pmid:2"
    assert marks(report, "pmid:2")["retracted"] is None
    assert stands(report, CLAIM)[0] == "little_or_none"
    assert (report["flow"]["included_records"], report["flow"]["included_studies"]) == (1, 1)


def test_of_a_corrected_and_republished_record_only_the_new_ones_results_count(review):
    review.update("2005-01-01", FIRST)
    again = trial(2, "2005-12-01", NO_DIFFERENCE, links=(("CorrectedandRepublishedFrom", 1),))
    report = review.update("2006-01-01", again)

    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == CLAIM]
    assert conclusion["studies"] == 1
    assert [item["records"] for item in conclusion["evidence"]] == [["pmid:2"]]
    assert conclusion["direction"] == "little_or_none"
    assert marks(report, "pmid:1")["retracted"] is None
    assert report["records"]["pmid:2"]["study"] == "pmid:1"
    assert "correction" in {cause for c in report["changes"] for cause in c["causes"]}


def test_a_corrected_republication_that_says_the_same_is_told_as_a_correction(review):
    review.update("2005-01-01", FIRST)
    again = trial(2, "2005-12-01", BETTER, links=(("CorrectedandRepublishedFrom", 1),))
    report = review.update("2006-01-01", again)

    assert [(c["class"], c["rules"]) for c in report["changes"] if c["claim"] == CLAIM] == [
        ("SIGNAL", ["ERRATUM"])
    ]
    assert stands(report, CLAIM)[0] == "benefit"


def test_a_corrected_record_whose_republication_is_not_here_still_counts(review):
    review.update("2005-01-01", FIRST)
    report = review.update("2006-01-01", known_again(FIRST, ("CorrectedandRepublishedIn", 2)))

    assert stands(report, CLAIM)[0] == "benefit"
    assert [c["rules"] for c in report["changes"] if c["claim"] == CLAIM] == [["ERRATUM"]]


def test_a_record_and_its_update_are_one_study(review):
    review.update("2005-01-01", FIRST)
    report = review.update("2006-01-01", trial(2, "2005-12-01", BETTER, links=(("UpdateOf", 1),)))

    assert report["records"]["pmid:2"]["study"] == "pmid:1"
    assert (report["flow"]["included_records"], report["flow"]["included_studies"]) == (2, 1)


def test_a_comment_is_of_no_study_and_says_nothing_of_its_record(review):
    review.update("2005-01-01", FIRST)
    comment = notice(8, "2005-12-01", "CommentOn", 1, types=("Letter", "Comment"))

    assert review.update("2006-01-01", comment) is None


# What links do over several runs.


def test_a_link_that_is_no_longer_stated_is_withdrawn_and_its_row_is_kept(review):
    review.update("2005-01-01", FIRST, trial(2, "2004-06-01", BETTER, links=(("UpdateOf", 1),)))
    assert len(standing(review)) == 1

    report = review.update("2006-01-01", trial(2, "2004-06-01", BETTER))

    assert standing(review) == set()
    assert review.table_sizes()["record_link"] == 2
    assert report["flow"]["included_studies"] == 2
    assert review.update("2006-02-01") is None
    assert review.table_sizes()["record_link"] == 2


def test_a_study_that_a_revised_record_leaves_is_corrected_and_nobody_decided_it(review):
    number = "NCT00000001"
    three = [trial(n, f"2004-0{n}-01", BETTER, registration=number) for n in (1, 2, 3)]
    review.update("2005-01-01", *three)
    report = review.update("2006-01-01", replace(three[0], registration="NCT00000002"))

    assert {r["study"] for r in report["records"].values()} == {"pmid:1", "pmid:2"}
    assert {cause for c in report["changes"] for cause in c["causes"]} <= {"correction"}


def test_the_links_after_twelve_revisions_are_those_of_the_last_alone(tmp_path):
    many, one = LivingReview(tmp_path / "many"), LivingReview(tmp_path / "one")
    kinds = ("UpdateOf", "ErratumFor", "RetractionOf", "CommentOn")
    for month in range(1, 13):
        first = replace(FIRST, registration=f"NCT0000000{month % 3}")
        third = trial(3, "2004-06-01", BETTER, registration=f"NCT0000000{month % 2}")
        wording = known_again(trial(2, "2004-06-01", BETTER), (kinds[month % 4], 1 + month % 2 * 2))
        many.update(f"2005-{month:02d}-01", first, wording, third, until="link")
    one.update("2005-12-01", *many.papers.values(), until="link")

    assert standing(many) == standing(one) != set()


def test_a_revised_record_says_which_of_its_parts_changed(review):
    review.update("2005-01-01", FIRST)
    report = review.update("2005-02-01", replace(FIRST, title=f"{FIRST.title}, revised"))
    assert report["revised"] == [{"record": "pmid:1", "parts": ["title"]}]

    report = review.update("2005-03-01", known_again(review.papers[1], ("ErratumIn", 9)))
    assert report["revised"] == [{"record": "pmid:1", "parts": ["corrections"]}]


# What people say of two records.


def twins(review: LivingReview) -> dict:
    """A trial, and the same again as an export brought it."""
    first = Cited(1, FIRST.title, FIRST.abstract, FIRST.on, FIRST.types, doi="10.5555/made.up.1")
    copy = {
        "record_id": "own:7",
        "title": FIRST.title,
        "abstract": [{"label": None, "text": FIRST.abstract}],
        "doi": "10.5555/MADE.UP.1",
        "published": FIRST.on,
        "publication_types": list(FIRST.types),
    }
    review.bring("export.jsonl", json.dumps(copy) + "\n")
    return review.update("2005-01-01", first)


def test_a_duplicate_counts_once(review):
    report = twins(review)

    flow = report["flow"]
    assert (flow["identified"], flow["duplicates"], flow["screened"]) == (2, 1, 1)
    assert (flow["included_records"], flow["included_studies"]) == (1, 1)
    assert adds_up(report)
    assert report["records"]["own:7"]["same_as"] == "pmid:1"
    assert {link[2:4] for link in standing(review)} == {("same_record", "rule:duplicates-1")}


def test_a_merge_that_a_person_undid_is_not_made_again(review):
    twins(review)
    (before,) = say(review, "own:7", "pmid:1", "apart")
    assert (before.relation, before.decider) == ("same_record", "rule:duplicates-1")

    report = review.update("2006-01-01")
    assert report["flow"]["duplicates"] == 0
    assert report["flow"]["included_studies"] == 2
    assert {c for change in report["changes"] for c in change["causes"]} <= {"decision_revised"}

    assert review.update("2006-02-01") is None
    later = review.update("2007-01-01", trial(2, "2006-06-01", BETTER))
    assert later["flow"]["duplicates"] == 0
    assert later["queue"] == []


def test_the_opposite_word_undoes_a_persons_word(review):
    twins(review)
    say(review, "own:7", "pmid:1", "apart")
    review.update("2006-01-01")
    say(review, "pmid:1", "own:7", "same")
    report = review.update("2007-01-01")

    assert report["flow"]["duplicates"] == 1
    (before, other) = say(review, "pmid:1", "own:7", "study")
    assert {before.decider, other.decider} == {"human:ab"}
    report = review.update("2008-01-01", trial(2, "2007-06-01", BETTER))
    assert (report["flow"]["duplicates"], report["flow"]["included_studies"]) == (0, 2)


def test_a_word_entered_later_leaks_into_no_earlier_version(review):
    twins(review)
    kept = review.published_bytes()
    say(review, "own:7", "pmid:1", "apart")
    review.update("2006-01-01")

    assert {name: body for name, body in review.published_bytes().items() if name in kept} == kept


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("pmid:1", "pmid:1", "same"), "named twice"),
        (("pmid:1", "pmid:404", "same"), "no record pmid:404"),
        (("pmid:1", "own:7", "twin"), "same, study, apart"),
    ],
)
def test_a_word_on_records_that_cannot_be_meant_is_refused(review, words, fault):
    twins(review)
    with pytest.raises(DecisionError, match=fault):
        say(review, *words)
    with pytest.raises(DecisionError, match="reason"):
        say_same.run(review.folder, "pmid:1", "own:7", "same", " ", "ab", date(2020, 1, 1))
