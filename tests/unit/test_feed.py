"""The Atom feed as a feed reader understands it."""

import warnings

import feedparser
import pytest

from living_review.reporting.diff import diff
from living_review.reporting.site.feed import feed_atom
from living_review.stages.published import summary
from tests.report_builders import earlier_report, report

WORDED_BETTER = {"version": "3.0.1", "as_of": "2025-03-31", "changes": []}
SEARCHED_LATER = {"version": "3.1.0", "as_of": "2025-06-30"}


def versions():
    """The made-up versions, one of better wording that says nothing, and one more."""
    return [
        earlier_report(),
        report(),
        {**report(), **WORDED_BETTER},
        {**report(), **SEARCHED_LATER},
    ]


def feed_of(reports, title="A made-up review"):
    before = [None, *reports]
    diffs = {
        after["version"]: diff(known, after) for known, after in zip(before, reports, strict=False)
    }
    told = [{**summary(each), "page": "diff.html"} for each in reports]
    return feed_atom(title, told, diffs)


def read(body):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return feedparser.parse(body, sanitize_html=False)


@pytest.fixture(scope="module")
def feed():
    return read(feed_of(versions()))


def test_a_feed_reader_finds_nothing_wrong_with_it(feed):
    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.title == "A made-up review"
    assert all(feed.feed[name] for name in ("id", "updated", "author", "link"))


def test_each_version_that_says_something_is_an_entry_newest_first(feed):
    assert [entry.title.split(":")[0] for entry in feed.entries] == [
        "Version 3.1.0",
        "Version 3.0.0",
        "Version 2.1.0",
    ]


def test_an_entry_holds_the_diff_and_leads_to_its_page(feed):
    entry = feed.entries[1]
    (content,) = entry.content
    assert content.type == "text/html"
    for change in report()["changes"]:
        assert change["why"] in content.value
    assert entry.link == "3.0.0/diff.html"


def test_dates_rise_with_the_versions_and_the_feed_is_as_new_as_its_newest(feed):
    dates = [entry.updated_parsed for entry in reversed(feed.entries)]
    assert dates == sorted(dates)
    assert len(set(dates)) == len(dates)
    assert feed.feed.updated_parsed == dates[-1]


def test_ids_stay_when_a_version_is_added_and_no_two_are_the_same(feed):
    before = read(feed_of(versions()[:2]))
    known = {entry.title: entry.id for entry in feed.entries}
    assert all(known[entry.title] == entry.id for entry in before.entries)
    assert feed.feed.id == before.feed.id
    assert len({feed.feed.id, *known.values()}) == len(known) + 1


def test_another_review_has_other_ids(feed):
    other = read(feed_of(versions(), "Another review"))
    assert not {e.id for e in feed.entries} & {e.id for e in other.entries}
