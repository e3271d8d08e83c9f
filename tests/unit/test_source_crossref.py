"""Crossref asked about what a review rests on: every way in which it states a notice is read."""

import time
from collections.abc import Iterator
from datetime import date

import pytest

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.model import Record
from living_review.parsing.links import stated_links
from living_review.sources import crossref, http
from living_review.sources.crossref_replies import SELECT, read_list, read_one
from tests.crossref_builders import EMAIL, opened, read, sample_works, update, work
from tests.fakes import entrez_faults as faults
from tests.fakes.crossref_server import SELECTS, FakeCrossref

LATE = date(2026, 11, 1)


@pytest.fixture
def fake(monkeypatch) -> Iterator[FakeCrossref]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    monkeypatch.setattr(crossref, "PER_SECOND_KNOWN", 100)
    with FakeCrossref(sample_works()) as running:
        yield running


def links_found(fake: FakeCrossref, *watched: str) -> list[tuple[str, str, str | None]]:
    source = opened(fake, *watched)
    records = read(source, *source.find(LATE).record_ids)
    return [(key, each.relation, each.record_id) for key in records for each in records[key].links]


def test_a_retraction_that_only_its_notice_states_is_found(fake: FakeCrossref) -> None:
    assert links_found(fake, "10.5555/trial-a") == [
        ("doi:10.5555/notice-a", "RetractionOf", "doi:10.5555/trial-a")
    ]


def test_a_retraction_that_only_the_retracted_work_states_is_found(fake: FakeCrossref) -> None:
    assert links_found(fake, "10.5555/trial-b") == [
        ("doi:10.5555/notice-b", "RetractionOf", "doi:10.5555/trial-b")
    ]


def test_a_retraction_that_both_state_is_one_notice_known_from_the_earlier_day(fake) -> None:
    source = opened(fake, "10.5555/trial-c")
    (record,) = read(source, *source.find(LATE).record_ids).values()
    assert len(record.links) == 1
    assert str(record.entered) == "2021-07-04"
    assert source.find(date(2021, 7, 3)).record_ids == ()
    assert source.find(date(2021, 7, 4)).record_ids == ("doi:10.5555/notice-c",)


def test_a_notice_that_crossref_has_no_work_for_is_still_a_notice(fake: FakeCrossref) -> None:
    source = opened(fake, "10.5555/trial-lost")
    record = read(source, *source.find(LATE).record_ids)["doi:10.5555/notice-lost"]
    assert record.title == "Retraction of 10.5555/trial-lost"
    assert record.kind == "notice"
    assert record.links[0].relation == "RetractionOf"


def test_an_erratum_and_a_concern_are_no_retraction(fake: FakeCrossref) -> None:
    assert links_found(fake, "10.5555/trial-d") == [
        ("doi:10.5555/notice-d", "ErratumFor", "doi:10.5555/trial-d"),
        ("doi:10.5555/notice-e", "ExpressionOfConcernFor", "doi:10.5555/trial-d"),
    ]


def test_a_partial_retraction_is_a_caution_and_a_reinstatement_is_told(fake: FakeCrossref) -> None:
    assert links_found(fake, "10.5555/trial-part") == [
        ("doi:10.5555/notice-back", "CommentOn", "doi:10.5555/trial-part"),
        ("doi:10.5555/notice-part", "ExpressionOfConcernFor", "doi:10.5555/trial-part"),
    ]


@pytest.mark.parametrize(
    ("printed", "notice"),
    [("10.5555/trial-a", "doi:10.5555/notice-a"),
     ("10.5555/S0000-0001(17)30007-X", "doi:10.5555/notice-g"),
     ("10.5555/trial-in-place", "notice:10.5555/trial-in-place")],
)  # fmt: skip
def test_the_record_of_pubmed_with_that_doi_is_the_one_retracted(fake, printed, notice) -> None:
    paper = Record(record_id="pmid:1", title="A trial", pmid="1", doi=printed)
    source = opened(fake, printed)
    records = [paper, *read(source, *source.find(LATE).record_ids).values()]
    assert (notice, "pmid:1", "retracts") in [each[:3] for each in stated_links(records)]


def test_a_doi_with_a_comma_is_asked_alone_and_what_cannot_be_asked_is_said(fake) -> None:
    source = opened(fake, "10.5555/trial-a", "10.5555/jama.1.2.3,5")
    found = source.find(LATE)
    assert found.record_ids == ("doi:10.5555/notice-a", "doi:10.5555/notice-f")
    assert len(found.warnings) == 1
    assert "10.5555/jama.1.2.3,5" in found.warnings[0]


def test_a_comma_in_a_list_is_refused_as_crossref_does_and_never_read_as_no_notice(fake) -> None:
    source = opened(fake)
    with pytest.raises(SourceRefused, match="filter-not-available"):
        source.http.ask("works", {"filter": "updates:10.5555/jama.1.2.3,5"}, read_list)


def test_a_notice_whose_doi_has_a_comma_is_read_whole(fake: FakeCrossref) -> None:
    fake.works = [
        work("10.5555/a", by=[update("10.5555/n,1")]),
        work("10.5555/n,1", title=["A notice with a comma"]),
    ]
    (record,) = read(opened(fake, "10.5555/a"), "doi:10.5555/n,1").values()
    assert record.title == "A notice with a comma"


def test_capitals_make_no_other_doi(fake: FakeCrossref) -> None:
    found = links_found(fake, "https://doi.org/10.5555/S0000-0001(17)30007-X")
    assert found == [("doi:10.5555/notice-g", "RetractionOf", "doi:10.5555/s0000-0001(17)30007-x")]


def test_a_retraction_in_place_is_a_notice_of_its_own_beside_the_paper(fake) -> None:
    source = opened(fake, "10.5555/trial-in-place")
    found = source.find(LATE)
    (record,) = read(source, *found.record_ids).values()
    assert (found.warnings, record.record_id) == ((), "notice:10.5555/trial-in-place")
    assert record.doi is None, "the same DOI would make the notice and the paper one record"
    assert record.links[0].record_id == "doi:10.5555/trial-in-place"


def test_a_retraction_whose_notice_has_no_doi_is_not_lost(fake: FakeCrossref) -> None:
    fake.works = [work("10.5555/a", by=[update("Unavailable"), update("", "erratum")])]
    assert links_found(fake, "10.5555/a") == [
        ("notice:10.5555/a", "ErratumFor", "doi:10.5555/a"),
        ("notice:10.5555/a", "RetractionOf", "doi:10.5555/a"),
    ]


def test_a_watched_work_that_is_itself_a_notice_is_found_as_one(fake: FakeCrossref) -> None:
    assert links_found(fake, "10.5555/notice-a") == [
        ("doi:10.5555/notice-a", "RetractionOf", "doi:10.5555/trial-a")
    ]


def test_what_a_notice_says_of_works_outside_the_review_does_not_date_it(fake) -> None:
    of = [update("10.5555/other", on="2001-01-01"), update("10.5555/a", on="2020-01-01")]
    fake.works = [work("10.5555/a"), work("10.5555/n", to=of)]
    source = opened(fake, "10.5555/a")
    assert source.find(date(2010, 1, 1)).record_ids == ()
    (record,) = read(source, "doi:10.5555/n").values()
    assert [link.record_id for link in record.links] == ["doi:10.5555/a"]


def test_a_notice_without_a_date_is_known_from_the_day_it_was_registered(fake) -> None:
    of = [update("10.5555/a", updated=None)]
    fake.works = [work("10.5555/n", to=of, created={"date-parts": [[2019, 5, 5]]})]
    source = opened(fake, "10.5555/a")
    assert source.find(date(2019, 5, 4)).record_ids == ()
    assert source.find(date(2019, 5, 5)).record_ids == ("doi:10.5555/n",)
    assert str(read(source, "doi:10.5555/n")["doi:10.5555/n"].entered) == "2019-05-05"


def test_a_search_says_what_it_asked_and_what_crossref_does_not_know(fake) -> None:
    found = opened(fake, "10.5555/trial-clean", "10.5555/never", "10.5555/NEVER").find(LATE)
    assert (found.record_ids, found.count, found.warnings) == ((), 0, ())
    assert found.translation == "notices on 2 DOIs; 1 unknown to Crossref"


def test_what_is_no_doi_is_named_and_not_asked(fake: FakeCrossref) -> None:
    found = opened(fake, "see the publisher's page").find(LATE)
    assert found.warnings == (
        'Crossref was not asked for notices on "see the publisher\'s page", which is no DOI',
    )
    assert fake.requests == []


def test_a_work_that_nobody_asked_about_is_named(fake: FakeCrossref) -> None:
    stray = b'{"message":{"total-results":1,"items":[{"DOI":"10.5555/stray"}]}}'
    fake.fail(faults.says(stray), faults.says(stray))
    (warning,) = opened(fake, "10.5555/a").find(LATE).warnings
    assert "10.5555/stray" in warning


def test_nothing_watched_asks_for_nothing(fake: FakeCrossref) -> None:
    source = opened(fake)
    assert source.find(LATE).record_ids == ()
    assert list(source.fetch([])) == []
    assert fake.requests == []


def test_two_requests_are_made_for_twenty_works_and_one_for_notices_known_by_name(fake) -> None:
    numbered = [f"10.5555/n{number}" for number in range(1, 38)]
    source = opened(fake, *numbered, "10.5555/trial-a", "10.5555/trial-b", "10.5555/trial-clean")
    found = source.find(LATE)
    source.find_revised(date(2020, 1, 1), LATE)
    assert len(fake.requests) == 4
    assert len(list(source.fetch(found.record_ids))) == 2
    assert [request.parameters["filter"] for request in fake.requests[4:]] == [
        "doi:10.5555/notice-b"
    ]


def test_more_works_than_the_server_lists_unasked_come_whole(fake: FakeCrossref) -> None:
    fake.works = [
        work(f"10.5555/n{number}", to=[update("10.5555/a", "erratum")]) for number in range(60)
    ]
    assert opened(fake, "10.5555/a").find(LATE).count == 60


def test_a_list_that_is_not_whole_is_not_believed(fake: FakeCrossref, monkeypatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.05)
    short = b'{"message":{"total-results":2,"items":[{"DOI":"10.5555/a"}]}}'
    fake.fail(*[faults.says(short)] * 20)
    with pytest.raises(SourceUnavailable, match="counted 2 works and listed 1"):
        opened(fake, "10.5555/a").find(LATE)


def test_every_field_that_is_selected_is_one_that_crossref_knows() -> None:
    assert set(SELECT.split(",")) <= set(SELECTS.split(", "))


def test_who_asks_is_said_in_a_header_and_stands_in_no_address_or_error(fake) -> None:
    opened(fake, "10.5555/a").find(LATE)
    assert {request.agent for request in fake.requests} == {f"living-review (mailto:{EMAIL})"}
    assert not any(EMAIL in str(request.parameters) for request in fake.requests)
    fake.fail(faults.status(400, body=f"no, {EMAIL}".encode()))
    with pytest.raises(SourceRefused) as caught:
        opened(fake, "10.5555/a").find(LATE)
    assert EMAIL not in str(caught.value)


def test_who_does_not_say_who_asks_asks_once_a_second(fake: FakeCrossref) -> None:
    started = time.monotonic()
    opened(fake, "10.5555/a", email="").find(LATE)
    assert fake.requests[0].agent == "living-review"
    assert time.monotonic() - started > crossref.PER_SECOND


def test_the_same_statements_give_the_same_bytes(fake: FakeCrossref) -> None:
    def bodies() -> list[bytes]:
        source = opened(fake, "10.5555/trial-c", "10.5555/trial-d")
        return [payload.body for payload in source.fetch(source.find(LATE).record_ids)]

    first = bodies()
    for each in fake.works:
        each.get("updated-by", []).reverse()
    fake.works.reverse()
    assert bodies() == first


PASSING = {
    "429": faults.status(429),
    "429 with Retry-After": faults.status(429, "0"),
    "500": faults.status(500),
    "503": faults.status(503),
    "a reset": faults.reset(),
    "a truncated body": faults.truncated(),
    "a truncated body of unknown length": faults.truncated(with_length=False),
    "a web page": faults.says(b"<!DOCTYPE html><html>Busy</html>"),
    "an error in 200": faults.says(b'{"status":"error","message":{"name":"class X"}}'),
    "an empty body": faults.says(b""),
    "a failure in 200": faults.says(b'{"status":"failed","message":[{"type":"x"}]}'),
    "a work instead of a list": faults.says(b'{"message":{"DOI":"10.5555/a"}}'),
}


@pytest.mark.parametrize("of_request", [0, 1, 2])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_whatever_fails_once_loses_no_notice(fake: FakeCrossref, fault, of_request: int) -> None:
    def well(handler, good, stopping) -> None:
        handler.send(200, good)

    fake.fail(*[well] * of_request, fault)
    assert links_found(fake, "10.5555/trial-a", "10.5555/trial-b") == [
        ("doi:10.5555/notice-a", "RetractionOf", "doi:10.5555/trial-a"),
        ("doi:10.5555/notice-b", "RetractionOf", "doi:10.5555/trial-b"),
    ]


def test_an_answer_that_does_not_come_is_not_waited_for_again_and_is_no_empty_set(fake) -> None:
    fake.fail(faults.hang())
    with pytest.raises(SourceUnavailable, match="did not answer in time"):
        opened(fake, "10.5555/trial-a").find(LATE)


def test_a_lasting_failure_is_said_and_is_never_an_empty_set(fake, monkeypatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.05)
    fake.fail(*[faults.status(503)] * 50)
    with pytest.raises(SourceUnavailable, match=r"^Crossref was not read"):
        opened(fake, "10.5555/trial-a").find(LATE)


def test_a_lone_work_that_cannot_be_had_today_is_not_taken_for_unknown(fake, monkeypatch) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.05)
    fake.fail(*[faults.status(503)] * 50)
    with pytest.raises(SourceUnavailable):
        opened(fake, "10.5555/a,b").find(LATE)


BROKEN = {
    "no JSON": b"{",
    "a number that is none": b'{"message":{"total-results":NaN,"items":[]}}',
    "no message": b"{}",
    "a message that is a list": b'{"message":[]}',
    "items that are no list": b'{"message":{"total-results":0,"items":{}}}',
    "an item that is no work": b'{"message":{"total-results":1,"items":[7]}}',
    "a work without a DOI": b'{"message":{"total-results":1,"items":[{}]}}',
    "a DOI that is a number": b'{"message":{"total-results":1,"items":[{"DOI":7}]}}',
    "a DOI that is no text": b'{"message":{"total-results":1,"items":[{"DOI":"\\ud800"}]}}',
    "updates that are no list":
        b'{"message":{"total-results":1,"items":[{"DOI":"10.5555/a","updated-by":"x"}]}}',
    "an update that is no object":
        b'{"message":{"total-results":1,"items":[{"DOI":"10.5555/a","update-to":["x"]}]}}',
    "a count that is text": b'{"message":{"total-results":"0","items":[]}}',
    "no count": b'{"message":{"items":[]}}',
    "depth": b"[" * 100_000 + b"]" * 100_000,
    "other bytes": b"\xff\xfe\x00",
}  # fmt: skip


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_told_from_one_without_notices(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        read_list(body)
    with pytest.raises(SourceUnavailable):
        read_one(body)


def test_parts_of_an_update_that_are_no_text_leave_the_rest(fake: FakeCrossref) -> None:
    odd = update("10.5555/n", label=7, source=None, updated={"date-parts": [[None]]})
    nothing = {"DOI": "10.5555/m", "type": None}
    fake.works = [work("10.5555/a", by=[odd, nothing], title=None)]
    assert links_found(fake, "10.5555/a") == [
        ("doi:10.5555/m", "CommentOn", "doi:10.5555/a"),
        ("doi:10.5555/n", "RetractionOf", "doi:10.5555/a"),
    ]


def test_updates_that_are_null_are_none(fake: FakeCrossref) -> None:
    fake.works = [work("10.5555/a") | {"update-to": None, "updated-by": None}]
    assert read_list(fake.answer("/works", {})[1])[0].updates == ()
