"""Pages of records, the queue, the flow, the methods and the checklist."""

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from living_review.model import Effect, Finding, Record, Section
from living_review.reporting.site.bearing_on import borne, moved
from living_review.reporting.site.checklist import checklist_html, items
from living_review.reporting.site.flow import flow_html
from living_review.reporting.site.methods import measured, methods_html
from living_review.reporting.site.queue import queue_html
from living_review.reporting.site.reading import Said, by_sentence, things_read
from living_review.reporting.site.record import Kept, record_html, records_html
from living_review.reporting.site.trend import trends
from tests.report_builders import earlier_report, report

RECORD = Record(
    record_id="pmid:9",
    title="A trial of one drug",
    pmid="9",
    authors=("Alder AB",),
    journal="J Made-up",
    abstract=(
        Section("RESULTS", "Pain fell by 2 points. Nobody was harmed."),
        Section(None, "It works."),
    ),
)
FINDING = Finding(
    "pmid:9", "drug", "placebo", "leg_pain", "favours_intervention", "lower", True,
    "Pain fell by 2 points.", "findings:1", weeks=8, effect=Effect("MD", -2.0, -3.0, -1.0),
    confidence=0.9, cue="fell",
)  # fmt: skip
UNCLEAR = {"verdict": "unclear", "reason": "cannot be told", "decider": "rule:1"}
INCLUDED = {"verdict": "include", "reason": "every criterion is met", "decider": "rule:1"}


def page_of(body):
    return lxml_html.fromstring(body)


def kept(**more):
    return Kept(**{"record": RECORD, "decision": INCLUDED, "findings": [FINDING], **more})


def test_a_finding_stands_beside_the_sentence_it_was_read_from():
    sections, elsewhere = by_sentence(RECORD, things_read([], [FINDING]))
    first, second = sections[0]["sentences"]
    assert first["read"] == [
        "drug against placebo, leg pain at 8 weeks: better with it; significant; "
        "mean difference -2 (95% CI -3 to -1); decided by “fell”; confidence 0.90"
    ]
    assert second["read"] == []
    assert elsewhere == []


def test_what_no_one_sentence_holds_is_told_apart():
    said = Said("design: rct", "A trial of one drug")
    sections, elsewhere = by_sentence(RECORD, [said])
    assert elsewhere == [said]
    assert not any(one["read"] for section in sections for one in section["sentences"])


def test_a_records_page_says_who_decided_what_it_bears_on_and_what_it_changed():
    bears = [{"claim": "c", "label": "Pain", "found": "better", "versions": "since 2.0.0"}]
    changed = [{"version": "2.0.0", "page": "diff.html", "label": "Pain", "why": "A trial came."}]
    page = page_of(record_html(kept(), report(), bears, changed))
    text = page.text_content()
    assert all(said in text for said in ("every criterion is met", "rule:1", "since 2.0.0"))
    assert page.xpath("//section[@id='bears']//li/a/@href") == ["../2.0.0/diff.html"]
    assert "https://pubmed.ncbi.nlm.nih.gov/9/" in page.xpath("//a/@href")


def test_decisions_that_were_revised_are_told_oldest_first():
    decisions = [
        {**UNCLEAR, "reason": "no drug named", "decided_on": "2020-01-01"},
        {**INCLUDED, "reason": "I read it", "decided_on": "2021-01-01"},
    ]
    text = page_of(record_html(kept(decisions=decisions), report())).text_content()
    assert text.index("no drug named") < text.index("I read it")


def test_a_record_that_only_a_version_knows_has_a_page_that_says_so():
    gone = Kept(RECORD, decision=INCLUDED, as_told_by="2.1.0")
    text = page_of(record_html(gone, report())).text_content()
    assert "So version 2.1.0 told" in text
    assert "every criterion is met" in text


def test_the_list_of_records_says_how_many_have_no_page():
    text = page_of(records_html([kept()], report(), "2024-12-31", 12_000)).text_content()
    assert "1 record as of 31 December 2024" in text
    assert "12,000 more records are excluded" in text


def test_what_a_record_bears_on_is_told_for_the_versions_that_held_it():
    bears = borne([earlier_report(), report()])
    assert {one["claim"] for one in bears["pmid:3"]} >= {"pain-vs-placebo"}
    assert {one["versions"] for one in bears["pmid:1"]} == {"since 2.1.0"}


def test_a_change_is_told_on_the_page_of_each_record_that_made_it():
    pages = {"2.1.0": "index.html", "3.0.0": "diff.html"}
    changes = moved([earlier_report(), report()], pages)
    assert {(one["version"], one["page"]) for one in changes["pmid:3"]} == {("3.0.0", "diff.html")}


def test_the_queue_leads_from_each_question_to_its_record_or_claim():
    asked = [
        {"record": "pmid:9", "what": "screening", "reason": "cannot be told"},
        {"record": "pain-vs-placebo", "what": "signal", "reason": "B1 since 2.0.0"},
    ]
    page = page_of(queue_html(asked, [kept()], report(), "2024-12-31"))
    assert page.xpath("//section[@id='queue']//th/a/@href") == [
        "records/pmid-9.html", "claims/pain-vs-placebo.html",
    ]  # fmt: skip


def test_an_empty_queue_says_so():
    text = page_of(queue_html([], [], report(), "2024-12-31")).text_content()
    assert "Nothing awaits a person as of 31 December 2024" in text


def test_the_flow_has_a_row_for_each_version_newest_first():
    page = page_of(flow_html([earlier_report(), report()]))
    assert page.xpath("//section[@id='totals']//tbody//th/a/text()") == ["3.0.0", "2.1.0"]
    assert page.xpath("//figure/img/@alt")[0]


def test_every_item_of_the_checklist_is_answered_or_says_what_is_missing():
    listed = items(report(), 2)
    assert [item["item"] for item in listed[:27]] == [str(n) for n in range(1, 28)]
    assert all(item["answer"] or item["missing"] for item in listed)
    assert b"Not reported" in checklist_html([earlier_report(), report()])


def test_authors_that_the_protocol_names_are_reported():
    found = report()
    named = {**found, "review": {**found["review"], "authors": [{"name": "A. B.", "role": "lead"}]}}
    answers = {item["item"]: item["answer"] for item in items(named, 2)}
    assert answers["LSR: authors"] == "A. B. (lead)"


def test_measured_accuracy_is_what_the_benchmarks_measured():
    results = (Path(__file__).parents[2] / "benchmarks/RESULTS.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `python -m benchmarks\.reading[^|]*\| ([^|]+) \| ([^|]+) \|$",
                           results, re.MULTILINE))  # fmt: skip
    assert {row["row"]: rows.get(row["row"]) for row in measured()["rows"]} == {
        row["row"]: row["result"] for row in measured()["rows"]
    }


@pytest.mark.parametrize("measured_one", [True, False])
def test_the_methods_say_when_the_reader_is_not_the_one_that_was_measured(measured_one):
    found = report()
    reader = measured()["reader"] if measured_one else "another"
    methods = {**found["methods"], "taggers": {"reading": reader}}
    text = page_of(methods_html({**found, "methods": methods})).text_content()
    assert ("another one than the one measured" in text) is not measured_one


def test_a_trend_says_what_the_baseline_said_and_since_when_it_stands_otherwise():
    told = trends([earlier_report(), report()])["pain-vs-placebo"]
    assert told["since_baseline"].startswith("was benefit")
    assert told["version"] == "3.0.0"


def test_the_checklist_says_the_thresholds_of_the_protocol():
    found = report()
    methods = found["methods"]
    pool = {**methods["thresholds"]["pool"], "min_studies": 4}
    other = {**methods, "thresholds": {**methods["thresholds"], "pool": pool}}
    answers = {item["item"]: item["answer"] for item in items({**found, "methods": other}, 2)}
    assert "from 4 comparable studies" in answers["13"]
