"""What a review does over several runs: nothing lost, nothing doubled, nothing without a cause."""

import pytest

from living_review.errors import UserError
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, Paper, stands, told, trial


@pytest.fixture
def review(tmp_path):
    return LivingReview(tmp_path / "review")


def test_the_first_version_is_initial_and_announces_nothing(review):
    report = review.update("2005-01-01", trial(1, "2004-03-01", BETTER))

    assert report["version"] == "1.0.0"
    assert report["changes"] == []
    assert stands(report, "pain-vs-placebo") == ("benefit", "low")


def test_an_opposing_trial_takes_the_direction_away(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    report = review.update("2006-01-01", trial(2, "2005-06-01", NO_DIFFERENCE))

    assert report["version"] == "2.0.0"
    assert ("CHANGED", "benefit", "uncertain", "new_evidence", "pmid:2") in told(
        report, "pain-vs-placebo"
    )


def test_a_record_from_the_future_waits_for_its_date(review):
    report = review.update(
        "2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2005-06-01", NO_DIFFERENCE)
    )

    assert list(report["records"]) == ["pmid:1"]


def test_nothing_new_publishes_nothing_and_adds_one_search_run(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    before = review.table_sizes()

    assert review.update("2005-01-02") is None
    after = review.table_sizes()

    assert {t: after[t] - before[t] for t in after if after[t] != before[t]} == {"search_run": 1}


def test_an_excluded_record_alone_publishes_nothing(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    cough = Paper(7, "Antitussives for chronic cough in adults", "We treated cough.", "2005-02-01")

    assert review.update("2005-03-01", cough) is None


def test_a_retraction_takes_the_only_trial_away_and_is_named_as_the_cause(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    notice = Paper(
        9,
        "Retraction: Gabapentin for sciatica",
        "This article is retracted.",
        "2007-02-01",
        types=("Retraction of Publication",),
        links=(("RetractionOf", 1),),
    )
    report = review.update("2008-01-01", notice)

    (change,) = [c for c in told(report, "pain-vs-placebo") if c[0] == "CHANGED"]
    assert change[:4] == ("CHANGED", "benefit", "no_evidence", "retraction")
    assert "pmid:1" in change[4]
    assert report["flow"]["retracted"] == 1


def test_an_edited_rule_is_never_news_from_the_literature(review):
    review.update(
        "2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", NO_DIFFERENCE, n=60)
    )
    review.edit("direction_share: 0.6666666666666666", "direction_share: 0.5")
    report = review.update("2005-01-02")

    assert {cause for change in report["changes"] for cause in change["causes"]} <= {
        "method_changed"
    }
    assert told(report, "pain-vs-placebo")


def test_a_decision_entered_later_changes_the_next_version_and_no_earlier_one(review):
    first = trial(1, "2004-03-01", BETTER)
    second = trial(2, "2004-06-01", NO_DIFFERENCE)
    review.update("2005-01-01", first, second)
    kept = review.published_bytes()

    review.decide(2, "exclude")
    report = review.update("2005-02-01")

    assert ("CHANGED", "uncertain", "benefit", "decision_revised", "pmid:2") in told(
        report, "pain-vs-placebo"
    )
    assert {name: body for name, body in review.published_bytes().items() if name in kept} == kept


def test_a_persons_exclusion_stands_beside_the_rules_exclusions(review):
    cough = Paper(7, "Antitussives for chronic cough in adults", "We treated cough.", "2004-02-01")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER), cough)
    review.decide(1, "exclude")
    report = review.update("2005-02-01", trial(2, "2005-01-20", NO_DIFFERENCE))

    assert report["flow"]["excluded"]["a person's decision"] == 1
    assert sum(report["flow"]["excluded"].values()) == 2


def test_a_date_in_the_future_is_refused(review):
    with pytest.raises(UserError, match="in the future"):
        review.update("2999-01-01", trial(1, "2004-03-01", BETTER))


def test_a_revised_abstract_is_a_correction_not_new_evidence(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    report = review.update("2005-02-01", trial(1, "2004-03-01", NO_DIFFERENCE))

    (change,) = [c for c in told(report, "pain-vs-placebo") if c[0] == "CHANGED"]
    assert change[3] == "correction"


def test_two_records_of_one_registered_study_count_once(review):
    report = review.update(
        "2005-01-01",
        trial(1, "2004-03-01", BETTER, registration="NCT00000001"),
        trial(2, "2004-06-01", BETTER, registration="NCT00000001"),
    )

    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == "pain-vs-placebo"]
    assert conclusion["studies"] == 1
    assert report["flow"]["included_records"] == 2
    assert report["flow"]["included_studies"] == 1


def test_a_review_only_moves_forward(review):
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))

    with pytest.raises(UserError, match="only moves forward"):
        review.update("2004-12-31")
