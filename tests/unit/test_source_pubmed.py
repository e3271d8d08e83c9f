"""PubMed as a source: whole id sets, slices above 9,999, batches, and what is missing."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.protocol import Run, Schedules
from living_review.sources import entrez, http
from living_review.sources.entrez import Entrez
from living_review.sources.pubmed import PubMed
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import Entry, FakeEntrez
from tests.pubmed_builders import article, article_set

LATE = date(2026, 11, 1)
SCHEDULES = Schedules(update="0 3 * * *", recheck_included="0 15 * * *")


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(entrez, "PER_SECOND_WITH_KEY", 1000)
    return


def search_of(fake: FakeEntrez, query: str = "trial", **run: int) -> PubMed:
    return PubMed(query, Run(schedules=SCHEDULES, **run), Entrez(fake.url, api_key="k"))


def many(number: int, day_of: Callable[[int], date]) -> list[Entry]:
    return [Entry(n, b"", day_of(n), day_of(n)) for n in range(1, number + 1)]


def by_the_week(n: int) -> date:
    return date(1990, 1, 1) + timedelta(days=n % 12_000)


def test_a_search_asks_for_every_id_and_not_for_twenty() -> None:
    with FakeEntrez(many(2_500, by_the_week)) as fake:
        assert len(search_of(fake).find(LATE).record_ids) == 2_500
        assert len(fake.requests) == 1


def test_above_9999_hits_the_search_is_sliced_until_all_are_listed() -> None:
    with FakeEntrez(many(25_000, by_the_week)) as fake:
        found = search_of(fake).find(LATE)
    assert found.count == len(found.record_ids) == 25_000
    assert found.warnings == ()


def test_exactly_9999_hits_need_no_slices() -> None:
    with FakeEntrez(many(9_999, by_the_week)) as fake:
        assert len(search_of(fake).find(LATE).record_ids) == 9_999
        assert len(fake.requests) == 1


def test_more_than_9999_records_of_one_day_cannot_be_listed_and_that_is_said() -> None:
    with (
        FakeEntrez(many(10_000, lambda n: date(2020, 1, 1))) as fake,
        pytest.raises(SourceRefused, match=r"created on 2020-01-01.*narrow the query"),
    ):
        search_of(fake).find(LATE)


def test_slices_that_do_not_add_up_are_no_answer() -> None:
    with FakeEntrez(many(12_000, by_the_week)) as fake:

        def shrinking(term: str, entry: Entry) -> bool:
            return entry.pmid > 40 or len(fake.requests) < 2

        fake.matches = shrinking
        with pytest.raises(SourceUnavailable, match="slice by slice"):
            search_of(fake).find(LATE)


def test_a_search_above_max_hits_is_refused_before_anything_is_fetched() -> None:
    with (
        FakeEntrez(many(101, by_the_week)) as fake,
        pytest.raises(SourceRefused, match=r"101 records.*run\.max_hits \(100\)"),
    ):
        search_of(fake, max_hits=100).find(LATE)


def test_the_query_is_kept_whole_beside_the_date_limit() -> None:
    with FakeEntrez(many(1, by_the_week)) as fake:
        search_of(fake, "a OR b").find(date(2020, 2, 29))
        (request,) = fake.requests
    assert request.parameters["term"].startswith("(a OR b) AND (")
    assert '"2020/02/29"[crdt]' in request.parameters["term"]


def test_a_revision_is_asked_for_by_modification_date() -> None:
    old, recent = date(2001, 1, 1), date(2026, 10, 1)
    entries = [Entry(1, b"", old, recent), Entry(2, b"", old, old)]
    with FakeEntrez(entries) as fake:
        assert search_of(fake).find_revised(date(2026, 9, 1), LATE) == ("pmid:1",)


def test_what_pubmed_remarks_on_the_query_is_passed_on() -> None:
    with FakeEntrez() as fake:
        found = search_of(fake).find(LATE)
    assert found.record_ids == ()
    assert found.warnings == ("PubMed says OutputMessage: No items found.",)


def test_records_come_in_batches() -> None:
    with FakeEntrez(article_set(*(article(n) for n in range(1, 8)))) as fake:
        ids = [f"pmid:{n}" for n in range(1, 8)]
        payloads = list(search_of(fake, batch_size=3).fetch(ids))
        sizes = [r.parameters["id"].count(",") + 1 for r in fake.asked("efetch")]
    assert [payload.record_id for payload in payloads] == ids
    assert sizes == [3, 3, 1]


def test_a_record_that_pubmed_does_not_send_is_listed_with_its_problem() -> None:
    with FakeEntrez(article_set(article(1), article(2)), lost=[2]) as fake:
        first, second = search_of(fake).fetch(["pmid:1", "pmid:2"])
    assert first.problem == ""
    assert second.record_id == "pmid:2"
    assert second.problem == "PubMed did not send it"


@pytest.mark.parametrize("with_length", [True, False])
def test_a_batch_cut_off_on_the_way_is_fetched_again(with_length: bool) -> None:
    with FakeEntrez(article_set(article(1), article(2))) as fake:
        fake.fail(faults.truncated(with_length))
        payloads = list(search_of(fake).fetch(["pmid:1", "pmid:2"]))
        assert [payload.problem for payload in payloads] == ["", ""]
        assert len(fake.requests) == 2
