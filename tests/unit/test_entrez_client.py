"""The E-utilities client against a stand-in that fails in every way NCBI does."""

import threading
import time
from collections.abc import Iterator

import pytest

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.sources import http
from living_review.sources.entrez import Entrez
from living_review.sources.entrez_replies import read_search
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import FakeEntrez
from tests.pubmed_builders import article, article_set

RECORDS = article_set(article(1), article(2))
SEARCH = {"db": "pubmed", "term": "trial"}
KEY = "s3cr3t+k/ey"


@pytest.fixture
def fake(monkeypatch) -> Iterator[FakeEntrez]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    with FakeEntrez(RECORDS) as running:
        yield running


def client(fake: FakeEntrez, api_key: str | None = None) -> Entrez:
    environ = {"LIVING_REVIEW_ENTREZ_URL": fake.url, "NCBI_EMAIL": "a@example.org"}
    return Entrez.from_environ(environ | ({"NCBI_API_KEY": api_key} if api_key else {}))


def search(fake: FakeEntrez, api_key: str | None = None) -> tuple[str, ...]:
    return client(fake, api_key).ask("esearch", SEARCH, read_search).pmids


PASSING = {
    "429": faults.status(429),
    "429 with Retry-After": faults.status(429, "0"),
    "500": faults.status(500),
    "503 with a date": faults.status(503, "Wed, 01 Jan 2020 00:00:00 GMT"),
    "a hang": faults.hang(),
    "a reset": faults.reset(),
    "a truncated body": faults.truncated(),
    "a truncated body of unknown length": faults.truncated(with_length=False),
    "a web page": faults.says(b"<!DOCTYPE html>\n<html><body>Busy</body></html>"),
    "a backend that failed": faults.error_in_200(
        "Search Backend failed: Database is not supported: pubmed"
    ),
    "a rate limit in 200": faults.says(b'{"error":"API rate limit exceeded","count":"4"}'),
    "an empty body": faults.says(b""),
    "other XML": faults.says(b"<html5/>"),
    "a count without its list": faults.says(
        b"<eSearchResult><Count>3</Count><RetMax>3</RetMax><IdList/></eSearchResult>"
    ),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_failure_that_passes_is_tried_again_and_never_taken_for_an_answer(fake, fault) -> None:
    fake.fail(fault)
    assert search(fake) == ("2", "1")
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.status(400, body=b'{"error":"API key invalid"}'), "API key invalid"),
        (faults.error_in_200("Empty term and query_key - nothing todo"), "Empty term"),
        (faults.error_in_200("'retstart' cannot be larger than 9998"), "larger than 9998"),
        (faults.says(b'{"error":"API key invalid","api-key":"k"}'), "API key invalid"),
    ],
)
def test_a_request_that_is_wrong_is_refused_at_once(fake, fault, said: str) -> None:
    fake.fail(fault)
    with pytest.raises(SourceRefused, match=said):
        search(fake)
    assert len(fake.requests) == 1


def test_retry_after_is_honoured(fake: FakeEntrez) -> None:
    fake.fail(faults.status(429, "1"))
    search(fake)
    first, second = (request.at for request in fake.requests)
    assert second - first >= 1


def test_a_rest_longer_than_our_patience_ends_it_at_once(fake: FakeEntrez) -> None:
    fake.fail(faults.status(429, "3600"))
    with pytest.raises(SourceUnavailable, match="3600 s"):
        search(fake)
    assert len(fake.requests) == 1


def test_patience_ends(fake: FakeEntrez, monkeypatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.2)
    fake.fail(*[faults.status(500)] * 50)
    with pytest.raises(SourceUnavailable, match="HTTP 500"):
        search(fake)
    assert len(fake.requests) < 10


def test_an_answer_that_drips_for_ever_is_given_up(fake: FakeEntrez, monkeypatch) -> None:
    monkeypatch.setattr(http, "WHOLE_ANSWER_SECONDS", 0.2)
    fake.fail(faults.drips(0.02))
    assert search(fake) == ("2", "1")


def test_no_network_is_said_within_seconds_and_in_one_sentence_with_a_way_out() -> None:
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match=r"connection is refused.*make demo") as caught:
        Entrez("http://127.0.0.1:9/eutils").ask("esearch", SEARCH, read_search)
    assert time.monotonic() - started < 10
    assert "Traceback" not in str(caught.value)


def test_who_asks_is_said_with_every_request(fake: FakeEntrez) -> None:
    search(fake)
    (request,) = fake.requests
    assert request.parameters["tool"] == "living-review"
    assert request.parameters["email"] == "a@example.org"


def test_a_long_query_goes_by_post_and_a_short_one_by_get(fake: FakeEntrez) -> None:
    nobody = Entrez(fake.url)
    nobody.ask("esearch", SEARCH, read_search)
    nobody.ask("esearch", SEARCH | {"term": "trial OR " * 1000 + "x"}, read_search)
    assert [request.method for request in fake.requests] == ["GET", "POST"]


def test_an_email_is_sent_and_never_stands_in_an_address(fake: FakeEntrez) -> None:
    search(fake)
    (request,) = fake.requests
    assert request.parameters["email"] == "a@example.org"
    assert request.method == "POST"


def test_the_api_key_is_sent_and_never_stands_in_an_address(fake: FakeEntrez) -> None:
    search(fake, KEY)
    (request,) = fake.requests
    assert request.parameters["api_key"] == KEY
    assert request.method == "POST"


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(400, body=f'{{"error":"API key invalid: {KEY}"}}'.encode()),
        faults.status(500, body=KEY.encode()),
        faults.error_in_200(f"bad api_key {KEY}"),
        faults.says(f'{{"error":"{KEY} has exceeded its limit"}}'.encode()),
    ],
)
def test_the_api_key_is_masked_in_every_error_and_its_causes(fake, fault, monkeypatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.0)
    fake.fail(fault)
    with pytest.raises((SourceRefused, SourceUnavailable), match=r"\*\*\*") as caught:
        search(fake, KEY)
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in str(error)
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(("api_key", "limit", "requests"), [(None, 3, 8), ("k", 10, 24)])
def test_no_second_sees_more_requests_than_ncbi_allows_from_all_threads_together(
    fake: FakeEntrez, api_key: str | None, limit: int, requests: int
) -> None:
    shared = client(fake, api_key)
    threads = [
        threading.Thread(target=shared.ask, args=("esearch", SEARCH, read_search))
        for _ in range(requests)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(request.at for request in fake.requests)
    assert len(times) == requests
    assert min(times[i + limit] - times[i] for i in range(requests - limit)) >= 1.0


def test_two_clients_of_one_server_keep_its_limit_together(fake: FakeEntrez) -> None:
    for _ in range(2):
        one, other = client(fake), client(fake)
        one.ask("esearch", SEARCH, read_search)
        other.ask("esearch", SEARCH, read_search)
    times = [request.at for request in fake.requests]
    assert times[3] - times[0] >= 1.0


def test_nothing_is_written_into_the_home_to_read_an_answer(fake, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    search(fake)
    assert list(tmp_path.iterdir()) == []


def test_a_client_that_is_printed_shows_no_secret(fake):
    asking = client(fake, KEY)
    assert KEY not in f"{asking!r} {asking._http()!r}"
