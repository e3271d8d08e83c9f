"""The history that METHOD 5 works out by hand, told again by a replay of the bundled sample."""

import json
import subprocess
import sys
from datetime import date

import pytest

from living_review.stages import initialise, published, update, verify
from living_review.warehouse import store_path
from tests.stories.living import stands, told

ATKINSON, BARON, PRECISE = "pmid:26963844", "pmid:20493632", "pmid:28328324"
ENKE, SHANTHANNA, GIMENEZ = "pmid:29970367", "pmid:28809936", "doi:10.1016/j.aprim.2021.102144"
ROBERTSON, SHAIKH, KWON = "pmid:30326006", "own:shaikh2019", "pmid:39394725"
DATES = (
    "2003-12-31", "2012-12-31", "2016-12-31", "2017-12-31", "2018-12-31", "2019-06-30",
    "2019-12-31", "2022-12-31", "2024-12-31", "2026-11-01",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "review"
    initialise.run(folder, sample=True)
    update.replay(folder, [date.fromisoformat(day) for day in DATES])
    return folder


@pytest.fixture(scope="module")
def at(folder):
    """The report that a reader of that date would have seen: date → report."""
    reports = {report["as_of"]: report for report in published.reports(folder)}
    latest = None
    seen = {}
    for day in DATES:
        latest = reports.get(day, latest)
        seen[day] = latest
    return seen


def moved(report, claim):
    """Class, before and after of a claim, and every record named as a cause."""
    return {(c[0], c[1], c[2], record) for c in told(report, claim) for record in c[4].split("+")}


def test_two_small_trials_favour_gabapentin_over_placebo_until_2015(at):
    assert stands(at["2003-12-31"], "pain-vs-placebo") == ("benefit", "very_low")
    assert stands(at["2012-12-31"], "pain-vs-placebo") == ("benefit", "very_low")


def test_each_version_tells_the_flow_of_the_one_before(folder):
    first, *later = reports = published.reports(folder)
    assert first["flow_before"] is None
    assert [one["flow_before"] for one in later] == [one["flow"] for one in reports[:-1]]


def test_every_pool_ends_as_it_grew_to_be(folder):
    for report in published.reports(folder):
        for conclusion in report["conclusions"]:
            ends = [step["benefit"] for step in conclusion["cumulative"][-1:]]
            assert ends == ([conclusion["pool"]["benefit"]] if conclusion["pool"] else [])


def test_atkinson_2016_leaves_the_effect_against_placebo_uncertain(at):
    assert stands(at["2016-12-31"], "pain-vs-placebo") == ("uncertain", "very_low")
    assert ("CHANGED", "benefit", "uncertain", ATKINSON) in moved(
        at["2016-12-31"], "pain-vs-placebo"
    )


@pytest.mark.parametrize(("day", "review"), [("2018-12-31", ENKE), ("2022-12-31", GIMENEZ)])
def test_the_reviews_that_find_no_effect_are_signalled(at, day, review):
    causes = {(c[0], c[3]) for c in moved(at[day], "pain-vs-placebo")}
    assert ("SIGNAL", review) in causes


def test_robertson_2019_brings_gabapentin_ahead_of_pregabalin_and_is_fragile(at):
    assert stands(at["2019-06-30"], "pain-vs-pregabalin") == ("benefit", "very_low")
    (conclusion,) = [
        c for c in at["2019-06-30"]["conclusions"] if c["claim"] == "pain-vs-pregabalin"
    ]
    assert conclusion["fragile"]
    # Online since October 2018, so a replay with a stop in 2018 tells it there.
    assert ("CHANGED", "no_evidence", "benefit", ROBERTSON) in moved(
        at["2018-12-31"], "pain-vs-pregabalin"
    )


def test_shaikh_2019_makes_the_head_to_head_uncertain(at):
    assert stands(at["2019-12-31"], "pain-vs-pregabalin") == ("uncertain", "very_low")
    assert ("CHANGED", "benefit", "uncertain", SHAIKH) in moved(
        at["2019-12-31"], "pain-vs-pregabalin"
    )


def test_kwon_2024_sets_little_or_no_difference_head_to_head(at):
    assert stands(at["2024-12-31"], "pain-vs-pregabalin") == ("little_or_none", "low")
    assert ("CHANGED", "uncertain", "little_or_none", KWON) in moved(
        at["2024-12-31"], "pain-vs-pregabalin"
    )


def test_safety_favours_gabapentin_with_robertson_and_no_longer_with_kwon(at):
    assert stands(at["2019-06-30"], "safety-vs-pregabalin")[0] == "benefit"
    assert stands(at["2024-12-31"], "safety-vs-pregabalin") == ("little_or_none", "low")
    assert ("CHANGED", "benefit", "little_or_none", KWON) in moved(
        at["2024-12-31"], "safety-vs-pregabalin"
    )


def test_robertsons_shares_of_events_are_dropped_and_queued_and_its_words_kept(at):
    report = at["2019-06-30"]
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == "safety-vs-pregabalin"]
    (evidence,) = [e for e in conclusion["evidence"] if ROBERTSON in e["records"]]
    assert evidence["direction"] == "favours_intervention"
    assert evidence["effect"] is None
    assert any(
        item["record"] == ROBERTSON and "adverse_events" in item["what"] for item in report["queue"]
    )


def test_the_class_is_uncertain_from_2010_and_of_little_effect_by_precise(at):
    assert stands(at["2012-12-31"], "class-effect")[0] == "uncertain"
    assert ("CHANGED", "benefit", "uncertain", BARON) in moved(at["2012-12-31"], "class-effect")
    assert stands(at["2017-12-31"], "class-effect")[0] == "little_or_none"
    assert ("CHANGED", "uncertain", "little_or_none", PRECISE) in moved(
        at["2017-12-31"], "class-effect"
    )


def test_shanthanna_2017_tells_of_harm(at):
    assert stands(at["2017-12-31"], "harms-vs-placebo") == ("harm", "low")
    assert ("CHANGED", "no_evidence", "harm", SHANTHANNA) in moved(
        at["2017-12-31"], "harms-vs-placebo"
    )


def test_every_change_names_a_rule_a_cause_and_a_record(at):
    for report in at.values():
        for change in report["changes"]:
            assert change["rules"]
            assert change["causes"] == ["new_evidence"]
            assert change["records"]
            assert set(change["records"]) <= set(report["records"])


def test_no_record_of_the_sample_is_lost(at):
    flow = at["2026-11-01"]["flow"]
    out = ("unclear", "awaiting_results", "results_published", "retracted")
    decided = sum(flow["excluded"].values()) + sum(flow[box] for box in out)
    assert flow["identified"] == flow["screened"] == 158
    assert flow["screened"] - decided == flow["included_records"]


@pytest.fixture(scope="module")
def backtested(folder):
    """What the command of the README prints, for a program."""
    command = [sys.executable, "-m", "living_review", "--review", str(folder), "backtest"]
    table = ["--series", "sample/effects.csv", "--claim", "class-effect", "--json"]
    done = subprocess.run([*command, *table], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_over_the_history_no_announced_direction_goes_back_to_an_earlier_one(backtested):
    ours, previous, naive = (
        backtested["policies"][p] for p in ("ours", "previous", "significance")
    )
    assert (ours["turns"], ours["reversals"], ours["most_turns"]) == (7, 0, 2)
    assert previous["reversals"] == 0
    assert (naive["turns"], naive["reversals"], naive["claims"]) == (4, 1, 3)


def test_what_the_margin_held_back_is_told_with_its_price(backtested):
    (claim,) = [c for c in backtested["claims"] if c["claim"] == "class-effect"]
    assert (claim["held_back"], backtested["held_back"]) == (1, 1)
    (late,) = [c for c in claim["changes"] if c["waited"]]
    assert (late["after"], late["as_of"], late["waited"]) == ("little_or_none", "2017-12-31", 1)
    assert {PRECISE, ATKINSON} <= {b["record"] for b in late["behind"]}


def test_the_nine_trials_turn_our_rules_once_and_significance_alone_four_times(backtested):
    """As in the golden series, here with the years and the table that the review itself has."""
    series = backtested["series"]
    assert (series["possible"], len(series["orders"]), series["updates"]) == (12, 12, 7)
    assert max(order["turns"]["ours"] for order in series["orders"]) == 1
    assert {order["states"]["ours"][-1] for order in series["orders"]} == {"little_or_none"}
    assert series["by_turns"]["significance"] == {"0": 2, "2": 6, "4": 4}
    assert (series["sweep"][0]["from"], series["sweep"][-1]["to"]) == (0.375, 0.875)
    assert {swept["most_turns"]["ours"] for swept in series["sweep"]} == {1}
    assert series["compared_otherwise"] == ["pmid:24738609", "pmid:27045252"]


def test_the_back_test_is_a_page_that_the_first_page_links_to(folder, backtested):
    reports = store_path(folder) / "reports"
    assert 'href="backtest/index.html"' in (reports / "index.html").read_text()
    page = (reports / "backtest" / "index.html").read_text()
    assert "in our own words" in page
    assert json.loads((reports / "backtest" / "backtest.json").read_text()) == backtested


def test_every_version_rebuilds_byte_for_byte(folder):
    assert [v.faults for v in verify.run(folder) if v.faults or not v.rebuilt] == []


def test_a_fresh_review_stands_its_first_version_against_the_baseline(tmp_path):
    initialise.run(tmp_path / "fresh", sample=True)
    update.run(tmp_path / "fresh", date(2026, 11, 1), "manual")
    report = published.report(tmp_path / "fresh", None)

    assert report["version"] == "1.0.0"
    assert report["changes"] == []
    assert {view["claim"] for view in report["from_baseline"]} == {
        conclusion["claim"] for conclusion in report["conclusions"]
    }
    (contradiction,) = report["contradictions"]
    assert contradiction["claims"][0] == "class-effect"
    assert "pain-vs-placebo" in contradiction["claims"]
    assert contradiction["text"].endswith(".")
