"""PubMed fails in every way at every kind of request, and nothing is lost and nothing doubled.

`pytest -v tests/stories/test_faults.py` is the table: each fault at each kind of request, once and
lasting. "Completes" means with the right set. What stops does so with exit code 4 and leaves what
the review knows as it was. In each case the next update, which meets no fault, leaves a store
whose current views are those of a store that never met one.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from living_review.sources import entrez, http, pubmed
from tests.fakes import entrez_faults as faults
from tests.fakes import entrez_twists as twists
from tests.fakes import entrez_utilities
from tests.fakes.entrez_faults import Fault
from tests.fakes.entrez_server import FakeEntrez
from tests.stories import faulted
from tests.stories.faulted import FIRST, LATER, FaultedReview, Views, page_of, search_page

NEXT = LATER + timedelta(days=1)

WHOLE, SLICE, REVISIONS = "the whole search", "a slice of it", "the search for revisions"
FIRST_BATCH, BATCH, LAST_BATCH = "the first batch", "a middle batch", "the last batch"
SEARCHES = {
    WHOLE: faulted.is_whole,
    SLICE: faulted.is_slice,
    REVISIONS: faulted.is_of_revisions,
}
FETCHES = {
    FIRST_BATCH: faulted.is_batch_of(101, 102),
    BATCH: faulted.is_batch_of(203, 204),
    LAST_BATCH: faulted.is_batch_of(205, 206),
}
REQUESTS = SEARCHES | FETCHES

# What another try cures; where none does, the update stops.
PASSING: dict[str, Fault] = {
    "a 429 with Retry-After": faults.status(429, "2"),
    "a 429 without Retry-After": faults.status(429),
    "a 503 with Retry-After as a date": faults.status(503, "Wed, 01 Jan 2020 00:00:00 GMT"),
    "a 500": faults.status(500),
    "a 502": faults.status(502),
    "a 400 that relays a failure behind it": faults.status(
        400, body=b"<eFetchResult><ERROR>proxy_stream(): 502 Bad Gateway</ERROR></eFetchResult>"
    ),
    "a hang": faults.hang(),
    "a reset": faults.reset(),
    "a body cut off": faults.truncated(),
    "a body cut off that said no length": faults.truncated(with_length=False),
    "a body that drips in for ever": faults.drips(0.01),
    "a web page in 200": faults.says(b"<!DOCTYPE html>\n<html><body>Busy</body></html>"),
    "an ERROR in 200": faults.error_in_200("Server error, try again later"),
    "a failed search backend in 200": faults.error_in_200(
        "Search Backend failed: Database is not supported: pubmed"
    ),
    "a JSON error in 200": faults.says(b'{"error":"API rate limit exceeded","count":"4"}'),
    "an empty body": faults.says(b""),
    "a body said to be gzipped": twists.garbled(),
    "control characters in the middle": twists.broken_inside(b"\x00\x07"),
    "a tag that nobody closes": twists.broken_inside(b"<oops>"),
}
# What does no harm however often it comes.
HARMLESS: dict[str, Fault] = {
    "a content type of its own": twists.of_type("text/html"),
    "a DTD of next year": twists.of_another_year(),
    "every id or record twice": twists.twice(),
    "the last id or record first": twists.turned_round(),
}

COMPLETES, STOPS = "completes", "stops"
LACKS = "completes with less, and says so"
# A page that is whole and wrong: what it is, where it comes, how an update ends that meets it
# once, and how one that meets nothing else there.
WRONG_PAGES: list[tuple[str, str, str, str]] = [
    ("one id too few", WHOLE, COMPLETES, COMPLETES),  # its slices are listed, not itself
    ("one id too few", SLICE, COMPLETES, LACKS),
    ("one id too few", REVISIONS, COMPLETES, COMPLETES),  # then every record may be revised
    ("no ids", WHOLE, COMPLETES, STOPS),
    ("no ids", SLICE, COMPLETES, STOPS),
    ("no ids", REVISIONS, COMPLETES, STOPS),
    ("a count too high", WHOLE, STOPS, STOPS),
    ("a count too high", SLICE, COMPLETES, STOPS),
    ("a count too high", REVISIONS, STOPS, STOPS),
    ("a count too low", WHOLE, STOPS, STOPS),
    ("a count too low", SLICE, COMPLETES, STOPS),
    ("a count too low", REVISIONS, COMPLETES, STOPS),
    ("zero hits without a reason", WHOLE, COMPLETES, STOPS),
    ("zero hits without a reason", SLICE, STOPS, STOPS),
    ("zero hits without a reason", REVISIONS, COMPLETES, COMPLETES),
    ("another search's page", WHOLE, LACKS, LACKS),
    ("another search's page", SLICE, STOPS, STOPS),
    ("one record too few", BATCH, COMPLETES, LACKS),
    ("no records", BATCH, COMPLETES, LACKS),
    ("another batch's page", BATCH, COMPLETES, LACKS),
    ("a page half of another batch", BATCH, COMPLETES, LACKS),
    ("a record without its PMID", BATCH, COMPLETES, LACKS),
]


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeEntrez]:
    """A PubMed that lists 7 ids of a search, asked two or three times and without waiting."""
    quick = SimpleNamespace(sleep=lambda seconds: None, monotonic=time.monotonic)
    with pytest.MonkeyPatch.context() as patched, faulted.corpus() as running:
        patched.setattr(http, "time", quick)
        patched.setattr(http, "PATIENCE", 4.0)
        patched.setattr(http, "READ_SECONDS", 0.05)
        patched.setattr(http, "WHOLE_ANSWER_SECONDS", 0.05)
        patched.setattr(entrez, "PER_SECOND_WITH_KEY", 10_000)
        # A third of the time of a request goes into looking for proxies.
        patched.setattr(requests.sessions, "get_environ_proxies", lambda *_, **__: {})
        patched.setattr(pubmed, "MOST_LISTED", faulted.LISTED)
        patched.setattr(entrez_utilities, "MOST_LISTED", faulted.LISTED)
        patched.setenv("LIVING_REVIEW_ENTREZ_URL", running.url)
        patched.setenv("NCBI_API_KEY", "a-key-of-tests")
        yield running


@pytest.fixture(scope="module")
def known(fake: FakeEntrez, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review that has been updated once, which nobody holds."""
    folder = tmp_path_factory.mktemp("known") / "review"
    fake.today = FIRST
    with FaultedReview.begun(folder) as review:
        assert review.update(FIRST) is None
    fake.today = NEXT
    return folder


@pytest.fixture(scope="module")
def unfaulted(fake: FakeEntrez, known: Path, tmp_path_factory: pytest.TempPathFactory) -> Views:
    """What is current in a store that never met a fault."""
    fake.heal()
    with FaultedReview.copied(known, tmp_path_factory.mktemp("unfaulted") / "review") as review:
        assert review.update(LATER) is None
        assert review.said() == ()
        views = review.views()
        assert review.update(NEXT) is None
        assert review.views() == views
    sizes = {name: len(rows) for name, rows in views.items()}
    eleven = ("current_raw", "current_record", "current_decision", "current_hit")
    assert sizes == dict.fromkeys(eleven, 11) | {"current_link": 1}
    return views


@pytest.fixture
def review(fake: FakeEntrez, known: Path, tmp_path: Path) -> Iterator[FaultedReview]:
    fake.heal()
    with FaultedReview.copied(known, tmp_path / "review") as copied:
        yield copied
    fake.heal()


@pytest.mark.parametrize("name", [*PASSING, *HARMLESS])
def test_once_at_each_kind_of_request_and_the_update_completes(
    fake: FakeEntrez, review: FaultedReview, unfaulted: Views, name: str
) -> None:
    for which in REQUESTS.values():
        fake.fail((PASSING | HARMLESS)[name], of=which)
    assert review.update(LATER) is None
    assert review.views() == unfaulted
    assert not fake.is_failing


@pytest.mark.parametrize("name", PASSING)
def test_lasting_the_update_stops_at_each_kind_of_request_and_the_next_completes(
    fake: FakeEntrez, review: FaultedReview, unfaulted: Views, name: str, subtests: pytest.Subtests
) -> None:
    before = review.views()
    for where, which in REQUESTS.items():
        with subtests.test(f"{name} at {where} for ever"):
            fake.fail(PASSING[name], of=which, lasting=True)
            stopped_by = review.update(LATER)
            fake.heal()
            assert stopped_by is not None
            assert stopped_by.exit_code == 4
    assert review.views() == before
    assert review.update(NEXT) is None
    assert review.views() == unfaulted


@pytest.mark.parametrize("name", HARMLESS)
def test_lasting_at_every_request_and_the_update_completes_all_the_same(
    fake: FakeEntrez, review: FaultedReview, unfaulted: Views, name: str
) -> None:
    fake.fail(HARMLESS[name], lasting=True)
    assert review.update(LATER) is None
    assert review.views() == unfaulted


def wrong_pages() -> Iterator[object]:
    for name, where, once, lasting in WRONG_PAGES:
        yield pytest.param(name, where, False, once, id=f"{name} at {where} once: it {once}")
        yield pytest.param(name, where, True, lasting, id=f"{name} at {where} always: it {lasting}")


@pytest.mark.parametrize(("name", "where", "lasting", "how"), list(wrong_pages()))
def test_a_page_that_is_wrong(
    fake: FakeEntrez,
    review: FaultedReview,
    unfaulted: Views,
    name: str,
    where: str,
    lasting: bool,
    how: str,
) -> None:
    before = review.views()
    fake.fail(wrong(fake)[name](), of=REQUESTS[where], lasting=lasting)
    stopped_by = review.update(LATER)
    assert lasting or not fake.is_failing
    fake.heal()
    if how == STOPS:
        assert stopped_by is not None
        assert stopped_by.exit_code == 4
        assert review.views() == before
    else:
        assert stopped_by is None
        assert how == COMPLETES or review.said()
        assert (review.views() == unfaulted) == (how == COMPLETES)
    if how != COMPLETES:
        assert review.update(NEXT) is None
        assert review.views() == unfaulted


def wrong(fake: FakeEntrez) -> dict[str, Callable[[], Fault]]:
    """The wrong pages by their names; those of another request are as the server has them."""
    return {
        "one id too few": twists.last_missing,
        "one record too few": twists.last_missing,
        "no ids": twists.all_missing,
        "no records": twists.all_missing,
        "a count too high": lambda: twists.miscounted(2),
        "a count too low": lambda: twists.miscounted(-2),
        "zero hits without a reason": twists.nothing_found,
        "another search's page": lambda: twists.another_page(search_page(fake)),
        "another batch's page": lambda: twists.another_page(page_of(fake, "104,105")),
        "a page half of another batch": lambda: twists.another_page(page_of(fake, "104,203")),
        "a record without its PMID": twists.nameless,
    }
