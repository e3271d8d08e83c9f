"""What a search does that is not to be believed stops the update; the rest is told everywhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from living_review.errors import SourceError, SourceRefused, SourceUnavailable
from living_review.sources import http
from living_review.stages import outcome, status, update
from living_review.warehouse import Warehouse, database_path
from tests.fakes import entrez_faults as faults
from tests.fakes.entrez_server import Entry, FakeEntrez
from tests.pubmed_builders import article, article_set
from tests.stories.living import NO_DIFFERENCE, LivingReview, trial

FIRST, SECOND = date(2024, 1, 10), date(2024, 1, 20)
OTHERS = 29


class Asking(LivingReview):
    """A review that asks the stand-in for PubMed."""

    fake: FakeEntrez

    def run(self, on: date) -> None:
        with self.held_open():
            update.run(self.folder, on, "manual")

    def hits(self) -> int:
        with Warehouse(database_path(self.folder)) as store:
            return len(store.rows("current_hits", cut=99, name="folder"))

    def warned(self) -> list[str]:
        return status.run(self.folder)["warnings"]

    def published_warnings(self) -> list[str]:
        report: dict[str, Any] = status.published.report(self.folder, None)
        return [warning["text"] for warning in report["warnings"]]


@pytest.fixture
def review(tmp_path: Path, monkeypatch) -> Iterator[Asking]:
    monkeypatch.setattr(http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(http, "PATIENCE", 0.05)
    monkeypatch.setenv("NCBI_API_KEY", "a made-up key")
    made = trial(1, "2020-01-01", NO_DIFFERENCE)
    abstract = f"<Abstract><AbstractText>{made.abstract}</AbstractText></Abstract>"
    others = [article(n, f"Another matter, {n}") for n in range(2, OTHERS + 2)]
    with FakeEntrez(article_set(article(1, made.title, inner=abstract), *others)) as fake:
        monkeypatch.setenv("LIVING_REVIEW_ENTREZ_URL", fake.url)
        asking = Asking(tmp_path / "review")
        asking.edit("source: files\n    path: records", "source: pubmed\n    query: sciatica")
        asking.fake = fake
        yield asking


def stops(review: Asking, kind: type[SourceError], *words: str) -> None:
    """The update stops in plain words, and what the review knows and tells stays."""
    before, known = review.versions(), review.hits()
    with pytest.raises(kind) as stopped:
        review.run(SECOND)
    assert stopped.value.exit_code == 4
    assert all(word in str(stopped.value) for word in words)
    assert (review.versions(), review.hits()) == (before, known)


def test_a_search_that_suddenly_finds_nothing_stops_the_update(review: Asking) -> None:
    review.run(FIRST)
    review.fake.remove(*range(1, OTHERS + 2))
    stops(review, SourceUnavailable, "lost 30 of 30 records", "run.max_drop (20%)")


def test_a_search_that_lost_more_than_its_share_stops_the_update(review: Asking) -> None:
    review.run(FIRST)
    review.fake.remove(*range(12, 22))
    stops(review, SourceUnavailable, "lost 10 of 30 records (33%)", "nothing is taken from it")


def test_a_loss_that_is_right_is_let_pass_by_the_protocol(review: Asking) -> None:
    review.run(FIRST)
    review.fake.remove(*range(12, 22))
    review.edit("max_drop: 0.2", "max_drop: 0.5")
    review.run(SECOND)
    assert review.hits() == 20


def test_a_record_that_its_source_has_no_more_counts_no_more_and_that_is_told(
    review: Asking,
) -> None:
    review.run(FIRST)
    review.fake.remove(1)
    review.run(SECOND)
    (told,) = [text for text in review.published_warnings() if "no longer found" in text]
    assert told.startswith("pmid:1 (Gabapentin for sciatica")
    assert told.endswith("its source has withdrawn it, and it counts no more")
    changes = {c["claim"]: c for c in status.published.report(review.folder, None)["changes"]}
    assert "(pmid:1, 2020) was withdrawn by its source, so" in changes["pain-vs-placebo"]["why"]
    _, found = status.published.diff_between(review.folder, None, None)
    assert found["sources"]["pmid:1"]["title"].startswith("Gabapentin for sciatica")


def test_of_a_merged_record_the_one_that_bears_its_doi_is_named(review: Asking) -> None:
    made = trial(1, "2020-01-01", NO_DIFFERENCE)
    doi = '<ArticleIdList><ArticleId IdType="doi">10.5555/merged</ArticleId></ArticleIdList>'
    abstract = f"<Abstract><AbstractText>{made.abstract}</AbstractText></Abstract>"
    old, new = (article(n, made.title, inner=abstract, data=doi) for n in (1, 77))
    review.fake.add(article_set(old))
    review.run(FIRST)
    review.fake.remove(1)
    review.fake.add(article_set(new))
    review.run(SECOND)
    (told,) = [text for text in review.published_warnings() if "no longer found" in text]
    assert told.endswith("it counts no more; pmid:77 has its DOI now")


def test_a_record_that_no_longer_matches_stays_in_the_review_and_that_is_told(
    review: Asking,
) -> None:
    review.run(FIRST)

    def matches(term: str, entry: Entry) -> bool:
        return entry.pmid > 1

    review.fake.matches = matches
    review.run(SECOND)
    assert review.versions() == ["1.0.0"]
    (told,) = [text for text in review.warned() if "no longer found" in text]
    assert told.endswith("it no longer matches the search, and stays in the review")
    assert f"warning: {told}" in outcome.of_last_run(review.folder)["lines"]


def test_a_query_that_was_edited_may_find_much_less(review: Asking) -> None:
    review.run(FIRST)
    review.fake.remove(*range(12, 22))
    review.edit("query: sciatica", "query: sciatica AND gabapentin")
    review.run(SECOND)
    assert review.hits() == 20


def test_a_must_find_record_that_is_lost_stops_the_update(review: Asking) -> None:
    review.edit("query: sciatica", "query: sciatica\n    must_find: ['pmid:5']")
    review.run(FIRST)
    review.fake.remove(5)
    stops(review, SourceUnavailable, "no longer finds pmid:5, which it must find")
    review.edit("query: sciatica", "query: sciatica NOT that")
    stops(review, SourceRefused, "correct the query in config.yaml")


def test_a_must_find_record_that_was_never_found_is_a_warning(review: Asking, monkeypatch) -> None:
    review.edit("query: sciatica", "query: sciatica\n    must_find: ['pmid:5', 'pmid:77']")
    today = update.begin.today()
    review.run(today)
    assert any("it does not find pmid:77, which it must find" in t for t in review.warned())
    assert not any("pmid:5" in text for text in review.warned())


def test_in_the_past_a_must_find_record_may_not_have_been_there(review: Asking) -> None:
    review.edit("query: sciatica", "query: sciatica\n    must_find: ['pmid:77']")
    review.run(FIRST)
    assert not any("pmid:77" in text for text in review.warned())


def test_a_changed_translation_is_told_and_a_new_date_in_it_is_none(review: Asking) -> None:
    review.run(FIRST)
    review.run(date(2024, 1, 11))
    assert review.warned() == []
    review.fake.translation = lambda term: "sciatica[MeSH Terms] OR something else"
    review.run(SECOND)
    (told,) = review.warned()
    assert "understands the same search differently" in told
    assert "something else" in told


def test_a_phrase_that_pubmed_does_not_know_is_told(review: Asking) -> None:
    review.edit("query: sciatica", 'query: sciatica OR "sciatic mishap"')
    review.fake.unknown_phrases = {"sciatic mishap"}
    review.run(FIRST)
    assert any("PhraseNotFound" in text for text in review.published_warnings())


def test_a_first_search_that_finds_nothing_says_that_the_query_may_be_wrong(
    review: Asking,
) -> None:
    review.fake.remove(*range(1, OTHERS + 2))
    review.run(FIRST)
    assert any("finds no record at all" in text for text in review.warned())


def test_an_unreadable_record_is_listed_and_the_others_are_read(review: Asking) -> None:
    broken = (
        article(40, "A title")
        .replace("<Article ", "<Particle ")
        .replace("</Article>", "</Particle>")
    )
    review.fake.add([Entry(40, broken.encode(), FIRST, FIRST)])
    review.run(FIRST)
    (told,) = [text for text in review.published_warnings() if "could not be read" in text]
    assert told == "pmid:40 could not be read: the citation has no article"


def test_a_page_that_fails_for_good_stops_the_update(review: Asking) -> None:
    review.run(FIRST)
    review.fake.fail(faults.status(500), of="efetch", lasting=True)
    stops(review, SourceUnavailable, "HTTP 500")


def test_a_secondary_source_that_fails_is_a_warning_until_it_answers(
    review: Asking, monkeypatch
) -> None:
    monkeypatch.setenv("LIVING_REVIEW_CLINICALTRIALS_URL", "http://127.0.0.1:9/api/v2")
    review.edit("searches:\n", "searches:\n  registry: {source: clinicaltrials, query: sciatica}\n")
    review.run(FIRST)
    assert review.versions() == ["1.0.0"]
    (told,) = [text for text in review.published_warnings() if "could not be asked" in text]
    assert told.startswith("registry could not be asked as of 2024-01-10")
    review.edit("  registry: {source: clinicaltrials, query: sciatica}\n", "")
    assert review.warned()[0] == told


def test_a_search_that_was_switched_off_is_no_longer_warned_of_nor_waited_for(
    review: Asking, monkeypatch
) -> None:
    monkeypatch.setenv("LIVING_REVIEW_CLINICALTRIALS_URL", "http://127.0.0.1:9/api/v2")
    off = "searches:\n"
    on = f"{off}  old: {{source: pubmed, query: old}}\n"
    on += "  registry: {source: clinicaltrials, query: sciatica}\n"
    review.edit(off, on)
    review.run(FIRST)
    review.edit(on, off)
    made = trial(50, "2024-01-12", NO_DIFFERENCE)
    review.fake.add([Entry(50, made.xml().encode(), FIRST, FIRST)])
    review.run(SECOND)
    assert review.versions() == ["1.0.0", "1.1.0"]
    assert not [text for text in review.warned() if "could not be asked" in text]
    assert not [text for text in review.published_warnings() if "could not be asked" in text]
    report: dict[str, Any] = status.published.report(review.folder, None)
    assert report["evidence_current_to"] == str(SECOND)
