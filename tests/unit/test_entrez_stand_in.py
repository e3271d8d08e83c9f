"""The stand-in for the E-utilities is as strict and as odd as the real ones (PLATFORM 2)."""

import re
import time
from collections.abc import Iterator
from datetime import date

import pytest
import requests

from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import Entry, FakeEntrez, Request, busiest_second
from tests.pubmed_builders import article, article_set

MANY = [Entry(n, b"<PubmedArticle/>", date(2020, 1, 1), date(2021, 1, 1)) for n in range(1, 12_001)]


@pytest.fixture
def fake() -> Iterator[FakeEntrez]:
    with FakeEntrez() as running:
        yield running


def ask(fake: FakeEntrez, utility: str, **parameters: object) -> str:
    """What it answers with HTTP 200."""
    answer = fake.answer(utility, {"db": "pubmed", **{k: str(v) for k, v in parameters.items()}})
    assert answer.status == 200
    return answer.body.decode()


def found(fake: FakeEntrez, term: str = "trial", **parameters: object) -> list[int]:
    return pmids(ask(fake, "esearch", term=term, **parameters))


def pmids(said: str) -> list[int]:
    return [int(each) for each in re.findall(r"<Id>(\d+)</Id>", said)]


def test_a_search_gives_twenty_ids_unless_asked_for_more(fake) -> None:
    fake.add(MANY)
    assert len(found(fake)) == 20


def test_no_more_than_9999_can_be_had_by_any_route_and_that_is_remarked(fake) -> None:
    fake.add(MANY)
    said = ask(fake, "esearch", term="trial", retmax=20_000, usehistory="y")
    assert "<Count>12000</Count>" in said
    assert "Restrictions achieved" in said
    assert len(pmids(said)) == 9_999
    assert len(found(fake, retstart=9_500, retmax=500)) == 499
    kept = re.search("<WebEnv>(.*)</WebEnv>", said)[1]
    page = ask(fake, "efetch", WebEnv=kept, query_key=1, retstart=9_500, retmax=500, retmode="xml")
    assert page.count("<PubmedArticle/>") == 499


def test_a_start_beyond_the_last_is_an_error_in_200_of_a_search_and_400_of_a_fetch(fake) -> None:
    fake.add(MANY)
    assert "cannot be larger than 9998" in ask(fake, "esearch", term="trial", retstart=9_999)
    assert fake.answer("efetch", {"db": "pubmed", "retstart": "9999"}).status == 400


@pytest.mark.parametrize(
    ("limits", "there"),
    [
        ({"datetype": "mdat", "mindate": "2021", "maxdate": "2021/12"}, True),
        ({"datetype": "mdat", "mindate": "2022", "maxdate": "3000"}, False),
        ({"datetype": "mdat", "mindate": "2022"}, True),
        ({"datetype": "mdat", "maxdate": "2019"}, True),
        ({"datetype": "edat", "mindate": "2020/1/1", "maxdate": "2020/01/01"}, True),
        ({"datetype": "pdat", "mindate": "2018/03/01", "maxdate": "2018/03/01"}, True),
        ({"datetype": "mdat", "reldate": "30"}, True),
        ({"datetype": "mdat", "reldate": "29"}, False),
        ({"term": '"2020/01/01"[crdt] : "2020/01/31"[crdt]'}, True),
        ({"term": "2020/01/02:3000[Date - Create]"}, False),
        ({"term": '"2021"[lr] : "3000"[lr]'}, True),
        ({"term": '"2021"[mdat] : "2020"[mdat]'}, False),
        ({"term": '"2018"[pdat] : "2018"[pdat]'}, True),
        ({"term": '"2019"[edat] : "2019"[edat]'}, False),
    ],
)
def test_dates_limit_a_search_in_the_field_asked_for_when_both_ends_are_said(
    fake, limits: dict[str, str], there: bool
) -> None:
    fake.add([Entry(1, b"", date(2020, 1, 1), date(2021, 6, 1), published=date(2018, 3, 1))])
    fake.today = date(2021, 7, 1)
    assert found(fake, **{"term": "trial", **limits}) == ([1] if there else [])


@pytest.mark.parametrize(
    "limits",
    [
        {"datetype": "crdt"},
        {"mindate": "soon", "maxdate": "3000"},
        {"datetype": "mdat", "reldate": "3"},
    ],
)
def test_a_date_limit_that_makes_no_sense_is_an_error_and_no_wider_search(fake, limits) -> None:
    assert "<ERROR>Invalid" in ask(fake, "esearch", term="trial", **limits)


def test_a_record_entered_long_after_it_was_printed_has_the_older_entry_date(fake) -> None:
    fake.add(article_set(article(1, entered="2022-05-01")))
    assert found(fake, '"2020"[edat] : "2020"[edat]') == [1]
    assert found(fake, '"2022"[crdt] : "2022"[crdt]') == [1]


def test_a_query_is_understood_in_full_with_its_dates(fake) -> None:
    said = ask(
        fake, "esearch", term='(leg pain[tiab] OR sciatica) AND ("2020"[crdt] : "2021/3/1"[crdt])',
        datetype="mdat", mindate="2022/01/01", maxdate="3000",
    )  # fmt: skip
    assert re.search("<QueryTranslation>(.*)</QueryTranslation>", said)[1] == (
        '("leg"[All Fields] "pain"[Title/Abstract] OR "sciatica"[All Fields]) '
        "AND (2020:2021/03/01[Date - Create]) AND 2022/01/01:3000[Date - Modification]"
    )
    fake.translation = lambda term: f"nothing but {term}"
    assert "<QueryTranslation>nothing but x</" in ask(fake, "esearch", term="x")


def test_phrases_it_does_not_know_are_remarked_on(fake) -> None:
    fake.unknown_phrases = {"sciatikca", "leg payn"}
    said = ask(fake, "esearch", term='sciatikca OR "leg payn"[tiab]')
    assert "<ErrorList><PhraseNotFound>sciatikca</PhraseNotFound></ErrorList>" in said
    assert '<WarningList><QuotedPhraseNotFound>"leg payn"</QuotedPhraseNotFound>' in said
    assert "PhraseNotFound" not in ask(fake, "esearch", term="sciatica")


def test_a_history_expires(fake) -> None:
    fake.add(article_set(article(1), article(2)))
    posted = ask(fake, "epost", id="1,2")
    kept = re.search("<WebEnv>(.*)</WebEnv>", posted)[1]
    assert ask(fake, "efetch", WebEnv=kept, query_key=1, retmode="xml").count("<PubmedArticle>") > 1
    again = ask(fake, "esearch", term="trial", usehistory="y", WebEnv=kept)
    assert f"<QueryKey>2</QueryKey><WebEnv>{kept}</WebEnv>" in again
    fake.forget_history()
    assert "Unable to obtain query #1" in ask(fake, "efetch", WebEnv=kept, query_key=1)


def test_nothing_is_sent_for_a_record_that_is_gone_and_no_word_said(fake) -> None:
    fake.add(article_set(article(1), article(2), article(3)))
    fake.remove(2)
    fake.lost.add(3)
    assert found(fake) == [3, 1]
    assert ask(fake, "efetch", id="1,2,3,99", retmode="xml").count("<PubmedArticle>") == 1
    assert "<PubmedArticleSet></PubmedArticleSet>" in ask(fake, "efetch", id="99", retmode="xml")
    assert fake.answer("efetch", {"db": "pubmed", "id": "x,0", "retmode": "xml"}).status == 400


def test_records_enter_change_and_leave_on_their_days(fake) -> None:
    fake.add(article_set(article(1, "As it was")))
    fake.add(article_set(article(1, "As it is")), enters=date(2021, 1, 1))
    fake.add(article_set(article(2)), enters=date(2022, 1, 1))
    fake.remove(1, on=date(2023, 1, 1))
    seen = {}
    for year in (2020, 2021, 2022, 2023):
        fake.today = date(year, 6, 1)
        seen[year] = found(fake), "As it was" in ask(fake, "efetch", id="1", retmode="xml")
    assert seen == {
        2020: ([1], True), 2021: ([1], False), 2022: ([2, 1], False), 2023: ([2], False),
    }  # fmt: skip


def test_the_newest_version_of_a_record_is_sent_unless_another_is_asked_for(fake) -> None:
    fake.add(article_set(article(1, "First"), article(1, "Second", version=2)))
    assert found(fake) == [1]
    assert "Second" in ask(fake, "efetch", id="1", retmode="xml")
    assert "First" not in ask(fake, "efetch", id="1", retmode="xml")
    assert "First" in ask(fake, "efetch", id="1.1", retmode="xml")


def test_a_fault_meets_the_requests_it_is_meant_for_and_no_other(fake) -> None:
    def status(utility: str) -> int:
        return requests.get(f"{fake.url}/{utility}.fcgi?db=pubmed&term=x", timeout=5).status_code

    fake.fail(faults.status(500), of="esearch", after=1)
    fake.fail(faults.status(503), of=lambda request: request.utility == "einfo", lasting=True)
    assert [status(each) for each in ("esearch", "einfo", "esearch", "esearch", "einfo")] == [
        200, 503, 500, 200, 503,
    ]  # fmt: skip
    fake.heal()
    assert status("einfo") == 200


@pytest.mark.parametrize(("who", "limit"), [({}, 3), ({"api_key": "k"}, 10)])
def test_a_paced_one_refuses_who_asks_too_often(who: dict[str, str], limit: int) -> None:
    with FakeEntrez(paced=True) as fake:
        for n in range(limit):
            assert fake.hear(Request(time.monotonic() + n / 20, "GET", "einfo", who))
        said = requests.get(f"{fake.url}/einfo.fcgi", params=who, timeout=5)
        assert said.status_code == 429
        assert said.headers["Retry-After"] == "1"
        assert fake.hear(Request(time.monotonic() + 3, "GET", "einfo", who))


def test_the_busiest_second_is_any_second_and_not_one_by_the_clock() -> None:
    times = [0.0, 0.9, 1.0, 1.8, 1.899, 3.0]
    assert busiest_second(Request(at, "GET", "esearch", {}) for at in times) == 4
