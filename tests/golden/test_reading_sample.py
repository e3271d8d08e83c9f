"""What the reader makes of the studies METHOD's worked history rests on, each checked by eye.

The abstracts are self-made (DESIGN 6): this holds a reading still, it measures no accuracy.
"""

from functools import cache
from pathlib import Path

import pytest

from living_review import config, parsing, screening, tagging
from living_review.model import Finding, Record
from living_review.parsing import json_lines, pubmed_xml

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "src" / "living_review" / "sample"
FAVOURS, AGAINST, SAME, UNCLEAR = (
    "favours_intervention", "favours_comparator", "no_difference", "mixed_unclear"
)  # fmt: skip


@cache
def protocol():
    return config.load(ROOT / "config.yaml")


@cache
def records() -> dict[str, Record]:
    found = {}
    for name, split in (
        ("pubmed.xml", pubmed_xml.split),
        ("beyond_pubmed.jsonl", json_lines.split),
    ):
        with (SAMPLE / name).open("rb") as stream:
            for payload in split(stream):
                one = parsing.parse(payload)
                found[one.record_id] = one
    return found


@cache
def tags(record_id: str):
    return tagging.tag(records()[record_id], protocol().vocabulary)


@cache
def findings(record_id: str) -> tuple[Finding, ...]:
    return tagging.find(records()[record_id], tags(record_id), protocol().vocabulary, 0.5)


def value(record_id: str, name: str) -> str | None:
    return next((t.value for t in tags(record_id) if t.name == name), None)


MCCLEANE, YILDIRIM = "doi:10.1163/156856901753420945", "doi:10.1163/156856903767650718"
YAKSI, ATKINSON, PRECISE = "pmid:17450066", "pmid:26963844", "pmid:28328324"
ROBERTSON, SHAIKH, KWON = "pmid:30326006", "own:shaikh2019", "pmid:39394725"
GIMENEZ, ENKE, PINTO = "doi:10.1016/j.aprim.2021.102144", "pmid:29970367", "pmid:22331277"
SHANTHANNA, BARON, MARKMAN = "pmid:28809936", "pmid:20493632", "pmid:25503625"
MALIK, KATARIA, COHEN = "pmid:26478867", "pmid:32983686", "pmid:25883095"
LAHORE, QUETTA, MALLA = "own:lahore3arm", "own:quetta67", "own:mallareddy"
CHOTI, ADD_ON, CASES = "doi:10.31616/asj.2025.0096", "pmid:27040668", "pmid:18294119"
KANAI, WODARSKI = "pmid:15025616", "doi:10.1016/j.ejpain.2008.09.010"
CAMARA, GRIGGS = "doi:10.1016/j.neulet.2015.09.021", "doi:10.1097/wnr.0000000000000382"
AHMAD = "doi:10.1016/j.bbi.2021.04.007"

READ = [
    (MCCLEANE, "gabapentin", "placebo", "leg_pain", FAVOURS, None),
    (YILDIRIM, "gabapentin", "placebo", "leg_pain", FAVOURS, None),
    (YAKSI, "gabapentin", "no_treatment", "leg_pain", FAVOURS, True),
    (YAKSI, "gabapentin", "no_treatment", "walking", FAVOURS, True),
    (ATKINSON, "gabapentin", "placebo", "leg_pain", SAME, False),
    (ATKINSON, "gabapentin", "baseline", "leg_pain", FAVOURS, True),
    (PRECISE, "pregabalin", "placebo", "leg_pain", SAME, False),
    (PRECISE, "pregabalin", "placebo", "disability", SAME, False),
    (PRECISE, "pregabalin", "placebo", "adverse_events", AGAINST, None),
    (ROBERTSON, "gabapentin", "pregabalin", "leg_pain", FAVOURS, True),
    (ROBERTSON, "gabapentin", "pregabalin", "disability", SAME, False),
    (ROBERTSON, "gabapentin", "pregabalin", "adverse_events", FAVOURS, True),
    (SHAIKH, "gabapentin", "pregabalin", "leg_pain", SAME, False),
    (SHAIKH, "gabapentin", "pregabalin", "adverse_events", FAVOURS, None),
    (KWON, "gabapentin", "pregabalin", "leg_pain", AGAINST, None),
    (KWON, "gabapentin", "pregabalin", "leg_pain", SAME, False),
    (KWON, "gabapentin", "pregabalin", "adverse_events", SAME, False),
    (GIMENEZ, "gabapentin", "placebo", "leg_pain", SAME, None),
    (GIMENEZ, "pregabalin", "placebo", "leg_pain", SAME, None),
    (ENKE, "gabapentinoid", "placebo", "leg_pain", SAME, False),
    (ENKE, "gabapentinoid", "placebo", "adverse_events", AGAINST, None),
    (PINTO, "gabapentin", "placebo", "leg_pain", FAVOURS, True),
    (SHANTHANNA, "gabapentin", "placebo", "leg_pain", UNCLEAR, False),
    (SHANTHANNA, "gabapentin", "placebo", "adverse_events", AGAINST, True),
    (SHANTHANNA, "pregabalin", "other_active", "leg_pain", AGAINST, True),
    (BARON, "pregabalin", "placebo", "leg_pain", SAME, False),
    (MARKMAN, "pregabalin", "placebo", "walking", SAME, False),
    (MALIK, "pregabalin", "placebo", "leg_pain", SAME, None),
    (KATARIA, "pregabalin", "baseline", "leg_pain", FAVOURS, None),
    (COHEN, "gabapentin", "epidural_steroid", "leg_pain", SAME, False),
    (LAHORE, "gabapentin", "pregabalin", "leg_pain", SAME, False),
    (LAHORE, "gabapentin", "pregabalin", "adverse_events", FAVOURS, None),
    (QUETTA, "gabapentin", "pregabalin", "leg_pain", FAVOURS, True),
    (QUETTA, "gabapentin", "pregabalin", "adverse_events", UNCLEAR, None),
    (MALLA, "gabapentin", "pregabalin", "leg_pain", SAME, False),
    (CHOTI, "gabapentin", "pregabalin", "quality_of_life", AGAINST, True),
    (CHOTI, "gabapentin", "baseline", "leg_pain", FAVOURS, None),
    (ADD_ON, "gabapentin", "baseline", "leg_pain", FAVOURS, True),
    (ADD_ON, "gabapentin", "baseline", "disability", FAVOURS, True),
    (CASES, "gabapentin", "baseline", "leg_pain", FAVOURS, None),
    (KANAI, "gabapentin", "no_treatment", "ectopic_discharge", FAVOURS, None),
    (WODARSKI, "gabapentin", "no_treatment", "glial_markers", FAVOURS, None),
    (WODARSKI, "gabapentin", "no_treatment", "allodynia", FAVOURS, None),
    (CAMARA, "gabapentin", "no_treatment", "allodynia", FAVOURS, None),
    (GRIGGS, "gabapentin", "baseline", "allodynia", FAVOURS, None),
    (AHMAD, "gabapentin", "baseline", "allodynia", FAVOURS, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "intervention", "comparator", "outcome", "direction", "significant"), READ
)
def test_a_study_of_the_history_reads_as_checked(
    record, intervention, comparator, outcome, direction, significant
):
    found = {
        (f.direction, f.significant)
        for f in findings(record)
        if (f.intervention, f.comparator, f.outcome) == (intervention, comparator, outcome)
    }
    assert (direction, significant) in found


@pytest.mark.parametrize(
    ("record", "outcome", "value", "low", "high", "scale"),
    [
        (PINTO, "leg_pain", -26.6, -38.3, -14.9, 100), (PRECISE, "leg_pain", 0.5, -0.2, 1.2, 10),
        (PRECISE, "disability", 0.1, -1.8, 2.0, 24), (KWON, "leg_pain", 0.31, None, None, None),
        (ENKE, "leg_pain", -0.1, -0.7, 0.5, None),
        (SHANTHANNA, "adverse_events", 1.99, 1.17, 3.37, None),
    ],
)  # fmt: skip
def test_its_effect_is_as_printed_intervention_minus_comparator(
    record, outcome, value, low, high, scale
):
    printed = {
        (f.effect.value, f.effect.ci_low, f.effect.ci_high, f.effect.scale)
        for f in findings(record)
        if f.outcome == outcome and f.effect is not None
    }
    assert (value, low, high, scale) in printed


@pytest.mark.parametrize(
    ("record", "because"),
    [
        (ROBERTSON, "81 % and 19 % are shares of the events, not of patients: numbers dropped"),
        (YILDIRIM, "4.73 is impossible on a scale of 0 to 3: numbers dropped"),
        (SHANTHANNA, "estimate 0.22 lies outside its interval -0.5 to 0.07"),
    ],
)
def test_numbers_that_cannot_be_are_dropped_or_queued_with_the_reason(record, because):
    assert because in {f.unclear_because for f in findings(record)}


@pytest.mark.parametrize(
    ("record", "tag", "expected"),
    [
        (ROBERTSON, "participants", "20"), (ROBERTSON, "participants_analysed", "18"),
        (YILDIRIM, "participants", "43"), (PRECISE, "participants", "209"),
        (ATKINSON, "participants", "108"), (COHEN, "participants", "145"),
        (LAHORE, "participants", "270"), (ADD_ON, "drug:amitriptyline", "background"),
        (CASES, "participants", "2"), (CASES, "refractory", "yes"), (SHAIKH, "weeks", "12"),
        (KWON, "search_until", "2023-05-31"), (GIMENEZ, "search_until", "2021-03-01"),
        (SHANTHANNA, "search_until", "2016-12-20"), ("pmid:26633090", "direct_trials", "0"),
        (ENKE, "direct_trials", "9"), (WODARSKI, "population", "mechanism_indirect"),
        ("pmid:40639955", "harm", "dementia"), (MALIK, "design", "rct"),
        ("pmid:26633090", "design", "systematic_review"),
    ],
)  # fmt: skip
def test_facts_the_weighing_needs_are_read(record, tag, expected):
    assert value(record, tag) == expected


def test_nothing_the_history_rests_on_is_screened_out():
    rests_on = {row[0] for row in READ}
    out = {
        record_id
        for record_id in rests_on
        if screening.screen(
            records()[record_id], tags(record_id), findings(record_id), protocol()
        ).verdict
        != "include"
    }
    assert out == set()
