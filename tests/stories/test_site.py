"""The pages above the versions: made again where what they show has changed, and only there."""

import shutil
from datetime import date

import pytest

from living_review.stages import record_pages, update
from living_review.stages.settle import settle
from living_review.warehouse import store_path
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, Paper, trial


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    review = LivingReview(tmp_path_factory.mktemp("site") / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", BETTER))
    review.update(
        "2010-01-01", trial(3, "2009-03-01", NO_DIFFERENCE), trial(4, "2009-04-01", NO_DIFFERENCE)
    )
    return review


@pytest.fixture
def review(story, tmp_path):
    return story.copy(tmp_path / "review")


def reports(review):
    return store_path(review.folder) / "reports"


def pages(review):
    """Every page above the version folders: name → bytes and when it was written."""
    folder = reports(review)
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0][0].isdigit()
        and "latest" not in path.relative_to(folder).parts
    }  # fmt: skip


def rewritten(review, do):
    before = pages(review)
    do()
    after = pages(review)
    return {name for name in after if after[name] != before.get(name)} - {".site.json"}


def test_a_search_that_finds_nothing_rewrites_the_first_page_alone(review):
    assert rewritten(review, lambda: review.update("2010-02-01")) == {"index.html"}


def test_after_a_decision_the_next_update_rewrites_the_page_of_its_record(review):
    review.decide(3, "exclude")
    assert "records/pmid-3.html" in rewritten(review, lambda: review.update("2010-02-01"))
    assert "human:ab" in (reports(review) / "records/pmid-3.html").read_text()


def test_a_replay_makes_the_pages_that_span_versions_once_at_its_end(tmp_path):
    review = LivingReview(tmp_path / "review")
    review.give(trial(1, "2004-03-01", BETTER), trial(2, "2009-06-01", NO_DIFFERENCE))
    update.run(review.folder, date(2005, 1, 1), "replay")
    assert not (reports(review) / "index.html").exists()
    assert (reports(review) / "latest/index.html").exists()

    update.replay(review.folder, [date(2010, 1, 1)])

    assert (reports(review) / "index.html").read_text().count("diff.html") >= 2


def test_a_new_version_leaves_the_folders_of_older_ones_alone(review):
    frozen = {p: p.read_bytes() for p in (reports(review) / "1.0.0").rglob("*") if p.is_file()}
    review.update("2011-01-01", trial(5, "2010-03-01", NO_DIFFERENCE))
    assert {path: path.read_bytes() for path in frozen} == frozen


def test_a_page_that_was_lost_is_made_again_as_it_was(review):
    before = {name: body for name, (body, _) in pages(review).items()}
    for lost in ("records/pmid-1.html", "queue.html", "claims/disability.html", "timeline.svg"):
        (reports(review) / lost).unlink()
        settle(review.folder)
        assert {name: body for name, (body, _) in pages(review).items()} == before


def test_a_site_made_at_once_is_the_site_that_grew(review):
    grown = {name: body for name, (body, _) in pages(review).items()}
    shutil.rmtree(reports(review))
    settle(review.folder)
    assert {name: body for name, (body, _) in pages(review).items()} == grown


def test_what_changed_leads_to_the_record_and_the_record_to_what_it_changed(review):
    changed = (reports(review) / review.versions()[-1] / "diff.html").read_text()
    assert "../records/pmid-3.html" in changed
    assert (
        f"../{review.versions()[-1]}/diff.html"
        in (reports(review) / "records/pmid-3.html").read_text()
    )


def test_where_very_many_are_excluded_they_are_listed_and_have_no_pages(review, monkeypatch):
    monkeypatch.setattr(record_pages, "PAGES_OF_EXCLUDED", 0)
    review.update("2011-01-01", Paper(9, "Knee pain", "We asked 40 people.", "2010-03-01"))
    assert not (reports(review) / "records/pmid-9.html").exists()
    assert "1 more record is excluded" in (reports(review) / "records/index.html").read_text()
