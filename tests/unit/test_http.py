"""What every client of HTTP keeps to, beside what the E-utilities' own tests ask of it."""

import time
from collections.abc import Iterator

import pytest

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.sources import http
from living_review.sources.http import Http
from living_review.sources.pacing import Pace
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import FakeEntrez

SECRET = "s3cr3t+k/ey"
SEARCH = {"db": "pubmed", "term": "trial"}


@pytest.fixture
def fake(monkeypatch) -> Iterator[FakeEntrez]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "PATIENCE", 0.1)
    with FakeEntrez() as running:
        yield running


def client(url: str, secondary: bool = True) -> Http:
    return Http(
        url, "The register", Pace(100), "it is asked again", "correct it", (SECRET,), secondary
    )


def ask(url: str) -> bytes:
    return client(url).ask("esearch.fcgi", SEARCH, bytes)


def test_a_secondary_service_that_cannot_be_reached_is_not_waited_for() -> None:
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match="refused; it is asked again") as caught:
        ask("http://127.0.0.1:9")
    assert time.monotonic() - started < 1
    assert str(caught.value).startswith("The register was not read, since 127.0.0.1:9 cannot")


def test_a_secondary_service_that_falters_is_asked_again(fake: FakeEntrez) -> None:
    fake.fail(faults.status(500))
    assert b"eSearchResult" in ask(fake.url)


def test_a_secret_that_an_answer_repeats_is_masked_where_the_sentence_is_cut(fake) -> None:
    fake.fail(faults.status(400, body=b"x" * 115 + SECRET.encode()))
    with pytest.raises(SourceRefused, match="correct it") as caught:
        ask(fake.url)
    assert SECRET[:4] not in str(caught.value)


def test_a_redirect_is_not_followed_with_what_was_meant_for_another_host(fake) -> None:
    def elsewhere(handler, good, stopping) -> None:
        handler.send(307, b"", {"Location": f"{fake.url}/stolen.fcgi"})

    fake.fail(*[elsewhere] * 50)
    with pytest.raises(SourceUnavailable, match="sends us elsewhere with HTTP 307"):
        ask(fake.url)
    assert not fake.asked("stolen")


def test_a_window_of_a_minute_is_kept_as_one_of_a_second() -> None:
    pace, begun = Pace(2, window=0.3), []
    for _ in range(5):
        with pace.slot():
            begun.append(time.monotonic())
    assert all(begun[i + 2] - begun[i] >= 0.3 for i in range(3))
