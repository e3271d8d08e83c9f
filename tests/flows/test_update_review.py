"""The update as a Prefect flow: what it publishes and shows, what it tries again, how it fails."""

import json

import pytest
from filelock import FileLock
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.sorting import ArtifactSort

from living_review.errors import (
    CheckFailed,
    ConfigError,
    SourceRefused,
    SourceUnavailable,
    WarehouseBusy,
)
from living_review.flows import tasks
from living_review.flows.tasks import DELAYS, JITTER, PATIENCE
from living_review.flows.update_review import update_review
from living_review.sources import open_source
from living_review.stages import check, pull
from living_review.stages.freshness import attempts
from living_review.warehouse import store_path
from tests.flows.small_review import AS_OF, LATER, contradict

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def update(review):
    return lambda as_of=AS_OF, trigger="manual": update_review(str(review.folder), as_of, trigger)


@pytest.fixture
def source(monkeypatch):
    """The stand-in for a source that raises what it is given, one error a search, then works."""
    errors = []

    def flaky(*asked):
        flaky.asked += 1
        if errors:
            raise errors.pop(0)
        return open_source(*asked)

    flaky.asked, flaky.raises = 0, errors.extend
    monkeypatch.setattr(pull, "open_source", flaky)
    return flaky


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr(tasks.pull, "retry_delay_seconds", [0] * len(tasks.DELAYS))


def shown(key):
    """The latest artifact of a key: its data and description."""
    wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
    with get_client(sync_client=True) as client:
        latest = client.read_artifacts(artifact_filter=wanted, sort=ArtifactSort.CREATED_DESC)[0]
    return latest.data, latest.description


def test_an_update_publishes_the_first_version_and_shows_it(review, update):
    update()

    assert review.versions() == ["1.0.0"]
    diff, headline = shown("diff")
    assert headline == "Published 1.0.0: First version: 14 conclusions"
    assert diff == (store_path(review.folder) / "reports/1.0.0/diff.md").read_text()
    reports = store_path(review.folder) / "reports"
    pages = {"report": "1.0.0/index.html", "what-changed": "1.0.0/diff.html",
             "review": "index.html", "queue": "queue.html"}  # fmt: skip
    for key, page in pages.items():
        link, _ = shown(key)
        assert str(reports / page) in link


def test_each_changed_conclusion_is_a_row_of_the_table(review, update):
    update()
    contradict(review)
    update(LATER)

    table, headline = shown("changes")
    assert headline.startswith("Published 2.0.0: ")
    row = next(r for r in _rows(table) if r["claim"] == "pain-vs-placebo")
    assert row["class"] == "CHANGED"
    assert row["causes"] == "new_evidence"
    assert "pmid:90000011" in row["records"]
    assert (row["before"], row["after"]) != ("", "")


def test_an_update_that_finds_nothing_new_says_so(review, update):
    update()
    update(LATER)

    assert review.versions() == ["1.0.0"]
    said = "Nothing changed since 1.0.0; searched as of 2020-02-01"
    assert shown("diff") == (f"{said}.\n", said)
    assert [row["why"] for row in _rows(shown("changes")[0])] == [said]


@pytest.mark.usefixtures("no_waiting")
def test_a_source_that_fails_twice_is_asked_a_third_time(review, update, source):
    source.raises([SourceUnavailable("away"), SourceUnavailable("still away")])

    update()

    assert source.asked == 3
    assert review.versions() == ["1.0.0"]
    assert [attempt["outcome"] for attempt in attempts(review.folder)] == ["done"]


@pytest.mark.usefixtures("no_waiting")
def test_a_source_that_refuses_is_not_asked_again(update, source, review):
    source.raises([SourceRefused("the query is wrong")])

    with pytest.raises(SourceRefused, match="the query is wrong"):
        update()

    assert source.asked == 1
    assert attempts(review.folder)[-1]["error"] == "the query is wrong"


@pytest.mark.usefixtures("no_waiting")
def test_a_bug_is_not_tried_again(update, source):
    source.raises([ZeroDivisionError("a bug")])

    with pytest.raises(ZeroDivisionError):
        update()

    assert source.asked == 1


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize(("trigger", "asked"), [("manual", 1), ("schedule", 7)])
def test_only_a_scheduled_run_goes_on_trying_when_patience_is_at_its_end(
    monkeypatch, update, source, trigger, asked
):
    monkeypatch.setattr(tasks, "PATIENCE", 0.0)
    source.raises([SourceUnavailable("away")] * 20)

    with pytest.raises(SourceUnavailable):
        update(trigger=trigger)

    assert source.asked == asked


def test_the_first_delays_fit_into_the_patience_of_who_waits():
    assert sum(DELAYS[:3]) * (1 + JITTER) <= PATIENCE < sum(DELAYS[:4])


def test_a_check_that_fails_stops_the_run_before_anything_is_published(monkeypatch, review, update):
    def fails(*_):
        raise CheckFailed("fail_made_up", [{"record_id": "pmid:1"}])

    monkeypatch.setattr(check, "run", fails)

    with pytest.raises(CheckFailed, match="fail_made_up"):
        update()

    assert review.versions() == []


def test_a_wrong_config_keeps_its_type(review, update):
    review.edit("claims:", "clams:")

    with pytest.raises(ConfigError, match="did you mean 'claims'"):
        update()


def test_a_second_update_leaves_naming_the_holder(review, update):
    review.edit("lock_wait_seconds: 30", "lock_wait_seconds: 0")
    store_path(review.folder).mkdir(parents=True)

    with FileLock(store_path(review.folder) / "run.lock"), pytest.raises(WarehouseBusy):
        update()


def _rows(table):
    return json.loads(table) if isinstance(table, str) else table
