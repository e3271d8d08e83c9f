"""What every source promises, asked of Crossref with what it alone has: notices."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from living_review import parsing
from living_review.errors import SourceError
from living_review.protocol import Search
from living_review.sources import Source, crossref, http, open_source
from tests.crossref_builders import RUN, opened, sample_works
from tests.fakes.crossref_server import FakeCrossref

LATE = date(2026, 11, 1)
WATCHED = ("10.5555/trial-a", "10.5555/trial-b", "10.5555/trial-d", "10.5555/trial-in-place")
ALL = (
    "doi:10.5555/notice-a", "doi:10.5555/notice-b", "doi:10.5555/notice-d", "doi:10.5555/notice-e",
    "notice:10.5555/trial-in-place",
)  # fmt: skip


@pytest.fixture
def source(monkeypatch) -> Iterator[Source]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(crossref, "PER_SECOND_KNOWN", 100)
    with FakeCrossref(sample_works()) as fake:
        yield opened(fake, *WATCHED)


def test_a_search_finds_what_was_known_on_the_day_and_nothing_later(source: Source) -> None:
    assert source.find(date(2012, 12, 31)).record_ids == ()
    assert source.find(date(2013, 1, 1)).record_ids == ("doi:10.5555/notice-d",)
    assert source.find(LATE).record_ids == ALL


def test_a_search_counts_what_it_finds_and_says_what_was_searched(source: Source) -> None:
    found = source.find(LATE)
    assert (found.count, found.translation) == (len(ALL), "notices on 4 DOIs")
    assert found.warnings == ()
    assert source.find(LATE) == found


def test_what_may_have_been_revised_is_sorted_and_each_once(source: Source) -> None:
    assert source.find_revised(date(2026, 1, 1), LATE) == ALL


def test_every_record_asked_for_comes_once_and_reads_as_itself(source: Source) -> None:
    payloads = list(source.fetch([*ALL, *ALL]))
    assert [payload.record_id for payload in payloads] == list(ALL)
    for payload in payloads:
        assert parsing.parse(payload).record_id == payload.record_id


def test_a_record_is_known_on_the_day_on_which_it_is_found(source: Source) -> None:
    for payload in source.fetch(ALL):
        known = parsing.parse(payload).available_on
        assert known is not None
        assert payload.record_id in source.find(known).record_ids


def test_asking_for_nothing_gives_nothing(source: Source) -> None:
    assert list(source.fetch([])) == []


def test_a_record_that_is_not_there_comes_with_its_problem(source: Source) -> None:
    payloads = {p.record_id: p for p in source.fetch([ALL[0], "doi:10.5555/gone", "pmid:1"])}
    assert payloads[ALL[0]].problem == ""
    assert payloads["doi:10.5555/gone"].problem
    assert payloads["pmid:1"].problem


def test_a_source_that_is_not_there_says_so_with_a_way_out() -> None:
    gone = {"LIVING_REVIEW_CROSSREF_URL": "http://127.0.0.1:9"}
    source = open_source(Search(source="crossref"), Path(), RUN, gone, WATCHED)
    with pytest.raises(SourceError, match="next update"):
        source.find(LATE)
