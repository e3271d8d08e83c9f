"""One conclusion as an Evidence resource of FHIR R5: variables, statistic, certainty."""

from collections.abc import Iterator
from typing import Any

from living_review.reporting import fhir_codes, words
from living_review.reporting.canonical import Json
from living_review.reporting.citations import full, link
from living_review.reporting.plain import plain

Resource = dict[str, Any]
SYNTHESES = {
    "direction_counts": "counts of studies by the direction of their result, without a pool",
    "review_level": "the result of a systematic review of the same comparison",
    "none": "no synthesis",
}


def evidence(found: Json, report: Json, resource_id: str) -> Resource:
    """The conclusion, where it says something of variables (`asks`); the rest is in `report`."""
    told = {
        "resourceType": "Evidence",
        "id": resource_id,
        "version": report["version"],
        "title": plain(found["label"]),
        "status": "active",
        "date": report["as_of"],
        "description": plain(found["statement"]),
        "assertion": plain(found["wording"]),
        "note": [{"text": plain(text)} for text in _notes(found)],
        "relatedArtifact": list(_sources(found, report)),
        "variableDefinition": list(_variables(found["asks"])),
        "synthesisType": _synthesis(found["method"]),
        "statistic": list(_statistics(found)),
        "certainty": list(_certainty(found)),
    }
    return {name: value for name, value in told.items() if value}


def _notes(found: Json) -> Iterator[str]:
    """What FHIR has no element for, in words."""
    yield f"direction, for patients: {words.DIRECTIONS[found['direction']][1]}"
    if found["fragile"]:
        yield f"fragile: {found['fragile_because']}"
    if found["would_change"]:
        yield f"what would change it: {found['would_change']}"


def _sources(found: Json, report: Json) -> Iterator[Resource]:
    """Every record the conclusion rests on, once."""
    records = {record for item in found["evidence"] for record in item["records"]}
    for record_id in sorted(records):
        source: Resource = {
            "type": "derived-from",
            "citation": full(record_id, report["records"]),
        }
        address = link(report["records"].get(record_id, {}))
        yield source | ({"document": {"url": address}} if address else {})


def _variables(asks: Json) -> Iterator[Resource]:
    described = (
        ("population", asks["population"]),
        ("exposure", [asks["intervention"]]),
        ("referenceExposure", asks["comparators"]),
        ("measuredVariable", asks["outcomes"]),
    )
    for code, named in described:
        if any(named):
            variable: Resource = {
                "description": " or ".join(map(plain, named)),
                "variableRole": fhir_codes.role(code),
            }
            window = asks["follow_up"] if code == "measuredVariable" else ""
            yield variable | ({"note": [{"text": window}]} if window else {})


def _synthesis(method: str) -> fhir_codes.Coded:
    return fhir_codes.pooled() if method == "pooled" else {"text": SYNTHESES.get(method, method)}


def _statistics(found: Json) -> Iterator[Resource]:
    """The pool where it decides, as printed; else how many studies and people there are."""
    if not found["studies"]:
        return
    size = {
        "numberOfStudies": found["studies"],
        "numberOfParticipants": found["participants"],
    }
    effect = found["effect"]
    if effect is None:
        told = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in _counted(found) if n)
        counts = f"studies by direction: {told}" if told else "studies, not pooled"
        yield {"description": counts, "sampleSize": size}
        return
    yield {
        "description": "intervention minus comparator, as printed",
        "statisticType": fhir_codes.statistic(effect["measure"]),
        "quantity": {"value": effect["value"], "unit": _unit(effect["unit"])},
        "sampleSize": size,
        "attributeEstimate": list(_estimates(effect)),
    }


def _unit(unit: str) -> str:
    return f"points on the scale {unit}" if unit[0].isdigit() else unit


def _counted(found: Json) -> list[tuple[str, int]]:
    names = ("favours", "against", "no_difference", "unclear")
    return [(name, found["counts"][name]) for name in names]


def _estimates(effect: Json) -> Iterator[Resource]:
    yield {
        "type": fhir_codes.estimate("ci", "95 % confidence interval"),
        "level": 0.95,
        "range": _range(effect["ci_low"], effect["ci_high"]),
    }
    if effect["pi_low"] is not None and effect["pi_high"] is not None:
        yield {
            "type": fhir_codes.estimate("pi", "95 % prediction interval"),
            "level": 0.95,
            "range": _range(effect["pi_low"], effect["pi_high"]),
        }
    for kind, text, unit in (("i2", "I²", "%"), ("tau2", "τ²", None), ("p", "P value", None)):
        if effect[kind] is not None:
            quantity = {"value": effect[kind]} | ({"unit": unit} if unit else {})
            yield {"type": fhir_codes.estimate(kind, text), "quantity": quantity}


def _range(low: float, high: float) -> Resource:
    return {"low": {"value": low}, "high": {"value": high}}


def _certainty(found: Json) -> Iterator[Resource]:
    if found["certainty"] is None:
        return
    steps = [
        {
            "description": plain(step["reason"]),
            "type": fhir_codes.certainty_type(step["domain"]),
            "rating": fhir_codes.concern(step["levels"]),
        }
        for step in found["certainty_steps"]
    ]
    overall: Resource = {
        "description": f"GRADE: {found['certainty'].replace('_', ' ')}",
        "type": fhir_codes.certainty_type("overall"),
        "rating": fhir_codes.rating(found["certainty"]),
    }
    yield overall | ({"subcomponent": steps} if steps else {})
