"""What every source promises, asked of each of them with the same records."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from living_review import parsing
from living_review.errors import SourceError
from living_review.parsing.payload import Payload
from living_review.protocol import Run, Schedules, Search
from living_review.sources import Source, http, open_source
from tests.fakes.entrez_server import FakeEntrez
from tests.pubmed_builders import article, article_set

RUN = Run(schedules=Schedules(update="0 3 * * *", recheck_included="0 15 * * *"), batch_size=2)
RECORDS = article_set(
    article(1, "The first trial", entered="2016-03-01"),
    article(2, "The second trial", entered="2018-07-31", revised="2019-05-05"),
    article(30, "A trial known only by its year", entered=None,
            pub_date="<PubDate><Year>2017</Year></PubDate>"),
    article(4, "The latest trial", entered="2021-11-11"),
    article(5, "A trial with no date at all", entered=None, pub_date="<PubDate/>"),
)  # fmt: skip
ALL = ("pmid:1", "pmid:2", "pmid:30", "pmid:4", "pmid:5")
LATE = date(2026, 11, 1)

Opener = Callable[[bytes], Source]


@pytest.fixture(params=["files", "pubmed"])
def source_of(request, tmp_path: Path, monkeypatch) -> Iterator[Opener]:
    """Opens the source under test on some PubMed XML."""
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    with ExitStack() as stack:

        def files(xml: bytes) -> Source:
            (tmp_path / "records.xml").write_bytes(xml)
            return open_source(Search(source="files", path="records.xml"), tmp_path, RUN, {})

        def pubmed(xml: bytes) -> Source:
            fake = stack.enter_context(FakeEntrez(xml))
            environ = {"LIVING_REVIEW_ENTREZ_URL": fake.url, "NCBI_API_KEY": "k"}
            return open_source(Search(source="pubmed", query="trial"), tmp_path, RUN, environ)

        yield {"files": files, "pubmed": pubmed}[request.param]


def test_a_search_finds_what_was_known_on_the_day_and_nothing_later(source_of: Opener) -> None:
    source = source_of(RECORDS)
    assert source.find(date(2016, 2, 29)).record_ids == ("pmid:5",)
    assert source.find(date(2016, 3, 1)).record_ids == ("pmid:1", "pmid:5")
    assert source.find(LATE).record_ids == ALL


def test_a_partial_date_counts_from_the_last_day_of_its_period(source_of: Opener) -> None:
    source = source_of(RECORDS)
    assert "pmid:30" not in source.find(date(2017, 12, 30)).record_ids
    assert "pmid:30" in source.find(date(2017, 12, 31)).record_ids


def test_a_search_counts_what_it_finds_and_says_what_was_searched(source_of: Opener) -> None:
    found = source_of(RECORDS).find(LATE)
    assert found.count == len(ALL)
    assert found.translation
    assert found.warnings == ()


def test_the_same_search_finds_the_same_again(source_of: Opener) -> None:
    source = source_of(RECORDS)
    assert source.find(LATE) == source.find(LATE)


def test_a_search_of_nothing_finds_nothing_and_is_no_error(source_of: Opener) -> None:
    assert source_of(article_set()).find(LATE).record_ids == ()


def test_a_revised_record_is_found_as_such(source_of: Opener) -> None:
    revised = source_of(RECORDS).find_revised(date(2019, 5, 1), LATE)
    assert "pmid:2" in revised
    assert list(revised) == sorted(set(revised))


def test_every_record_asked_for_comes_once_and_reads_as_itself(source_of: Opener) -> None:
    payloads = list(source_of(RECORDS).fetch(ALL))
    assert sorted(payload.record_id or "" for payload in payloads) == sorted(ALL)
    for payload in payloads:
        assert parsing.parse(payload).record_id == payload.record_id


def test_only_what_is_asked_for_comes(source_of: Opener) -> None:
    (payload,) = source_of(RECORDS).fetch(["pmid:30"])
    assert parsing.parse(payload).title == "A trial known only by its year"


def test_asking_for_nothing_gives_nothing(source_of: Opener) -> None:
    assert list(source_of(RECORDS).fetch([])) == []


def test_a_record_that_is_not_there_comes_with_its_problem(source_of: Opener) -> None:
    payloads = {p.record_id: p for p in source_of(RECORDS).fetch(["pmid:1", "pmid:999", "doi:x"])}
    assert payloads["pmid:1"].problem == ""
    assert payloads["pmid:999"].problem
    assert payloads["doi:x"].problem


def test_the_same_xml_gives_the_same_bytes_again(source_of: Opener) -> None:
    source = source_of(RECORDS)
    assert _bodies(source.fetch(ALL)) == _bodies(source.fetch(ALL))


def test_both_sources_give_the_same_records(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "records.xml").write_bytes(RECORDS)
    files = open_source(Search(source="files", path="records.xml"), tmp_path, RUN, {})
    with FakeEntrez(RECORDS) as fake:
        environ = {"LIVING_REVIEW_ENTREZ_URL": fake.url, "NCBI_API_KEY": "k"}
        pubmed = open_source(Search(source="pubmed", query="trial"), tmp_path, RUN, environ)
        assert _bodies(files.fetch(ALL)) == _bodies(pubmed.fetch(ALL))


def test_a_source_that_is_not_there_says_so_with_a_way_out(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "PATIENCE_UNREACHABLE", 0.05)
    gone = {"LIVING_REVIEW_ENTREZ_URL": "http://127.0.0.1:9/eutils"}
    for search, way_out in (
        (Search(source="files", path="nowhere"), "config.yaml"),
        (Search(source="pubmed", query="trial"), "make demo"),
    ):
        with pytest.raises(SourceError, match=way_out):
            open_source(search, tmp_path, RUN, gone).find(LATE)


def _bodies(payloads: Iterator[Payload]) -> dict[str | None, bytes]:
    return {payload.record_id: payload.body for payload in payloads}
