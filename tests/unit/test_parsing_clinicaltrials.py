"""A study of ClinicalTrials.gov as a record, and everything that is none."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review import config
from living_review.errors import UnreadableRecord
from living_review.model import Link, PartialDate, Record
from living_review.parsing.clinicaltrials import parse
from living_review.screening import screen
from living_review.tagging import find, tag
from tests.clinicaltrials_builders import study

ROOT = Path(__file__).parents[2]
SAMPLE = json.loads((ROOT / "tests/samples/clinicaltrials/registrations.json").read_text())
MADE_UP = SAMPLE["studies"][0]


def read(one: Any) -> Record:
    return parse(json.dumps(one).encode())


def sections(one: Any) -> dict[str | None, str]:
    return {section.label: section.text for section in read(one).abstract}


def test_a_study_is_a_registration_under_its_number() -> None:
    record = read(MADE_UP)
    assert (record.record_id, record.kind) == ("nct:NCT00000001", "registration")
    assert record.title.startswith("A Randomized, Double-blind Trial of Gabapentin Versus Placebo")
    assert (record.authors, record.journal) == ((), "ClinicalTrials.gov")
    assert record.collective_authors == ("University of Nowhere",)
    assert record.keywords == ("Sciatica", "radicular pain")


def test_a_study_without_an_official_title_goes_by_its_brief_one() -> None:
    assert read(study(1, "A  brief\ntitle")).title == "A brief title"


def test_a_study_is_known_from_the_day_it_was_first_posted() -> None:
    record = read(MADE_UP)
    assert record.entered == record.published == PartialDate(2016, 12, 5)
    assert record.revised == PartialDate(2021, 3, 4)
    assert read(study(1, posted=None)).available_on is None


def test_numbers_of_other_registers_are_its_own_too_and_grants_are_not() -> None:
    assert read(MADE_UP).registrations == (
        "EUCTR2000-000001-11", "ISRCTN00000001", "NCT00000001", "NCT00000002",
    )  # fmt: skip


def test_the_abstract_says_what_was_registered() -> None:
    assert sections(MADE_UP) == {
        "SUMMARY": "This study asks whether gabapentin eases leg pain in adults with sciatica of "
        ">= 3 months.",
        "CONDITIONS": "Sciatica",
        "INTERVENTIONS": "drug: Gabapentin (Neurontin), 300 to 3600 mg a day for 8 weeks; "
        "drug: Placebo",
        "DESIGN": "interventional; phase 3; randomized; parallel; masking: quadruple",
        "ELIGIBILITY": "Inclusion Criteria: * Sciatica for 3 months or longer "
        "Exclusion Criteria: * Renal failure",
        "OUTCOMES": "primary: Leg pain [8 weeks]; secondary: Oswestry Disability Index [8 weeks]; "
        "secondary: Adverse events",
        "STATUS": "completed 2019-05; 160 participants (actual)",
        "RESULTS": "posted on ClinicalTrials.gov 2021-03-04",
    }


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({"completionDateStruct": {"date": "2027-05", "type": "ESTIMATED"}},
         "active not recruiting; completion expected 2027-05"),
        ({"primaryCompletionDateStruct": {"date": "2019"}}, "active not recruiting 2019"),
        ({"whyStopped": "Too few took part"}, "active not recruiting; because: Too few took part"),
        ({}, "active not recruiting"),
    ],
)  # fmt: skip
def test_a_status_tells_what_has_been_from_what_is_expected(status, said) -> None:
    one = study(1, status="ACTIVE_NOT_RECRUITING")
    one["protocolSection"]["statusModule"] |= status
    assert sections(one)["STATUS"] == said


def test_results_are_spoken_of_only_where_some_are_posted() -> None:
    assert "RESULTS" not in sections(study(1))
    assert sections(study(1) | {"hasResults": True})["RESULTS"] == "posted on ClinicalTrials.gov"


def test_publications_of_its_results_are_linked_and_older_ones_are_not() -> None:
    assert read(MADE_UP).links == (
        Link("ResultsIn", None, "A made-up paper of the results without a number."),
    )
    derived = {"pmid": "25883095", "type": "DERIVED", "citation": "Cohen SP, et al. BMJ 2015"}
    assert read(study(1, referencesModule={"references": [derived]})).links == (
        Link("ResultsIn", "pmid:25883095", "Cohen SP, et al. BMJ 2015"),
    )


@pytest.mark.parametrize("one", SAMPLE["studies"], ids=lambda one: read(one).record_id)
def test_a_registration_of_the_reviews_question_awaits_its_results(one) -> None:
    protocol = config.load(ROOT / "config.yaml")
    decision = _decided(read(one), protocol)
    assert decision.verdict == "awaiting_results"


def test_a_summary_that_tells_of_earlier_results_does_not_end_the_wait() -> None:
    one = json.loads(json.dumps(MADE_UP))
    one["protocolSection"]["descriptionModule"]["briefSummary"] = (
        "Gabapentin was found to reduce leg pain more than placebo (p < 0.05) in a smaller trial."
    )
    decision = _decided(read(one), config.load(ROOT / "config.yaml"))
    assert decision.verdict == "awaiting_results"


WRONG: dict[str, Any] = {
    "no object": [],
    "nothing": None,
    "an empty object": {},
    "no identification": {"protocolSection": {"statusModule": {"overallStatus": "COMPLETED"}}},
    "no status": {"protocolSection": {"identificationModule": {
        "nctId": "NCT00000001", "briefTitle": "A trial"}}},
    "a null module": study(1, outcomesModule=None),
    "a module of another type": study(1, conditionsModule=["Sciatica"]),
    "a list of another type": study(1, conditionsModule={"conditions": "Sciatica"}),
    "a null in a list": study(1, conditionsModule={"conditions": [None]}),
    "a count in words": study(1, designModule={"enrollmentInfo": {"count": "many"}}),
    "a count below nothing": study(1, designModule={"enrollmentInfo": {"count": -1}}),
    "a day that never was": study(1, posted="2019-02-31"),
    "a month without number": study(1, posted="May 2019"),
    "a number too short": study(1) | {"protocolSection": {
        **study(1)["protocolSection"],
        "identificationModule": {"nctId": "NCT1", "briefTitle": "A trial"}}},
    "a title of nothing": study(1, title=" \n"),
    "half a character": study(1, title="\ud800"),
    "a PMID of letters": study(1, referencesModule={"references": [{"pmid": "x"}]}),
}  # fmt: skip


@pytest.mark.parametrize("one", WRONG.values(), ids=WRONG)
def test_what_is_no_such_study_is_unreadable_and_says_where(one) -> None:
    with pytest.raises(UnreadableRecord, match="no study as ClinicalTrials"):
        read(one)


@pytest.mark.parametrize(
    "payload", [b"", b"\xff\xfe", b"<html>", b"{" * 100_000, b'{"a":' * 100_000, b"[" * 100_000]
)
def test_bytes_that_are_no_json_are_unreadable(payload: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        parse(payload)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
def test_any_value_anywhere_is_a_record_or_unreadable(data) -> None:
    one = json.loads(json.dumps(MADE_UP))
    place: Any = one
    while True:
        key = data.draw(
            st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
        )
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    with suppress(UnreadableRecord):
        assert read(one).kind == "registration"


def _decided(record: Record, protocol):
    tags = tag(record, protocol.vocabulary)
    return screen(record, tags, find(record, tags, protocol.vocabulary, 0.5), protocol)
