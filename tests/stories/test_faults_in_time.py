"""Records that vanish, change or come while PubMed is asked, and clocks that differ from ours."""

import socket
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from living_review.errors import SourceUnavailable
from living_review.sources import entrez, http
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import FakeEntrez
from tests.pubmed_builders import article, article_set
from tests.stories import faulted
from tests.stories.faulted import FIRST, LATER, FaultedReview, Views

NEXT = LATER + timedelta(days=1)
BATCH = faulted.is_batch_of(203, 204)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEntrez]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(http, "PATIENCE", 0.01)
    monkeypatch.setattr(entrez, "PER_SECOND_WITH_KEY", 10_000)
    monkeypatch.setenv("NCBI_API_KEY", "a-key-of-tests")
    with faulted.corpus() as running:
        monkeypatch.setenv("LIVING_REVIEW_ENTREZ_URL", running.url)
        running.today = FIRST
        yield running


@pytest.fixture
def review(fake: FakeEntrez, tmp_path: Path) -> Iterator[FaultedReview]:
    """A review that has been updated once."""
    with FaultedReview.begun(tmp_path / "review") as begun:
        assert begun.update(FIRST) is None
        fake.today = NEXT
        yield begun


def title_after(review: FaultedReview, as_of: date, pmid: int) -> str | None:
    """The title of a record as an update that completes leaves it; None: there is none."""
    assert review.update(as_of) is None
    return title_of(review, pmid)


def title_of(review: FaultedReview, pmid: int) -> str | None:
    rows = review.views()["current_record"]
    return next((row[8] for row in rows if row[0] == f"pmid:{pmid}"), None)


def mentions(views: Views, pmid: int) -> list[str]:
    """The views in which a record stands."""
    return [name for name, rows in views.items() if any(f"pmid:{pmid}" in row for row in rows)]


def test_a_record_that_is_gone_for_good_between_search_and_fetch_is_no_record_of_the_review(
    fake: FakeEntrez, review: FaultedReview
) -> None:
    fake.lost = {204}
    assert review.update(LATER) is None
    assert review.said() == ("PubMed did not send it",)
    fake.remove(204)
    assert review.update(NEXT) is None
    assert review.said() == ()
    views = review.views()
    assert mentions(views, 204) == ["current_raw"]  # as withdrawn
    assert [row[3] for row in views["current_raw"] if row[0] == "pmid:204"] == ["True"]
    assert len(views["current_hit"]) == 10


def test_a_record_that_is_not_sent_today_is_asked_for_again_tomorrow(
    fake: FakeEntrez, review: FaultedReview
) -> None:
    fake.lost = {204}
    assert title_after(review, LATER, 204) is None
    fake.lost = set()
    assert title_after(review, NEXT, 204) == "A new matter, 204"


def test_a_record_revised_between_an_interrupted_update_and_the_next_is_read_as_revised(
    fake: FakeEntrez, review: FaultedReview
) -> None:
    fake.fail(faults.status(500), of=BATCH, lasting=True)
    assert review.update(LATER) is not None
    fake.heal()
    fake.add(article_set(article(102, "Reworded twice", entered="1972-05-05", revised=str(NEXT))))
    fake.add(article_set(article(202, "Reworded", entered="2024-01-16", revised=str(NEXT))))
    assert title_after(review, NEXT, 102) == "Reworded twice"
    # A new one kept from the interrupted update is seen as revised by the update after.
    assert title_after(review, NEXT + timedelta(days=1), 202) == "Reworded"


@pytest.mark.parametrize("days", [-2, 2])
def test_a_revision_dated_by_a_clock_two_days_off_is_seen(
    fake: FakeEntrez, review: FaultedReview, days: int
) -> None:
    review.update(LATER)
    by_its_clock = NEXT + timedelta(days=days)
    fake.add(
        article_set(
            article(103, "Reworded", entered="1973-05-05", revised=str(by_its_clock)),
        )
    )
    assert title_after(review, NEXT, 103) == "Reworded"


@pytest.mark.parametrize(("days", "found_on"), [(-2, LATER), (2, LATER + timedelta(days=2))])
def test_a_record_created_by_a_clock_two_days_off_is_found_when_its_day_has_come(
    fake: FakeEntrez, review: FaultedReview, days: int, found_on: date
) -> None:
    fake.add(article_set(article(300, entered=str(LATER + timedelta(days=days)))))
    seen = {
        day: title_after(review, day, 300) is not None
        for day in (LATER, LATER + timedelta(days=1), LATER + timedelta(days=2))
    }
    assert seen == {day: day >= found_on for day in seen}


@pytest.mark.parametrize(("days", "stops"), [(-2, False), (2, True)])
def test_a_retry_after_by_a_clock_two_days_off_is_waited_for_at_most_as_long_as_patience_lasts(
    fake: FakeEntrez, review: FaultedReview, days: int, stops: bool
) -> None:
    when = format_datetime(datetime.now().astimezone() + timedelta(days=days))
    fake.fail(faults.status(503, when), of=BATCH)
    assert (review.update(LATER) is not None) == stops
    assert title_after(review, NEXT, 204) == "A new matter, 204"


def test_of_two_versions_of_a_record_the_newer_one_counts_and_it_counts_once(
    fake: FakeEntrez, review: FaultedReview
) -> None:
    both = article_set(
        article(204, "Its second version", version=2, entered="2024-01-17"),
        article(204, "A new matter, 204", entered="2024-01-17"),
        article(203, "A new matter, 203", entered="2024-01-17"),
    )
    fake.fail(faults.says(both), of=BATCH)
    assert title_after(review, LATER, 204) == "Its second version"
    assert len(review.views()["current_record"]) == 11


def test_a_server_that_nobody_runs_stops_the_update_and_leaves_no_trace(
    fake: FakeEntrez, review: FaultedReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = review.views()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with monkeypatch.context() as away:
        away.setattr(http, "PATIENCE_UNREACHABLE", 0.01)
        away.setenv("LIVING_REVIEW_ENTREZ_URL", f"http://127.0.0.1:{port}/eutils")
        assert isinstance(review.update(LATER), SourceUnavailable)
    assert review.views() == before
    assert review.update(NEXT) is None
    assert len(review.views()["current_record"]) == 11


def test_the_first_update_of_all_interrupted_half_way_goes_on_where_it_stopped(
    fake: FakeEntrez, tmp_path: Path
) -> None:
    fake.today = NEXT
    with FaultedReview.begun(tmp_path / "review") as review:
        # Batches of two: 101 and 102, 103 and 104; the third does not come.
        fake.fail(faults.reset(), of=faulted.is_batch_of(105, 201), lasting=True)
        assert review.update(LATER) is not None
        assert not any(review.views().values())
        fake.heal()
        fake.requests.clear()
        assert review.update(NEXT) is None
        assert len(review.views()["current_record"]) == 11
        asked = [request.parameters["id"] for request in fake.asked("efetch")]
    assert asked == ["105,201", "202,203", "204,205", "206"]
