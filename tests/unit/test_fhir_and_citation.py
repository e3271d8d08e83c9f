"""The conclusions for other programs: a Bundle of FHIR R5; and how to cite a version."""

import csv
import io
import json

import pytest
import yaml
from fhir.resources.bundle import Bundle

from living_review import config
from living_review.errors import ConfigError
from living_review.protocol import ReviewInfo
from living_review.reporting import citation_file, csv_conclusions, fhir_codes, fhir_conclusions
from tests.report_builders import ROOT, hostile_report, protocol, report

AUTHORS = ({"name": "Maker, Ann B.", "role": "guarantor"}, {"name": "Made-up Study Group"})


def bundle(found=None) -> dict:
    body = fhir_conclusions.render(found or report(), {})
    Bundle.model_validate_json(body)  # the published shapes, by a package that is not ours
    return json.loads(body)


def resources(found=None) -> list[dict]:
    return [entry["resource"] for entry in bundle(found)["entry"]]


def about(claim: str) -> dict:
    return next(found for found in resources() if found.get("id") == claim)


def signed(*authors: dict) -> dict:
    given = protocol()
    told = given.review.model_dump() | {"authors": authors}
    return report(protocol=given.model_copy(update={"review": ReviewInfo.model_validate(told)}))


def cited(found: dict) -> dict:
    return yaml.safe_load(citation_file.render(found, {}))


def test_a_bundle_holds_the_version_and_every_conclusion_on_variables():
    citation, *conclusions = resources()
    assert (citation["resourceType"], citation["version"]) == ("Citation", "3.0.0")
    assert [found["id"] for found in conclusions] == [
        "pain-vs-placebo", "pain-vs-pregabalin", "harms-vs-placebo", "ectopic-discharge",
    ]  # fmt: skip
    assert {found["resourceType"] for found in conclusions} == {"Evidence"}


def test_what_does_not_fit_is_named():
    assert (
        "conclusions on no variables of their own (evidence-quality)"
        in (resources()[0]["note"][0]["text"])
    )


def test_a_pool_is_a_statistic_with_its_interval_and_heterogeneity():
    (statistic,) = about("pain-vs-placebo")["statistic"]
    assert statistic["statisticType"]["coding"][0]["code"] == "0000457"
    assert statistic["quantity"] == {"value": -0.42, "unit": "points on the scale 0-10"}
    assert statistic["sampleSize"] == {"numberOfStudies": 3, "numberOfParticipants": 222}
    said = {one["type"]["text"]: one for one in statistic["attributeEstimate"]}
    assert list(said) == [
        "95 % confidence interval", "95 % prediction interval", "I²", "τ²", "P value",
    ]  # fmt: skip
    assert said["95 % confidence interval"]["range"] == {
        "low": {"value": -1.31}, "high": {"value": 0.47},
    }  # fmt: skip
    assert "coding" not in said["95 % prediction interval"]["type"]  # FHIR has no code for it


def test_studies_that_are_not_pooled_are_counted_and_given_no_number():
    (statistic,) = about("harms-vs-placebo")["statistic"]
    assert statistic["description"] == "studies by direction: 2 against, 1 unclear"
    assert "quantity" not in statistic
    assert "statisticType" not in statistic


def test_variables_are_those_of_the_claim_in_the_words_of_the_protocol():
    found = about("pain-vs-placebo")["variableDefinition"]
    assert [one["variableRole"]["coding"][0]["code"] for one in found] == [
        "population", "exposure", "referenceExposure", "measuredVariable",
    ]  # fmt: skip
    assert [one["description"] for one in found][1:] == [
        "gabapentin", "placebo or no treatment or usual care", "leg pain",
    ]  # fmt: skip


def test_certainty_is_rated_as_grade_does_with_each_step_and_its_reason():
    (certainty,) = about("pain-vs-placebo")["certainty"]
    assert certainty["rating"]["coding"][0]["code"] == "very-low"
    assert [
        (step["type"]["coding"][0]["code"], step["rating"]["coding"][0]["code"])
        for step in certainty["subcomponent"]
    ] == [
        ("RiskOfBias", "serious-concern"), ("Inconsistency", "serious-concern"),
        ("Imprecision", "serious-concern"),
    ]  # fmt: skip
    assert certainty["subcomponent"][1]["description"] == "I² is 64 %, above 60 %"


@pytest.mark.parametrize(
    ("levels", "code"),
    [(0, "no-concern"), (-2, "very-serious-concern"), (-3, "extremely-serious-concern"),
     (1, "present"), (2, "present")],
)  # fmt: skip
def test_a_step_has_a_code_of_its_size(levels, code):
    assert fhir_codes.concern(levels)["coding"][0]["code"] == code


def test_what_has_no_code_is_said_in_words_alone():
    assert fhir_codes.statistic("NNT") == {"text": "NNT"}
    assert fhir_codes.certainty_type("novel_domain") == {"text": "novel domain"}


def test_a_hostile_review_is_a_valid_bundle_still():
    text = fhir_conclusions.render(hostile_report(), {}).decode()
    assert len(bundle(hostile_report())["entry"]) == 5
    assert not set(text) & {"\x1b", "\x00", "\u202e"}


def test_claims_of_nearly_one_name_have_ids_of_their_own():
    found = report()
    first, second, *_ = found["conclusions"]
    twins = [{**first, "claim": "pain / äb"}, {**second, "claim": "pain ? äb"}]
    ids = [one.get("id") for one in resources({**found, "conclusions": twins})]
    assert ids == [None, "pain-b", "pain-b.2"]


def test_a_report_of_before_says_so_and_renders():
    old = [{k: v for k, v in one.items() if k != "asks"} for one in report()["conclusions"]]
    assert len(resources({**report(), "conclusions": old})) == 1


def test_a_version_is_cited_with_its_number_and_its_date():
    told = cited(report())
    assert {name: told[name] for name in ("cff-version", "type", "version", "date-released")} == {
        "cff-version": "1.2.0", "type": "dataset", "version": "3.0.0",
        "date-released": "2024-12-31",
    }  # fmt: skip
    assert told["title"] == "Gabapentin for sciatica: living systematic review, version 3.0.0"
    # What the schema of CFF 1.2.0 requires, and it knows no other key than these.
    assert {"authors", "cff-version", "message", "title"} <= set(told)
    assert set(told) <= {
        "abstract", "authors", "cff-version", "date-released", "message", "title", "type",
        "version",
    }  # fmt: skip
    assert all(isinstance(value, str) for name, value in told.items() if name != "authors")


def test_a_review_without_authors_stands_for_itself():
    assert cited(report())["authors"] == [{"name": "Gabapentin for sciatica"}]


def test_authors_of_the_protocol_are_cited_and_credited():
    found = signed(*AUTHORS)
    assert cited(found)["authors"] == [
        {"family-names": "Maker", "given-names": "Ann B."}, {"name": "Made-up Study Group"},
    ]  # fmt: skip
    assert found["review"]["authors"] == [AUTHORS[0], {**AUTHORS[1], "role": ""}]
    artifact = resources(found)[0]["citedArtifact"]
    assert artifact["contributorship"]["summary"] == [
        {"value": "Maker, Ann B.; Made-up Study Group"}
    ]


@pytest.mark.parametrize("name", ["': [", "- a", "#x", "A: b", "=cmd()", "\u202eA", "null", "1"])
def test_a_hostile_author_is_a_name_and_nothing_else(name):
    (author,) = cited(signed({"name": name}))["authors"]
    assert author == {"name": name.replace("\u202e", "")}


def test_an_author_without_a_name_is_answered_with_the_place_in_the_file():
    text = (ROOT / "config.yaml").read_text()
    bad = text.replace("review:\n", "review:\n  authors: [{role: guarantor}]\n", 1)
    with pytest.raises(ConfigError, match=r"review\.authors\[0\].*name"):
        config.parse(bad)


def test_conclusions_as_a_table_keep_numbers_as_numbers_and_texts_safe():
    found = report()
    found["conclusions"][0]["wording"] = "=1+1"
    rows = list(csv.DictReader(io.StringIO(csv_conclusions.table(found).decode())))
    first = rows[0]
    assert (first["version"], first["claim"], first["wording"]) == (
        "3.0.0", "pain-vs-placebo", "'=1+1",
    )  # fmt: skip
    assert (first["value"], first["ci_low"], first["favours"]) == ("-0.42", "-1.31", "2")
    assert (rows[-1]["direction"], rows[-1]["value"]) == ("", "")
