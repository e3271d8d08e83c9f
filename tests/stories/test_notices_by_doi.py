"""Crossref knows of a retraction before PubMed does, and is asked as soon as there is a record."""

import json
from pathlib import Path

import pytest

from living_review.stages import published
from tests.fakes.crossref_server import FakeCrossref
from tests.stories.living import BETTER, LivingReview, told, trial

WORKS = json.loads((Path(__file__).parents[1] / "samples/crossref/works.json").read_text())
RETRACTED = "doi:10.5555/trial-a"


@pytest.fixture
def crossref(monkeypatch):
    with FakeCrossref(WORKS) as fake:
        monkeypatch.setenv("LIVING_REVIEW_CROSSREF_URL", fake.url)
        monkeypatch.setenv("NCBI_EMAIL", "somebody@example.org")
        yield fake


@pytest.fixture
def review(tmp_path: Path) -> LivingReview:
    made = LivingReview(tmp_path / "review")
    made.edit("searches:\n", "searches:\n  notices: {source: crossref, every_days: 7}\n")
    paper = trial(1, "2015-03-01", BETTER)
    line = {
        "record_id": RETRACTED,
        "doi": RETRACTED.removeprefix("doi:"),
        "title": paper.title,
        "abstract": [{"label": None, "text": paper.abstract}],
        "publication_types": list(paper.types),
        "published": "2015-03-01",
    }
    made.bring("one.jsonl", json.dumps(line))
    return made


def test_a_retraction_by_doi_is_told_by_the_update_after_the_record_is_included(
    review: LivingReview, crossref: FakeCrossref
) -> None:
    first = review.update("2024-01-10")
    assert crossref.requests == []
    assert first is not None
    report = review.update("2024-01-11")
    assert told(report, "pain-vs-placebo")[0][3:] == ("retraction", RETRACTED)
    _, found = published.diff_between(review.folder, None, None)
    assert found["records"]["retracted"] == [RETRACTED]


def test_with_no_new_record_crossref_is_asked_again_after_the_days_that_may_pass(
    review: LivingReview, crossref: FakeCrossref
) -> None:
    for day in (10, 11):
        review.update(f"2024-01-{day}")
    asked = len(crossref.requests)
    review.update("2024-01-12")
    assert len(crossref.requests) == asked
    review.update("2024-01-18")
    assert len(crossref.requests) > asked
