"""ClinicalTrials.gov keeps what every source promises, against a stand-in as strict as its API."""

import json
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from living_review import parsing
from living_review.errors import SourceRefused, SourceUnavailable
from living_review.protocol import Run, Schedules, Search
from living_review.sources import Source, clinicaltrials, http, open_source
from tests.clinicaltrials_builders import study
from tests.fakes import entrez_faults as faults
from tests.fakes.clinicaltrials_server import FakeRegister

SCHEDULES = Schedules(update="0 3 * * *", recheck_included="0 15 * * *")
STUDIES = (
    study(1, "The first trial", posted="2016-03-01"),
    study(2, "The second trial", posted="2018-07-31", updated="2019-05-05"),
    study(30, "The third trial", posted="2017-06-06"),
    study(4, "The latest trial", posted="2021-11-11"),
)
ALL = ("nct:NCT00000001", "nct:NCT00000002", "nct:NCT00000004", "nct:NCT00000030")
LATE = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch) -> None:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "PATIENCE", 0.1)
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    monkeypatch.setattr(clinicaltrials, "PER_MINUTE", 1000)


@pytest.fixture
def fake() -> Iterator[FakeRegister]:
    with FakeRegister(deepcopy(STUDIES), largest_page=3) as running:
        yield running


def source(url: str, query: str = "alphacin AND toothache", **run: int) -> Source:
    search = Search(source="clinicaltrials", query=query)
    environ = {"LIVING_REVIEW_CLINICALTRIALS_URL": url}
    return open_source(search, Path(), Run(schedules=SCHEDULES, **run), environ)


def fetched(fake: FakeRegister, ids: Sequence[str]) -> dict[str | None, Any]:
    return {payload.record_id: payload for payload in source(fake.url).fetch(ids)}


def test_a_search_finds_what_was_posted_by_the_day_and_nothing_later(fake) -> None:
    asked = source(fake.url)
    assert asked.find(date(2016, 2, 29)).record_ids == ()
    assert asked.find(date(2016, 3, 1)).record_ids == ("nct:NCT00000001",)
    assert asked.find(LATE).record_ids == ALL


def test_a_search_counts_what_it_finds_and_says_the_same_again(fake) -> None:
    found = source(fake.url).find(LATE)
    assert (found.count, found.translation, found.warnings) == (4, "alphacin AND toothache", ())
    assert source(fake.url).find(LATE) == found


def test_a_search_of_numbers_alone_keeps_to_the_day(fake) -> None:
    found = source(fake.url, query="NCT00000001 NCT00000004").find(date(2016, 3, 1))
    assert found.record_ids == ("nct:NCT00000001",)


def test_a_search_of_nothing_finds_nothing_and_is_no_error() -> None:
    with FakeRegister() as fake:
        assert source(fake.url).find(LATE).record_ids == ()


def test_an_updated_registration_is_found_as_revised_if_it_was_known_by_then(fake) -> None:
    asked = source(fake.url)
    assert asked.find_revised(date(2019, 5, 1), LATE) == ("nct:NCT00000002", "nct:NCT00000004")
    assert asked.find_revised(date(2019, 5, 1), date(2019, 6, 1)) == ("nct:NCT00000002",)


def test_every_record_asked_for_comes_once_and_reads_as_itself(fake) -> None:
    payloads = list(source(fake.url).fetch([*ALL, ALL[0]]))
    assert [payload.record_id for payload in payloads] == list(ALL)
    for payload in payloads:
        assert parsing.parse(payload).record_id == payload.record_id
        assert parsing.parse(payload).kind == "registration"


def test_only_what_is_asked_for_comes_and_nothing_for_nothing(fake) -> None:
    assert list(fetched(fake, ["nct:NCT00000030"])) == ["nct:NCT00000030"]
    fake.requests.clear()
    assert list(source(fake.url).fetch([])) == []
    assert fake.requests == []


def test_a_record_that_is_not_there_comes_with_its_problem(fake) -> None:
    payloads = fetched(fake, [ALL[0], "nct:NCT99999999", "doi:x", "nct:nct1"])
    assert payloads[ALL[0]].problem == ""
    assert payloads["nct:NCT99999999"].problem == "ClinicalTrials.gov did not send it"
    assert payloads["doi:x"].problem == payloads["nct:nct1"].problem != ""


def test_a_number_given_up_for_another_says_which() -> None:
    kept = study(1)
    kept["protocolSection"]["identificationModule"]["nctIdAliases"] = ["NCT00000009"]
    with FakeRegister([kept]) as fake:
        (payload,) = source(fake.url).fetch(["nct:NCT00000009"])
    assert payload.record_id == "nct:NCT00000009"
    assert payload.problem == "ClinicalTrials.gov keeps it as NCT00000001 now"


def test_a_study_without_a_readable_number_is_kept_beside_what_was_asked_for(fake) -> None:
    fake.fail(faults.says(b'{"totalCount": 1, "studies": [{"protocolSection": 7}]}'))
    payloads = fetched(fake, [ALL[0]])
    assert payloads[None].body == b'{"protocolSection":7}'
    assert payloads[ALL[0]].problem


def test_the_same_study_gives_the_same_bytes_in_whatever_order_its_keys_come(fake) -> None:
    before = fetched(fake, [ALL[0]])[ALL[0]].body
    section = fake.studies[0]["protocolSection"]
    fake.studies[0]["protocolSection"] = dict(reversed(section.items()))
    assert fetched(fake, [ALL[0]])[ALL[0]].body == before


def test_people_and_places_are_neither_asked_for_nor_kept(fake) -> None:
    fake.studies[0]["protocolSection"]["contactsLocationsModule"] = {"centralContacts": ["A B"]}
    assert b"A B" not in fetched(fake, [ALL[0]])[ALL[0]].body


def test_registrations_come_in_batches_that_fit_an_address() -> None:
    many = [study(n) for n in range(1, 251)]
    with FakeRegister(many) as fake:
        ids = source(fake.url).find(LATE).record_ids
        assert [p.problem for p in source(fake.url).fetch(ids)] == [""] * 250
        sizes = [r["filter.ids"].count(",") + 1 for r in fake.requests if "filter.ids" in r]
    assert sizes == [100, 100, 50]


def test_all_pages_are_read_and_each_is_asked_for_as_the_first_was() -> None:
    with FakeRegister(study(n) for n in range(1, 2_501)) as fake:
        assert len(source(fake.url).find(LATE).record_ids) == 2_500
        assert len(fake.requests) == 3


def test_a_page_may_be_empty_and_not_the_last(fake) -> None:
    fake.fail(
        faults.says(b'{"totalCount": 1, "studies": [], "nextPageToken": "a"}'),
        faults.says(json.dumps({"studies": [study(4)]}).encode()),
    )
    assert source(fake.url).find(LATE).record_ids == ("nct:NCT00000004",)


def test_pages_that_do_not_add_up_are_no_answer(fake) -> None:
    fake.lost = {"NCT00000002"}
    with pytest.raises(SourceUnavailable, match="counted 4 registrations and listed 3"):
        source(fake.url).find(LATE)
    with pytest.raises(SourceUnavailable, match="counted 4 registrations and listed 3"):
        list(source(fake.url).fetch(ALL))


def test_a_study_that_comes_twice_does_not_stand_for_another(fake) -> None:
    fake.studies[3] = fake.studies[0]
    with pytest.raises(SourceUnavailable, match="counted 4 registrations and listed 3"):
        source(fake.url).find(LATE)


def test_pages_that_lead_back_to_each_other_are_left(fake) -> None:
    again = b'{"totalCount": 9, "studies": [], "nextPageToken": "token0"}'
    fake.fail(*[faults.says(again)] * 9)
    with pytest.raises(SourceUnavailable, match="same pages again"):
        source(fake.url).find(LATE)
    assert len(fake.requests) == 2


def test_a_token_the_register_has_forgotten_is_no_fault_of_the_query(fake) -> None:
    fake.fail(faults.status(400, body=b"`pageToken` is not of this request"), after=1)
    with pytest.raises(SourceUnavailable, match="between two pages"):
        source(fake.url).find(LATE)


def test_a_query_the_register_refuses_is_refused_at_once(fake) -> None:
    fake.fail(faults.status(400, body=b"`query.term` cannot be parsed"))
    with pytest.raises(SourceRefused, match=r"cannot be parsed.*query of the clinicaltrials"):
        source(fake.url).find(LATE)
    assert len(fake.requests) == 1


def test_a_search_above_max_hits_is_refused(fake) -> None:
    with pytest.raises(SourceRefused, match=r"4 registrations.*run\.max_hits \(3\)"):
        source(fake.url, max_hits=3).find(LATE)


PASSING = {
    "429": faults.status(429),
    "429 with Retry-After": faults.status(429, "0"),
    "500": faults.status(500),
    "a reset": faults.reset(),
    "a truncated body": faults.truncated(),
    "a truncated body of unknown length": faults.truncated(with_length=False),
    "a web page": faults.says(b"<!DOCTYPE html>\n<html><body>Busy</body></html>"),
    "an empty body": faults.says(b""),
    "no object": faults.says(b"[]"),
    "no studies": faults.says(b'{"totalCount": 4}'),
    "studies that are none": faults.says(b'{"totalCount": 1, "studies": [7]}'),
    "no count": faults.says(b'{"studies": []}'),
    "a count that is none": faults.says(b'{"totalCount": true, "studies": [{}]}'),
    "a token that is none": faults.says(b'{"totalCount": 1, "studies": [], "nextPageToken": 7}'),
    "a number that is none": faults.says(b'{"totalCount": 1, "studies": [{"a": NaN}]}'),
    "an endless number": faults.says(b'{"totalCount": 1, "studies": [{"a": 1e999}]}'),
    "a nest without end": faults.says(b'{"studies":' + b"[" * 200_000),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_failure_that_passes_is_tried_again_and_never_taken_for_an_answer(fake, fault) -> None:
    fake.fail(fault)
    assert source(fake.url).find(LATE).record_ids == ALL


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_failure_that_stays_is_said_in_one_sentence(fake, fault) -> None:
    fake.fail(*[fault] * 50)
    with pytest.raises(SourceUnavailable, match=r"ClinicalTrials\.gov was not read, since") as told:
        list(source(fake.url).fetch(ALL))
    assert "\n" not in str(told.value)


def test_a_register_that_cannot_be_reached_is_not_waited_for() -> None:
    started = time.monotonic()
    with pytest.raises(SourceUnavailable, match="connection is refused; the next update asks"):
        source("http://127.0.0.1:9").find(LATE)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"filter.phase": "PHASE3"}, "`filter.phase` is unknown parameter"),
        ({"fields": "NctNumber"}, "unknown field"),
        ({"filter.ids": "NCT1"}, "invalid id"),
        ({"filter.advanced": "AREA[Posted]RANGE[MIN,MAX]"}, "cannot be parsed"),
        ({"pageToken": "token7"}, "`pageToken` is not of this request"),
        ({"pageSize": "all"}, "`pageSize` is no number"),
    ],
)
def test_the_stand_in_is_as_strict_as_the_register(fake, wrong, said) -> None:
    with pytest.raises(SourceRefused, match=said):
        client(fake.url).http.ask("studies", wrong, bytes)


def client(url: str) -> clinicaltrials.ClinicalTrials:
    asked = source(url)
    assert isinstance(asked, clinicaltrials.ClinicalTrials)
    return asked
