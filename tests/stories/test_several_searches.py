"""Several searches side by side: none goes over another's work, and none is left behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from living_review.errors import SourceUnavailable, UserError
from living_review.sources import http
from living_review.stages import begin, pull, recheck, update
from living_review.warehouse import Warehouse, database_path
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import FakeEntrez
from tests.pubmed_builders import article_set
from tests.stories.living import BETTER, LivingReview, trial

FIRST, SECOND, THIRD = date(2024, 1, 10), date(2024, 1, 11), date(2024, 1, 12)
PAPER = trial(1, "2020-01-01", BETTER)
REVISED = replace(PAPER, title=f"{PAPER.title}, revised")


class Asking(LivingReview):
    """A review that reads a folder, and asks the stand-in for PubMed under `pubmed`."""

    fake: FakeEntrez

    def run(self, on: date) -> None:
        with self.held_open():
            update.run(self.folder, on, "manual")

    def title(self) -> str:
        with Warehouse(database_path(self.folder)) as store:
            return str(store.rows("record_content", record_id="pmid:1")[0]["title"])


@pytest.fixture
def review(tmp_path: Path, monkeypatch) -> Iterator[Asking]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "PATIENCE", 0.05)
    monkeypatch.setenv("NCBI_API_KEY", "a made-up key")
    with FakeEntrez(article_set(REVISED.xml())) as fake:
        monkeypatch.setenv("LIVING_REVIEW_ENTREZ_URL", fake.url)
        asking = Asking(tmp_path / "review")
        asking.edit("searches:\n", "searches:\n  pubmed: {source: pubmed, query: sciatica}\n")
        asking.give(PAPER)
        asking.fake = fake
        yield asking


def test_an_old_file_does_not_go_over_what_its_source_sent_since(review: Asking) -> None:
    for day in (FIRST, SECOND, THIRD):
        review.run(day)
        assert review.title() == REVISED.title


def test_a_pull_that_is_tried_again_goes_on_with_the_searches_that_failed(review: Asking) -> None:
    review.fake.fail(faults.status(500), of="esearch", lasting=True)
    with begin.hold(review.folder, FIRST, "manual") as run_no:
        with pytest.raises(SourceUnavailable):
            pull.run(review.folder, run_no)
        review.fake.heal()
        assert pull.run(review.folder, run_no)["found"] == 1


def test_a_recheck_asks_the_service_and_not_the_file(review: Asking) -> None:
    review.run(FIRST)
    again = replace(REVISED, title=f"{PAPER.title}, retracted")
    review.fake.add(article_set(again.xml()), enters=SECOND)
    with begin.hold(review.folder, SECOND, "manual", "recheck") as run_no:
        asked = len(review.fake.asked("efetch"))
        assert recheck.run(review.folder, run_no)["revised"] == 1
    assert len(review.fake.asked("efetch")) == asked + 1


def test_a_recheck_lives_through_records_without_a_number(review: Asking) -> None:
    review.fake.add(article_set(trial(2, "2020-02-01", BETTER).xml()), enters=FIRST)
    review.run(FIRST)
    nameless = article_set(PAPER.xml()).replace(b"<PMID Version='1'>1</PMID>", b"")
    assert nameless != article_set(PAPER.xml())
    review.fake.fail(faults.says(nameless), of="efetch", lasting=True)
    with begin.hold(review.folder, SECOND, "manual", "recheck") as run_no:
        recheck.run(review.folder, run_no)
    assert review.title() == REVISED.title


def test_a_search_that_is_worded_anew_is_asked_before_its_days_are_over(review: Asking) -> None:
    review.edit("query: sciatica}", "query: sciatica, every_days: 7}")
    review.run(FIRST)
    review.run(SECOND)
    asked = len(review.fake.asked("esearch"))
    review.edit("query: sciatica,", "query: sciatica OR radiculopathy,")
    review.run(THIRD)
    assert len(review.fake.asked("esearch")) > asked


def test_a_decision_that_comes_while_a_run_weighs_is_of_the_next_version(review: Asking) -> None:
    review.run(FIRST)
    with begin.hold(review.folder, SECOND, "manual", "recheck") as run_no:
        review.decide(1, "exclude")
        with Warehouse(database_path(review.folder)) as store:
            assert store.rows("last_run")[0]["run_no"] == run_no + 1


def test_a_recheck_publishes_nothing_while_a_search_has_never_succeeded(review: Asking) -> None:
    review.fake.fail(faults.status(500), of="esearch", lasting=True)
    with pytest.raises(SourceUnavailable):
        review.run(FIRST)
    with (
        begin.hold(review.folder, SECOND, "manual", "recheck") as run_no,
        pytest.raises(UserError, match="search 'pubmed' has not succeeded yet"),
    ):
        recheck.run(review.folder, run_no)


def test_a_date_before_the_last_searchs_is_asked_as_well(review: Asking) -> None:
    review.edit("query: sciatica}", "query: sciatica, every_days: 7}")
    update.run(review.folder, SECOND, "manual", until="pull")
    asked = len(review.fake.requests)
    review.run(FIRST)
    assert len(review.fake.requests) > asked
