"""The canonical report and the diff: the data every format is made from."""

import json

import pytest

from living_review.model import Effect, State
from living_review.reporting import entries
from living_review.reporting.canonical import dump, jsonable, rounded
from living_review.reporting.diff import diff, diff_from_baseline
from tests.report_builders import CHANGES, earlier_report, evidence, pair, report


def of(found, claim):
    return next(entry for entry in found["conclusions"] if entry["claim"] == claim)


def test_a_report_survives_json_unchanged():
    found = report()
    assert json.loads(dump(found)) == found


def test_conclusions_come_in_the_order_of_the_protocol():
    claims = [entry["claim"] for entry in report()["conclusions"]]
    assert claims == [
        "pain-vs-placebo", "pain-vs-pregabalin", "harms-vs-placebo", "ectopic-discharge",
        "evidence-quality",
    ]  # fmt: skip


def test_numbers_are_rounded_to_what_is_meaningful():
    pool = of(report(), "pain-vs-placebo")["pool"]
    assert (pool["benefit"], pool["i2"], pool["p"], pool["tau2"]) == (0.42, 64, 0.24, 0.21)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_not_a_number_is_null(value):
    assert rounded(value) is None


def test_minus_zero_is_zero():
    assert str(rounded(-0.001)) == "0.0"


def test_sets_and_dates_become_sorted_plain_data():
    assert jsonable({"b": {3, 1}, "a": State("harm", None)}) == {
        "a": {"direction": "harm", "certainty": None, "participants": None, "effect": None},
        "b": [1, 3],
    }


def test_an_effect_decides_only_where_it_was_pooled():
    found = report()
    assert of(found, "pain-vs-placebo")["effect"]["k"] == 3
    assert of(found, "harms-vs-placebo")["effect"] is None


def test_a_study_carries_its_effect_as_printed_and_as_benefit():
    first = of(report(), "pain-vs-placebo")["evidence"][0]
    assert (first["effect"]["value"], first["benefit"]) == (-1.3, 1.3)
    assert (first["benefit_low"], first["benefit_high"]) == (0.52, 2.08)
    assert (first["unit"], first["mid"]) == ("0-10", 1.0)


def test_the_interval_of_a_study_is_the_printed_one_even_where_it_is_lopsided():
    odd = evidence("disability", "s1", "pmid:1", "no_difference", benefit=3.47, benefit_se=1.77,
                   unit="0-100", effect=Effect("MD", -3.47, -7.15, -0.21))  # fmt: skip
    found = entries.evidence(odd, {"0-100": 5.0})
    assert (found["benefit_low"], found["benefit_high"]) == (0.21, 7.15)


def test_after_a_conversion_the_interval_comes_from_the_standard_error():
    converted = evidence("disability", "s1", "pmid:1", "no_difference", benefit=1.0, unit="SMD",
                         benefit_se=0.5, effect=Effect("MD", -10.0, -20.0, 0.0))  # fmt: skip
    found = entries.evidence(converted, {"SMD": 0.5})
    assert (found["benefit_low"], found["benefit_high"]) == (0.02, 1.98)


def test_changed_comes_before_signal():
    assert [entry["class"] for entry in report()["changes"]] == ["CHANGED", "SIGNAL"]


def test_the_methods_name_every_rule_its_source_and_who_read_the_records():
    methods = report()["methods"]
    assert {"rule", "words", "source"} == set(methods["rules"][0])
    assert methods["taggers"] == {"effects": "2", "population": "3"}
    assert [criterion["id"] for criterion in methods["criteria"]][:2] == ["drug", "population"]


def test_a_diff_of_neighbours_tells_what_the_later_version_announced():
    _, found = pair()
    assert (found["from"], found["to"]) == ("2.1.0", "3.0.0")
    assert [(c["claim"], c["class"], c["rules"]) for c in found["changes"]] == [
        ("pain-vs-pregabalin", "CHANGED", ["REVIEW", "A1"]),
        ("pain-vs-placebo", "SIGNAL", ["B1", "MID"]),
    ]
    assert found["headline"] == "1 conclusion changed, 1 signal raised"


def test_a_diff_carries_both_wordings_and_the_words_of_the_records_that_caused_it():
    placebo = pair()[1]["changes"][1]
    assert placebo["wording_before"].startswith("Gabapentin may reduce leg pain")
    assert placebo["wording_after"].startswith("The evidence is very uncertain")
    assert [item["records"] for item in placebo["evidence"]] == [["pmid:3"]]
    assert pair()[1]["sources"]["pmid:3"]["title"] == "A made-up trial that found next to nothing"


def test_a_diff_counts_records_that_came_changed_or_were_retracted():
    before, after = earlier_report(), report()
    after["records"]["pmid:1"]["content_hash"] = "new"
    after["records"]["pmid:2"]["retracted"] = "pmid:10"
    assert diff(before, after)["records"] == {
        "new": ["pmid:3", "pmid:5"], "revised": ["pmid:1"], "retracted": ["pmid:2"],
        "left": [], "revised_parts": {"pmid:1": ["abstract", "MeSH"]},
    }  # fmt: skip


def test_the_first_version_differs_from_nothing():
    first = report(previous_version=None, changes=())
    found = diff(None, first)
    assert (found["from"], found["changes"]) == (None, [])
    assert found["headline"] == "First version: 5 conclusions"
    assert "pmid:1" in found["records"]["new"]


def test_a_diff_over_several_versions_tells_every_part_that_changed_on_the_way():
    first, last = earlier_report(), report()
    middle = {**earlier_report(), "version": "2.2.0"}
    middle["revised"] = [{"record": "pmid:1", "parts": ["title", "MeSH"]}]
    assert diff(first, last, [middle, last])["records"]["revised_parts"] == {
        "pmid:1": ["title", "abstract", "MeSH"]
    }


def test_a_report_made_before_parts_were_told_still_gives_a_diff():
    old = {key: value for key, value in report().items() if key != "revised"}
    assert diff(earlier_report(), old)["records"]["revised_parts"] == {}


def test_a_version_does_not_differ_from_itself():
    found = report()
    assert diff(found, found)["changes"] == []
    assert diff(found, found)["records"] == {
        "new": [], "revised": [], "retracted": [], "left": [], "revised_parts": {},
    }  # fmt: skip


def test_a_diff_across_versions_keeps_every_rule_and_record_on_the_way():
    first, middle = earlier_report(), report(version="2.2.0", changes=CHANGES[:1])
    last = report(changes=CHANGES[1:])
    found = diff(first, last, [middle, last])
    assert {c["claim"]: (c["class"], c["records"]) for c in found["changes"]} == {
        "pain-vs-placebo": ("CHANGED", ["pmid:3"]),
        "pain-vs-pregabalin": ("CHANGED", ["pmid:5"]),
    }


def test_a_change_that_was_undone_on_the_way_remains_a_signal():
    first = earlier_report()
    there, back = report(version="2.2.0"), {**first, "version": "4.0.0", "changes": []}
    back["changes"] = report()["changes"]
    found = diff(first, back, [there, back])
    assert {c["class"] for c in found["changes"]} == {"SIGNAL"}


def test_against_the_baseline_only_claims_that_stand_otherwise_are_told():
    found = diff_from_baseline(report())
    assert (found["from"], [c["claim"] for c in found["changes"]]) == (
        "baseline",
        ["pain-vs-placebo"],
    )
    assert found["headline"] == "1 conclusion differs from the baseline review"


def test_a_quiet_version_says_that_nothing_changed():
    assert diff(earlier_report(), report(changes=()))["headline"] == "No conclusion changed"


def test_a_change_from_what_was_last_told_says_where_the_version_before_stood():
    before, after = earlier_report(), report()
    told = {**after["changes"][0], "anchor": "announced",
            "before": {**after["changes"][0]["before"], "certainty": "high"}}  # fmt: skip
    (entry, *_) = diff(before, {**after, "changes": [told]})["changes"]
    stood = next(c for c in before["conclusions"] if c["claim"] == told["claim"])
    assert entry["previous"] == {k: stood[k] for k in ("direction", "certainty")}
    assert entry["wording_before"] == stood["wording"]


def test_a_state_that_no_version_worded_is_worded_as_the_protocol_would():
    (entry, *_) = diff(None, report())["changes"]
    assert entry["wording_before"]
