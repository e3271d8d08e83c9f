"""The pages above the versions, and reports in a terminal and in a pipe."""

import io

import pytest
from lxml import etree
from lxml import html as lxml_html
from rich.console import Console

from living_review.reporting import terminal
from living_review.reporting.diff import diff
from living_review.reporting.site.claim import claim_html, claim_name
from living_review.reporting.site.feed import feed_atom
from living_review.reporting.site.index import index_html
from tests.report_builders import HOSTILE, earlier_report, hostile_report, pair, report

ATOM = {"a": "http://www.w3.org/2005/Atom"}
VERSIONS = [
    {
        "version": "2.1.0",
        "as_of": "2015-12-31",
        "headline": "No conclusion changed",
        "changed": 0,
        "signals": 0,
        "page": "index.html",
    },
    {
        "version": "3.0.0",
        "as_of": "2024-12-31",
        "headline": "1 conclusion changed, 1 signal raised",
        "changed": 1,
        "signals": 1,
        "page": "diff.html",
    },
]
PAGES = {told["version"]: told["page"] for told in VERSIONS}
PICTURE = (b"<svg/>", "a picture in words")  # fmt: skip


def printed(show, *given, screen=False):
    page = io.StringIO()
    show(Console(file=page, force_terminal=screen, width=90, color_system="standard"), *given)
    return page.getvalue()


def index(**freshness):
    reports = [earlier_report(), report()]
    return lxml_html.fromstring(index_html(VERSIONS, reports, freshness, PICTURE))


def claim_page(claim, reports):
    pages = PAGES | {told["version"]: "diff.html" for told in reports}
    return lxml_html.fromstring(claim_html(claim, reports, pages))


def diffs():
    return {"2.1.0": diff(None, earlier_report()), "3.0.0": pair()[1]}


def test_the_first_page_shows_conclusions_and_every_version_newest_first():
    page = index(last_search="2025-01-10")
    links = page.xpath("//section[@id='versions']//th//a/@href")
    assert links == ["3.0.0/index.html", "2.1.0/index.html"]
    assert "10 January 2025" in page.text_content()


def test_a_missed_search_is_said_in_plain_words():
    text = index(stale=True, because="STALE: the update due 2025-01-11 did not run.").text_content()
    assert text.count("STALE") == 1
    assert "Newer evidence may exist" in text


def test_a_fresh_review_is_not_called_stale():
    assert "STALE" not in index(stale=False).text_content()


def test_every_claim_links_to_its_history_under_the_name_that_is_written():
    links = index().xpath("//section[@id='now']//th//a/@href")
    assert links[0] == claim_name("pain-vs-placebo")


def test_a_claims_history_tells_the_versions_that_moved_it():
    reports = [earlier_report(), report(version="2.9.0", changes=()), report()]
    page = claim_page("pain-vs-placebo", reports)
    assert page.xpath("//ol//p[@class='when']/a/text()") == [
        "Version 2.1.0", "Version 2.9.0", "Version 3.0.0",
    ]  # fmt: skip
    assert "A new trial of 108 people" in page.text_content()


def test_a_version_without_news_of_the_claim_is_no_step_of_its_history():
    reports = [report(changes=()), report(version="3.0.1", changes=())]
    page = claim_page("pain-vs-placebo", reports)
    assert len(page.xpath("//ol/li")) == 1


def test_the_history_of_an_unknown_claim_is_an_error():
    with pytest.raises(KeyError):
        claim_page("no-such-claim", [report()])


def test_the_feed_has_an_entry_a_version_with_the_diff_as_content():
    feed = etree.fromstring(feed_atom("A review", VERSIONS, diffs()))
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == [
        "Version 3.0.0: 1 conclusion changed, 1 signal raised",
        "Version 2.1.0: No conclusion changed",
    ]
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["2024-12-31T00:00:00Z"]
    content = feed.xpath("a:entry/a:content/text()", namespaces=ATOM)[0]
    assert "A meta-analysis of the same comparison" in content


def test_a_version_that_only_words_something_better_has_no_entry():
    worded = report(version="3.0.1", previous_version="3.0.0", changes=())
    versions = [*VERSIONS, {**VERSIONS[1], "version": "3.0.1"}]
    told = diffs() | {"3.0.1": diff(report(), worded)}
    feed = etree.fromstring(feed_atom("A review", versions, told))
    assert len(feed.xpath("a:entry", namespaces=ATOM)) == 2


def test_feed_ids_are_stable_and_differ_between_versions_and_reviews():
    def ids(title):
        feed = etree.fromstring(feed_atom(title, VERSIONS, diffs()))
        return feed.xpath("//a:id/text()", namespaces=ATOM)

    assert ids("A review") == ids("A review")
    assert len({*ids("A review"), *ids("Another review")}) == 6


def test_hostile_text_leaves_feed_and_pages_well_formed():
    found = hostile_report()
    changed = diff(earlier_report(), found)
    feed = etree.fromstring(feed_atom(HOSTILE, VERSIONS, diffs() | {"3.0.0": changed}))
    content = feed.xpath("a:entry/a:content/text()", namespaces=ATOM)[0]
    assert not lxml_html.fromstring(content).xpath("//script")
    page = lxml_html.fromstring(
        index_html(VERSIONS, [earlier_report(), found], {"because": HOSTILE}, PICTURE)
    )
    assert len(page.xpath("//script")) == 1


def test_in_a_pipe_a_report_is_plain_lines_and_each_claim_is_one():
    lines = printed(terminal.print_report, report()).splitlines()
    assert not set("".join(lines)) & set("│━┃\x1b")
    claim = next(line for line in lines if line.startswith("pain-vs-placebo"))
    assert claim.split("\t")[1:3] == ["? uncertain", "very low certainty"]


def test_on_a_screen_a_report_is_a_table_in_colour():
    text = printed(terminal.print_report, report(), screen=True)
    assert "│" in text
    assert "\x1b[" in text


def test_a_diff_in_the_terminal_says_rule_cause_and_record():
    text = printed(terminal.print_diff, pair()[1])
    assert "CHANGED pain-vs-pregabalin" in text
    assert "rule:   a systematic review of the same comparison now sets the direction" in text
    assert "cause:  new evidence" in text
    assert (
        "- Hazel 2016 (pmid:3): no difference that matters; randomised trial; n = 108; indirect"
        in text
    )


def test_an_explanation_gives_steps_studies_and_quotes():
    found = report()
    text = printed(terminal.print_explain, found["conclusions"][0], found)
    assert text.startswith("pain-vs-placebo: uncertain, very low certainty\n")
    assert "Certainty -1, inconsistency: I² is 64 %, above 60 %" in text
    assert "“Pain intensity at twelve weeks did not differ" in text


def test_versions_are_listed_one_a_line():
    lines = printed(terminal.print_versions, VERSIONS).splitlines()
    assert lines[1].split("\t") == ["2.1.0", "2015-12-31", "0", "0", "No conclusion changed"]


@pytest.mark.parametrize("screen", [True, False])
def test_foreign_text_never_steers_the_terminal(screen):
    found = hostile_report()
    shown = [
        printed(terminal.print_report, found, screen=screen),
        printed(terminal.print_diff, diff(earlier_report(), found), screen=screen),
        printed(terminal.print_explain, found["conclusions"][0], found, screen=screen),
    ]
    assert not any("\x1b[31mred" in text or "\u202e" in text for text in shown)
    assert any("[31mred" in text for text in shown)
