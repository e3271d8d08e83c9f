"""What people enter of a record counts before what was read off it; both are kept."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from living_review import config
from living_review.errors import ImportError_
from living_review.model import Reading
from living_review.reporting import terminal
from living_review.stages import importing, judge, published
from living_review.stages.bearing import Standpoint
from living_review.stages.inputs import load_readings
from living_review.warehouse import Warehouse, database_path
from tests.stories.living import BETTER, LivingReview, stands, trial

ARMS = """study,arm,outcome,mean,sd,n,scale,time_point,by,note
pmid:1,gabapentin,leg_pain,44,20,60,100,8 weeks,ab,table 2
pmid:1,placebo,leg_pain,42,21,60,100,8 weeks,ab,table 2
"""
HARMS = """study,arm,outcome,events,n,time_point,by
pmid:1,gabapentin,dizziness,12,60,8 weeks,ab
pmid:1,placebo,dizziness,4,60,8 weeks,ab
"""


@pytest.fixture(scope="module")
def two_trials(tmp_path_factory) -> Path:
    """A review of two trials in favour, made once and copied for each test."""
    made = LivingReview(tmp_path_factory.mktemp("once") / "review")
    report = made.update(
        "2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", BETTER)
    )
    assert stands(report, "pain-vs-placebo")[0] == "benefit"
    return made.folder


@pytest.fixture
def review(two_trials: Path, tmp_path: Path) -> LivingReview:
    shutil.copytree(two_trials, tmp_path / "review", symlinks=True)
    papers = {number: trial(number, f"2004-0{3 * number}-01", BETTER) for number in (1, 2)}
    return LivingReview(tmp_path / "review", papers)


def enter(review: LivingReview, *tables: str) -> dict[str, Any]:
    paths = [review.folder / f"{number}.csv" for number in range(len(tables))]
    for path, text in zip(paths, tables, strict=True):
        path.write_text(text)
    return importing.run(review.folder, paths)


def read_now(review: LivingReview, record_id: str) -> Reading:
    """A record as weighing meets it: what was read off it, and what people entered."""
    protocol = config.load(review.config)
    with Warehouse(database_path(review.folder)) as store:
        (found,) = load_readings(store, Standpoint(protocol, date(2005, 2, 1), 99), [record_id])
    return found


def test_entered_arms_count_before_what_was_read_and_both_are_in_the_store(review) -> None:
    enter(review, ARMS)
    report = review.update("2005-02-01")
    assert stands(report, "pain-vs-placebo")[0] == "uncertain"

    reading = read_now(review, "pmid:1")
    assert {f.direction for f in reading.extracted} == {"favours_comparator"}
    assert {f.direction for f in reading.findings if f.outcome == "leg_pain"} == {
        "favours_intervention"
    }


def test_explain_names_who_entered_the_numbers_and_every_conversion(review, capsys) -> None:
    enter(review, ARMS, HARMS)
    report = review.update("2005-02-01")
    shown = [
        line.strip()
        for claim in ("pain-vs-placebo", "harms-vs-placebo")
        for line in terminal._explain_lines(published.conclusion(report, claim), report["records"])
    ]
    assert (
        "numbers from extraction: ab; MD and its SE from means and SDs; mapped from 0–100 to 0–10"
        in shown
    )
    assert "numbers from extraction: ab; risk difference from events" in shown
    assert "“table 2”" in shown


def test_a_trial_of_three_arms_counts_once_for_a_claim_on_the_class(review) -> None:
    third = "pmid:1,pregabalin,leg_pain,43,20,60,100,8 weeks,ab,table 2\n"
    counts = enter(review, ARMS + third)
    assert counts["effects"] == 3
    # Its title names one drug only: without a person's word a check would stop the version.
    judge.tag(review.folder, "pmid:1", "drug:pregabalin", "intervention", review.word())
    report = review.update("2005-02-01")
    evidence = published.conclusion(report, "class-effect")["evidence"]
    assert [item["records"] for item in evidence] == [["pmid:1"], ["pmid:2"]]


def test_a_later_table_without_an_earlier_result_says_so_and_one_import_of_both_does_not(review):
    assert enter(review, ARMS)["said"] == []
    (said,) = enter(review, HARMS)["said"]
    assert said.startswith("pmid:1: this table leaves out 1 of what was entered before")
    assert enter(review, ARMS, HARMS)["said"] == []
    assert len(read_now(review, "pmid:1").extracted) == 2


def test_a_table_with_one_fault_leaves_the_store_as_it_was(review) -> None:
    before = review.table_sizes()
    with pytest.raises(ImportError_, match=r"0\.csv: line 3: 'sd' is '0'"):
        enter(review, ARMS.replace(",21,", ",0,"))
    assert review.table_sizes() == before
