"""A slip in one table is caught before it reaches a conclusion."""

import pytest

from living_review.errors import CheckFailed
from living_review.stages import judge, published
from tests.stories.living import BETTER, LivingReview, Paper, stands, trial

HEAD = "record_id,intervention,comparator,outcome,measure,value,variance,weeks,by\n"
# Yildirim 2003, whose title names gabapentin; the source of the nine trials lists it under
# pregabalin. Its effect is the one printed there.
UNDER = "pmid:2,{drug},placebo,leg_pain,SMD,-1.5762,0.1224,8,ab\n"


@pytest.fixture
def review(tmp_path):
    made = LivingReview(tmp_path / "review")
    made.update("2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-03-01", BETTER))
    return made


def test_a_trial_filed_under_the_wrong_drug_stops_publication_and_names_itself(review):
    before = review.versions()
    review.bring("effects.csv", HEAD + UNDER.format(drug="pregabalin"))
    with pytest.raises(CheckFailed, match=r"fail_effect_of_another_drug.*pmid:2.*pregabalin"):
        review.update("2005-02-01")
    assert review.versions() == before


def test_the_error_names_the_way_out_and_the_corrected_table_is_one(review):
    review.bring("effects.csv", HEAD + UNDER.format(drug="pregabalin"))
    with pytest.raises(CheckFailed, match="Import the corrected table; or, if it is right"):
        review.update("2005-02-01")
    review.bring("effects.csv", HEAD + UNDER.format(drug="gabapentin"))
    report = review.update("2005-02-01")
    assert stands(report, "pain-vs-placebo")[0] == "benefit"


def test_a_person_who_knows_better_tags_the_drug(review):
    review.bring("effects.csv", HEAD + UNDER.format(drug="pregabalin"))
    judge.tag(review.folder, "pmid:2", "drug:pregabalin", "intervention", review.word())
    report = review.update("2005-02-01")
    assert "pmid:2" in str([c["evidence"] for c in report["conclusions"]])


def test_a_lost_sign_is_shown_as_a_warning(review):
    review.bring("effects.csv", HEAD + UNDER.format(drug="gabapentin").replace("-1.5", "1.5"))
    report = review.update("2005-02-01")
    assert [w["text"] for w in report["warnings"] if w["code"].startswith("warn_entered")] == [
        "entered against what was read: pmid:2, intervention gabapentin, comparator placebo, "
        "outcome leg_pain, entered favours_comparator, read favours_intervention, quote "
        "Leg pain was significantly lower with gabapentin than with placebo (P=0.001)."
    ]


def test_one_title_of_two_drugs_holds_effects_of_both(tmp_path):
    review = LivingReview(tmp_path / "review")
    paper = Paper(
        3, "Gabapentin versus pregabalin for sciatica: a randomised trial",
        "We randomised 80 adults with chronic sciatica to gabapentin or pregabalin.", "2004-03-01",
    )  # fmt: skip
    row = "pmid:3,{},{},leg_pain,SMD,-0.5,0.05,8,ab\n"
    review.give(paper)
    review.bring("effects.csv", HEAD + row.format("pregabalin", "gabapentin"))
    review.update("2005-01-01")
    assert published.report(review.folder, None)["version"] == "1.0.0"


def test_the_one_who_enters_it_is_told_at_once(review):
    counts = review.bring("effects.csv", HEAD + UNDER.format(drug="pregabalin"))
    (said,) = counts["said"]
    assert said.startswith("pmid:2: effect of another drug ('Gabapentin for sciatica")
    assert "nothing is published while it stands. Import the corrected table" in said


def test_a_label_of_another_study_stops_publication(review):
    labelled = HEAD.replace(",by", ",by,label") + UNDER.format(drug="gabapentin").replace(
        ",ab\n", ",ab,Yildirim 1998\n"
    )
    counts = review.bring("effects.csv", labelled)
    assert counts["said"][0].startswith("pmid:2: effect of another study")
    with pytest.raises(CheckFailed, match="Correct the record id or the label"):
        review.update("2005-02-01")
